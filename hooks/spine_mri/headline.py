"""The one line of a card that everybody reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.cds_hooks.response import SUMMARY_LIMIT
from hooks.spine_mri.cautions import INJURIES
from hooks.spine_mri.change import elsewhere
from hooks.spine_mri.definitions import WHOLE_SPINE
from hooks.spine_mri.modifiers import CON1, CON2, SAF2, SAF3, SAF4
from hooks.spine_mri.offers.draft_update import is_recoded
from hooks.spine_mri.protocol import Contrast
from hooks.spine_mri.reasons import evidence_lines
from hooks.spine_mri.region import advised_sites
from hooks.spine_mri.rule import Advise, ContrastRow, Urgency
from hooks.spine_mri.rules.cord import OR_WHOLE
from hooks.spine_mri.unseen import not_understood
from hooks.spine_mri.wording import doubtful

if TYPE_CHECKING:
    from hooks.spine_mri.advice import Advice
    from hooks.spine_mri.modifier import Modifier

GAP = "Cannot advise: data are missing, and a red flag may be hidden there"
UNKNOWN_WORDS = (
    "Cannot advise: a problem in words was not understood, and may be a red flag"
)
UNKNOWN_REASON = (
    "Cannot advise: the order's reason or note was not understood, and may name a red "
    "flag"
)
UNDECIDED = "Cannot advise: a test is undecided, and an infection may be hidden there"
BROKEN = "Cannot advise: a check failed here, and a red flag may be hidden there"
SILENCED = "Cannot advise: a rule that may speak for the scan is switched off here"
IN_VAIN = "Contrast-only spine MRI is not useful: consider MRI without contrast"
# The summaries of these rules ask for contrast.
ENHANCED = {ContrastRow.ENHANCED, ContrastRow.SCAR, ContrastRow.WEIGHT_LOSS}
SOON = {Urgency.ROUTINE: "", Urgency.URGENT: ", urgently", Urgency.IMMEDIATE: ", now"}
NOT_SETTLED = "and these rules cannot settle it"
# Who has ordered exactly this is not told to consider it.
CONSIDER, FITS = ": consider ", ": the order fits, "
CT_FIRST = "; CT first if it causes no delay"
IMPLANT = "; implanted device on record"


def summary(advice: Advice) -> str:
    """Say what matters most in one line.

    A red flag speaks for itself; otherwise what is wrong with the draft comes first.
    """
    rule = advice.lead.rule
    if advice.kept_from_against:
        return _gap(advice)
    if rule.is_red_flag:
        return _with_more(_without_contrast(advice) or _of_red_flag(advice), advice)
    # Where no scan is advised, one without contrast is not to be considered either.
    if advice.protocol.contrast_forbidden and advice.advise is not Advise.AGAINST:
        return _forbidding(advice).summary
    if CON1.id in advice.modifiers:
        return _of_contrast_alone(advice)
    if rule.advise is Advise.FOR and elsewhere(advice) is not None:
        return elsewhere(advice) or rule.summary
    return CON2.summary if CON2.id in advice.modifiers else rule.summary


def _gap(advice: Advice) -> str:
    """Tell what is missing from what is there and settles nothing."""
    if advice.faults:
        return BROKEN
    if advice.silenced:
        return SILENCED
    if advice.not_loaded or advice.no_history:
        return GAP
    if advice.missing:
        return UNKNOWN_WORDS if not_understood(advice.facts) else UNKNOWN_REASON
    return UNDECIDED if doubtful(advice) else GAP


def _of_red_flag(advice: Advice) -> str:
    """Say how soon, or what is on record that nobody can settle but a clinician."""
    rule = advice.lead.rule
    if rule.asks:
        return _unsettled(advice)
    pressing = advice.urgency is Urgency.IMMEDIATE
    said = (pressing and rule.emergency) or rule.summary
    if _fits(advice):
        return said.replace(CONSIDER, FITS, 1)
    return of_whole_spine(said) if _widens(advice) else said


def _widens(advice: Advice) -> bool:
    """Whether the draft shows less than the whole spine, and that is wanted."""
    return not advice.protocol.region_fits and advised_sites(advice) >= WHOLE_SPINE


def of_whole_spine(said: str) -> str:
    """Name the region, where that is what should change."""
    before, scan, after = said.replace(OR_WHOLE, "").partition("MRI")
    return f"{before}{scan} of the whole spine{after}" if scan else said


def _fits(advice: Advice) -> bool:
    """Whether what is to be considered is what was ordered, and all of it stated."""
    timely = advice.advise is Advise.FOR and advice.priority_fits
    return timely and not is_recoded(advice)


def _unsettled(advice: Advice) -> str:
    rule = advice.lead.rule
    told = evidence_lines(advice.lead.finding, advice.facts)
    asked = (f"{rule.asks} {one} is on record, {NOT_SETTLED}" for one in told[:1])
    short = (one for one in asked if len(one) <= SUMMARY_LIMIT)
    return next(short, rule.summary)


def _with_more(said: str, advice: Advice) -> str:
    """Name what may change the next hour, as far as there is room."""
    injured = any(one.rule.id in INJURIES for one in advice.added)
    more = (
        CT_FIRST if injured and advice.lead.rule.id.startswith("NEU") else "",
        IMPLANT if SAF4.id in advice.modifiers else "",
    )
    for one in more:
        said += one if len(said) + len(one) <= SUMMARY_LIMIT else ""
    return said


def _of_contrast_alone(advice: Advice) -> str:
    """Ask for the images before contrast only where those after it are wanted."""
    plain = advice.protocol.target is Contrast.WITHOUT
    return IN_VAIN if plain else CON1.summary


def _without_contrast(advice: Advice) -> str:
    """Say what a rule is about where its own summary asks for contrast in vain."""
    unsafe = {SAF2.id, SAF3.id} & set(advice.modifiers)
    plain = advice.protocol.target is Contrast.WITHOUT
    rule = advice.lead.rule
    if not (unsafe and plain and rule.contrast in ENHANCED):
        return ""
    soon = SOON[advice.urgency]
    words = f"{_forbidding(advice).heading}, {rule.line}"
    return f"{words}: consider MRI without contrast{soon}"


def _forbidding(advice: Advice) -> Modifier:
    """What speaks against contrast in this patient."""
    return SAF2 if SAF2.id in advice.modifiers else SAF3
