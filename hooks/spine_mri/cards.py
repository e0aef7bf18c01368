"""The card the clinician reads: one for each order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.cds_hooks.response import (
    Card,
    Coding,
    Indicator,
    Link,
    Source,
)
from hooks.spine_mri.cautions import sources
from hooks.spine_mri.extension import extension
from hooks.spine_mri.headline import summary
from hooks.spine_mri.override_reasons import override_reasons
from hooks.spine_mri.rule import Advise
from hooks.spine_mri.suggestions import identify, suggestions
from hooks.spine_mri.wording import detail

if TYPE_CHECKING:
    from hooks.spine_mri.advice import Advice

OURS = "Spine MRI decision support"
TOPICS = "http://terminology.hl7.org/CodeSystem/cdshooks-card-type"
GUIDELINE = Coding("guideline", TOPICS, "Guideline")
OFF_GUIDELINE = Coding("off-guideline", TOPICS, "Off Guideline")


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


def _source(advice: Advice) -> Source:
    topic = OFF_GUIDELINE if advice.advise is Advise.AGAINST else GUIDELINE
    citations = advice.citations
    if advice.kept_from_against or not citations:
        return Source(label=OURS, topic=topic)
    first = citations[0]
    return Source(label=first.label, url=first.url, topic=topic)
