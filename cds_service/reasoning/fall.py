"""The kind of criterion that asks whether a measurement has gone down over time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from cds_service.fhir.prefetch import key_of
from cds_service.knowledge.requirement import DataRequirement
from cds_service.reasoning.finding import Finding
from cds_service.reasoning.measured import in_window
from cds_service.reasoning.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import timedelta
    from decimal import Decimal

    from cds_service.facts.model import Basis, Facts, Measurement
    from cds_service.knowledge.citation import Citation
    from cds_service.knowledge.value_set import ValueSet
    from cds_service.reasoning.finding import Criterion


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredFall:
    """The newest result lies a certain part below the highest before it.

    fraction: that part of the highest. within: how long ago the highest may be.
    fresh: how old the newest may be. apart: the least time between the two. Results
    with other tags were taken in another way and are not compared. A result that only
    bounds the value is passed over; one that cannot be read may be anything.
    """

    id: str
    title: str
    codes: ValueSet
    fraction: Decimal
    within: timedelta
    fresh: timedelta
    apart: timedelta
    category: str = "laboratory"
    citation: Citation | None = None
    parts: tuple[Criterion, ...] = ()
    key: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        (need,) = self.needs
        object.__setattr__(self, "key", key_of(need))

    @property
    def condition(self) -> str:
        """What is compared with what."""
        percent = f"{(self.fraction * 100).normalize():f}"
        return (
            f"{self.codes.title}: newest result, no older than {self.fresh.days} days, "
            f"{percent} % or more below the highest of the same kind in "
            f"{self.within.days} days that is {self.apart.days} days older or more"
        )

    @property
    def needs(self) -> frozenset[DataRequirement]:
        """The query that holds the results."""
        need = DataRequirement("Observation", self.category, self.codes.id)
        return frozenset({need})

    def assess(self, facts: Facts) -> Finding:
        """Name both results where one has fallen; UNKNOWN where none can tell."""
        compared = tuple(self._compared(facts))
        for newest, highest in compared:
            if highest.value - newest.value >= self.fraction * highest.value:
                basis = (_fallen(newest, highest), highest.result.basis)
                return Finding(self, Truth.YES, basis=basis)
        unseen = not facts.sees((self.key,)) or self._hides_one(facts)
        if compared and not unseen:
            return Finding(self, Truth.NO, basis=(compared[0][0].result.basis,))
        return Finding(self, Truth.UNKNOWN, unseen=unseen)

    def _hides_one(self, facts: Facts) -> bool:
        """Whether a result that nobody could read might be the one that is lower."""
        results = in_window(facts, self.codes, self.within)
        return any(result.reading is None for result in results)

    def _compared(self, facts: Facts) -> Iterator[tuple[_Exact, _Exact]]:
        """The newest of each kind, with the highest that is old enough."""
        found = tuple(_exact(in_window(facts, self.codes, self.within)))
        for tags in dict.fromkeys(one.result.tags for one in found):
            newest, *rest = (one for one in found if one.result.tags == tags)
            when = newest.result.when
            earlier = [
                one for one in rest if when.last - one.result.when.first >= self.apart
            ]
            if earlier and when.age_at_most(facts.as_of, self.fresh):
                yield newest, max(earlier, key=lambda one: one.value)


def _fallen(newest: _Exact, highest: _Exact) -> Basis:
    """Name the newest with how far it fell: "Down 8 %: Weight 72 kg"."""
    basis = newest.result.basis
    percent = (highest.value - newest.value) / highest.value * 100
    return basis._replace(display=f"Down {percent:.0f} %: {basis.display}")


class _Exact(NamedTuple):
    """A result whose value is known, not only bounded."""

    value: Decimal
    result: Measurement


def _exact(results: Iterable[Measurement]) -> Iterator[_Exact]:
    for result in results:
        reading = result.reading
        if reading and reading.low is not None and reading.low == reading.high:
            yield _Exact(reading.low, result)
