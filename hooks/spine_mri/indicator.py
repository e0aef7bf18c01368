"""How loudly a card speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.cds_hooks.response import Indicator
from hooks.spine_mri.earlier_mri import is_older_than_scan
from hooks.spine_mri.modifiers import CON1, CON2, SAF1, SAF2, SAF3, SAF4
from hooks.spine_mri.rule import Advise, Tone, Urgency

if TYPE_CHECKING:
    from hooks.spine_mri.advice import Advice

SAFETY = frozenset({SAF1.id, SAF2.id, SAF3.id, SAF4.id})


def indicator_of(advice: Advice) -> Indicator:
    """Give the first row of the indicator table that holds."""
    if advice.urgency is Urgency.IMMEDIATE:
        return Indicator.CRITICAL
    if advice.advise is Advise.UNCERTAIN:
        return Indicator.INFO
    if _is_loud(advice):
        return Indicator.WARNING
    right = _is_calm(advice) or _is_right(advice)
    return Indicator.INFO if right else Indicator.WARNING


def _is_loud(advice: Advice) -> bool:
    """Whether contrast alone is drafted, or the patient's safety is at stake."""
    changes = advice.advise is Advise.CHANGE
    alone = changes and CON1.id in advice.modifiers
    return alone or not SAFETY.isdisjoint(advice.modifiers)


def _is_calm(advice: Advice) -> bool:
    """Whether only a calm rule, or contrast that adds little, asks for a change."""
    unneeded_alone = CON2.id in advice.modifiers and advice.protocol.region_fits
    calm = advice.lead.rule.tone is Tone.CALM or unneeded_alone
    return calm or is_older_than_scan(advice)


def _is_right(advice: Advice) -> bool:
    """Whether the draft can stay as it is; its priority matters to some rules alone."""
    timely = advice.priority_fits or advice.lead.rule.tone is not Tone.UNTIL_RIGHT
    return advice.advise is Advise.FOR and timely
