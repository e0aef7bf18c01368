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
from gunicorn.http.errors import ParseException
from werkzeug.exceptions import BadRequest as BadHttp
from werkzeug.exceptions import (
    NotFound,
    RequestEntityTooLarge,
    UnsupportedMediaType,
)

from cds_service.answer import answer
from cds_service.attributes.link import address, linked
from cds_service.cds_hooks.dialects import translate
from cds_service.cds_hooks.feedback import parse_feedback
from cds_service.cds_hooks.request import parse_call
from cds_service.cds_hooks.response import render_cards
from cds_service.operations.readiness import readiness
from cds_service.operations.record import AnsweredCall
from cds_service.refusals import JSON, json_response
from cds_service.switches import SILENT, Switch

if TYPE_CHECKING:
    from collections.abc import Mapping

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

NOT_ENCODED = frozenset({"", "identity"})
TOO_LONG = "Send a shorter body."
JSON_TYPES = frozenset({JSON, "application/fhir+json"})


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

    def call(self, service_id: str) -> Response:
        """Answer one call of a service with cards."""
        began = time.monotonic()
        client = self._client()
        service = self._service(service_id)
        if self.switches.off:
            return self._without_cards(Switch.OFF)
        body = json_body(self.settings.max_body_bytes)
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
        return json_response(answered)

    def _shown(
        self, told: Answer, call: ServiceCall, issuer: str | None
    ) -> tuple[tuple[Card, ...], Switch | None]:
        """Choose the cards that are sent, and write them as this client reads them."""
        shown, switch = self.switches.shown(told.cards, call.context.user_id)
        named = self.settings.dialect_of(issuer)
        return translate(shown, call, named, self.settings.any_dialect), switch

    def feedback(self, service_id: str) -> Response:
        """Take what became of earlier cards."""
        self._client()
        service = self._service(service_id)
        keep = self.settings.feedback_comments
        body = json_body(self.settings.max_body_bytes)
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

    def _without_cards(self, switch: Switch) -> Response:
        self.journal.switched(switch)
        return json_response(orjson.dumps(render_cards(())))

    def _client(self) -> Client | None:
        """Tell who calls; None where nobody is asked.

        Raises:
            Unauthorized: no client that is known.
        """
        if self.tokens is None:
            return None
        sent = request.headers.getlist("Authorization")
        return self.tokens.verify(sent, request.path, datetime.now(UTC))

    def _service(self, service_id: str) -> Service[Any]:
        service = self.services.get(service_id)
        if service is None:
            raise NotFound("No service has this id.")
        return service


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


def json_body(limit: int) -> bytes:
    """Read the body of the current request, if it is declared as plain JSON."""
    if request.environ.get("CONTENT_TYPE") != JSON and not _is_json():
        raise UnsupportedMediaType("Send application/json in UTF-8.")
    encoding = request.environ.get("HTTP_CONTENT_ENCODING", "")
    if encoding.strip().lower() not in NOT_ENCODED:
        raise UnsupportedMediaType("Send the body without Content-Encoding.")
    if (request.content_length or 0) > limit:
        raise RequestEntityTooLarge(TOO_LONG)
    try:
        # It may come without its length: one byte more than may be is asked for.
        body: bytes = request.stream.read(limit + 1)
    except (OSError, ParseException):
        raise BadHttp("Send the body whole, and its chunks as HTTP has them.") from None
    if len(body) > limit:
        raise RequestEntityTooLarge(TOO_LONG)
    return body


def _is_json() -> bool:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    return request.mimetype in JSON_TYPES and charset in {"utf-8", "utf8"}
