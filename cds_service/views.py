"""The views: each is the flow in order, one line a step.

The clock is read here and nowhere below. Who calls is asked before anything that was
sent is looked at.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import orjson
from flask import Response, request
from werkzeug.exceptions import NotFound

from cds_service.answer import answer
from cds_service.attributes.link import address, linked
from cds_service.calls import BEGAN, RAISED
from cds_service.cds_hooks.dialects import translate
from cds_service.cds_hooks.feedback import parse_feedback
from cds_service.cds_hooks.request import parse_call
from cds_service.cds_hooks.response import render_cards
from cds_service.operations.readiness import readiness
from cds_service.operations.record import AnsweredCall
from cds_service.refusals import json_response
from cds_service.sent import authorization, json_body
from cds_service.switches import SILENT, Switch

if TYPE_CHECKING:
    from collections.abc import Mapping
    from wsgiref.types import WSGIEnvironment

    from cds_service.answer import Answer
    from cds_service.cds_hooks.members import Limits
    from cds_service.cds_hooks.request import ServiceCall
    from cds_service.cds_hooks.response import Card
    from cds_service.operations.journal import Journal
    from cds_service.reach import Reach
    from cds_service.security.client_jwt import Client, ClientTokens
    from cds_service.service import Service
    from cds_service.settings import Settings
    from cds_service.store.opening import Store
    from cds_service.switches import Switches

NO_SERVICE = "No service has this id: `GET /cds-services` lists those there are."


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The views over one set of services.

    Attributes:
        services: by id.
        listed: what discovery answers.
        limits: what a body may hold.
        switches: which cards are sent.
        tokens: the check of who calls; None accepts every call.
        reach: who may be asked for what a call left out.
        journal: where is left what is left of a call.
    """

    services: Mapping[str, Service[Any]]
    listed: bytes
    settings: Settings
    limits: Limits
    switches: Switches
    tokens: ClientTokens | None
    reach: Reach
    journal: Journal

    def discover(self) -> Response:
        """List the services; to anyone, as nothing in it is about a patient."""
        return json_response(self.listed)

    def call(self, service_id: str, environ: WSGIEnvironment) -> bytes:
        """Answer one call of a service with cards.

        Raises:
            Exception: there is no answer, for a reason that refusals.py puts in words.
        """
        began: float = environ[BEGAN]
        client = self._client(environ)
        service = self.services[service_id]
        if self.switches.off:
            return self._without_cards(Switch.OFF)
        body = json_body(environ, self.settings.max_body_bytes)
        call = parse_call(body, service.hook, self.limits)
        call = call.renamed(self.settings.prefetch_keys)
        issuer, now = client.issuer if client else None, datetime.now(UTC)
        gather = self.reach.gather(call, issuer, began)
        told = answer(service, call, now, gather, self.settings.gcode)
        shown, switch = self._shown(told, call, issuer)
        self.journal.switched(switch)
        unasked = () if switch in SILENT else told.actions
        answered = orjson.dumps(render_cards(self._linked(service, shown), unasked))
        self.journal.answered(_answered(service, call, issuer, now, began), told, shown)
        return answered

    def refuse(self, service_id: str) -> Response:
        """Raise why a call was not answered, for Flask to tell."""
        del service_id
        raised: Exception | None = request.environ.get(RAISED)
        if raised is None:
            # Who calls is asked before whether there is such a service.
            self._client(request.environ)
            raised = NotFound(NO_SERVICE)
        raise raised

    def _shown(
        self, told: Answer, call: ServiceCall, issuer: str | None
    ) -> tuple[tuple[Card, ...], Switch | None]:
        """Choose the cards that are sent, and write them as this client reads them."""
        shown, switch = self.switches.shown(told.cards, call.context.user_id)
        named = self.settings.dialect_of(issuer)
        return translate(shown, call, named, self.settings.any_dialect), switch

    def feedback(self, service_id: str) -> Response:
        """Take what became of earlier cards."""
        self._client(request.environ)
        service = self.services.get(service_id)
        if service is None:
            raise NotFound(NO_SERVICE)
        keep = self.settings.feedback_comments
        body = json_body(request.environ, self.settings.max_body_bytes)
        items = parse_feedback(body, comments=keep)
        self.journal.feedback(items, datetime.now(UTC), service.id)
        return json_response(b"{}")

    def _linked(
        self, service: Service[Any], cards: tuple[Card, ...]
    ) -> tuple[Card, ...]:
        """Let cards lead to the source attributes, where their URL is known."""
        root, content = self.settings.public_url, service.attributes
        if root is None or content is None:
            return cards
        return linked(cards, content, address(root, service.id))

    def _without_cards(self, switch: Switch) -> bytes:
        self.journal.switched(switch)
        return orjson.dumps(render_cards(()))

    def _client(self, environ: WSGIEnvironment) -> Client | None:
        """Tell who calls; None where nobody is asked.

        Raises:
            Unauthorized: no client that is known.
        """
        if self.tokens is None:
            return None
        sent, path = authorization(environ), environ["PATH_INFO"]
        return self.tokens.verify(sent, path, datetime.now(UTC))


def _answered(
    service: Service[Any],
    call: ServiceCall,
    issuer: str | None,
    at: datetime,
    began: float,
) -> AnsweredCall:
    """Say what is remembered of a call; `began` is by the monotonic clock."""
    return AnsweredCall(
        call=str(uuid4()),
        at=at,
        service=service.id,
        hook=service.hook,
        hook_instance=call.hook_instance,
        latency_ms=(time.monotonic() - began) * 1000,
        client=issuer,
    )


def live() -> Response:
    """Tell that the process runs."""
    return json_response(b'{"live":true}')


def ready(store: Store | None) -> Response:
    """Tell whether calls can be answered; 503 with what stands in the way."""
    able, told = readiness(store)
    return json_response(orjson.dumps(told), 200 if able else 503)
