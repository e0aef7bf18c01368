"""The card the clinician reads: one for each order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.cds_hooks.response import (
    SUMMARY_LIMIT,
    Card,
    Coding,
    Indicator,
    Link,
    Source,
)
from hooks.spine_mri.cautions import sources
from hooks.spine_mri.extension import extension
from hooks.spine_mri.modifiers import CON1, CON2, SAF2, SAF3
from hooks.spine_mri.override_reasons import override_reasons
from hooks.spine_mri.protocol import Contrast
from hooks.spine_mri.reasons import evidence_lines
from hooks.spine_mri.rule import Advise, ContrastRow, Urgency
from hooks.spine_mri.rules.unsettled import UNK2
from hooks.spine_mri.suggestions import identify, suggestions
from hooks.spine_mri.wording import detail, doubtful, elsewhere

if TYPE_CHECKING:
    from hooks.spine_mri.advice import Advice
    from hooks.spine_mri.modifier import Modifier

OURS = "Spine MRI decision support"
TOPICS = "http://terminology.hl7.org/CodeSystem/cdshooks-card-type"
GUIDELINE = Coding("guideline", TOPICS, "Guideline")
OFF_GUIDELINE = Coding("off-guideline", TOPICS, "Off Guideline")
GAP = "Cannot advise: data are missing, and a red flag may be hidden there"
UNDECIDED = "Cannot advise: a test is undecided, and an infection may be hidden there"
# The summaries of these rules ask for contrast.
ENHANCED = {ContrastRow.ENHANCED, ContrastRow.SCAR, ContrastRow.WEIGHT_LOSS}
SOON = {Urgency.ROUTINE: "", Urgency.URGENT: ", urgently", Urgency.IMMEDIATE: ", now"}
IS_IT_NEW, NOT_SETTLED = "Is it new?", "and these rules cannot settle it"
BROKEN = "Cannot advise: a check failed here, and a red flag may be hidden there"
SILENCED = "Cannot advise: a rule that may speak for the scan is switched off here"


def present(advice: Advice, seed: str) -> tuple[Card, ...]:
    """Put the advice into one card; *seed* makes its uuids."""
    references = ",".join(advice.facts.order.references)
    uuid = identify(seed, references, advice.rule_id)
    offered = suggestions(advice, uuid)
    indicator = advice.indicator
    calm = indicator is Indicator.INFO and advice.advise is Advise.FOR
    card = Card(
        summary=summary(advice),
        indicator=indicator,
        source=_source(advice),
        uuid=uuid,
        detail=detail(advice),
        suggestions=offered,
        override_reasons=override_reasons(advice),
        links=tuple(Link(label=one.label, url=one.url) for one in sources(advice)),
        extension=extension(advice),
        orders=advice.facts.order.references,
        agrees=calm and not offered,
        faults=advice.faults,
        undecided=advice.kept_from_against and not (advice.silenced or advice.faults),
    )
    return (card,)


def summary(advice: Advice) -> str:
    """Say what matters most in one line.

    A red flag speaks for itself; otherwise what is wrong with the draft comes first.
    """
    rule = advice.lead.rule
    if advice.kept_from_against:
        return _gap(advice)
    if rule.is_red_flag:
        return _without_contrast(advice) or _of_red_flag(advice)
    # Where no scan is advised, one without contrast is not to be considered either.
    if advice.protocol.contrast_forbidden and advice.advise is not Advise.AGAINST:
        return _forbidding(advice).summary
    if CON1.id in advice.modifiers:
        return CON1.summary
    if rule.advise is Advise.FOR and elsewhere(advice) is not None:
        return elsewhere(advice) or rule.summary
    return CON2.summary if CON2.id in advice.modifiers else rule.summary


def _gap(advice: Advice) -> str:
    """Tell what is missing from what is there and settles nothing."""
    if advice.faults:
        return BROKEN
    if advice.silenced:
        return SILENCED
    seen = not (advice.missing or advice.no_history)
    return UNDECIDED if seen and doubtful(advice) else GAP


def _of_red_flag(advice: Advice) -> str:
    """Say how soon, or what is on record that nobody can settle but a clinician."""
    rule = advice.lead.rule
    if advice.urgency is Urgency.IMMEDIATE and rule.emergency:
        return rule.emergency
    told = evidence_lines(advice.lead.finding, advice.facts)
    if rule.id != UNK2.id or not told:
        return rule.summary
    asked = f"{IS_IT_NEW} {told[0]} is on record, {NOT_SETTLED}"
    return asked if len(asked) <= SUMMARY_LIMIT else rule.summary


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


def _source(advice: Advice) -> Source:
    topic = OFF_GUIDELINE if advice.advise is Advise.AGAINST else GUIDELINE
    citations = advice.lead.rule.citations
    if advice.kept_from_against or not citations:
        return Source(label=OURS, topic=topic)
    first = citations[0]
    return Source(label=first.label, url=first.url, topic=topic)
