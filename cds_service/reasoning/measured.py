"""Criteria about laboratory results and vital signs.

The newest result that settles the question decides. A result that cannot be read, or
only bounds the value, settles nothing and keeps an older normal from reassuring. A
preliminary result may raise suspicion, never settle it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cds_service.fhir.prefetch import key_of
from cds_service.knowledge.requirement import DataRequirement
from cds_service.knowledge.value_set import Role
from cds_service.reasoning.comparison import Comparison, compare
from cds_service.reasoning.finding import Finding
from cds_service.reasoning.limit import Limit, span
from cds_service.reasoning.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from decimal import Decimal

    from cds_service.facts.model import Basis, Facts, Measurement
    from cds_service.facts.quantity import Quantity
    from cds_service.knowledge.citation import Citation
    from cds_service.knowledge.value_set import ValueSet
    from cds_service.reasoning.finding import Criterion
    from cds_service.reasoning.limit import Window

HIGH = frozenset({"H", "HH", "HU", "A", "AA"})
NORMAL = frozenset({"N", "L", "LL"})
HIGH_SENSITIVITY = "kind=high-sensitivity"


def always(_: Facts) -> datetime | None:
    """No result is too early."""
    return None


def as_given(results: tuple[Measurement, ...]) -> Iterable[Measurement]:
    """Newest first, and of one instant what may be highest."""
    return results


def lowest_of_a_day_first(results: tuple[Measurement, ...]) -> Iterable[Measurement]:
    """Newest day first, and of one day what may be lowest.

    One that cannot be read may be anything, so it is not hidden by one that can.
    """

    def rank(result: Measurement) -> tuple[int, float]:
        lowest = result.reading.low if result.reading else None
        day = result.when.last.date().toordinal()
        return -day, -math.inf if lowest is None else float(lowest)

    return sorted(results, key=rank)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurementCriterion:
    """The newest result is on one side of a threshold.

    threshold: in the unit that results of the value set are converted to. since: the
    instant before which a result says nothing, where there is one. flagged: the
    interpretation codes that stand in for a value without a unit. sequence: which
    result is asked first.
    """

    id: str
    title: str
    codes: ValueSet
    comparison: Comparison
    threshold: Quantity | Limit
    within: Window
    category: str = "laboratory"
    since: Callable[[Facts], datetime | None] = always
    flagged: frozenset[str] = frozenset()
    sequence: Callable[[tuple[Measurement, ...]], Iterable[Measurement]] = as_given
    citation: Citation | None = None
    parts: tuple[Criterion, ...] = ()
    key: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        (need,) = self.needs
        object.__setattr__(self, "key", key_of(need))

    @property
    def condition(self) -> str:
        """Test, threshold and window."""
        limit = f"{self.comparison} {self.threshold}"
        return f"{self.codes.title} {limit} in {self.within.days} days"

    @property
    def needs(self) -> frozenset[DataRequirement]:
        """The query that holds the results."""
        need = DataRequirement("Observation", self.category, self.codes.id)
        return frozenset({need})

    def assess(self, facts: Facts) -> Finding:
        """Let the newest result decide."""
        return newest_decides(self, facts, self.key, self.judged(facts))

    def judged(self, facts: Facts) -> Iterator[tuple[Measurement, Truth]]:
        """Every result that counts, in the order of asking, with what it says."""
        results = in_window(facts, self.codes, self.within, self.since)
        judge = self.judge_for(facts)
        for result in self.sequence(results):
            yield result, judge(result)

    def judge_for(self, facts: Facts) -> Callable[[Measurement], Truth]:
        """Hold one result against the threshold as it is at this site."""
        limit = number(self.threshold, facts)
        return lambda result: self._judge(result, limit)

    def _judge(self, result: Measurement, limit: Decimal) -> Truth:
        if result.reading is not None:
            return compare(result.reading, self.comparison, limit)
        trusted = HIGH_SENSITIVITY not in result.tags and result.flag in self.flagged
        return Truth.YES if trusted else Truth.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class AboveOwnRange:
    """The newest result is above what its own laboratory calls normal.

    The report's upper limit decides, else its flag, else `fallback`: the limit in
    `unit` for this patient, described by `fallback_words`.
    """

    id: str
    title: str
    codes: ValueSet
    unit: str
    within: Window
    fallback: Callable[[Facts], Decimal]
    fallback_words: str
    since: Callable[[Facts], datetime | None] = always
    citation: Citation | None = None
    parts: tuple[Criterion, ...] = ()
    key: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        need = DataRequirement("Observation", "laboratory", self.codes.id)
        object.__setattr__(self, "key", key_of(need))

    @property
    def condition(self) -> str:
        """Test, limits in their order, and window."""
        days = self.within.days
        return (
            f"{self.codes.title} above the report's upper limit, else flagged high, "
            f"else {self.fallback_words}, in {days} days"
        )

    @property
    def needs(self) -> frozenset[DataRequirement]:
        """The query that holds the results, and age and sex for the fallback."""
        need = DataRequirement("Observation", "laboratory", self.codes.id)
        return frozenset({need, DataRequirement("Patient")})

    def assess(self, facts: Facts) -> Finding:
        """Let the newest result decide."""
        return newest_decides(self, facts, self.key, self.judged(facts))

    def judged(self, facts: Facts) -> Iterator[tuple[Measurement, Truth]]:
        """Every result that counts, newest first, with what it says."""
        for result in in_window(facts, self.codes, self.within, self.since):
            yield result, above_own_range(result, self.fallback(facts))


def above_own_range(result: Measurement, fallback: Decimal) -> Truth:
    """Judge by a result in words, the report's limit, its flag, else *fallback*."""
    if result.present is not None:
        return Truth.of(value=result.present)
    if result.reading is not None and result.upper is not None:
        return compare(result.reading, Comparison.ABOVE, result.upper)
    if result.flag in HIGH:
        return Truth.YES
    if result.reading is None:
        return Truth.UNKNOWN
    if result.flag in NORMAL:
        return Truth.NO
    return compare(result.reading, Comparison.ABOVE, fallback)


