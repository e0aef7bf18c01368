"""The web application: routes, and how refusals and faults are answered.

The view of a call is the flow in one line each: read, parse, answer, render. The
clock is read here and nowhere below.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import orjson
import structlog
from flask import Flask, Response, request
from werkzeug.exceptions import (
    HTTPException,
    NotFound,
    RequestEntityTooLarge,
    UnsupportedMediaType,
)

from cds_service.answer import answer
from cds_service.cds_hooks.discovery import discovery
from cds_service.cds_hooks.errors import CallError, operation_outcome
from cds_service.cds_hooks.feedback import parse_feedback
from cds_service.cds_hooks.request import parse_call
from cds_service.cds_hooks.response import render_cards
from cds_service.cors import Cors
from cds_service.registry import load
from cds_service.settings import load_settings, load_site

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from cds_service.service import Service
    from cds_service.settings import Settings

JSON = "application/json"
JSON_TYPES = frozenset({JSON, "application/fhir+json"})
ISSUE_CODES = {
    HTTPStatus.NOT_FOUND: "not-found",
    HTTPStatus.METHOD_NOT_ALLOWED: "not-supported",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too-long",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "not-supported",
}
FRAMES_LOGGED = 5


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The views over one set of services."""

    services: Mapping[str, Service[Any]]
    listed: bytes
    max_body_bytes: int
    quiet: bool

    def discover(self) -> Response:
        """List the services."""
        return json_response(self.listed)

    def call(self, service_id: str) -> Response:
        """Answer one call of a service with cards."""
        service = self._service(service_id)
        call = parse_call(json_body(self.max_body_bytes), service.hook)
        cards = answer(service, call, datetime.now(UTC)).cards
        shown = [card for card in cards if not (self.quiet and card.agrees)]
        return json_response(orjson.dumps(render_cards(shown)))

    def feedback(self, service_id: str) -> Response:
        """Take what became of earlier cards."""
        service = self._service(service_id)
        items = parse_feedback(json_body(self.max_body_bytes))
        log = structlog.get_logger()
        log.info("feedback", service=service.id, items=len(items))
        return json_response(b"{}")

    def _service(self, service_id: str) -> Service[Any]:
        service = self.services.get(service_id)
        if service is None:
            raise NotFound("No service has this id.")
        return service


def create_app(
    services: Mapping[str, Service[Any]] | None = None,
    settings: Settings | None = None,
) -> Flask:
    """Build the application.

    Args:
        services: by id; those under hooks/ unless given.
        settings: those of the environment unless given.

    Raises:
        RegistryError: a service is wrong.
        SettingsError: a setting or the site file is wrong.
    """
    settings = settings or load_settings()
    services = load(site=load_site()) if services is None else services
    app = Flask("cds_service", static_folder=None)
    listed = orjson.dumps(discovery(services.values()))
    views = Endpoints(services, listed, settings.max_body_bytes, settings.quiet)
    _add_routes(app, views)
    app.register_error_handler(CallError, tell_refusal)
    app.register_error_handler(HTTPException, tell_http)
    app.register_error_handler(Exception, tell_fault)
    layered = Cors(_PlainPaths(app.wsgi_app), settings.cors_origins)
    app.wsgi_app = layered  # type: ignore[method-assign]  # as Flask documents it
    return app


def _add_routes(app: Flask, endpoints: Endpoints) -> None:
    base = "/cds-services"
    app.get(base)(endpoints.discover)
    app.post(f"{base}/<service_id>")(endpoints.call)
    app.post(f"{base}/<service_id>/feedback")(endpoints.feedback)
    app.get("/health/live")(live)


def live() -> Response:
    """Tell that the process runs."""
    return json_response(b'{"live":true}')


def json_body(limit: int) -> bytes:
    """Read the body of the current request, if it is declared as plain JSON."""
    if request.environ.get("CONTENT_TYPE") != JSON and not _is_json():
        raise UnsupportedMediaType("Send application/json in UTF-8.")
    if request.environ.get("HTTP_CONTENT_ENCODING", "identity") != "identity":
        raise UnsupportedMediaType("Send the body without Content-Encoding.")
    # A body may come without its length, so one byte more than may be is asked for.
    body: bytes = request.stream.read(limit + 1)
    if len(body) > limit:
        raise RequestEntityTooLarge("Send a shorter body.")
    return body


def _is_json() -> bool:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    return request.mimetype in JSON_TYPES and charset in {"utf-8", "utf8"}


def json_response(body: bytes, status: int = 200) -> Response:
    """Wrap a JSON *body*."""
    return Response(body, status, content_type=JSON)


def tell_refusal(error: CallError) -> Response:
    """Answer a call that the service refuses."""
    told = operation_outcome(error.code, error.what, error.where, error.remedy)
    return json_response(orjson.dumps(told), error.status)


def tell_http(error: HTTPException) -> Response:
    """Answer what HTTP itself refuses: path, method, size, media type."""
    status = HTTPStatus(error.code or 500)
    code = ISSUE_CODES.get(status, "processing")
    told = operation_outcome(code, error.name, "", error.description or "See status.")
    response = json_response(orjson.dumps(told), status)
    for name, value in error.get_headers():
        if name == "Allow":
            response.headers[name] = value
    return response


def tell_fault(error: Exception) -> Response:
    """Answer a fault of ours, and log where it is, without any value.

    An exception's text may hold what a chart holds, so neither answer nor log have it.
    """
    correlation = str(uuid4())
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES_LOGGED:]
    where = [f"{frame.filename}:{frame.lineno}" for frame in frames]
    log = structlog.get_logger()
    log.error("fault", kind=type(error).__name__, where=where, correlation=correlation)
    what, remedy = "The service failed", "Go on without it and report the id."
    told = operation_outcome("exception", what, "", remedy, correlation)
    return json_response(orjson.dumps(told), 500)


@dataclass(frozen=True, slots=True)
class _PlainPaths:
    """Read `//` as `/` and drop a trailing one: some clients cannot be redirected."""

    application: WSGIApplication

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if "//" in path or path.endswith("/"):
            environ["PATH_INFO"] = "/" + "/".join(filter(None, path.split("/")))
        return self.application(environ, start_response)
