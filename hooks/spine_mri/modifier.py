"""The shape of a modifier: what qualifies an answer and never leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cds_service.knowledge.citation import Citation
    from cds_service.reasoning.finding import Criterion
    from hooks.spine_mri.rule import Appropriateness


@dataclass(frozen=True, slots=True, kw_only=True)
class Modifier:
    """One row of the decision table that qualifies whatever rule leads.

    Attributes:
        id: as published.
        priority: the order in which those that fired are named.
        criterion: what must be on record; none where draft and rule decide.
        when, effect: what must hold beside its criterion, and what then changes.
        summary: the headline, where it is what matters most.
        heading: what it says of the patient, in a few words.
        line: how it reads on the card, beside what it rests on; "" where the card
            says it elsewhere.
        statements: the statements of the commissioning document it carries.
    """

    id: str
    priority: int
    criterion: Criterion | None = None
    when: str
    effect: str
    strength: str
    summary: str = ""
    heading: str = ""
    line: str = ""
    citations: tuple[Citation, ...] = ()
    appropriateness: Appropriateness | None = None
    statements: tuple[str, ...] = ()
