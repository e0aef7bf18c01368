"""The lines of a card about contrast and the patient's safety, and their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.presentation.markdown import evidence
from cds_service.reasoning.truth import Truth
from hooks.spine_mri.criteria.gadolinium import CONTRAST_REACTION_UNCLEAR
from hooks.spine_mri.modifiers import BY_ID
from hooks.spine_mri.protocol import ENHANCED, Contrast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cds_service.knowledge.citation import Citation
    from hooks.spine_mri.advice import Advice
    from hooks.spine_mri.modifier import Modifier

SHOWN = 2
ASK_WHICH = "ask whether it was gadolinium; an iodinated agent would not matter."


def sources(advice: Advice) -> tuple[Citation, ...]:
    """Give what the lead rests on, then what the lines about the patient do."""
    beside = (source for one in said(advice) for source in one.citations)
    return tuple(dict.fromkeys((*advice.lead.rule.citations, *beside)))


def said(advice: Advice) -> tuple[Modifier, ...]:
    """The modifiers that have a line of their own on this card."""
    fired = (BY_ID[one] for one in advice.modifiers if one in BY_ID)
    return tuple(one for one in fired if one.line)


def cautions(advice: Advice) -> Iterator[str]:
    """One line for each modifier, with what it rests on."""
    for one in said(advice):
        yield f"{_heading(one, advice)}{one.line}"
    unclear = CONTRAST_REACTION_UNCLEAR.assess(advice.facts)
    drafted = Contrast(advice.facts.order.technique)
    planned = drafted in ENHANCED or advice.protocol.target in ENHANCED
    if planned and unclear.truth is Truth.YES:
        yield f"{CONTRAST_REACTION_UNCLEAR.title}: {ASK_WHICH}"


def _heading(modifier: Modifier, advice: Advice) -> str:
    """What is on record, with the first resources that say so."""
    if modifier.criterion is None:
        return ""
    found = modifier.criterion.assess(advice.facts).basis[:SHOWN]
    return f"{modifier.heading} ({', '.join(evidence(one) for one in found)}): "
