"""One resource, or the cause why there is none."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import orjson
import pytest

from cds_service.fhir.sight import Cause
from cds_service.fhir.transport import LONGEST, MOST_VALUES, NotFetched, get
from cds_service.outgoing import Call, open_session
from cds_service.security.trust import TrustedServer
from tests.certificates import Authority
from tests.fhir_server import Exchange, after, empty, fhir_server

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fhir_server import Answer

GENEROUS = 5.0
RESOURCE = {"resourceType": "Patient", "id": "1"}


def cause_of(answer: Answer, seconds: float = GENEROUS) -> Cause | None:
    """Ask once, and tell what went wrong."""
    with fhir_server(answer) as server:
        trusted = TrustedServer(url=server.url)
        with open_session(trusted.ca_file) as session:
            call = Call(time.monotonic() + seconds)
            try:
                get(session, f"{server.url}/Patient/1", None, call)
            except NotFetched as why:
                return why.cause
            return None


def filled(length: int) -> bytes:
    """Make a resource of so many bytes."""
    empty_one = orjson.dumps({**RESOURCE, "x": ""})
    return empty_one.replace(
        b'"x":""', b'"x":"' + b"y" * (length - len(empty_one)) + b'"'
    )


@pytest.mark.fault(25)
@pytest.mark.parametrize(
    ("body", "cause"),
    [
        (filled(LONGEST), None),
        (filled(LONGEST + 1), Cause.UNREADABLE),
        (b'{"resourceType":"B","x":[' + b"0," * (MOST_VALUES - 4) + b"0]}", None),
        (
            b'{"resourceType":"B","x":[' + b"0," * MOST_VALUES + b"0]}",
            Cause.UNREADABLE,
        ),
        (
            b'{"resourceType":"B","x":' + b"[" * 2000 + b"]" * 2000 + b"}",
            Cause.UNREADABLE,
        ),
        (b'\xef\xbb\xbf{"resourceType":"B"}', Cause.UNREADABLE),
        (b'{"resourceType":"B"', Cause.UNREADABLE),
        (b'["resourceType"]', Cause.UNREADABLE),
        (b'{"resource":1}', Cause.UNREADABLE),
    ],
    ids=["long", "longer", "many", "more", "deep", "mark", "half", "list", "other"],
)
def test_a_body_is_a_resource_of_bounded_size(body: bytes, cause: Cause | None) -> None:
    """In bytes and in values; at the bound it is read."""
    assert cause_of(lambda one: one.reply(body)) is cause


@pytest.mark.fault(24)
def test_a_server_that_is_silent_for_long_has_timed_out() -> None:
    """Though nobody cut the call: the time between two bytes is bounded as well."""
    assert cause_of(after(2, empty), seconds=0.2) is Cause.TIMED_OUT


@pytest.mark.fault(24)
def test_a_body_that_stops_has_timed_out() -> None:
    """Not been unreadable."""

    def stop(one: Exchange) -> None:
        one.send(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{")
        one.stopped.wait(2)

    assert cause_of(stop, seconds=0.2) is Cause.TIMED_OUT


@pytest.mark.fault(24)
def test_endless_interim_answers_end_with_the_connection() -> None:
    """Http.client itself would read them for ever."""

    def interim(one: Exchange) -> None:
        while not one.stopped.is_set():
            one.send(b"HTTP/1.1 100 Continue\r\n\r\n")

    with fhir_server(interim) as server:
        trusted, call = TrustedServer(url=server.url), Call(time.monotonic() + 60)
        with open_session(trusted.ca_file) as session:
            timer = threading.Timer(0.3, call.cut)
            timer.start()
            with pytest.raises(NotFetched) as why:
                get(session, f"{server.url}/Patient/1", None, call)
            timer.join()

    assert why.value.cause is Cause.TIMED_OUT


@pytest.mark.fault(26)
def test_a_connection_that_breaks_is_tried_once_more() -> None:
    """As when a server had closed what was kept open."""
    asked: list[Exchange] = []

    def close_at_first(one: Exchange) -> None:
        asked.append(one)
        if len(asked) == 1:
            one.connection.close()
        else:
            empty(one)

    def close_always(one: Exchange) -> None:
        asked.append(one)
        one.connection.close()

    assert cause_of(close_at_first) is None
    asked.clear()
    assert cause_of(close_always) is Cause.UNREACHABLE
    assert len(asked) == 2


@pytest.mark.fault(26)
@pytest.mark.parametrize(
    ("told", "tries"),
    [("0", 2), ("1", 1), ("9" * 400, 1), ("\u00b2", 2), ("-1", 2), ("soon", 2)],
)
def test_a_pause_longer_than_the_time_is_not_waited_for(told: str, tries: int) -> None:
    """Whatever is written for it."""
    asked: list[Exchange] = []

    def busy(one: Exchange) -> None:
        asked.append(one)
        head = f"HTTP/1.1 429 Busy\r\nRetry-After: {told}\r\nContent-Length: 0\r\n\r\n"
        one.send(head.encode("latin-1"))

    assert cause_of(busy, seconds=0.9) is Cause.SERVER_ERROR
    assert len(asked) == tries


@pytest.mark.fault(26)
@pytest.mark.parametrize(
    ("status", "cause", "answered"),
    [
        ("201 Created", Cause.SERVER_ERROR, True),
        ("302 Found", Cause.SERVER_ERROR, True),
        ("400 Bad Request", Cause.SERVER_ERROR, True),
        ("401 Unauthorized", Cause.NOT_ALLOWED, True),
        ("404 Not Found", Cause.NOT_FOUND, True),
        ("429 Too Many Requests", Cause.SERVER_ERROR, False),
        ("500 Internal Error", Cause.SERVER_ERROR, False),
        ("599 Whatever", Cause.SERVER_ERROR, False),
    ],
)
def test_a_refusal_is_an_answer_but_a_failure_is_none(
    status: str,
    cause: Cause,
    answered: bool,  # noqa: FBT001 - a table
) -> None:
    """So that a server is not taken for down because of what it was asked."""
    with fhir_server(lambda one: one.reply(b"", status)) as server:
        trusted, call = TrustedServer(url=server.url), Call(time.monotonic() + GENEROUS)
        with open_session(trusted.ca_file) as session, pytest.raises(NotFetched) as why:
            get(session, f"{server.url}/Patient/1", None, call)

    assert (why.value.cause, call.answered) == (cause, answered)


@pytest.mark.fault(23)
def test_a_certificate_that_nobody_vouches_for_is_not_tried_twice(
    tmp_path: Path,
) -> None:
    """It would be the same one a moment later."""
    tls = Authority(tmp_path).context("good")
    with fhir_server(empty, tls) as server:
        trusted, call = TrustedServer(url=server.url), Call(time.monotonic() + GENEROUS)
        with open_session(trusted.ca_file) as session, pytest.raises(NotFetched) as why:
            get(session, f"{server.url}/Patient/1", "token", call)

    assert why.value.cause is Cause.UNREACHABLE
    assert (server.connections, len(server.asked)) == (1, 0)


@pytest.mark.fault(25)
def test_a_body_shorter_than_it_says_is_unreadable() -> None:
    """Never read in part, though what came is a resource."""

    def short(one: Exchange) -> None:
        one.send(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n")
        one.send(orjson.dumps(RESOURCE))
        one.connection.close()

    assert cause_of(short) is Cause.UNREADABLE
