"""What a client sent, as the environment has it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from gunicorn.http.errors import NoMoreData
from werkzeug.exceptions import BadRequest, HTTPException

from cds_service.sent import authorization, json_body

LIMIT = 10


class Gone(BytesIO):
    """A stream that breaks off."""

    def read(self, *_: Any) -> bytes:
        """Fail as a server's stream does."""
        raise NoMoreData


def environ(**members: Any) -> dict[str, Any]:
    """Make the environment of a call."""
    usual = {"CONTENT_TYPE": "application/json", "wsgi.input_terminated": True}
    return {**usual, "wsgi.input": BytesIO(b"{}"), **members}


def test_a_body_is_read() -> None:
    """Up to the limit, however long it says to be."""
    assert json_body(environ(), LIMIT) == b"{}"
    assert json_body(environ(**{"wsgi.input": BytesIO(b"1" * 10)}), LIMIT) == b"1" * 10


@pytest.mark.parametrize(
    ("members", "status"),
    [
        ({"CONTENT_TYPE": "text/plain"}, 415),
        ({"CONTENT_TYPE": "application/json; charset=latin-1"}, 415),
        ({"HTTP_CONTENT_ENCODING": "gzip"}, 415),
        ({"CONTENT_LENGTH": "11"}, 413),
        ({"wsgi.input": BytesIO(b"1" * 11)}, 413),
    ],
)
def test_what_is_not_read_has_its_status(members: dict[str, Any], status: int) -> None:
    """By what it is declared as, and by what came."""
    with pytest.raises(HTTPException) as refused:
        json_body(environ(**members), LIMIT)

    assert refused.value.code == status


def test_a_body_that_breaks_off_is_refused() -> None:
    """With 400, and nothing of it is told."""
    with pytest.raises(BadRequest, match="Send the body whole"):
        json_body(environ(**{"wsgi.input": Gone()}), LIMIT)


def test_the_token_is_one_header_or_none() -> None:
    """As it came."""
    assert authorization({}) == []
    assert authorization({"HTTP_AUTHORIZATION": "Bearer a"}) == ["Bearer a"]
