"""Searches side by side: what is asked, when it ends, and who is spared."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from cds_service.fhir import client as module
from cds_service.fhir.breaker import FAILURES
from cds_service.fhir.chart import read_chart
from cds_service.fhir.client import MOST_SERVERS, FhirClient
from cds_service.fhir.sight import Cause, State
from cds_service.security.trust import TrustedServer
from tests.fhir_server import Exchange, empty, fhir_server, hang, searchset

if TYPE_CHECKING:
    from cds_service.fhir.fetched import Fetched
    from tests.fhir_server import FhirServer

SEARCH = "Condition?patient=pat-1"
WANTED = {"a": "Condition?patient={{context.patientId}}"}
GENEROUS = 5.0
PAIN = {
    "resourceType": "Condition",
    "id": "1",
    "subject": {"reference": "Patient/pat-1"},
    "code": {"text": "back pain"},
}


def fetch(
    client: FhirClient,
    server: FhirServer,
    token: str | None = None,
    seconds: float = GENEROUS,
) -> Fetched:
    """Run one search."""
    trusted, until = TrustedServer(url=server.url), time.monotonic() + seconds
    return client.fetch(trusted, {"a": SEARCH}, token, until)["a"]


def state(fetched: Fetched) -> State:
    """Read what came as a prefetch would be read."""
    return read_chart({"a": fetched.value}, "pat-1", WANTED).sight["a"].state


@pytest.mark.fault(19, 20)
@pytest.mark.parametrize(
    "second",
    [
        {"resourceType": "OperationOutcome", "issue": [{"severity": "error"}]},
        {"resourceType": "Condition"},
        {"resourceType": "Bundle", "entry": {"resource": PAIN}},
        {"resourceType": "Bundle", "entry": None},
        {"resourceType": ["Bundle"]},
    ],
)
def test_a_later_page_that_is_none_hides_nothing(second: dict[str, Any]) -> None:
    """Taken for a page without entries, it would make the search look whole."""

    def two(one: Exchange) -> None:
        link = {"relation": "next", "url": f"http://{one.headers['host']}/fhir?page=2"}
        first = searchset(PAIN, link=[link])
        one.reply_json(second if "page=2" in one.target else first)

    with fhir_server(two) as server:
        found = fetch(FhirClient(), server)

    assert (state(found), found.cause) == (State.TRUNCATED, Cause.UNREADABLE)


def test_nothing_follows_what_is_no_page() -> None:
    """A first page without a list of entries is read as it is, not replaced."""

    def odd(one: Exchange) -> None:
        link = [{"relation": "next", "url": f"http://{one.headers['host']}/fhir?more"}]
        one.reply_json(searchset(link=link) | {"entry": {"resource": PAIN}})

    with fhir_server(odd) as server:
        found = fetch(FhirClient(), server)

    assert len(server.asked) == 1
    assert state(found) is State.REJECTED


def test_an_outcome_instead_of_an_answer_is_a_failure_of_that_search_alone() -> None:
    """It comes with 200, so the server is there."""
    client, outcome = FhirClient(), {"resourceType": "OperationOutcome"}
    with fhir_server(lambda one: one.reply_json(outcome)) as server:
        found = [fetch(client, server) for _ in range(FAILURES + 1)]

    assert {(state(one), one.cause) for one in found} == {
        (State.FAILED, Cause.SERVER_ERROR)
    }
    assert len(server.asked) == FAILURES + 1


@pytest.mark.parametrize("link", [5, True, "next", [5], {"relation": "self"}])
def test_links_of_any_shape_are_read(link: Any) -> None:
    """They cost no answer."""
    with fhir_server(lambda one: one.reply_json(searchset(PAIN, link=link))) as server:
        found = fetch(FhirClient(), server)

    assert (state(found), found.cause) == (State.PRESENT, None)


@pytest.mark.fault(16)
@pytest.mark.parametrize(
    "token", ["t\u00f6ken", "\u2028", "a\r\nX-Other: b", "token\n", "two words"]
)
def test_a_token_that_no_header_can_hold_is_not_sent(token: str) -> None:
    """Nor is anybody asked without it."""
    with fhir_server(empty) as server:
        found = fetch(FhirClient(), server, token)

    assert found.cause is Cause.NOT_ALLOWED
    assert server.connections == 0


@pytest.mark.fault(26)
@pytest.mark.parametrize("status", ["400 Bad Request", "302 Found", "404 Not Found"])
def test_a_server_that_refuses_one_search_is_not_taken_for_down(status: str) -> None:
    """One search it does not know must not cost the others their answers."""
    client = FhirClient()
    with fhir_server(lambda one: one.reply(b"", status)) as server:
        for _ in range(FAILURES + 2):
            fetch(client, server)

    assert len(server.asked) == FAILURES + 2


@pytest.mark.fault(24, 26)
def test_a_server_that_begins_and_never_ends_is_left_alone() -> None:
    """Its status is no answer."""

    def half(one: Exchange) -> None:
        one.send(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{")
        hang(one)

    client = FhirClient()
    with fhir_server(half) as server:
        for _ in range(FAILURES):
            assert fetch(client, server, seconds=0.2).cause is Cause.TIMED_OUT
        assert fetch(client, server).cause is Cause.UNREACHABLE


def test_a_server_that_nobody_got_to_is_not_to_blame() -> None:
    """When time was up before, and when there was nothing to ask."""
    client = FhirClient()
    with fhir_server(empty) as server:
        for _ in range(FAILURES):
            assert fetch(client, server, seconds=-1).cause is Cause.TIMED_OUT
            trusted, until = TrustedServer(url=server.url), time.monotonic() + 1
            assert client.fetch(trusted, {}, None, until) == {}

        assert fetch(client, server).cause is None


def test_what_waits_for_a_thread_is_given_up_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is never sent afterwards."""
    monkeypatch.setattr(module, "AT_ONCE", 1)
    client = FhirClient()
    with fhir_server(hang) as server:
        trusted, until = TrustedServer(url=server.url), time.monotonic() + 0.3
        searches = dict.fromkeys("abc", SEARCH)
        found = client.fetch(trusted, searches, None, until)
        again = fetch(client, server, seconds=0.3)

    assert {one.cause for one in (*found.values(), again)} == {Cause.TIMED_OUT}
    assert all(one.seconds > 0 for one in found.values())
    assert len(server.asked) == 2


