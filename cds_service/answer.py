"""From a call to its cards: the whole flow, in order, and pure.

What the prefetch left out is searched for by the function that is handed in.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from cds_service.cds_hooks.drafts import refuse_deep
from cds_service.cds_hooks.errors import BadRequest, PreconditionFailed
from cds_service.cds_hooks.pama import Consultation
from cds_service.facts.extract import facts_about, read_chart_facts
from cds_service.facts.extract.person import is_deceased
from cds_service.fhir.chart import read_chart
from cds_service.fhir.fetched import Fetched, failed, gather_nothing
from cds_service.fhir.identity import UNCLEAR, owner_of
from cds_service.fhir.sight import Cause, State
from cds_service.rating import Rater

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from cds_service.cds_hooks.request import ServiceCall
    from cds_service.cds_hooks.response import Action, Card
    from cds_service.facts.extract import ChartFacts
    from cds_service.facts.model import Facts, Order
    from cds_service.fhir.chart import Chart
    from cds_service.fhir.fetched import Gather
    from cds_service.fhir.sight import Sight
    from cds_service.service import Service

# A draft written longer ago than this is judged at the time of the call.
SAME_SESSION = timedelta(days=1)
PATIENT = "patient"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a call, and how much of the chart it rests on.

    `sight` is by prefetch key; empty where no chart had to be looked at. `actions`
    are for the client itself, without anyone being asked.
    """

    cards: tuple[Card, ...]
    sight: Mapping[str, Sight] = field(default_factory=dict)
    actions: tuple[Action, ...] = ()


def answer(
    service: Service[Any],
    call: ServiceCall,
    now: datetime,
    gather: Gather = gather_nothing,
    gcode: str | None = None,
) -> Answer:
    """Answer a call: one card for each order that is this service's business.

    Args:
        service: the one that was called.
        call: what it was called with.
        now: when.
        gather: how to search for what was left out.
        gcode: under which the orders are rated; they are not, where there is none.

    Raises:
        CallError: the call cannot be answered; names the JSON path.
    """
    session = _session(service, call, now, gather)
    if session is None:
        return Answer(())
    about = tuple(map(session.about, session.orders))
    seed, sight = call.digest, about[0].sight
    cards = tuple(card for facts in about for card in service.respond(facts, seed))
    # CDS Hooks 2.0.1, "HTTP Status Codes": who the patient is has to be known, unless
    # a rule speaks all the same.
    if cards and PATIENT in sight and all(card.undecided for card in cards):
        _refuse_unknown_patient(sight)
    if gcode is None:
        return Answer(cards, sight)
    rater = Rater(
        service=service,
        consultation=Consultation(gcode, seed),
        drafts=call.context.drafts,
        about=session.about,
    )
    actions = tuple(action for facts in about for action in rater.actions(facts))
    return Answer(tuple(map(rater.card, cards)), sight, actions)


def _refuse_unknown_patient(sight: Mapping[str, Sight]) -> None:
    patient = sight[PATIENT]
    if patient.state not in {State.NOT_SUPPLIED, State.FAILED}:
        return
    why = f" ({patient.cause.value})" if patient.cause else ""
    what = f"The patient's record could not be had: {patient.state.value}{why}"
    remedy = "Send it by prefetch, or name a FHIR server this service may ask."
    raise PreconditionFailed(what, f"$.prefetch.{PATIENT}", remedy)


@dataclass(frozen=True, slots=True)
class _Session:
    """The orders of a call, and the chart they are judged by."""

    service: Service[Any]
    orders: tuple[Order, ...]
    chart: ChartFacts
    now: datetime

    def about(self, order: Order) -> Facts:
        """Give the facts about one order of this patient."""
        lexicon = self.service.lexicon
        facts = facts_about(order, self.chart, lexicon, t0(order, self.now))
        self.service.prior.lay_down(facts)
        return facts


def facts_for(
    service: Service[Any],
    call: ServiceCall,
    now: datetime,
    gather: Gather = gather_nothing,
) -> Iterator[Facts]:
    """Yield the facts about each order, the chart being read once."""
    session = _session(service, call, now, gather)
    if session is not None:
        yield from map(session.about, session.orders)


def _session(
    service: Service[Any], call: ServiceCall, now: datetime, gather: Gather
) -> _Session | None:
    """Read orders and chart; None where there is nothing to judge.

    That comes first: a call about other orders is answered without a look at the chart.
    """
    orders = _selected(service, call)
    if not orders:
        return None
    ours = frozenset(one for order in orders for one in order.references)
    refuse_deep(one for one in call.context.drafts if one.reference in ours)
    for order in orders:
        _refuse_other_patient(order, call)
    chart = _chart(service, call, now, gather)
    told = read_chart_facts(chart, service.lexicon, now)
    return None if told.person.deceased else _Session(service, orders, told, now)


def _chart(
    service: Service[Any], call: ServiceCall, now: datetime, gather: Gather
) -> Chart:
    """Read what was supplied, and search for what was not."""
    patient_id, wanted = call.context.patient_id, service.prefetch
    server = call.fhir_server
    supplied = read_chart(call.prefetch, patient_id, wanted, server)
    missing = _missing(supplied, wanted, now)
    found = dict(gather(missing)) if missing else {}
    if not found:
        return supplied
    for key, one in found.items():
        if _is_other(key, one, patient_id):
            found[key] = failed(Cause.UNREADABLE, one.seconds)
    values = {key: one.value for key, one in found.items() if one.asked}
    whole = read_chart({**call.prefetch, **values}, patient_id, wanted, server)
    sight = {
        key: one._replace(cause=found[key].cause) if key in found else one
        for key, one in whole.sight.items()
    }
    return replace(whole, sight=MappingProxyType(sight))


def _missing(
    supplied: Chart, wanted: Mapping[str, str], now: datetime
) -> dict[str, str]:
    """Give the templates that nothing answers; of the dead nothing has to be known."""
    if supplied.patient is not None and is_deceased(supplied.patient, now):
        return {}
    return {
        key: template
        for key, template in wanted.items()
        if supplied.sight[key].state is State.NOT_SUPPLIED
    }


def _is_other(key: str, fetched: Fetched, patient_id: str) -> bool:
    """Whether a server gave another patient than the one it was asked for."""
    value = fetched.value
    if key == PATIENT and fetched.cause is None:
        return not isinstance(value, dict) or value.get("id") != patient_id
    try:
        read_chart({key: value}, patient_id, {})
    except BadRequest:
        return True
    return False


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


def _refuse_other_patient(order: Order, call: ServiceCall) -> None:
    patient_id = call.context.patient_id
    for resource in order.resources:
        subject = resource.get("subject")
        reference = subject.get("reference") if isinstance(subject, dict) else None
        owner = owner_of(str(reference or ""), patient_id, call.fhir_server)
        # Drafts are often bare, or point into the session they are written in.
        if owner and owner != UNCLEAR:
            what = "A draft order is for another patient"
            where = "$.context.draftOrders.entry[*].resource.subject.reference"
            raise BadRequest(what, where, "Send orders of `context.patientId` only.")


def t0(order: Order, now: datetime) -> datetime:
    """The instant every duration is counted to: when the draft was written."""
    written = order.authored
    if written is None or abs(now - written.last) > SAME_SESSION:
        return now
    return written.last
