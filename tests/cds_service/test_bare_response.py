"""Responses of no more than a status."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from gunicorn.http import errors

from cds_service.bare_response import bare_response, status_for, whole_response


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.LimitRequestLine(9, 8), 414),
        (errors.LimitRequestHeaders("x"), 431),
        (errors.UnsupportedTransferCoding("x"), 501),
        (errors.ExpectationFailed("x"), 417),
        (errors.InvalidHeader("x"), 400),
        (errors.InvalidChunkSize(b"x"), 400),
        (RuntimeError(), 500),
    ],
    ids=lambda one: str(one) if isinstance(one, int) else type(one).__name__,
)
def test_what_is_wrong_has_its_status(error: Exception, status: int) -> None:
    """As HTTP has it."""
    assert status_for(error) == status


def test_it_says_no_more_than_that() -> None:
    """But when to come again, where that is of use."""
    assert bare_response(HTTPStatus.BAD_REQUEST) == (
        b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    )
    assert b"\r\nRetry-After: 1\r\n" in bare_response(HTTPStatus.SERVICE_UNAVAILABLE)


def test_a_response_is_written_whole() -> None:
    """Status, date, headers, the length of the body, and the body."""
    told = whole_response("200 OK", [("X-Y", "z")], b"{}", keep=True)
    head, _, body = told.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")

    assert lines[0] == "HTTP/1.1 200 OK"
    assert lines[1].startswith("Date: ")
    assert lines[2:] == ["Connection: keep-alive", "X-Y: z", "Content-Length: 2"]
    assert body == b"{}"


def test_the_length_is_the_bodys_own() -> None:
    """Said once, whatever the application said."""
    told = whole_response("200 OK", [("Content-Length", "9")], b"{}", keep=False)

    assert told.count(b"Content-Length") == 1
    assert b"\r\nContent-Length: 2\r\n" in told
    assert b"\r\nConnection: close\r\n" in told