def test_no_number_of_servers_fills_the_memory() -> None:
    """Where any server on this machine will do, a client may name many."""
    client = FhirClient()
    with fhir_server(empty) as server:
        for number in range(MOST_SERVERS + 5):
            trusted = TrustedServer(url=f"{server.url}/{number}")
            client.fetch(trusted, {"a": SEARCH}, None, time.monotonic() + GENEROUS)
        connections = server.connections
        for url in (f"{server.url}/{MOST_SERVERS}", f"{server.url}/0"):
            trusted = TrustedServer(url=url)
            client.fetch(trusted, {"a": SEARCH}, None, time.monotonic() + GENEROUS)

    # The first of the two was still known, the other was not.
    assert server.connections == connections + 1


def test_threads_share_a_client() -> None:
    """Each gets the answer to its own search, over connections that are kept."""

    def echo(one: Exchange) -> None:
        name = one.target.partition("=")[2]
        one.reply_json({"resourceType": "Patient", "id": name})

    client = FhirClient()
    with fhir_server(echo) as server, ThreadPoolExecutor(4) as threads:
        trusted = TrustedServer(url=server.url)

        def ask(name: str) -> str:
            until = time.monotonic() + GENEROUS
            found = client.fetch(trusted, {"a": f"x?y={name}"}, None, until)
            return str(found["a"].value.get("id"))

        names = [f"patient-{number}" for number in range(80)]
        assert list(threads.map(ask, names)) == names

    assert server.connections < len(names)
