"""Six weeks of care: physical therapy, exercise, manual therapy, medication."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from cds_service.fhir.prefetch import key_of
from cds_service.knowledge.requirement import DataRequirement
from cds_service.reasoning.coded import INCLUDED
from cds_service.reasoning.limit import count_of, span, window_of
from cds_service.reasoning.plain import Judgement, Verdict
from cds_service.reasoning.truth import Truth
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.definitions import in_ordered_region

if TYPE_CHECKING:
    from datetime import datetime

    from cds_service.facts.model import Fact, Facts
    from cds_service.facts.timing import Moment
    from cds_service.reasoning.finding import Criterion
    from cds_service.reasoning.limit import Days

CARE = (
    codes.PHYSICAL_THERAPY,
    codes.CHIROPRACTIC_OR_MANUAL_THERAPY,
    codes.HOME_EXERCISE_OR_SELF_CARE_EDUCATION,
    codes.SPINAL_INJECTION,
    codes.CONSERVATIVE_CARE,
    codes.NSAID,
    codes.SIMPLE_ANALGESIC,
    codes.MUSCLE_RELAXANT,
    codes.NEUROPATHIC_ANALGESIC,
    codes.OPIOID,
)
SOURCES = ("Procedure", "MedicationRequest", "ServiceRequest")
ASKED_FOR = ("Procedure", "MedicationRequest")
CARE_NEEDS = frozenset(
    DataRequirement(source, None, one.id) for one in CARE for source in ASKED_FOR
)
CARE_KEYS = tuple(sorted({key_of(need) for need in CARE_NEEDS}))


def care(facts: Facts) -> tuple[Fact, ...]:
    """Every treatment on record that counts as conservative care."""
    return tuple(
        fact
        for one in CARE
        for fact in facts.coded.get(one.id, ())
        if fact.role in INCLUDED and fact.source in SOURCES
    )


def pain_onset(facts: Facts) -> datetime | None:
    """The first day of the oldest complaint in the ordered region."""
    found = in_ordered_region(facts)
    return min((one.when.first for one in found if one.when), default=None)


@cache
def care_days(days: Days) -> Criterion:
    """Care for this pain began *days* ago or earlier, and after the pain did.

    Care without a date may have begun in time, so it is unseen.
    """
    window, shown = window_of(days), count_of(days)

    def judge(facts: Facts) -> Verdict:
        lasting = span(window, facts.practice)
        onset = pain_onset(facts)
        given = care(facts)
        counts = [one for one in given if one.when and _since(one.when, onset)]
        long_enough = [
            one
            for one in counts
            if one.when and one.when.age_at_least(facts.as_of, lasting)
        ]
        if long_enough:
            return Verdict(Truth.YES, tuple(one.basis for one in long_enough))
        undated = any(one.when is None for one in given)
        if undated or not facts.sees(CARE_KEYS):
            return Verdict(Truth.UNKNOWN, unseen=True)
        return Verdict(Truth.NO)

    return Judgement(
        id=f"care-{shown}d",
        title=f"Conservative care for {shown} days or more",
        condition=f"first treatment after the pain began is {shown} days old or more",
        needs=CARE_NEEDS,
        judge=judge,
    )


def _since(when: Moment, onset: datetime | None) -> bool:
    """Whether care began no earlier than the pain, to the day."""
    return onset is None or when.last.date() >= onset.date()
