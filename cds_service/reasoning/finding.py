"""A question about the patient, and its answer with the evidence behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from cds_service.reasoning.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cds_service.facts.model import Basis, Facts
    from cds_service.knowledge.citation import Citation
    from cds_service.knowledge.requirement import DataRequirement


class Criterion(Protocol):
    """A question that the facts may answer.

    id: stable, kebab-case. title: what is asked, for a card. condition: how it is
    judged, for the clinical page. needs: what must be read to judge it.
    """

    @property
    def id(self) -> str:
        """Stable name, kebab-case."""

    @property
    def title(self) -> str:
        """What a clinician reads."""

    @property
    def condition(self) -> str:
        """How it is judged, with threshold and window."""

    @property
    def citation(self) -> Citation | None:
        """The published statement it rests on."""

    @property
    def parts(self) -> tuple[Criterion, ...]:
        """The criteria it is made of."""

    @property
    def needs(self) -> frozenset[DataRequirement]:
        """What must be read."""

    def assess(self, facts: Facts) -> Finding:
        """Judge the facts."""


class Finding(NamedTuple):
    """One criterion judged for one patient.

    unseen: the answer is UNKNOWN because evidence may exist that could not be read,
    as opposed to a test that was never done. basis: the resources that settled it.
    """

    criterion: Criterion
    truth: Truth
    unseen: bool = False
    basis: tuple[Basis, ...] = ()

    def parts(self, facts: Facts) -> tuple[Finding, ...]:
        """Give the findings it was joined from, about the *facts* it was made about."""
        return tuple(part.assess(facts) for part in self.criterion.parts)

    def held(self, facts: Facts) -> Iterator[Finding]:
        """The findings at the bottom that hold and carry what holds above them."""
        if self.truth is Truth.YES and not self.criterion.parts:
            yield self
        for part in self.parts(facts) if self.truth is Truth.YES else ():
            yield from part.held(facts)
