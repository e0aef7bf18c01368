"""The shape of a rule: one row of the decision table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cds_service.knowledge.citation import Citation
    from cds_service.reasoning.finding import Criterion

# From here on a rule is about pain without a red flag.
RED_FLAG_BELOW = 66


class Advise(StrEnum):
    """What we say about the draft."""

    FOR = "for"
    CHANGE = "change"
    UNCERTAIN = "uncertain"
    AGAINST = "against"


class Urgency(IntEnum):
    """How soon, ordered so that the greater is the sooner."""

    ROUTINE = 0
    URGENT = 1
    IMMEDIATE = 2

    @property
    def word(self) -> str:
        """As the advice extension writes it."""
        return self.name.lower()


class ContrastRow(StrEnum):
    """Which row of the contrast table a rule belongs to."""

    ENHANCED = "images before and after contrast"
    SCAR = "images before and after contrast, without accepted as a calm change"
    WEIGHT_LOSS = "images before and after contrast preferred, any accepted"
    EITHER = "without contrast preferred, before and after accepted"
    PLAIN = "without contrast"


class Appropriateness(StrEnum):
    """The three grades of the ACR Appropriateness Criteria."""

    USUALLY = "usually-appropriate"
    MAY_BE = "may-be-appropriate"
    USUALLY_NOT = "usually-not-appropriate"


class Tone(StrEnum):
    """When a rule's card is a warning rather than information."""

    CALM = "never"
    ON_CHANGE = "where it advises a change, or against"
    UNTIL_RIGHT = "until the draft has contrast, region and priority right"


@dataclass(frozen=True, slots=True)
class UrgencyWhen:
    """An urgency that holds instead of the rule's own where a criterion is met."""

    criterion: Criterion
    urgency: Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row of the decision table.

    Attributes:
        id: as published; two branches of one rule share it.
        priority: the lowest that matches leads.
        criterion: what must hold.
        unless: ids of the rules whose match keeps this one from matching.
        gives_way_before: every rule of a lower priority does so too. Not by their ids:
            a branch of one of them may come later.
        urgencies: the first that holds replaces `urgency`.
        tone: when its card is a warning.
        summary, detail: what the clinician reads.
        asks: the question its summary begins with where what is on record can be named.
        emergency: the summary where it cannot wait, if that reads otherwise.
        untested: what the detail adds while ESR or CRP is not on record.
        statements: the statements of the commissioning document it carries.
        line: how it reads as an added reason on another rule's card.
        neck_citations: what it rests on where the neck alone is ordered, if not on the
            same.
        rated_for_neck: whether its rating is one of the neck, too.
        adults_only: whether it is skipped, and suppresses nothing, under 18.
    """

    id: str
    priority: float
    criterion: Criterion
    advise: Advise
    contrast: ContrastRow
    summary: str
    line: str
    citations: tuple[Citation, ...]
    appropriateness: Appropriateness | None
    strength: str
    statements: tuple[str, ...]
    urgency: Urgency = Urgency.ROUTINE
    urgencies: tuple[UrgencyWhen, ...] = ()
    tone: Tone = Tone.ON_CHANGE
    detail: str = ""
    asks: str = ""
    emergency: str = ""
    untested: str = ""
    unless: tuple[str, ...] = ()
    gives_way_before: float = 0
    neck_citations: tuple[Citation, ...] = ()
    rated_for_neck: bool = True
    adults_only: bool = False

    @property
    def all_citations(self) -> tuple[Citation, ...]:
        """What it rests on, whatever is ordered."""
        return (*self.citations, *self.neck_citations)

    @property
    def is_red_flag(self) -> bool:
        """Whether it is about more than pain."""
        return self.priority < RED_FLAG_BELOW
