"""Fetch a key set, in a second or not at all, and no more than is due."""

from __future__ import annotations

import socket
from contextlib import closing, suppress
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, cast

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

from cds_service.security.key_reading import Outcome
from cds_service.security.public_keys import NoKeys, parse_key_set

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from urllib3.connection import HTTPConnection
    from urllib3.connectionpool import ConnectionPool, HTTPConnectionPool

    from cds_service.security.public_keys import PublicKeys

    Opener = Callable[..., HTTPConnection]

LONGEST = 64 * 1024
# Nothing compressed: how long it becomes would be known too late.
HEADERS = {"Accept": "application/json", "Accept-Encoding": "identity"}


class FetchFailed(Exception):
    """No keys came; why is a label, and nothing of the answer."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        super().__init__(outcome.value)


def fetch_key_set(url: str, seconds: float) -> PublicKeys:
    """Fetch the key set at *url*, without proxies, .netrc or redirects.

    Raises:
        FetchFailed: it did not come within *seconds*, or is no key set.
    """
    session, connections = requests.Session(), _Connections()
    session.trust_env = False
    session.mount("https://", connections)
    session.mount("http://", connections)
    over = Event()
    cutting = Thread(target=connections.cut, args=(over, seconds), daemon=True)
    cutting.start()
    try:
        with session:
            return parse_key_set(_read(session, url, seconds))
    except (OSError, HTTPError):
        raise FetchFailed(Outcome.UNREACHABLE) from None
    except NoKeys:
        raise FetchFailed(Outcome.NO_KEYS) from None
    finally:
        over.set()
        # So that no thread is left when a process forks after its first fetch.
        cutting.join()


def _read(session: requests.Session, url: str, seconds: float) -> bytes:
    """Read the body of a good answer."""
    deadline = monotonic() + seconds
    answer = session.get(
        url, headers=HEADERS, timeout=seconds, allow_redirects=False, stream=True
    )
    with closing(answer):
        if answer.status_code != requests.codes.ok:
            raise FetchFailed(Outcome.REFUSED)
        if "Content-Encoding" in answer.headers:
            raise FetchFailed(Outcome.REFUSED)
        return _read_body(answer, deadline)


def _read_body(answer: requests.Response, deadline: float) -> bytes:
    """Read a body piece by piece, so that the clock is looked at in between."""
    body = bytearray()
    while True:
        piece = answer.raw.read1(LONGEST, decode_content=False)
        # Looked at first: what we cut ourselves looks like the end.
        if monotonic() >= deadline:
            raise FetchFailed(Outcome.UNREACHABLE)
        if not piece:
            return bytes(body)
        body += piece
        if len(body) > LONGEST:
            raise FetchFailed(Outcome.OVERSIZE)


class _Connections(HTTPAdapter):
    """Connections that can be cut from another thread, while headers drip in."""

    def __init__(self) -> None:
        self.opened: list[HTTPConnection] = []
        super().__init__()

    def get_connection_with_tls_context(
        self,
        request: requests.PreparedRequest,
        verify: bool | str | None,  # noqa: FBT001 - the method's own signature
        proxies: Mapping[str, str] | None = None,
        cert: tuple[str, str] | str | None = None,
    ) -> ConnectionPool:
        """Let the pool tell us of what it opens."""
        found = super().get_connection_with_tls_context(request, verify, proxies, cert)
        pool = cast("HTTPConnectionPool", found)
        noting = self._noting(cast("Opener", pool.ConnectionCls))
        pool.ConnectionCls = cast("type[HTTPConnection]", noting)
        return pool

    def _noting(self, opener: Opener) -> Opener:
        """Open connections like *opener*, and remember them."""

        def noting(**how: object) -> HTTPConnection:
            connection = opener(**how)
            self.opened.append(connection)
            return connection

        return noting

    def cut(self, over: Event, seconds: float) -> None:
        """After *seconds*, and again after as many more, end what is not over.

        requests bounds the time between two bytes, not that of them all.
        """
        while not over.wait(seconds):
            for connection in self.opened:
                _end(connection.sock)


def _end(connected: socket.socket | None) -> None:
    """End a connection; who waits for it is told so."""
    if connected is not None:
        # Not the method of an SSL socket, which is in use in its own thread.
        with suppress(OSError):
            socket.socket.shutdown(connected, socket.SHUT_RDWR)
