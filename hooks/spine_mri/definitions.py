"""The words the spine rules are written in, each defined once.

complaint, explicit, low, high, pain_new, pain_start, pain_duration, care_days, major
and minor mean here what they mean in the clinical rules. The words that are not about
the spine (has, new, undated, old, resolved, suspected) stand in
`cds_service.reasoning.coded`, T0 in `cds_service.answer`.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from cds_service.facts.model import once
from cds_service.fhir.prefetch import key_of
from cds_service.knowledge.requirement import DataRequirement
from cds_service.reasoning.coded import ANYWHERE, INCLUDED, ORDER, counted, has
from cds_service.reasoning.coded_criterion import DIAGNOSES
from cds_service.reasoning.combination import any_of
from cds_service.reasoning.limit import count_of, span, window_of
from cds_service.reasoning.plain import Judgement, OrderCovers, Verdict, age_of
from cds_service.reasoning.truth import Truth
from hooks.spine_mri import value_sets as codes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from cds_service.facts.model import Fact, Facts
    from cds_service.facts.timing import Moment
    from cds_service.reasoning.finding import Criterion
    from cds_service.reasoning.limit import Days

CERVICAL, THORACIC, LUMBAR, SACRAL = "cervical", "thoracic", "lumbar", "sacral"
SACROILIAC = "sacroiliac"
WHOLE_SPINE = frozenset({CERVICAL, THORACIC, LUMBAR})
UPPER = frozenset({CERVICAL, THORACIC})
LOWER = frozenset({LUMBAR, SACRAL})

COMPLAINTS = (
    codes.BACK_PAIN,
    codes.NECK_PAIN,
    codes.RADICULOPATHY,
    codes.SPINAL_STENOSIS,
    codes.DISC_DISORDER,
)
LOW_COMPLAINTS = tuple(one for one in COMPLAINTS if one is not codes.NECK_PAIN)
ADULT_FROM = 18
CHRONIC = "duration=chronic"
CHRONIC_LASTS = timedelta(days=84)

EXPLICIT = any_of(
    "spinal-complaint",
    "Back or neck pain, radiculopathy, stenosis or disc disorder",
    *(has(one) for one in COMPLAINTS),
)

LOW = any_of(
    "low",
    "Lumbar order or complaint",
    OrderCovers(
        id="order-low",
        title="The order may cover the lumbar spine",
        sites=LOWER,
        unstated=True,
    ),
    any_of(
        "complaint-low",
        "Complaint that may be lumbar",
        *(
            has(one, f"{one.id}-low", sites=LOWER | {ANYWHERE})
            for one in LOW_COMPLAINTS
        ),
    ),
)
HIGH = any_of(
    "high",
    "Neck or thoracic order or complaint",
    OrderCovers(
        id="order-high",
        title="The order covers the cervical or thoracic spine",
        sites=UPPER,
        unstated=False,
    ),
    any_of(
        "complaint-high",
        "Complaint in the neck or thoracic spine",
        *(has(one, f"{one.id}-high", sites=UPPER) for one in COMPLAINTS),
    ),
)


def is_child(facts: Facts) -> bool:
    """Whether the patient is under 18 for certain; without a birth date, an adult."""
    age = age_of(facts)
    return age is not None and age[1] < ADULT_FROM


@once
def complaints(facts: Facts) -> tuple[Fact, ...]:
    """Every active complaint, from the chart and from the order."""
    return tuple(
        fact
        for one in COMPLAINTS
        for fact in facts.coded.get(one.id, ())
        if fact.active
        and fact.role in INCLUDED
        and fact.source in (*DIAGNOSES, ORDER)
        and counted(fact, facts.as_of)
    )


def complaint_sites(facts: Facts) -> frozenset[str]:
    """The regions that complaints name."""
    return frozenset[str]().union(*(fact.sites for fact in complaints(facts)))


def _dated(facts: Iterable[Fact]) -> list[tuple[Moment, Fact]]:
    return [(fact.when, fact) for fact in facts if fact.when is not None]


@once
def pain_start(facts: Facts) -> datetime | None:
    """The first instant of the youngest complaint; none when no date is known."""
    return max((when.first for when, _ in _dated(complaints(facts))), default=None)


def pain_known_since(facts: Facts) -> Moment | None:
    """When the youngest complaint began; none where one of the chart has no date."""
    found = complaints(facts)
    if any(one.when is None and not one.stated for one in found):
        return None
    dated = (when for when, _ in _dated(found))
    return max(dated, key=lambda when: when.last, default=None)


def _pain_needs() -> frozenset[DataRequirement]:
    return frozenset(DataRequirement("Condition", None, one.id) for one in COMPLAINTS)


PAIN_KEYS = (*sorted({key_of(need) for need in _pain_needs()}), ORDER)


@cache
def pain_new(days: Days) -> Criterion:
    """The youngest complaint began within *days*, or nobody knows when."""
    window, shown = window_of(days), count_of(days)

    def judge(facts: Facts) -> Verdict:
        found = complaints(facts)
        dated = _dated(found)
        # A pain the order names without a date is the one the chart dates.
        charted = [one for one in found if one.when is None and not one.stated]
        within = span(window, facts.practice)
        fresh = [fact for when, fact in dated if when.age_at_most(facts.as_of, within)]
        if dated and not charted and not fresh:
            return Verdict(Truth.NO)
        # One without a date counts where it says of another place that it hurts.
        known = frozenset[str]().union(*(one.sites for one in fresh))
        elsewhere = [one for one in found if one.when is None and one.sites - known]
        return Verdict(Truth.YES, tuple(one.basis for one in (*fresh, *elsewhere)))

    return Judgement(
        id=f"pain-new-{shown}d",
        title=f"Pain began in the last {shown} days, or at a time unknown",
        condition=f"youngest complaint dated within {shown} days, or none is dated",
        needs=_pain_needs(),
        judge=judge,
    )


@once
def in_ordered_region(facts: Facts) -> tuple[Fact, ...]:
    """The complaints that the order's region may be about."""
    covered = facts.order.sites
    return tuple(
        fact
        for fact in complaints(facts)
        if not covered or not fact.sites or covered & fact.sites
    )


@cache
def pain_duration(days: Days, *, over: bool = False) -> Criterion:
    """The oldest complaint in the ordered region has lasted *days*, or *over* that.

    A complaint of the chart without any date may have lasted as long: it is unseen.
    """
    window, shown = window_of(days), count_of(days)
    words = f"over {shown} days" if over else f"{shown} days or more"

    def judge(facts: Facts) -> Verdict:
        lasting = span(window, facts.practice)
        lasting += timedelta.resolution if over else timedelta()
        found = in_ordered_region(facts)
        lasted = [one for one in found if _lasts(one, lasting, facts.as_of)]
        if lasted:
            return Verdict(Truth.YES, tuple(fact.basis for fact in lasted))
        charted = [one for one in found if one.when is None and one.source != ORDER]
        unseen = not facts.sees(PAIN_KEYS) or bool(charted)
        if _dated(found) and not unseen:
            return Verdict(Truth.NO)
        return Verdict(Truth.UNKNOWN, unseen=unseen)

    return Judgement(
        id=f"pain-{'over' if over else 'duration'}-{shown}d",
        title=f"Pain for {words}",
        condition=f"oldest complaint in the ordered region, for {words}",
        needs=_pain_needs(),
        judge=judge,
    )


def _lasts(fact: Fact, lasting: timedelta, as_of: datetime) -> bool:
    chronic = CHRONIC in fact.tags and lasting <= CHRONIC_LASTS
    return chronic or (fact.when is not None and fact.when.age_at_least(as_of, lasting))
