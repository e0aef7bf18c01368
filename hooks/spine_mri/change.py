"""What of the draft is to change, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hooks.spine_mri.definitions import complaint_sites
from hooks.spine_mri.offers.draft_update import is_recoded
from hooks.spine_mri.protocol import Contrast, mri_words, region_words
from hooks.spine_mri.region import advised_sites, why_whole_spine
from hooks.spine_mri.rule import Advise
from hooks.spine_mri.urgency import PRIORITY

if TYPE_CHECKING:
    from hooks.spine_mri.advice import Advice


def change(advice: Advice) -> str:
    """Say what to order instead, beside what was ordered; "" where all can stay."""
    if _changes_draft(advice) or _leaves_open(advice):
        return _instead(advice)
    elsewhere_ = elsewhere(advice)
    if elsewhere_:
        return f"{elsewhere_}."
    return _sooner(advice) if _is_late(advice) else ""


def _instead(advice: Advice) -> str:
    order, protocol = advice.facts.order, advice.protocol
    drafted = mri_words(order.sites, Contrast(order.technique))
    sites = advised_sites(advice)
    wanted = mri_words(sites, protocol.second_choice or protocol.target)
    other = ", or another agent" if protocol.second_choice else ""
    late = not advice.priority_fits
    soon = f", priority {PRIORITY[advice.urgency]}" * late
    unhurried = f", {advice.facts.order.priority}" * late
    why = "" if protocol.region_fits else _why_whole_spine(advice)
    return f"Consider **{wanted}**{soon}{other}. Drafted: {drafted}{unhurried}.{why}"


def _why_whole_spine(advice: Advice) -> str:
    flags = [one for one in advice.matched if one.rule.is_red_flag]
    why = why_whole_spine(advice.lead, flags, advice.facts)
    return f" Why the whole spine: {why}." if why else ""


def _sooner(advice: Advice) -> str:
    drafted = advice.facts.order.priority
    return f"Consider priority **{PRIORITY[advice.urgency]}**. Drafted: {drafted}."


def _is_late(advice: Advice) -> bool:
    return advice.advise is Advise.FOR and not advice.priority_fits


def _leaves_open(advice: Advice) -> bool:
    """Whether the draft may stay, and does not say all that a scanner must know."""
    return advice.advise is Advise.FOR and is_recoded(advice)


def _changes_draft(advice: Advice) -> bool:
    """Whether it is the draft that is to change, and not what comes before it."""
    step_first = advice.lead.rule.advise is Advise.CHANGE
    forbidden = advice.protocol.contrast_forbidden
    return advice.advise is Advise.CHANGE and (forbidden or not step_first)


def elsewhere(advice: Advice) -> str | None:
    """Name a complaint that lies outside the ordered region, if that is the fault."""
    if advice.protocol.region_fits or advice.lead.rule.is_red_flag:
        return None
    complaint = region_words(complaint_sites(advice.facts))
    ordered = region_words(advice.facts.order.sites)
    return f"The complaint is {complaint}, the order {ordered}: consider another region"
