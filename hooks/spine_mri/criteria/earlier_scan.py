"""Was all of this scanned of late, and has nothing happened since?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cds_service.fhir.prefetch import key_of
from cds_service.knowledge.requirement import DataRequirement
from cds_service.reasoning.coded import ORDER
from cds_service.reasoning.coded_criterion import ANY_STRENGTH, REFERRAL
from cds_service.reasoning.plain import Judgement, Verdict
from cds_service.reasoning.truth import Truth
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.citations import ACP_2011
from hooks.spine_mri.criteria.imaging import SCANNED, imaging_needs
from hooks.spine_mri.definitions import EXPLICIT, complaints

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from cds_service.facts.model import Fact, Facts
    from cds_service.facts.timing import Moment

WINDOW = timedelta(days=90)
# A scan of today may be this order, carried out while it is being written.
SETTLED = timedelta(hours=12)
EVENTS = (codes.RECENT_TRAUMA, codes.PRIOR_SPINE_SURGERY, codes.SPINAL_INJECTION)
SINCE_NEEDS = EXPLICIT.needs | frozenset(
    DataRequirement(source, None, one.id)
    for one in EVENTS
    for source in ("Condition", "Procedure")
)
SINCE_KEYS = (*sorted({key_of(need) for need in SINCE_NEEDS}), ORDER)


def earlier_scan(facts: Facts) -> Fact | None:
    """The newest MRI of all that is ordered, of 12 hours to 90 days ago."""
    found = (
        (fact.when.last, fact)
        for fact in facts.coded.get(codes.MRI_SPINE_ORDER.id, ())
        if fact.source in SCANNED
        and fact.done
        and fact.when is not None
        and _in_time(fact.when, facts.as_of)
        and facts.order.sites
        and facts.order.sites <= fact.sites
    )
    _, newest = max(found, key=lambda one: one[0], default=(None, None))
    return newest


def _in_time(when: Moment, as_of: datetime) -> bool:
    """Whether it lies in the window for certain: a month alone may be too long ago."""
    return as_of - when.last >= SETTLED and as_of - when.first <= WINDOW


def since_scan(scan: Moment, facts: Facts) -> Iterator[Fact]:
    """What hurt or happened after the scan, or may have, for want of a date."""
    happened = (
        fact
        for one in EVENTS
        for fact in facts.coded.get(one.id, ())
        if fact.role in ANY_STRENGTH and fact.source != REFERRAL
    )
    found = (*complaints(facts), *happened)
    charted = {fact.value_set for fact in found if fact.when is not None}
    for fact in found:
        if fact.when is not None:
            yield from (fact,) if fact.when.last > scan.first else ()
        # What the order names without a date is what the chart dates, if it does.
        elif not (fact.stated and fact.value_set in charted):
            yield fact


def _judge(facts: Facts) -> Verdict:
    """A scan that nobody saw keeps no one from a scan, so it is none."""
    scan = earlier_scan(facts)
    if scan is None or scan.when is None or any(since_scan(scan.when, facts)):
        return Verdict(Truth.NO)
    if facts.sees(SINCE_KEYS):
        return Verdict(Truth.YES, (scan.basis,))
    return Verdict(Truth.UNKNOWN, unseen=True)


SCANNED_ALREADY = Judgement(
    id="scanned-already",
    title="The ordered region was scanned of late, and nothing is new since",
    condition=(
        f"MRI of at least the ordered region, {SETTLED.seconds // 3600} hours to "
        f"{WINDOW.days} days ago, carried through; no complaint, injury, surgery or "
        "injection dated after it or without a date"
    ),
    needs=imaging_needs(codes.MRI_SPINE_ORDER) | SINCE_NEEDS,
    judge=_judge,
    citation=ACP_2011,
)
