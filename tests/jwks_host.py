"""A host of key sets on the loopback that can misbehave in every way we know of."""

from __future__ import annotations

import json
import socket
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable

    # What a host does with a connection once it has read the request.
    Behaviour = Callable[[socket.socket, Event], None]

GIVE_UP = 20.0  # seconds; longer than any test waits
DRIP = 0.05  # seconds between two bytes


def written(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    """Write an answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def sends(answer: bytes) -> Behaviour:
    """Send an answer and close."""
    return lambda peer, _stop: peer.sendall(answer)


def publishes(keys: Any) -> Behaviour:
    """Publish a key set."""
    return sends(written(json.dumps(keys).encode()))


def hangs(_peer: socket.socket, stop: Event) -> None:
    """Answer nothing."""
    stop.wait(GIVE_UP)


def drips(start: bytes) -> Behaviour:
    """Send the start of an answer, then a byte now and then, for ever."""

    def drip(peer: socket.socket, stop: Event) -> None:
        peer.sendall(start)
        while not stop.wait(DRIP):
            peer.sendall(b"a")

    return drip


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """Do another thing at every call."""
    left = iter(behaviours)

    def turn(peer: socket.socket, stop: Event) -> None:
        next(left)(peer, stop)

    return turn


@dataclass
class JwksHost:
    """A host that does as told, and counts how often it was called."""

    behaviour: Behaviour
    calls: int = 0
    server: socket.socket = field(
        default_factory=lambda: socket.create_server(("127.0.0.1", 0))
    )
    stop: Event = field(default_factory=Event)
    lock: Lock = field(default_factory=Lock)

    @property
    def url(self) -> str:
        """Tell where the keys are."""
        return f"http://127.0.0.1:{self.server.getsockname()[1]}/jwks.json"

    def __enter__(self) -> Self:
        Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        with suppress(OSError):
            self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()

    def _accept(self) -> None:
        """Take calls until closed."""
        with suppress(OSError):
            while not self.stop.is_set():
                peer, _ = self.server.accept()
                Thread(target=self._answer, args=(peer,), daemon=True).start()

    def _answer(self, peer: socket.socket) -> None:
        """Answer one call."""
        with peer, suppress(OSError):
            peer.settimeout(GIVE_UP)
            if peer.recv(65_536):
                with self.lock:
                    self.calls += 1
                self.behaviour(peer, self.stop)
