"""What came of a request before a thread took it, for gunicorn's parser to read."""

from __future__ import annotations

from socket import MSG_DONTWAIT, MSG_PEEK
from typing import TYPE_CHECKING

from gunicorn.http.unreader import SocketUnreader

if TYPE_CHECKING:
    import socket

# As a socket is read: a piece at a time, more where the parser knows what is to come.
PIECE, LARGEST = 8192, 2**20


class HeldFirst(SocketUnreader):
    """Gives what is held as a socket would have, piece by piece, and no more.

    At each chunk of a body the parser copies all that it was given: of two megabytes
    at once, in small chunks, that makes minutes.

    No thread waits for a client: what is taken for whole is here, and what is handed on
    because it looks odd, such as a length of twenty digits, is refused for what lacks.
    """

    def __init__(self, sock: socket.socket, held: bytes) -> None:
        super().__init__(sock)
        self._held = memoryview(held)

    def chunk(self, size_hint: int | None = None) -> bytes:
        """Give the next piece, no longer than one that a socket is asked for.

        Raises:
            TimeoutError: all was given, and the client has not closed.
        """
        if not self._held:
            return self._end()
        size = max(PIECE, min(size_hint or 0, LARGEST))
        piece, self._held = self._held[:size], self._held[size:]
        return bytes(piece)

    def take_buffered(self) -> bytes:
        """Give all that is here and was not read: the start of the next request."""
        rest, self._held = self._held, self._held[:0]
        return bytes(super().take_buffered()) + bytes(rest)

    def _end(self) -> bytes:
        """Give the end where the client has closed; else what follows may be a body.

        Taken for the end of one, it would be read as the next request.
        """
        try:
            closed = not self.sock.recv(1, MSG_PEEK | MSG_DONTWAIT)
        except BlockingIOError:
            closed = False
        if closed:
            return b""
        raise TimeoutError
