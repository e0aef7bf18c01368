"""The kind of criterion that asks whether a test is settled, whatever it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cds_service.reasoning.finding import Finding
from cds_service.reasoning.measured import settles
from cds_service.reasoning.truth import Truth

if TYPE_CHECKING:
    from cds_service.facts.model import Facts
    from cds_service.knowledge.citation import Citation
    from cds_service.knowledge.requirement import DataRequirement
    from cds_service.knowledge.value_set import ValueSet
    from cds_service.reasoning.finding import Criterion
    from cds_service.reasoning.limit import Window
    from cds_service.reasoning.measured import AboveOwnRange, MeasurementCriterion


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A result answers *test*, one way or the other.

    A later one that answers nothing takes nothing from that. The test is no part of
    it: of two charts in which the test is undecided, it may be known in one.
    """

    test: MeasurementCriterion | AboveOwnRange
    citation: Citation | None = None
    parts: tuple[Criterion, ...] = ()

    @property
    def id(self) -> str:
        """That of the test, or not."""
        return f"{self.test.id}-or-not"

    @property
    def title(self) -> str:
        """That of the test, or not."""
        return f"{self.test.title}, or not"

    @property
    def condition(self) -> str:
        """That of the test, or certainly not."""
        return f"{self.test.condition}, or certainly not"

    @property
    def codes(self) -> ValueSet:
        """What is measured."""
        return self.test.codes

    @property
    def within(self) -> Window:
        """How far back."""
        return self.test.within

    @property
    def needs(self) -> frozenset[DataRequirement]:
        """What the test needs."""
        return self.test.needs

    def assess(self, facts: Facts) -> Finding:
        """Look for any result that is an answer."""
        found = tuple(self.test.judged(facts))
        settled = tuple(one.basis for one, truth in found if settles(one, truth))
        if settled:
            return Finding(self, Truth.YES, basis=settled)
        doubtful = any(truth is Truth.UNKNOWN for _, truth in found)
        unseen = doubtful or not facts.sees((self.test.key,))
        return Finding(self, Truth.UNKNOWN if unseen else Truth.NO, unseen=unseen)
