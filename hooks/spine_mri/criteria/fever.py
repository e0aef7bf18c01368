"""Is there a fever now?

A reading of 38.0 Cel counts for a week; one of the second week only while no later
reading has come down, or with a strong risk of infection. Three lower readings over
three days clear it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cds_service.facts.model import once
from cds_service.fhir.prefetch import key_of
from cds_service.knowledge.requirement import DataRequirement
from cds_service.reasoning.coded import new
from cds_service.reasoning.combination import any_of
from cds_service.reasoning.comparison import Comparison, compare
from cds_service.reasoning.measured import in_window
from cds_service.reasoning.plain import Judgement, Verdict
from cds_service.reasoning.truth import Truth
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.citations import CDC_FEVER
from hooks.spine_mri.criteria.host import STRONG_HOST
from hooks.spine_mri.limits import FEVER, FEVER_WINDOW

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from cds_service.facts.model import Facts, Measurement

    Readings: TypeAlias = list[Measurement]

FRESH = timedelta(days=7)
LATER = timedelta(hours=48)
CLEARED_OVER = timedelta(hours=72)
CLEARED_BY = 3

NEED = DataRequirement("Observation", "vital-signs", codes.BODY_TEMPERATURE.id)
KEY = key_of(NEED)


def _truth(result: Measurement, facts: Facts) -> Truth:
    if result.reading is None:
        return Truth.UNKNOWN
    return compare(result.reading, Comparison.AT_LEAST, FEVER.at(facts))


@once
def _readings(facts: Facts) -> list[tuple[Measurement, Truth]]:
    """Every temperature that counts, newest first, and whether it is a fever."""
    counted = in_window(facts, codes.BODY_TEMPERATURE, FEVER_WINDOW)
    return [(one, _truth(one, facts)) for one in counted]


def _judge(facts: Facts) -> Verdict:
    return _verdict(facts, lambda high, normal: _stands(high, normal, facts))


def _verdict(facts: Facts, stands: Callable[[Measurement, Readings], bool]) -> Verdict:
    readings = _readings(facts)
    normal = [one for one, truth in readings if truth is Truth.NO]
    high = [one for one, truth in readings if truth is Truth.YES]
    active = [one for one in high if stands(one, normal)]
    if active:
        return Verdict(Truth.YES, (active[0].basis,))
    doubtful = len(normal) + len(high) < len(readings)
    unseen = doubtful or not facts.sees((KEY,))
    settled = [one for one in normal if not one.preliminary]
    if settled and not unseen:
        return Verdict(Truth.NO, (settled[0].basis,))
    return Verdict(Truth.UNKNOWN, unseen=unseen)


def _stands(high: Measurement, normal: Readings, facts: Facts) -> bool:
    """Whether a high reading still says that there is a fever."""
    if _is_cleared(high, normal):
        return False
    if high.when.age_at_most(facts.as_of, FRESH):
        return True
    came_down = any(
        one.when.first - high.when.last >= LATER for one in _after(high, normal)
    )
    return not came_down or STRONG_HOST.assess(facts).truth is Truth.YES


def _after(high: Measurement, normal: Readings) -> Readings:
    return [one for one in normal if one.when.first > high.when.last]


def _is_cleared(high: Measurement, normal: Readings) -> bool:
    later = _after(high, normal)
    if len(later) < CLEARED_BY:
        return False
    return later[0].when.last - later[-1].when.first >= CLEARED_OVER


FEVER_MEASURED = Judgement(
    id="fever-measured",
    title="Fever",
    condition=(
        "temperature ≥ 38.0 Cel in 7 days; or in 14 days with no reading below it 48 h "
        "or more later, or a strong risk of infection; cleared by three later readings "
        "below it over 72 h"
    ),
    needs=frozenset({NEED}),
    judge=_judge,
    citation=CDC_FEVER,
)
FEVER_NOT_CLEARED = Judgement(
    id="fever-not-cleared",
    title="Fever of the last two weeks",
    condition=(
        "temperature ≥ 38.0 Cel in 14 days, not cleared by three later readings below "
        "it over 72 h"
    ),
    needs=frozenset({NEED}),
    judge=lambda facts: _verdict(facts, lambda *found: not _is_cleared(*found)),
    citation=CDC_FEVER,
)
"""What stands where something else, such as a raised marker, keeps it."""
# A diagnosis of fever that is undated counts only where the order states it.
FEVER_DIAGNOSED = new(
    codes.FEVER, FEVER_WINDOW, "fever-diagnosed", "Fever as a diagnosis"
)
FEVER_ACTIVE = any_of("fever-active", "Fever now", FEVER_MEASURED, FEVER_DIAGNOSED)
