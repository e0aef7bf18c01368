"""Connections are cut when time is up, and lead to nobody else."""

from __future__ import annotations

import io
import logging
import socket
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from cds_service.fhir.client import FhirClient
from cds_service.fhir.sight import Cause
from cds_service.fhir.transport import NotFetched, get
from cds_service.outgoing import Call, TimeUp, open_session
from cds_service.security.trust import TrustedServer
from tests.fhir_server import Exchange, after, empty, fhir_server, hang

if TYPE_CHECKING:
    from collections.abc import Callable

SEARCH = "Condition?patient=patient-canary"
GENEROUS = 5.0


def until(true: Callable[[], bool]) -> bool:
    """Wait for something, with an end."""
    for _ in range(200):
        if true():
            return True
        time.sleep(0.02)
    return False


def test_a_call_that_was_cut_is_over() -> None:
    """Before it had a connection, too."""
    call = Call(time.monotonic() + GENEROUS)
    assert call.left() > 0
    assert not call.begun
    call.cut()

    with pytest.raises(TimeUp):
        call.left()


def test_a_call_whose_time_is_up_is_over() -> None:
    """Nobody has to cut it."""
    with pytest.raises(TimeUp):
        Call(time.monotonic() - 1).left()


def test_a_call_is_cut_in_the_midst_of_waiting() -> None:
    """Long before the server, or the time, has come to an end."""
    call, ended = Call(time.monotonic() + 60), []
    with fhir_server(hang) as server, open_session() as session:

        def wait() -> None:
            with pytest.raises(NotFetched) as why:
                get(session, f"{server.url}/{SEARCH}", None, call)
            ended.append(why.value.cause)

        thread = threading.Thread(target=wait)
        thread.start()
        assert until(lambda: bool(server.asked))
        call.cut()
        thread.join(GENEROUS)

    assert ended == [Cause.TIMED_OUT]


@pytest.mark.fault(24)
def test_a_connection_in_use_by_another_call_is_not_cut() -> None:
    """One call's end must not be that of the next on the same connection."""

    def slow_at_last(one: Exchange) -> None:
        (after(0.3, empty) if len(server.asked) > 1 else empty)(one)

    found: list[Any] = []
    first, second = (Call(time.monotonic() + GENEROUS) for _ in range(2))
    with (
        fhir_server(slow_at_last) as server,
        open_session() as session,
    ):
        url = f"{server.url}/{SEARCH}"
        get(session, url, None, first)
        thread = threading.Thread(
            target=lambda: found.append(get(session, url, None, second))
        )
        thread.start()
        assert until(lambda: len(server.asked) == 2)
        first.cut()
        thread.join(GENEROUS)

    assert found[0]["resourceType"] == "Bundle"
    assert (len(server.asked), server.connections) == (2, 1)


@pytest.mark.fault(24)
def test_a_connection_that_was_cut_in_the_pool_is_not_used_again() -> None:
    """The next call opens another."""
    call = Call(time.monotonic() + GENEROUS)
    with fhir_server(empty) as server, open_session() as session:
        url = f"{server.url}/{SEARCH}"
        get(session, url, None, call)
        call.cut()
        again = get(session, url, None, Call(time.monotonic() + GENEROUS))

    assert again["resourceType"] == "Bundle"
    assert server.connections == 2


def test_a_call_that_is_cut_when_its_connection_is_gone_is_over() -> None:
    """A connection that was closed, and a socket that somebody else shut down."""
    with fhir_server(empty) as server, open_session() as session:
        calls = [Call(time.monotonic() + GENEROUS) for _ in range(2)]
        for call, close in zip(calls, ("close", "shutdown"), strict=True):
            get(session, f"{server.url}/{SEARCH}", None, call)
            connection = call.connection
            assert connection
            if close == "close":
                connection.close()
            else:
                assert connection.sock
                connection.sock.close()
            call.cut()

    assert [call.over for call in calls] == [True, True]


@pytest.mark.fault(16, 24)
def test_a_name_that_is_found_too_late_gets_no_token(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Looking up a name cannot be cut, but nothing is said afterwards."""
    usual = socket.getaddrinfo

    def late(*what: Any, **how: Any) -> Any:
        time.sleep(0.4)
        return usual(*what, **how)

    with fhir_server(empty) as server:
        monkeypatch.setattr(socket, "getaddrinfo", late)
        trusted = _trusted(server.url.replace("127.0.0.1", "localhost"))
        client, began = FhirClient(), time.monotonic()
        found = client.fetch(trusted, {"a": SEARCH}, "token", began + 0.1)
        assert until(lambda: server.connections == 1)
        assert not until_asked(server.asked)

    assert found["a"].cause is Cause.TIMED_OUT
    assert found["a"].seconds >= 0.1


def until_asked(asked: list[Exchange]) -> bool:
    """Give a request that is on its way the time to arrive."""
    time.sleep(0.3)
    return bool(asked)


@pytest.mark.fault(18, 25)
@pytest.mark.parametrize(
    "location", [b"/\xff\xfe", b"http://[::1", b"//", b"http://a:99999/", b""]
)
def test_a_redirect_is_not_even_looked_at(location: bytes) -> None:
    """Where it leads may be no URL, and its body have no end."""

    def endless(one: Exchange) -> None:
        one.send(b"HTTP/1.1 302 F\r\nLocation: " + location + b"\r\n\r\n")
        while not one.stopped.is_set():
            one.send(b"x" * 65536)

    with fhir_server(endless) as server:
        found = FhirClient().fetch(
            _trusted(server.url), {"a": SEARCH}, None, time.monotonic() + GENEROUS
        )

    assert found["a"].cause is Cause.SERVER_ERROR


def test_no_url_gets_into_a_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """Below our code others log URLs, and with them who the patient is."""
    written, root = io.StringIO(), logging.getLogger()
    # pytest's own ways to catch a log also listen where nobody else can.
    monkeypatch.setattr(root, "handlers", [logging.StreamHandler(written)])
    monkeypatch.setattr(root, "level", logging.DEBUG)

    def odd(one: Exchange) -> None:
        one.send(b"HTTP/1.1 200 OK\r\nno header\r\nContent-Length: 2\r\n\r\n{}")

    with fhir_server(odd) as server:
        FhirClient().fetch(
            _trusted(server.url), {"a": SEARCH}, None, time.monotonic() + GENEROUS
        )

    logging.getLogger("anything.else").error("told")

    assert written.getvalue() == "told\n"


def _trusted(url: str) -> TrustedServer:
    return TrustedServer(url=url)
