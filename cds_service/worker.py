"""A gunicorn worker whose threads wait for nobody.

gunicorn's own threads read requests themselves, so sixty-four clients that send slowly
hold sixty-four threads, and closing a connection may hold the loop that accepts the
others. Here that loop reads: a request gets a thread when it has arrived whole, and a
client that takes too long to send, to read or to leave is cut off.
"""

from __future__ import annotations

import errno
import socket
import time
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from selectors import EVENT_READ
from typing import TYPE_CHECKING, Any, cast

from gunicorn.http.wsgi import base_environ
from gunicorn.workers.gthread import TConn

from cds_service.answering import AnsweringWorker
from cds_service.arrival import Arrival
from cds_service.bare_response import bare_response
from cds_service.held import HeldFirst
from cds_service.plain_request import PlainParser, Proxies, plain_environ

if TYPE_CHECKING:
    from collections.abc import Mapping
    from concurrent.futures import Future

    from cds_service.server import Server
    from cds_service.settings import Settings

PIECE = 256 * 1024
# Bytes that may be held for requests that are not whole, over all connections.
HELD_LIMIT = 256 * 1024 * 1024
WORK = 15.0  # seconds from then to the end of the answer, in which it is read
LINGER = 2.0  # seconds a client has to close, and a stopping worker listens
FULL = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}
SWEEP = 0.25  # seconds between two looks for who is late
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"
TOO_SLOW = bare_response(HTTPStatus.REQUEST_TIMEOUT)
TOO_MUCH = bare_response(HTTPStatus.SERVICE_UNAVAILABLE)


