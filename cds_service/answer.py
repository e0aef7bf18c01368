"""From a call to its cards: the whole flow, in order, and pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from cds_service.cds_hooks.drafts import refuse_deep
from cds_service.cds_hooks.errors import BadRequest
from cds_service.facts.extract import facts_about, read_chart_facts
from cds_service.fhir.chart import read_chart

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from cds_service.cds_hooks.request import ServiceCall
    from cds_service.cds_hooks.response import Card
    from cds_service.facts.model import Facts, Order
    from cds_service.service import Service

# A draft written longer ago than this is judged at the time of the call.
SAME_SESSION = timedelta(days=1)


def answer(service: Service[Any], call: ServiceCall, now: datetime) -> tuple[Card, ...]:
    """Answer a call: one card for each order that is this service's business.

    Raises:
        CallError: the call cannot be answered; names the JSON path.
    """
    about = tuple(facts_for(service, call, now))
    seed = call.digest if about else ""
    return tuple(card for facts in about for card in service.respond(facts, seed))


def facts_for(
    service: Service[Any], call: ServiceCall, now: datetime
) -> Iterator[Facts]:
    """Yield the facts about each order, the chart being read once.

    Whether there is anything to judge comes first: a call about other orders is
    answered without a look at the chart.
    """
    orders = _selected(service, call)
    if not orders:
        return
    ours = frozenset(one for order in orders for one in order.references)
    refuse_deep(one for one in call.context.drafts if one.reference in ours)
    for order in orders:
        _refuse_other_patient(order, call.context.patient_id)
    chart = read_chart(call.prefetch, call.context.patient_id, service.prefetch)
    told = read_chart_facts(chart, service.lexicon, now)
    if told.person.deceased:
        return
    for order in orders:
        facts = facts_about(order, told, service.lexicon, t0(order, now))
        service.prior.lay_down(facts)
        yield facts


def _selected(service: Service[Any], call: ServiceCall) -> tuple[Order, ...]:
    """The orders that are selected, whole or in part.

    Drafts beside a selected one may make one order with it, such as a whole spine.
    """
    selected, drafts = call.context.selected, call.context.drafts
    orders = service.orders(selected)
    if not orders:
        return ()
    # Those selected are all of the drafts or fewer.
    if len(selected) < len(drafts):
        orders = service.orders(drafts)
    chosen = {draft.reference for draft in selected}
    return tuple(one for one in orders if chosen.intersection(one.references))


def _refuse_other_patient(order: Order, patient_id: str) -> None:
    for resource in order.resources:
        subject = resource.get("subject")
        reference = subject.get("reference") if isinstance(subject, dict) else None
        _, known, named = str(reference or "").partition("Patient/")
        if known and named.partition("/")[0] != patient_id:
            what = "A draft order is for another patient"
            where = "$.context.draftOrders.entry[*].resource.subject.reference"
            raise BadRequest(what, where, "Send orders of `context.patientId` only.")


def t0(order: Order, now: datetime) -> datetime:
    """The instant every duration is counted to: when the draft was written."""
    written = order.authored
    if written is None or abs(now - written.last) > SAME_SESSION:
        return now
    return written.last
