"""What of the chart resembles a red flag and was judged to be none.

Where we advise against, the clinician sees what was read and can tell a misreading.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cds_service.knowledge.value_set import Role
from cds_service.presentation.markdown import evidence
from cds_service.reasoning.truth import Truth
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.criteria.infection import CRP_RAISED, ESR_RAISED
from hooks.spine_mri.definitions import EXPLICIT, HIGH, LOW
from hooks.spine_mri.modifiers import INF4
from hooks.spine_mri.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cds_service.facts.model import Basis, Fact, Facts
    from cds_service.reasoning.finding import Criterion
    from cds_service.reasoning.measured import AboveOwnRange, MeasurementCriterion
    from hooks.spine_mri.advice import Advice

    Raised = AboveOwnRange | MeasurementCriterion

SHOWN = 4
NOT_EXCLUDED = "That does not exclude an infection"
# Treatment and tests, and what matters only beside something else.
NO_FLAGS = frozenset(
    one.id
    for one in (
        *(codes.PHYSICAL_THERAPY, codes.CONSERVATIVE_CARE, codes.OPIOID, codes.NSAID),
        *(codes.CHIROPRACTIC_OR_MANUAL_THERAPY, codes.SIMPLE_ANALGESIC),
        *(codes.HOME_EXERCISE_OR_SELF_CARE_EDUCATION, codes.MUSCLE_RELAXANT),
        *(codes.NEUROPATHIC_ANALGESIC, codes.ANTIBIOTICS_SYSTEMIC),
        *(codes.SURGICAL_CANDIDATE, codes.SPINAL_INJECTION, codes.PREGNANCY),
        *(codes.ANTICOAGULANT, codes.COAGULOPATHY),
        *(codes.MRI_SPINE_ORDER, codes.CT_SPINE_ORDER, codes.RADIOGRAPH_SPINE_ORDER),
    )
)


def _read_by(criteria: Iterable[Criterion]) -> frozenset[str]:
    needs = (need for criterion in criteria for need in criterion.needs)
    return frozenset(need.value_set for need in needs if need.value_set)


FLAGS = (
    _read_by(rule.criterion for rule in RULES if rule.is_red_flag)
    - _read_by((EXPLICIT, LOW, HIGH))
    - NO_FLAGS
)


def set_aside(advice: Advice) -> str:
    """Name what resembles a red flag, the newest first; "" where nothing does."""
    found: dict[str, Basis] = {}
    for basis in sorted(_found(advice), key=_is_nameless):
        found.setdefault(basis.reference, basis)
    newest = sorted(found.values(), key=_recorded, reverse=True)
    named = ", ".join(map(evidence, newest[:SHOWN]))
    more = f" and {len(newest) - SHOWN} more" * (len(newest) > SHOWN)
    seen = f"Seen, not counted as a red flag: {named}{more}." if named else ""
    markers = normal_markers(advice.facts) if INF4.id in advice.modifiers else ""
    return " ".join(filter(None, (seen, markers and f"{markers}.")))


def _is_nameless(basis: Basis) -> bool:
    """Whether only the concept names it: what is more exact is told, if anything is."""
    return not basis.name


def _found(advice: Advice) -> Iterator[Basis]:
    """What the chart holds; of what the order says nothing is set aside."""
    coded = advice.facts.coded.items()
    flags = (fact for name, facts in coded if name in FLAGS for fact in facts)
    return (
        fact.basis for fact in flags if not (fact.stated or _is_no_more_than_like(fact))
    )


def _is_no_more_than_like(fact: Fact) -> bool:
    """Whether it only resembles what is a weak risk itself, as prediabetes does."""
    return fact.value_set == codes.DIABETES.id and fact.role is Role.EXCLUDE


def _recorded(basis: Basis) -> date:
    return basis.recorded or date.min


def normal_markers(facts: Facts) -> str:
    """Name the markers of the last month that are normal; "" where none is."""
    told = (one for asked in (CRP_RAISED, ESR_RAISED) for one in _normal(asked, facts))
    named = ", ".join(dict.fromkeys(told))
    return f"Normal: {named}. {NOT_EXCLUDED}" if named else ""


def _normal(asked: Raised, facts: Facts) -> tuple[str, ...]:
    """Name the normal result, and the raised one it came after.

    The newest decides; whether a marker can have fallen so soon is for a clinician.
    """
    found = asked.assess(facts)
    if found.truth is not Truth.NO:
        return ()
    raised = (one.basis for one, truth in asked.judged(facts) if truth is Truth.YES)
    before = [f"before: {evidence(one)}" for one in raised][:1]
    return (*map(evidence, found.basis), *before)
