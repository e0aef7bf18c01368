"""Bytes that came before a thread took the request."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import pytest
from gunicorn.config import Config
from gunicorn.http.parser import RequestParser

from cds_service.held import PIECE, HeldFirst

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
NEXT = b"GET /next HTTP/1.1\r\n"
LONG = b"x" * 100_000


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    """The server's end of a connection, and the client's."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def test_it_comes_as_from_a_socket(ends: tuple[socket.socket, socket.socket]) -> None:
    """A piece at a time, larger where more is asked for; then the end."""
    ours, theirs = ends
    theirs.close()
    held: Any = HeldFirst(ours, LONG)

    assert len(held.read()) == PIECE
    assert len(held.read(None, read_ahead=20_000)) == 20_000
    left = len(LONG) - PIECE - 20_000
    assert held.read(left + 1) == LONG[:left]
    assert held.read() == b""


@pytest.mark.parametrize("later", [b"", b"later"])
def test_nobody_is_waited_for(
    later: bytes, ends: tuple[socket.socket, socket.socket]
) -> None:
    """Nor is what comes later read, by a thread that could not tell when it ends."""
    ours, theirs = ends
    theirs.sendall(later)
    held: Any = HeldFirst(ours, b"all")

    assert held.read() == b"all"
    with pytest.raises(TimeoutError):
        held.read()


def test_a_body_in_chunks_is_read_and_no_more(
    ends: tuple[socket.socket, socket.socket],
) -> None:
    """What was sent ahead stays for the next request."""
    body = b"".join(b"c8\r\n%b\r\n" % (b"y" * 200) for _ in range(500)) + b"0\r\n\r\n"
    parser = RequestParser(Config(), ends[0], ("127.0.0.1", 1))
    parser.unreader = HeldFirst(ends[0], HEAD + body + NEXT + LONG)
    request: Any = next(parser)

    assert request.body.read() == b"y" * 100_000
    assert parser.unreader.take_buffered() == NEXT + LONG
    assert parser.unreader.take_buffered() == b""
