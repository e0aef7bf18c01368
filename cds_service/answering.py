"""The side of the worker that answers: what runs in its threads."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import structlog
from gunicorn.workers.gthread import TConn, ThreadWorker

from cds_service.bare_response import bare_response, status_for, whole_response
from cds_service.plain_request import PlainParser

if TYPE_CHECKING:
    import socket

    from gunicorn.http.message import Request

DRAIN = 0.1  # seconds a thread takes to drop a refused body
SEND = 2.0  # seconds it takes at most to hand an answer to the system's buffers


class AnsweringWorker(ThreadWorker):
    """Answers plain requests by itself, and leaves the others to gunicorn."""

    def handle_request(self, req: Request, conn: TConn) -> bool:
        """Answer; tell whether the connection may be kept open."""
        conn.sock.settimeout(SEND)
        plain: object = req
        # Whoever asks and asks and does not read is left to wait without a thread.
        with suppress(TimeoutError):
            if isinstance(plain, PlainParser):
                return self._answer(plain, conn)
            return bool(super().handle_request(req, conn))
        return False

    def _answer(self, plain: PlainParser, conn: TConn) -> bool:
        """Answer a request that was read at a glance, in one piece."""
        started: list[Any] = []
        parts = self.wsgi(plain.environ, lambda *told: started.extend(told))
        body = b"".join(parts)
        end = getattr(parts, "close", None)
        if end is not None:
            end()
        status, headers = started[:2]
        keep = self.alive and len(self.keepalived_conns) < self.max_keepalived
        conn.sock.sendall(whole_response(status, headers, body, keep=keep))
        return keep

    def handle_error(
        self, req: object, client: socket.socket, addr: object, exc: BaseException
    ) -> None:
        """Refuse what is no HTTP; gunicorn itself would repeat it, and log it."""
        del req, addr
        structlog.get_logger().warning("no request", cause=type(exc).__name__)
        with suppress(OSError):  # it may be gone
            client.sendall(bare_response(status_for(exc)))

    def _keepalive_after(self, conn: TConn, keepalive: object) -> bool:
        """Keep no connection whose client has yet to send what nobody wants."""
        if not keepalive:
            return False
        soon = time.monotonic() + DRAIN
        return bool(conn.parser.finish_body(deadline=soon))  # type: ignore[union-attr]  # in use
