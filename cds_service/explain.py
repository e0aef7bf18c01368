"""Show how an answer came about: the findings tree beside the cards."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from cds_service.answer import facts_for
from cds_service.cds_hooks import members
from cds_service.cds_hooks.response import render_cards
from cds_service.presentation.markdown import in_words
from cds_service.reasoning.outline import findings_tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from cds_service.cds_hooks.request import ServiceCall
    from cds_service.cds_hooks.response import Card
    from cds_service.facts.model import Facts
    from cds_service.reasoning.finding import Finding
    from cds_service.service import Service

# A call without a card has many reasons; the page goes through them.
NOTHING = (
    "No order to judge: none is selected, open and this service's business, or the "
    "patient has died. See docs/no-card.md."
)


def service_for(services: Iterable[Service[Any]], body: bytes) -> Service[Any]:
    """Choose the service whose hook a request names; the first, where none is.

    Raises:
        BadRequest: the request is no JSON object.
    """
    hook = members.read_object(body).get("hook")
    known = list(services)
    return next((one for one in known if one.hook == hook), known[0])


def explained(
    service: Service[Any], call: ServiceCall, now: datetime
) -> dict[str, Any]:
    """Give every order's findings, as trees, and the response to the call.

    Raises:
        CallError: the call cannot be answered.
    """
    orders: list[dict[str, Any]] = []
    cards: list[Card] = []
    for facts in facts_for(service, call, now):
        cards += service.respond(facts, call.digest)
        findings = [as_json(finding, facts) for finding in service.assess(facts)]
        orders.append({"orders": list(facts.order.references), "findings": findings})
    return {"orders": orders, "response": render_cards(cards)}


def as_json(finding: Finding, facts: Facts) -> dict[str, Any]:
    """Write a finding, and its parts, as JSON."""
    return {
        "criterion": finding.criterion.id,
        "title": finding.criterion.title,
        "truth": finding.truth.name.lower(),
        "unseen": finding.unseen,
        "basis": [
            {
                "reference": basis.reference,
                "display": basis.display,
                "words": in_words(basis),
            }
            for basis in finding.basis
        ],
        "parts": [as_json(part, facts) for part in finding.parts(facts)],
    }


def told(service: Service[Any], call: ServiceCall, now: datetime) -> Iterator[str]:
    """Yield the lines a person reads: trees first, then each card.

    Raises:
        CallError: the call cannot be answered.
    """
    orders = tuple(facts_for(service, call, now))
    if not orders:
        yield NOTHING
    for facts in orders:
        yield f"Order {', '.join(facts.order.references)}, {judged(facts.as_of, now)}"
        yield from _findings(service, facts)
        for card in service.respond(facts, call.digest):
            yield from ("", f"[{card.indicator}] {card.summary}", "", card.detail, "")


def _findings(service: Service[Any], facts: Facts) -> Iterator[str]:
    """Yield the trees about one order, and what of the chart was not read as sent."""
    for finding in service.assess(facts):
        yield from findings_tree(finding, facts, 1)
    for issue in facts.issues:
        yield f"  left out: {issue.path}: {issue.what}"
    for repair in facts.repairs:
        yield f"  repaired: {repair.path}: {repair.what}"


def judged(as_of: datetime, now: datetime) -> str:
    """Say which instant durations are counted to, and whose it is."""
    if as_of == now:
        return f"judged at {_in_utc(now)}, the time of the call (--at)"
    return f"judged at {_in_utc(as_of)}, when it was drafted; called at {_in_utc(now)}"


def _in_utc(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
