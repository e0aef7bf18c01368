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


class AnsweringWorker(ThreadWorker):
    """Answers plain requests by itself, and leaves the others to gunicorn."""

    def handle_request(self, req: Request, conn: TConn) -> bool:
        """Answer; tell whether the connection may be kept open."""
        plain: object = req
        if not isinstance(plain, PlainParser):
            return bool(super().handle_request(req, conn))
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
