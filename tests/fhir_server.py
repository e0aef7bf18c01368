"""A FHIR server that misbehaves as it is told to, on the loopback, byte by byte.

Plain sockets, because no server library sends what is wrong on purpose. What it is
asked is remembered, so that a test can say what it was never asked.
"""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    Answer: TypeAlias = Callable[["Exchange"], None]

OK = "200 OK"
PATIENCE = 10  # seconds; no test waits as long


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request, and the connection to answer it on."""

    target: str
    headers: dict[str, str]
    connection: socket.socket
    stopped: threading.Event

    def send(self, raw: bytes) -> None:
        """Send bytes as they are."""
        self.connection.sendall(raw)

    def reply(self, body: bytes, status: str = OK, **headers: str) -> None:
        """Send a whole answer."""
        told = {"content-type": "application/fhir+json", **headers}
        told.setdefault("content-length", str(len(body)))
        lines = [f"{name.replace('_', '-')}: {value}" for name, value in told.items()]
        head = "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""])
        self.send(head.encode())
        self.send(body)

    def reply_json(self, body: Any, status: str = OK, **headers: str) -> None:
        """Send a whole answer in JSON."""
        self.reply(orjson.dumps(body), status, **headers)


class FhirServer:
    """What runs, and what it was asked."""

    def __init__(self, answer: Answer, tls: ssl.SSLContext | None) -> None:
        self.asked: list[Exchange] = []
        self.connections = 0
        self.stopped = threading.Event()
        self._answer = answer
        self._tls = tls
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=200)
        self.port = int(self._listener.getsockname()[1])

    @property
    def url(self) -> str:
        """Its base."""
        scheme = "https" if self._tls else "http"
        return f"{scheme}://127.0.0.1:{self.port}/fhir"

    @property
    def targets(self) -> list[str]:
        """The paths it was asked for."""
        return [one.target for one in self.asked]

    def run(self) -> None:
        """Take connections until the end."""
        with suppress(OSError):
            while not self.stopped.is_set():
                connection, _ = self._listener.accept()
                self.connections += 1
                self._open.append(connection)
                threading.Thread(
                    target=self._talk, args=(connection,), daemon=True
                ).start()

    def end(self) -> None:
        """Close everything; whoever waits goes on."""
        self.stopped.set()
        # A listener that a thread waits on is only woken by a shutdown.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for one in self._open:
            one.close()

    def _talk(self, connection: socket.socket) -> None:
        with suppress(OSError, ValueError), connection:
            connection.settimeout(PATIENCE)
            tls = self._tls
            plain = tls.wrap_socket(connection, server_side=True) if tls else connection
            with plain:
                self._exchange(plain)

    def _exchange(self, plain: socket.socket) -> None:
        while (request := _request(plain)) is not None:
            exchange = Exchange(*request, plain, self.stopped)
            self.asked.append(exchange)
            self._answer(exchange)


@contextmanager
def fhir_server(
    answer: Answer, tls: ssl.SSLContext | None = None
) -> Iterator[FhirServer]:
    """Run one for as long as the block runs; each request is answered by *answer*."""
    server = FhirServer(answer, tls)
    threading.Thread(target=server.run, daemon=True).start()
    try:
        yield server
    finally:
        server.end()


def _request(connection: socket.socket) -> tuple[str, dict[str, str]] | None:
    """Read the head of a GET; None when there is none to come."""
    head = b""
    while b"\r\n\r\n" not in head:
        piece = connection.recv(65536)
        if not piece:
            return None
        head += piece
    first, *lines = head.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    pairs = (line.split(": ", 1) for line in lines)
    return first.split(" ")[1], {name.lower(): value for name, value in pairs}


def searchset(*resources: dict[str, Any], **members: Any) -> dict[str, Any]:
    """Make the answer to a search."""
    entries = [{"resource": one} for one in resources]
    found = {"resourceType": "Bundle", "type": "searchset", "entry": entries}
    return {**found, **members}


def empty(exchange: Exchange) -> None:
    """Answer any search with nothing."""
    exchange.reply_json(searchset(total=0))


def hang(exchange: Exchange) -> None:
    """Never answer."""
    exchange.stopped.wait(PATIENCE)


def after(seconds: float, answer: Answer) -> Answer:
    """Answer later."""

    def late(exchange: Exchange) -> None:
        exchange.stopped.wait(seconds)
        answer(exchange)

    return late


def drip(what: bytes, seconds: float = 0.15) -> Answer:
    """Send the bytes of *what* one at a time, again and again."""

    def dripping(exchange: Exchange) -> None:
        for _ in range(200):
            for place in range(len(what)):
                exchange.send(what[place : place + 1])
                if exchange.stopped.wait(seconds):
                    return

    return dripping
