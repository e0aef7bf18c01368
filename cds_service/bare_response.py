"""What is answered where no application is asked: a status, no word of a request."""

from __future__ import annotations

from http import HTTPStatus

from gunicorn.http.errors import (
    ExpectationFailed,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
    UnsupportedTransferCoding,
)

# The first that fits counts.
STATUS = (
    (LimitRequestLine, HTTPStatus.REQUEST_URI_TOO_LONG),
    (LimitRequestHeaders, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE),
    (UnsupportedTransferCoding, HTTPStatus.NOT_IMPLEMENTED),
    (ExpectationFailed, HTTPStatus.EXPECTATION_FAILED),
    (ParseException, HTTPStatus.BAD_REQUEST),
)


def status_for(error: BaseException) -> HTTPStatus:
    """Tell the status of what gunicorn's parser, or a fault of ours, raised."""
    fitting = (status for kind, status in STATUS if isinstance(error, kind))
    return next(fitting, HTTPStatus.INTERNAL_SERVER_ERROR)


def bare_response(status: HTTPStatus) -> bytes:
    """Write a response without a body, after which the connection is closed."""
    lines = [f"HTTP/1.1 {status.value} {status.phrase}"]
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        lines.append("Retry-After: 1")
    lines += ["Content-Length: 0", "Connection: close", "", ""]
    return "\r\n".join(lines).encode()
