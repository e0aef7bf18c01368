"""The lines of a card about contrast and the patient's safety, and their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.presentation.markdown import plain
from cds_service.reasoning.truth import Truth
from hooks.spine_mri.citations import ACR_CHILD
from hooks.spine_mri.criteria.gadolinium import CONTRAST_REACTION_UNCLEAR
from hooks.spine_mri.definitions import WHOLE_SPINE, is_child
from hooks.spine_mri.modifiers import BY_ID, CON1, SAF1, SAF2, SAF3
from hooks.spine_mri.protocol import ENHANCED, Contrast
from hooks.spine_mri.reasons import evidence_lines
from hooks.spine_mri.region import advised_sites
from hooks.spine_mri.rule import Advise
from hooks.spine_mri.rules.trauma import TRA1, TRA2

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cds_service.knowledge.citation import Citation
    from hooks.spine_mri.advice import Advice
    from hooks.spine_mri.modifier import Modifier

SHOWN = 2
INJURIES = frozenset({TRA1.id, TRA2.id})
SPREADING = ("INF", "ONC")
CHILD_WHOLE = (
    "In a child the whole spine is preferred; the region that hurts is accepted, and "
    "shorter where sedation is needed."
)
CONTRAST_ALONE = (
    "Contrast alone is not useful: such images have nothing to be compared with."
)
ABOUT_CONTRAST = frozenset({SAF1.id, SAF2.id, SAF3.id})
WITHOUT = "consider MRI without contrast."
ANYWAY = "if you order anyway, consider MRI without contrast."
ASK_WHICH = "ask whether it was gadolinium; an iodinated agent would not matter."


def sources(advice: Advice) -> tuple[Citation, ...]:
    """Give what the lead rests on, then what the lines about the patient do."""
    beside = [source for one in said(advice) for source in one.citations]
    beside += _of_injury(advice)
    beside += [ACR_CHILD] if _is_child_with_spread(advice) else []
    return tuple(dict.fromkeys((*advice.citations, *beside)))


def _of_injury(advice: Advice) -> list[Citation]:
    """What "CT first" rests on, where a deficit leads."""
    injuries = (one.rule for one in advice.added if one.rule.id in INJURIES)
    return [source for rule in injuries for source in rule.citations]


def said(advice: Advice) -> tuple[Modifier, ...]:
    """The modifiers that have a line of their own on this card."""
    fired = (BY_ID[one] for one in advice.modifiers if one in BY_ID)
    return tuple(one for one in fired if one.line)


def cautions(advice: Advice) -> Iterator[str]:
    """One line for each modifier, with what it rests on."""
    for one in said(advice):
        yield f"{_heading(one, advice)}{_line(one, advice)}"
    unclear = CONTRAST_REACTION_UNCLEAR.assess(advice.facts)
    drafted = Contrast(advice.facts.order.technique)
    planned = drafted in ENHANCED or advice.protocol.target in ENHANCED
    if planned and unclear.truth is Truth.YES:
        yield f"{CONTRAST_REACTION_UNCLEAR.title}: {ASK_WHICH}"
    if drafted is Contrast.WITH_ONLY and CON1.id not in advice.modifiers:
        yield CONTRAST_ALONE
    if prefers_whole_spine(advice):
        yield CHILD_WHOLE


def prefers_whole_spine(advice: Advice) -> bool:
    """Whether more than what is advised would be better, and need not be."""
    spread = _is_child_with_spread(advice)
    return spread and not advised_sites(advice) >= WHOLE_SPINE


def _line(modifier: Modifier, advice: Advice) -> str:
    """What follows; which agent to use does not matter where none is needed."""
    if modifier.id not in ABOUT_CONTRAST or _may_have_contrast(advice):
        return modifier.line
    if advice.advise in {Advise.AGAINST, Advise.UNCERTAIN}:
        return ANYWAY
    return modifier.line if modifier.id == SAF2.id else WITHOUT


def _may_have_contrast(advice: Advice) -> bool:
    protocol = advice.protocol
    return protocol.target in ENHANCED or protocol.second_choice is not None


def _is_child_with_spread(advice: Advice) -> bool:
    """Whether a child may have what shows in several places."""
    rules = (one.rule.id for one in (advice.lead, *advice.added))
    return is_child(advice.facts) and any(one.startswith(SPREADING) for one in rules)


def _heading(modifier: Modifier, advice: Advice) -> str:
    """What is on record, with the first resources that say so."""
    if modifier.criterion is None:
        return ""
    found = evidence_lines(modifier.criterion.assess(advice.facts), advice.facts)
    return f"{modifier.heading} ({plain(', '.join(found[:SHOWN]))}): "
