"""A service without medicine, to test the edge with.

It answers every selected order with one card that repeats what the order asked for,
and fails on demand.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_OID, uuid5

from werkzeug.serving import make_server

from cds_service.app import create_app
from cds_service.cds_hooks.errors import PreconditionFailed
from cds_service.cds_hooks.response import (
    SUMMARY_LIMIT,
    Action,
    ActionType,
    Card,
    Coding,
    Indicator,
    Link,
    Source,
    Suggestion,
)
from cds_service.facts.model import Facts, Order
from cds_service.knowledge.vocabulary import Vocabulary
from cds_service.registry import register
from cds_service.service import Service
from cds_service.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from cds_service.cds_hooks.drafts import DraftOrder

TOPIC = Coding("guideline", "http://terminology.hl7.org/CodeSystem/x", "Guideline")
REASON = Coding("patient-refuses", "urn:toy:reasons", "Patient refuses")


def orders(drafts: tuple[DraftOrder, ...]) -> tuple[Order, ...]:
    """Take every ServiceRequest for a toy."""
    return tuple(
        Order(references=(draft.reference,), resources=(draft.resource,))
        for draft in drafts
        if draft.resource.get("code") == {"text": "toy"}
    )


def present(facts: Facts, seed: str) -> tuple[Card, ...]:
    """Say which order this is about, with one of everything a card may have."""
    (resource,) = facts.order.resources
    if resource.get("priority") == "asap":
        raise RuntimeError(str(resource))
    if resource.get("priority") == "stat":
        raise PreconditionFailed("Chart missing", "$.prefetch.patient", "Send it.")
    changed = Action(
        type=ActionType.UPDATE,
        description="Wrap the toy",
        resource=dict(resource) | {"note": [{"text": "wrapped"}]},
    )
    unique = str(uuid5(NAMESPACE_OID, f"{seed} {facts.order.references}"))
    offer = Suggestion(label="Wrap", uuid=unique, actions=(changed,))
    return (
        Card(
            summary=f"Toy ordered: {facts.order.references[0]}."[:SUMMARY_LIMIT],
            indicator=Indicator.INFO,
            source=Source(label="Toys", url="https://toy.example", topic=TOPIC),
            uuid=unique,
            detail="- a toy",
            suggestions=(offer,),
            override_reasons=(REASON,),
            links=(Link(label="More", url="https://toy.example/more"),),
            agrees=resource.get("priority") == "urgent",
        ),
    )


def toy(hook: str) -> Service[Facts]:
    """Make the service for one hook."""
    return Service(
        id=f"toy-{hook}",
        hook=hook,
        title="Toys",
        description="Comments on toys.",
        usage_requirements="A child.",
        criteria=(),
        vocabulary=Vocabulary(()),
        measured={},
        orders=orders,
        assess=lambda _: (),
        decide=lambda facts: facts,
        present=present,
    )


def toy_app(**settings: Any) -> Flask:
    """Build the application around the toy services."""
    services = register([toy("order-select"), toy("order-sign")])
    return create_app(services, Settings(**{"auth": "none", **settings}))


def draft(identity: str = "103", **members: Any) -> dict[str, Any]:
    """Make a draft order for a toy."""
    kind = {"resourceType": "ServiceRequest", "id": identity}
    return kind | {"code": {"text": "toy"}} | members


def toy_call(*drafts: dict[str, Any], **members: Any) -> dict[str, Any]:
    """Make an order-select call that selects all of *drafts*."""
    chosen = drafts or (draft(),)
    context = {
        "userId": "Practitioner/7",
        "patientId": "pat-1",
        "selections": [f"ServiceRequest/{one['id']}" for one in chosen],
        "draftOrders": {
            "resourceType": "Bundle",
            "entry": [{"resource": one} for one in chosen],
        },
    }
    call = {"hook": "order-select", "hookInstance": "i-1", "context": context}
    return call | members


@contextmanager
def serving(app: Flask) -> Iterator[int]:
    """Serve *app* on the loopback for as long as the block runs; yields the port."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join(timeout=10)
        server.server_close()
