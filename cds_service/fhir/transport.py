"""Get one resource from a FHIR server: bounded in time and size, and never led away.

requests bounds the time between two bytes, not that of them all; a call can therefore
be cut from outside, whatever it waits for.
"""

from __future__ import annotations

import socket
import time
from contextlib import closing, suppress
from http.cookiejar import DefaultCookiePolicy
from threading import local
from typing import TYPE_CHECKING, Any

import orjson
import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from cds_service.fhir.sight import Cause

if TYPE_CHECKING:
    from cds_service.security.trust import TrustedServer

LONGEST = 4 * 1024 * 1024  # bytes of one answer, unpacked
PIECE = 64 * 1024
CONNECTIONS = 64
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


class Call:
    """One search under way; it may be cut from another thread."""

    def __init__(self, until: float) -> None:
        """Begin it; it has to be over at *until*, by the monotonic clock."""
        self.until = until
        self.over = False
        self.connection: HTTPConnection | None = None

    def left(self) -> float:
        """Tell how many seconds are left.

        Raises:
            NotFetched: none is.
        """
        left = self.until - time.monotonic()
        if self.over or left <= 0:
            raise NotFetched(Cause.TIMED_OUT)
        return left

    def cut(self) -> None:
        """End it; whoever reads from its connection is told so."""
        self.over = True
        connected = self.connection.sock if self.connection else None
        if connected is not None:
            # Not the method of an SSL socket, which is in use in its own thread.
            with suppress(OSError):
                socket.socket.shutdown(connected, socket.SHUT_RDWR)


_here = local()


def _note(connection: HTTPConnection) -> None:
    """Tell the call of this thread what it waits for."""
    call: Call | None = getattr(_here, "call", None)
    if call is not None:
        call.connection = connection
        call.left()


class _Http(HTTPConnection):
    """A connection that the call using it knows."""

    def request(self, *what: Any, **how: Any) -> None:  # noqa: ANN401 - as theirs
        """Send a request."""
        _note(self)
        super().request(*what, **how)


class _Https(HTTPSConnection):
    """The same over TLS."""

    def connect(self) -> None:
        """Connect, and shake hands, which a server may drag out as well."""
        _note(self)
        super().connect()

    def request(self, *what: Any, **how: Any) -> None:  # noqa: ANN401 - as theirs
        """Send a request."""
        _note(self)
        super().request(*what, **how)


class _HttpPool(HTTPConnectionPool):
    ConnectionCls = _Http


class _HttpsPool(HTTPSConnectionPool):
    ConnectionCls = _Https


def open_session(server: TrustedServer) -> requests.Session:
    """Make the connections to one server: no proxies, no .netrc, no cookies."""
    session = requests.Session()
    session.trust_env = False
    session.verify = str(server.ca_file) if server.ca_file else True
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
    adapter = HTTPAdapter(pool_maxsize=CONNECTIONS)
    pools = {"http": _HttpPool, "https": _HttpsPool}
    adapter.poolmanager.pool_classes_by_scheme = pools
    for scheme in ("http://", "https://"):
        session.mount(scheme, adapter)
    return session


def get(
    session: requests.Session, url: str, token: str | None, call: Call
) -> dict[str, Any]:
    """Get one resource, with a second try where that may help and there is time.

    Raises:
        NotFetched: it could not be had, or not in time.
    """
    _here.call = call
    try:
        return _try(session, url, token, call)
    except _TryAgain as again:
        if again.after >= call.left():
            raise
        time.sleep(again.after)
        return _try(session, url, token, call)
    finally:
        _here.call = None


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
        _refuse_status(answer)
        return _resource(_body(answer, call))


def _refuse_status(answer: requests.Response) -> None:
    """Refuse all but 200; a redirect is followed to nowhere."""
    status = answer.status_code
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
    try:
        resource = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise NotFetched(Cause.UNREADABLE) from None
    if not isinstance(resource, dict) or "resourceType" not in resource:
        raise NotFetched(Cause.UNREADABLE)
    return resource
