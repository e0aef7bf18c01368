"""From a call to its cards: the whole flow, in order, and pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

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
    orders = service.orders(call.context.selected)
    if not orders:
        return
    chart = read_chart(call.prefetch, call.context.patient_id, service.prefetch)
    told = read_chart_facts(chart, service.lexicon, now)
    if told.person.deceased:
        return
    for order in orders:
        yield facts_about(order, told, service.lexicon, t0(order, now))


def t0(order: Order, now: datetime) -> datetime:
    """The instant every duration is counted to: when the draft was written."""
    written = order.authored
    if written is None or abs(now - written.last) > SAME_SESSION:
        return now
    return written.last