def number(threshold: Quantity | Limit, facts: Facts) -> Decimal:
    """Give the number that these facts are held against."""
    return threshold.at(facts) if isinstance(threshold, Limit) else threshold.value


def in_window(
    facts: Facts,
    codes: ValueSet,
    within: Window,
    since: Callable[[Facts], datetime | None] = always,
) -> tuple[Measurement, ...]:
    """Results that count, newest first."""
    held = facts.measured.get(codes.id, ())
    length = span(within, facts.practice)
    earliest = since(facts) if held else None
    return tuple(
        result
        for result in held
        if result.role is Role.INCLUDE
        and result.when.age_at_most(facts.as_of, length)
        and (earliest is None or result.when.last >= earliest)
    )


def settles(result: Measurement, truth: Truth) -> bool:
    """Whether a result that says *truth* is an answer: a preliminary no is none."""
    return truth is Truth.YES or (truth is Truth.NO and not result.preliminary)


def newest_decides(
    criterion: Criterion,
    facts: Facts,
    key: str,
    judged: Iterable[tuple[Measurement, Truth]],
) -> Finding:
    """Go back from the newest result to the first that settles the question."""
    unseen = not facts.sees((key,))
    doubtful: list[Basis] = []
    for result, truth in judged:
        settled = settles(result, truth)
        if settled and (truth is Truth.YES or not unseen):
            return Finding(criterion, truth, unseen=False, basis=(result.basis,))
        if settled:
            break
        doubtful += [result.basis] if truth is Truth.UNKNOWN else []
        unseen = unseen or truth is Truth.UNKNOWN
    return Finding(criterion, Truth.UNKNOWN, unseen=unseen, basis=tuple(doubtful))
