"""Is more than one limb weak?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.reasoning.plain import Judgement, Verdict
from cds_service.reasoning.truth import Truth
from hooks.spine_mri.criteria.neurology import MOTOR_DEFICIT, WEAK_LIMB, WEAK_LIMBS

if TYPE_CHECKING:
    from cds_service.facts.model import Facts

LIMB = "limb="


def _judge(facts: Facts) -> Verdict:
    """Two limbs named apart, or a code that names more than one."""
    weak = [fact for one in WEAK_LIMB for fact in one.matching(facts)]
    several = [fact for one in WEAK_LIMBS for fact in one.matching(facts)]
    limbs = {tag for fact in weak for tag in fact.tags if tag.startswith(LIMB)}
    if several or len(limbs) > 1:
        basis = dict.fromkeys(fact.basis for fact in (*several, *weak))
        return Verdict(Truth.YES, tuple(basis))
    return Verdict(Truth.NO)


MULTIFOCAL = Judgement(
    id="motor-multifocal",
    title="Weakness of more than one limb",
    condition=(
        "weakness of arm and leg, or a code for several limbs, each within 90 days or "
        "without a date"
    ),
    needs=MOTOR_DEFICIT.needs,
    judge=_judge,
)
