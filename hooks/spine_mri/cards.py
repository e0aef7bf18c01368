"""The card the clinician reads: one for each order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.cds_hooks.response import Card, Coding, Link, Source
from hooks.spine_mri.advice import CONTRAST_ONLY, CONTRAST_UNNEEDED
from hooks.spine_mri.extension import extension
from hooks.spine_mri.override_reasons import override_reasons
from hooks.spine_mri.rule import Advise
from hooks.spine_mri.suggestions import identify, suggestions
from hooks.spine_mri.wording import detail, elsewhere

if TYPE_CHECKING:
    from hooks.spine_mri.advice import Advice

OURS = "Spine MRI decision support"
TOPICS = "http://terminology.hl7.org/CodeSystem/cdshooks-card-type"
GUIDELINE = Coding("guideline", TOPICS, "Guideline")
OFF_GUIDELINE = Coding("off-guideline", TOPICS, "Off Guideline")
GAP = "Cannot advise: data are missing, and a red flag may be hidden there"
CONTRAST_ONLY_SUMMARY = (
    "Contrast-only spine MRI is not useful: consider adding images before contrast"
)
UNNEEDED_SUMMARY = "Contrast adds little here: consider MRI without contrast"


def present(advice: Advice, seed: str) -> tuple[Card, ...]:
    """Put the advice into one card; *seed* makes its uuids."""
    citations = advice.lead.rule.citations
    references = ",".join(advice.facts.order.references)
    card = Card(
        summary=summary(advice),
        indicator=advice.indicator,
        source=_source(advice),
        uuid=identify(seed, references, advice.rule_id),
        detail=detail(advice),
        suggestions=suggestions(advice, seed),
        override_reasons=override_reasons(advice),
        links=tuple(Link(label=one.label, url=one.url) for one in citations),
        extension=extension(advice),
    )
    return (card,)


def summary(advice: Advice) -> str:
    """Say what matters most in one line.

    A red flag speaks for itself; otherwise what is wrong with the draft comes first.
    """
    rule = advice.lead.rule
    if advice.kept_from_against:
        return GAP
    if rule.is_red_flag:
        return rule.summary
    if CONTRAST_ONLY in advice.modifiers:
        return CONTRAST_ONLY_SUMMARY
    if rule.advise is Advise.FOR and elsewhere(advice) is not None:
        return elsewhere(advice) or rule.summary
    return UNNEEDED_SUMMARY if CONTRAST_UNNEEDED in advice.modifiers else rule.summary


def _source(advice: Advice) -> Source:
    topic = OFF_GUIDELINE if advice.advise is Advise.AGAINST else GUIDELINE
    citations = advice.lead.rule.citations
    if advice.kept_from_against or not citations:
        return Source(label=OURS, topic=topic)
    first = citations[0]
    return Source(label=first.label, url=first.url, topic=topic)
