"""What the content of a service says of itself, for whoever asks whether to trust it.

The source attributes of evidence-based decision support, 45 CFR 170.315(b)(11)(iv)(A),
and what makes them worth reading: intended use, logic, limits, reviews.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from cds_service.knowledge.citation import Citation
    from cds_service.reasoning.finding import Criterion


@dataclass(frozen=True, slots=True)
class Review:
    """A clinician looked at the rules and signed.

    Attributes:
        by: name and role.
        on: the day.
        edition: the version of the rules that was read.
    """

    by: str
    on: date
    edition: str


@dataclass(frozen=True, slots=True)
class ElementUse:
    """Whether an answer may depend on a kind of data about a person.

    Attributes:
        element: as the regulation names it, such as "race".
        how: what it is used for, or what is not read, in a sentence.
    """

    element: str
    used: bool
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSummary:
    """One rule, by the id that a card's extension names.

    Attributes:
        says: its headline, or what it changes.
        advises, urgency: in a word each; "" where the leading rule settles it.
        when: what no criterion says: conditions on the draft or on other rules.
        criterion: what must be on record.
        urgencies: each in a word, with the criterion that makes it hold instead.
    """

    id: str
    says: str
    citations: tuple[Citation, ...]
    advises: str = ""
    urgency: str = ""
    when: str = ""
    criterion: Criterion | None = None
    urgencies: tuple[tuple[str, Criterion], ...] = ()

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """Everything it asks."""
        special = (criterion for _, criterion in self.urgencies)
        return (*((self.criterion,) if self.criterion else ()), *special)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceAttributes:
    """What there is to know.

    Attributes:
        developer: who wrote the rules.
        funding: who paid for it.
        released, revised: first and last day of this edition.
        review_due: the day after which the rules should not be trusted unread.
        uses: one for each element of a person that the regulation asks about.
        how_it_decides: the logic in general, a paragraph each.
        rules: in the order in which they lead.
        limits: what is known to be missing or wrong.
        vignettes: how the agreed answers came about, and what they cannot show.
        version, digest: of the rules as this site has them.
    """

    developer: str
    funding: str
    released: date
    revised: date
    reviews: tuple[Review, ...]
    review_due: date
    uses: tuple[ElementUse, ...]
    intended_use: str
    users: str
    out_of_scope: str
    how_it_decides: tuple[str, ...]
    rules: tuple[RuleSummary, ...]
    citations: tuple[Citation, ...]
    limits: tuple[str, ...]
    vignettes: str
    version: str
    digest: str
