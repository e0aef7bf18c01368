"""Is more than one limb weak?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.knowledge.requirement import DataRequirement
from cds_service.reasoning.coded import INCLUDED, has
from cds_service.reasoning.plain import Judgement, Verdict
from cds_service.reasoning.truth import Truth
from hooks.spine_mri import value_sets as codes

if TYPE_CHECKING:
    from cds_service.facts.model import Facts

LIMB = "limb="
NEEDS = frozenset({DataRequirement("Condition", None, codes.MOTOR_DEFICIT.id)})
WHOLE = has(codes.CORD_MOTOR_DEFICIT)


def _judge(facts: Facts) -> Verdict:
    """Two limbs named apart, or a code that names more than one."""
    weak = [
        fact
        for fact in facts.coded.get(codes.MOTOR_DEFICIT.id, ())
        if fact.active and fact.role in INCLUDED
    ]
    limbs = {tag for fact in weak for tag in fact.tags if tag.startswith(LIMB)}
    several = WHOLE.matching(facts)
    basis = (*(fact.basis for fact in several), *(fact.basis for fact in weak))
    if several or len(limbs) > 1:
        return Verdict(Truth.YES, tuple(dict.fromkeys(basis)))
    return Verdict(Truth.NO)


MULTIFOCAL = Judgement(
    id="motor-multifocal",
    title="Weakness of more than one limb",
    condition="weakness of arm and leg, of both sides, or a code for several limbs",
    needs=NEEDS | WHOLE.needs,
    judge=_judge,
)
