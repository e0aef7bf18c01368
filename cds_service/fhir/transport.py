"""Get one resource from a FHIR server: bounded in time and size, and never led away."""

from __future__ import annotations

import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import orjson
import requests
from urllib3.exceptions import HTTPError

from cds_service.cds_hooks.members import values_at_most
from cds_service.fhir.sight import Cause
from cds_service.outgoing import TimeUp, under_way

if TYPE_CHECKING:
    from cds_service.outgoing import Call

LONGEST = 4 * 1024 * 1024  # bytes of one answer, unpacked
# JSON values of one answer, by its brackets and commas: text has few, in 4 MB.
MOST_VALUES = 200_000
PIECE = 64 * 1024
PAUSE = 0.02  # seconds before a second try that nobody asked to wait longer for
AGAIN = frozenset({requests.codes.too_many_requests, requests.codes.unavailable})
CAUSES = {
    requests.codes.unauthorized: Cause.NOT_ALLOWED,
    requests.codes.forbidden: Cause.NOT_ALLOWED,
    requests.codes.not_found: Cause.NOT_FOUND,
    requests.codes.gone: Cause.NOT_FOUND,
}
HEADERS = {"Accept": "application/fhir+json", "Accept-Encoding": "gzip"}


class NotFetched(Exception):
    """A resource could not be had; holds the cause and nothing of the answer."""

    def __init__(self, cause: Cause) -> None:
        self.cause = cause
        super().__init__(cause.value)


def get(
    session: requests.Session, url: str, token: str | None, call: Call
) -> dict[str, Any]:
    """Get one resource, with a second try where that may help and there is time.

    Raises:
        NotFetched: it could not be had, or not in time.
    """
    try:
        with under_way(call):
            return _in_two_tries(session, url, token, call)
    except TimeUp:
        raise NotFetched(Cause.TIMED_OUT) from None


def _in_two_tries(
    session: requests.Session, url: str, token: str | None, call: Call
) -> dict[str, Any]:
    try:
        return _try(session, url, token, call)
    except _TryAgain as again:
        if again.after >= call.left():
            raise
        time.sleep(again.after)
    return _try(session, url, token, call)


class _TryAgain(NotFetched):
    """What failed may work a moment later."""

    def __init__(self, cause: Cause, after: float) -> None:
        self.after = after
        super().__init__(cause)


def _try(
    session: requests.Session, url: str, token: str | None, call: Call
) -> dict[str, Any]:
    """Ask once."""
    bearer = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        answer = session.get(
            url,
            headers={**HEADERS, **bearer},
            timeout=call.left(),
            allow_redirects=False,
            stream=True,
        )
    except requests.exceptions.Timeout:
        raise NotFetched(Cause.TIMED_OUT) from None
    except requests.exceptions.SSLError:
        raise NotFetched(Cause.UNREACHABLE) from None
    except (OSError, HTTPError):
        call.left()
        raise _TryAgain(Cause.UNREACHABLE, PAUSE) from None
    with closing(answer):
        _refuse_status(answer, call)
        return _resource(_body(answer, call))


def _refuse_status(answer: requests.Response, call: Call) -> None:
    """Refuse all but 200; a redirect is followed to nowhere."""
    status = answer.status_code
    # One that refuses a search, or leads elsewhere, may well answer the next.
    busy = status in AGAIN or status >= requests.codes.server_error
    call.answered = call.answered or not busy
    if status == requests.codes.ok:
        return
    if status in AGAIN:
        raise _TryAgain(Cause.SERVER_ERROR, _pause(answer))
    raise NotFetched(CAUSES.get(status, Cause.SERVER_ERROR))


def _pause(answer: requests.Response) -> float:
    """Read how long the server wants to be left alone; a date is too far away."""
    after = answer.headers.get("Retry-After", "")
    return float(after) if after.isascii() and after.isdigit() else PAUSE


def _body(answer: requests.Response, call: Call) -> bytes:
    """Read a body, unpacked, as far as it may go."""
    body = bytearray()
    try:
        while len(body) <= LONGEST and (piece := _piece(answer)):
            body += piece
            call.left()
    except (OSError, HTTPError, ValueError):
        call.left()
        raise NotFetched(Cause.UNREADABLE) from None
    if len(body) > LONGEST:
        raise NotFetched(Cause.UNREADABLE)
    return bytes(body)


def _piece(answer: requests.Response) -> bytes:
    piece: bytes = answer.raw.read(PIECE, decode_content=True)
    return piece


def _resource(body: bytes) -> dict[str, Any]:
    if values_at_most(body) > MOST_VALUES:
        raise NotFetched(Cause.UNREADABLE)
    try:
        resource = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise NotFetched(Cause.UNREADABLE) from None
    if not isinstance(resource, dict) or "resourceType" not in resource:
        raise NotFetched(Cause.UNREADABLE)
    return resource