class BufferedWorker(AnsweringWorker):
    """Reads in its loop, answers in its threads."""

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - gunicorn's
        super().__init__(*arguments, **named)
        settings: Settings = cast("Server", self.app).settings
        self._usual = {**base_environ(self.cfg), "wsgi.multithread": True}
        self._proxies = Proxies.of(self.cfg)
        self._seconds = settings.read_seconds
        self._limit = settings.max_body_bytes
        self._arriving: dict[TConn, Arrival] = {}
        # Those of them whose sockets the poller watches.
        self._awaited: set[TConn] = set()
        self._working: dict[TConn, float] = {}
        self._leaving: dict[TConn, float] = {}
        self._held = 0
        self._swept = 0.0

    def accept(self, listener: socket.socket) -> None:
        """Take a new connection; its request has all its time from now."""
        try:
            client, address = listener.accept()
        except OSError as error:
            # Another worker has it, it is gone, or no more files may be open: then
            # whoever is let go of first makes room.
            if error.errno in FULL:
                time.sleep(SWEEP)
            return
        self.nr_conns += 1
        self._begin(TConn(self.cfg, client, address, listener.getsockname()))

    def on_client_socket_readable(self, conn: TConn, client: socket.socket) -> None:
        """Take the next request of a connection that was kept open."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._begin(conn)

    def finish_request(self, conn: TConn, fs: Future[bool]) -> None:
        """Keep the connection open, go on with what was sent ahead, or part."""
        self._working.pop(conn, None)
        if fs.cancelled() or fs.exception() is not None or not fs.result():
            self._leave(conn)
            return
        ahead = conn.parser.unreader.take_buffered()  # type: ignore[union-attr]  # in use
        if ahead:
            conn.sock.settimeout(0)
            self._begin(conn, ahead)
        else:
            self._keep_open(conn)

    def _keep_open(self, conn: TConn) -> None:
        """Await the next request, for as long as a connection is kept open."""
        conn.sock.settimeout(0)
        conn.set_timeout()
        self.keepalived_conns.append(conn)
        readable = partial(self.on_client_socket_readable, conn)
        self.poller.register(conn.sock, EVENT_READ, readable)

    def murder_pending(self) -> None:
        """Cut off who is late; the loop calls this every time round."""
        now = time.monotonic()
        if now < self._swept + SWEEP:
            return
        self._swept = now
        if not self.alive:
            self._stop_listening(now)
        until = {conn: one.deadline for conn, one in self._arriving.items()}
        for conn in _late(until, now):
            self._part(conn, TOO_SLOW if self._arriving[conn].held else b"")
        for conn in _late(self._working, now):
            del self._working[conn]
            _shut(conn, socket.SHUT_RDWR)  # its thread finds out and gives it back
        for conn in _late(self._leaving, now):
            self._close(conn)

    def _begin(self, conn: TConn, ahead: bytes = b"") -> None:
        """Await a request, of which *ahead* is here."""
        deadline = time.monotonic() + self._seconds
        self._arriving[conn] = Arrival(self._limit, deadline)
        if ahead:
            self._take(conn, ahead)
        else:
            self._read(conn, conn.sock)
        # Mostly all of it is here already, and nothing more has to be waited for.
        if conn in self._arriving:
            self.poller.register(conn.sock, EVENT_READ, partial(self._read, conn))
            self._awaited.add(conn)

    def _read(self, conn: TConn, client: socket.socket) -> None:
        """Take what has come of a request."""
        try:
            piece = client.recv(PIECE)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        arrival = self._arriving[conn]
        if not piece and not arrival.held:
            self._part(conn, b"")
        elif self._held + len(piece) > HELD_LIMIT:
            self._part(conn, TOO_MUCH)
        else:
            self._take(conn, piece)

    def _take(self, conn: TConn, piece: bytes) -> None:
        """Add to a request; nothing more to come is for a thread to find out."""
        arrival = self._arriving[conn]
        before = len(arrival.held)
        ready = arrival.add(piece) or not piece
        self._held += len(arrival.held) - before
        if ready:
            self._hand_over(conn)
        elif arrival.asks_leave:
            arrival.asks_leave = False
            with suppress(OSError):  # it may be gone
                conn.sock.send(GO_ON)

    def _hand_over(self, conn: TConn) -> None:
        """Give a request to a thread, which finds it as if it had read it itself."""
        held = bytes(self._forget(conn).held)
        conn.sock.settimeout(None)
        came_from, came_to = cast("Any", conn.client), cast("Any", conn.server)
        usual, proxies = self._usual, self._proxies
        environ = plain_environ(held, usual, proxies, came_from[0], came_to)
        if environ is not None:
            conn.initialized, conn.parser = True, cast("Any", PlainParser(environ))
        else:
            conn.initialized, conn.parser = False, None
            conn.init()
            cast("Any", conn.parser).unreader = HeldFirst(conn.sock, held)
        conn.data_ready = True
        self._working[conn] = time.monotonic() + WORK
        self.enqueue_req(conn)

    def _forget(self, conn: TConn) -> Arrival:
        arrival = self._arriving.pop(conn)
        self._held -= len(arrival.held)
        if conn in self._awaited:
            self._awaited.remove(conn)
            self.poller.unregister(conn.sock)
        return arrival

    def _part(self, conn: TConn, said: bytes) -> None:
        """Give up a request before it is whole."""
        self._forget(conn)
        with suppress(OSError):  # nobody may be there to be told
            conn.sock.send(said)
        self._leave(conn)

    def _leave(self, conn: TConn) -> None:
        """Let the client read the answer: closed at once, it might be lost."""
        if not _shut(conn, socket.SHUT_WR):
            self.nr_conns -= 1
            conn.close()
            return
        conn.sock.settimeout(0)
        self._leaving[conn] = time.monotonic() + LINGER
        self.poller.register(conn.sock, EVENT_READ, partial(self._drain, conn))

    def _drain(self, conn: TConn, client: socket.socket) -> None:
        """Drop what a client still sends, until it has closed."""
        try:
            more = client.recv(PIECE)
        except BlockingIOError:
            return
        except OSError:
            more = b""
        if not more:
            self._close(conn)

    def _close(self, conn: TConn) -> None:
        del self._leaving[conn]
        self.poller.unregister(conn.sock)
        self.nr_conns -= 1
        conn.close()

    def _stop_listening(self, now: float) -> None:
        """Give a silent client no more than a moment, since the worker is to end.

        Whoever comes now is refused at once, instead of waiting for nobody.
        """
        if not self._accepting:  # type: ignore[attr-defined]  # missing in the stubs
            for listener in self.sockets:
                listener.close()
        for arrival in self._arriving.values():
            if not arrival.held:
                arrival.deadline = min(arrival.deadline, now + LINGER)


def _late(deadlines: Mapping[TConn, float], now: float) -> list[TConn]:
    """List those whose time is over."""
    return [conn for conn, until in deadlines.items() if until <= now]


def _shut(conn: TConn, how: int) -> bool:
    """Shut a connection down; False where there is none any more."""
    try:
        conn.sock.shutdown(how)
    except OSError:
        return False
    return True
