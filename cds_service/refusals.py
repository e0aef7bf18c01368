"""How refusals and faults are answered, in words that repeat nothing of a request."""

from __future__ import annotations

import traceback
from http import HTTPStatus
from typing import TYPE_CHECKING
from uuid import uuid4

import orjson
import structlog
from flask import Response, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from cds_service.cds_hooks.errors import CallError, operation_outcome
from cds_service.operations.tally import uncounted
from cds_service.security.unauthorized import Unauthorized
from cds_service.store.unavailable import StoreUnavailable

if TYPE_CHECKING:
    from flask import Flask

    from cds_service.operations.metrics import Metrics

JSON = "application/json"
ISSUE_CODES = {
    HTTPStatus.NOT_FOUND: "not-found",
    HTTPStatus.METHOD_NOT_ALLOWED: "not-supported",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too-long",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "not-supported",
}
FRAMES_LOGGED = 5
# Instead of werkzeug's words, which are for whoever typed an address.
ELSEWHERE = "`GET /cds-services` lists the services, `GET /openapi.json` all paths."
RETRY_AFTER = "5"  # seconds; a store mends itself within that, or a person has to


def add_refusals(app: Flask, metrics: Metrics) -> None:
    """Let *app* answer whatever is raised."""

    def unauthorized(error: Unauthorized) -> Response:
        with uncounted:
            metrics.unauthorized.labels(error.cause.value).inc()
        return tell_unauthorized(error)

    app.register_error_handler(CallError, tell_refusal)
    app.register_error_handler(Unauthorized, unauthorized)
    app.register_error_handler(StoreUnavailable, tell_unavailable)
    app.register_error_handler(HTTPException, tell_http)
    app.register_error_handler(Exception, tell_fault)


def json_response(body: bytes, status: int = 200) -> Response:
    """Wrap a JSON *body*."""
    return Response(body, status, content_type=JSON)


def tell_refusal(error: CallError) -> Response:
    """Answer a call that the service refuses.

    It is logged as well: hardly an EHR shows anybody the answer.
    """
    structlog.get_logger().warning(
        "refused",
        status=error.status,
        cause=error.what,
        where=[error.where],
        service=(request.view_args or {}).get("service_id"),
    )
    told = operation_outcome(error.code, error.what, error.where, error.remedy)
    return json_response(orjson.dumps(told), error.status)


def tell_unauthorized(error: Unauthorized) -> Response:
    """Answer a call whose client is not known: the same to everyone.

    Whoever tries tokens out learns nothing; the log has the cause.
    """
    structlog.get_logger().warning("unauthorized", cause=error.cause.value)
    remedy = "Send a token of a registered client, made out to this endpoint."
    told = operation_outcome("login", "The client is not known", "", remedy)
    response = json_response(orjson.dumps(told), HTTPStatus.UNAUTHORIZED)
    response.headers["WWW-Authenticate"] = "Bearer"
    return response


def tell_unavailable(error: StoreUnavailable) -> Response:
    """Answer a call that needs the store while it cannot be asked."""
    structlog.get_logger().error("store", trouble=error.trouble.value)
    what, remedy = "The service cannot answer now", "Go on without it; try again later."
    told = operation_outcome("transient", what, "", remedy)
    response = json_response(orjson.dumps(told), HTTPStatus.SERVICE_UNAVAILABLE)
    response.headers["Retry-After"] = RETRY_AFTER
    return response


def tell_http(error: HTTPException) -> Response:
    """Answer what HTTP itself refuses: path, method, size, media type."""
    status = HTTPStatus(error.code or 500)
    structlog.get_logger().warning("refused", status=status.value, cause=error.name)
    code = ISSUE_CODES.get(status, "processing")
    told = operation_outcome(code, error.name, "", _remedy(error))
    response = json_response(orjson.dumps(told), status)
    for name, value in error.get_headers():
        if name == "Allow":
            response.headers[name] = value
    return response


def _remedy(error: HTTPException) -> str:
    """Say what to do about a refusal of HTTP's."""
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        return f"This path takes {', '.join(sorted(error.valid_methods))}."
    if error.description == NotFound.description:
        return ELSEWHERE
    return error.description or "See status."


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
