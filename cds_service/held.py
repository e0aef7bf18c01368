"""What came of a request before a thread took it, for gunicorn's parser to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gunicorn.http.unreader import SocketUnreader

if TYPE_CHECKING:
    import socket

# As a socket is read: a piece at a time, more where the parser knows what is to come.
PIECE, LARGEST = 8192, 2**20


class HeldFirst(SocketUnreader):
    """Gives what is held as a socket would have, piece by piece, then reads on.

    At each chunk of a body the parser copies all that it was given: of two megabytes
    at once, in small chunks, that makes minutes.
    """

    def __init__(self, sock: socket.socket, held: bytes) -> None:
        super().__init__(sock)
        self._held = memoryview(held)

    def chunk(self, size_hint: int | None = None) -> bytes:
        """Give the next piece, no longer than one that a socket is asked for."""
        size = max(PIECE, min(size_hint or 0, LARGEST))
        if not self._held:
            return self.sock.recv(size)
        piece, self._held = self._held[:size], self._held[size:]
        return bytes(piece)

    def take_buffered(self) -> bytes:
        """Give all that is here and was not read: the start of the next request."""
        rest, self._held = self._held, self._held[:0]
        return bytes(super().take_buffered()) + bytes(rest)
