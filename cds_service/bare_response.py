"""Responses as they go over the wire: of a status alone, or of an application."""

from __future__ import annotations

from email.utils import formatdate
from http import HTTPStatus
from typing import TYPE_CHECKING

from gunicorn.http.errors import (
    ExpectationFailed,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
    UnsupportedTransferCoding,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

LENGTH = "Content-Length"
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


def whole_response(
    status: str, headers: Iterable[tuple[str, str]], body: bytes, *, keep: bool
) -> bytes:
    """Write a response in one piece: each piece gives the processor to another thread.

    Args:
        status: code and phrase.
        headers: those of the application, the length of the body among them or not.
        body: all of it.
        keep: whether the connection stays open.
    """
    lines = [
        f"HTTP/1.1 {status}",
        f"Date: {formatdate(usegmt=True)}",
        f"Connection: {'keep-alive' if keep else 'close'}",
        *[f"{name}: {value}" for name, value in headers if name != LENGTH],
        f"{LENGTH}: {len(body)}",
    ]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body
