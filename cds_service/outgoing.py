"""Requests of our own: led by nothing outside, and cut when time is up.

requests bounds the time between two bytes, not that of them all; a call can therefore
be cut from outside, whatever it waits for.
"""

from __future__ import annotations

import logging
import socket
import time
from contextlib import contextmanager, suppress
from http.cookiejar import DefaultCookiePolicy
from threading import local
from typing import TYPE_CHECKING, Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CONNECTIONS = 64
# It logs URLs, and with them patients' ids, to whoever set up logging for himself.
logging.getLogger("urllib3").propagate = False


class TimeUp(Exception):
    """A call was not over in its time, or was cut."""


class Call:
    """One request under way; it may be cut from another thread.

    `answered` is whether the server gave an answer of its own, if only a refusal.
    """

    def __init__(self, until: float) -> None:
        """Begin it; it has to be over at *until*, by the monotonic clock."""
        self.until = until
        self.over = False
        self.answered = False
        self.connection: _Http | None = None

    @property
    def begun(self) -> bool:
        """Whether the server was turned to at all."""
        return self.connection is not None

    def left(self) -> float:
        """Tell how many seconds are left.

        Raises:
            TimeUp: none is.
        """
        left = self.until - time.monotonic()
        if self.over or left <= 0:
            raise TimeUp
        return left

    def cut(self) -> None:
        """End it; whoever reads from its connection is told so."""
        self.over = True
        connection = self.connection
        # Another call may have been given the connection since.
        if connection is None or connection.user is not self or not connection.sock:
            return
        # Not the method of an SSL socket, which is in use in its own thread.
        with suppress(OSError):
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)


_here = local()


@contextmanager
def under_way(call: Call) -> Iterator[None]:
    """Make it the call of this thread, which its connections then know."""
    _here.call = call
    try:
        yield
    finally:
        del _here.call


class _Http(HTTPConnection):
    """A connection that knows the call it is used by, and is known to it."""

    user: Call | None = None

    def connect(self) -> None:
        """Connect; asking for the address may have taken all of the time."""
        call = self._used()
        super().connect()
        call.left()

    def request(self, *what: Any, **how: Any) -> None:  # noqa: ANN401 - as theirs
        """Send a request."""
        self._used()
        super().request(*what, **how)

    def _used(self) -> Call:
        call: Call = _here.call
        self.user = call
        call.connection = self
        call.left()
        return call


class _Https(_Http, HTTPSConnection):
    """The same over TLS."""


class _HttpPool(HTTPConnectionPool):
    ConnectionCls = _Http


class _HttpsPool(HTTPSConnectionPool):
    ConnectionCls = _Https


class _Session(requests.Session):
    """One that looks at no redirect: requests would read all of its body."""

    def get_redirect_target(self, _: requests.Response) -> None:
        """Find none."""


def open_session(ca_file: Path | None = None) -> requests.Session:
    """Make the connections to one server: no proxies, no .netrc, no cookies.

    ca_file: who vouches for it, instead of those usually trusted.
    """
    session = _Session()
    session.trust_env = False
    session.verify = str(ca_file) if ca_file else True
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
    adapter = HTTPAdapter(pool_maxsize=CONNECTIONS)
    pools = {"http": _HttpPool, "https": _HttpsPool}
    adapter.poolmanager.pool_classes_by_scheme = pools
    for scheme in ("http://", "https://"):
        session.mount(scheme, adapter)
    return session
