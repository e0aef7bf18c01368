"""A FHIR server that fails, drips, lies or leads astray.

What is asked, what is made of it, and where no packet goes.
"""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
import time
import zlib
from typing import TYPE_CHECKING, Any

import orjson
import psutil
import pytest

from cds_service.fhir.chart import read_chart
from cds_service.fhir.client import FhirClient
from cds_service.fhir.sight import Cause, State
from cds_service.security.trust import TrustedServer
from tests.certificates import Authority
from tests.fhir_server import (
    Exchange,
    after,
    drip,
    empty,
    fhir_server,
    hang,
    searchset,
)
from tests.tables import each

if TYPE_CHECKING:
    from pathlib import Path

    from cds_service.fhir.fetched import Fetched
    from tests.fhir_server import Answer, FhirServer

SEARCH = "Condition?patient=pat-1"
WANTED = {"conditions": "Condition?patient={{context.patientId}}"}
TOKEN = "token-canary-4711"
# Far more than a loaded machine needs to be back; a hung server would take 10 s.
GENEROUS = 5.0
MEGABYTE = 1024 * 1024


def pain(identity: str = "1") -> dict[str, Any]:
    """Make a condition of the patient."""
    return {
        "resourceType": "Condition",
        "id": identity,
        "subject": {"reference": "Patient/pat-1"},
        "code": {"text": "back pain"},
    }


def fetch(
    server: FhirServer,
    seconds: float = GENEROUS,
    token: str | None = None,
    ca_file: Path | None = None,
) -> Fetched:
    """Run one search with a client of its own."""
    trusted = TrustedServer(url=server.url, ca_file=ca_file)
    until = time.monotonic() + seconds
    found = FhirClient().fetch(trusted, {"conditions": SEARCH}, token, until)
    return found["conditions"]


def state(fetched: Fetched) -> State:
    """Read what came as a prefetch would be read."""
    chart = read_chart({"conditions": fetched.value}, "pat-1", WANTED)
    return chart.sight["conditions"].state


def always(body: bytes, status: str = "200 OK", **headers: str) -> Answer:
    """Answer everything alike."""
    return lambda exchange: exchange.reply(body, status, **headers)


def test_a_search_is_answered() -> None:
    """With the token that was given, and nothing else of ours."""
    with fhir_server(lambda one: one.reply_json(searchset(pain()))) as server:
        found = fetch(server, token=TOKEN)

    assert found.cause is None
    assert state(found) is State.PRESENT
    assert server.targets == [f"/fhir/{SEARCH}"]
    assert server.asked[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert "cookie" not in server.asked[0].headers


@pytest.mark.parametrize("token", [None, ""])
def test_an_empty_token_is_none(token: str | None) -> None:
    """Some clients send one."""
    with fhir_server(empty) as server:
        fetch(server, token=token)

    assert "authorization" not in server.asked[0].headers


@pytest.mark.fault(26)
@each("""
    status                  | cause        | asked | why
    400 Bad Request         | server-error | 1     | a search it does not know
    401 Unauthorized        | not-allowed  | 1     | never asked again
    403 Forbidden           | not-allowed  | 1     | never asked again
    404 Not Found           | not-found    | 1     | no such thing
    410 Gone                | not-found    | 1     | no longer
    418 I'm a teapot        | server-error | 1     | whatever it means
    429 Too Many Requests   | server-error | 2     | asked once more
    500 Internal Error      | server-error | 1     | the same would happen again
    503 Service Unavailable | server-error | 2     | asked once more
    204 No Content          | server-error | 1     | no answer to a search
    """)
def test_each_refusal_has_its_cause(row: dict[str, str]) -> None:
    """At most one more try, and only where it may help."""
    with fhir_server(always(b"", row["status"])) as server:
        found = fetch(server)

    assert found.cause == row["cause"]
    assert len(server.asked) == int(row["asked"])
    assert state(found) is State.FAILED


@pytest.mark.fault(26)
@each("""
    retry | asked | why
    0     | 2     | at once
    60    | 1     | later than anyone waits
    soon  | 2     | not understood, so as if not said
    """)
def test_a_server_says_when_it_may_be_asked_again(row: dict[str, str]) -> None:
    """Kept to where there is time for it."""
    busy = always(b"", "503 Service Unavailable", retry_after=row["retry"])
    with fhir_server(busy) as server:
        assert fetch(server).cause is Cause.SERVER_ERROR

    assert len(server.asked) == int(row["asked"])


@pytest.mark.fault(26)
def test_a_second_try_can_succeed() -> None:
    """A server that was busy for a moment costs nothing."""

    def busy_at_first(one: Exchange) -> None:
        first = not answered
        answered.append(one)
        (always(b"", "503 Service Unavailable") if first else empty)(one)

    answered: list[Exchange] = []
    with fhir_server(busy_at_first) as server:
        found = fetch(server)

    assert found.cause is None


@pytest.mark.fault(26)
@pytest.mark.parametrize(
    "body",
    [b"<html>Sign in</html>", b"", b"[]", b"null", b"{}", b'{"resourceType": NaN}'],
)
def test_what_is_no_resource_is_unreadable(body: bytes) -> None:
    """A page for people, above all."""
    with fhir_server(always(body, content_type="text/html")) as server:
        found = fetch(server)

    assert found.cause is Cause.UNREADABLE
    assert state(found) is State.FAILED


def test_an_outcome_instead_of_an_answer_is_a_failure() -> None:
    """Though it comes with 200."""
    outcome = {"resourceType": "OperationOutcome", "issue": [{"severity": "error"}]}
    with fhir_server(lambda one: one.reply_json(outcome)) as server:
        found = fetch(server)

    assert found.cause is Cause.SERVER_ERROR
    assert state(found) is State.FAILED


@pytest.mark.fault(18)
@pytest.mark.parametrize("status", ["301 M", "302 F", "303 S", "307 T", "308 P"])
def test_a_redirect_is_followed_nowhere(status: str) -> None:
    """Neither to another server nor to the same one."""
    with fhir_server(empty) as other:
        for to in (other.url, "/fhir/elsewhere"):
            with fhir_server(always(b"", status, location=to)) as server:
                found = fetch(server, token=TOKEN)
            assert found.cause is Cause.SERVER_ERROR
            assert len(server.asked) == 1

    assert other.connections == 0


def page(number: int, going_on: str, **members: Any) -> dict[str, Any]:
    """Make a page of a search, with what it says comes next."""
    link = [{"relation": "next", "url": going_on}]
    return searchset(pain(str(number)), link=link, **members)


def test_pages_are_read_to_the_end() -> None:
    """As one Bundle, with the token on each."""

    def two(one: Exchange) -> None:
        last = "page=2" in one.target
        host = one.headers["host"]
        following = page(1, f"http://{host}/fhir?page=2", total=2)
        one.reply_json(searchset(pain("2"), total=2) if last else following)

    with fhir_server(two) as server:
        found = fetch(server, token=TOKEN)

    assert [one["resource"]["id"] for one in found.value["entry"]] == ["1", "2"]
    assert state(found) is State.PRESENT
    assert [one.headers["authorization"] for one in server.asked] == [
        f"Bearer {TOKEN}"
    ] * 2


@pytest.mark.fault(19)
@pytest.mark.parametrize(
    "evil",
    [
        "http://127.0.0.1:{other}/fhir?page=2",
        "https://127.0.0.1:{port}/fhir?page=2",
        "http://localhost:{port}/fhir?page=2",
        "http://127.0.0.1:{port}/other?page=2",
        "http://127.0.0.1:{port}/fhirs?page=2",
        "http://127.0.0.1:{port}/fhir/../admin",
        "http://127.0.0.1:{port}/fhir/%2e%2e/admin",
        "http://127.0.0.1:{port}/fhir/..\\admin",
        "http://127.0.0.1:{port}/fhir//evil.example/",
        "http://127.0.0.1:{port}@127.0.0.1:{other}/fhir",
        "//127.0.0.1:{other}/fhir?page=2",
        "/fhir?page=2",
        "?page=2",
        "file:///etc/passwd",
        "",
    ],
)
def test_a_next_page_elsewhere_is_not_read(evil: str) -> None:
    """The search counts as cut short, and the other server sees nobody."""
    with fhir_server(empty) as other:

        def lead(one: Exchange) -> None:
            port = one.headers["host"].partition(":")[2]
            one.reply_json(page(1, evil.format(other=other.port, port=port)))

        with fhir_server(lead) as server:
            found = fetch(server, token=TOKEN)

    assert state(found) is State.TRUNCATED
    assert len(server.asked) == 1
    assert other.connections == 0


@pytest.mark.fault(20)
def test_an_endless_search_stops() -> None:
    """After five pages, or a thousand entries, and is said to be cut short."""

    def endless(one: Exchange) -> None:
        one.reply_json(page(1, f"http://{one.headers['host']}/fhir?more"))

    def long(one: Exchange) -> None:
        one.reply_json(searchset(*(pain(str(each_)) for each_ in range(10_000))))

    with fhir_server(endless) as server:
        looping = fetch(server)
    with fhir_server(long) as other:
        huge = fetch(other)

    assert len(server.asked) == 5
    assert state(looping) is state(huge) is State.TRUNCATED
    assert len(huge.value["entry"]) == 1000


@pytest.mark.fault(20)
def test_a_page_that_fails_leaves_the_earlier_ones() -> None:
    """Cut short, with the cause."""

    def second_fails(one: Exchange) -> None:
        if "page=2" in one.target:
            one.reply(b"", "500 Internal Error")
        else:
            one.reply_json(page(1, f"http://{one.headers['host']}/fhir?page=2"))

    with fhir_server(second_fails) as server:
        found = fetch(server)

    assert (state(found), found.cause) == (State.TRUNCATED, Cause.SERVER_ERROR)


@pytest.mark.fault(21)
def test_the_environment_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No proxy, no .netrc, no other authorities."""
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login a password b\n", encoding="utf-8")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "none"))
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with fhir_server(empty) as proxy, fhir_server(empty) as server:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        assert fetch(server, token=TOKEN).cause is None
        assert fetch(server).cause is None

    assert proxy.connections == 0
    assert [one.headers.get("authorization") for one in server.asked] == [
        f"Bearer {TOKEN}",
        None,
    ]


def test_cookies_are_not_kept() -> None:
    """What a server sets with one patient is not sent with the next."""
    setting = always(orjson.dumps(searchset()), set_cookie="patient=1; Path=/")
    with fhir_server(setting) as server:
        client, trusted = FhirClient(), TrustedServer(url=server.url)
        for _ in range(2):
            client.fetch(trusted, {"a": SEARCH}, None, time.monotonic() + GENEROUS)

    assert all("cookie" not in one.headers for one in server.asked)


@pytest.mark.fault(23)
@each("""
    certificate | trusted | tls   | cause       | why
    good        | yes     |       |             | one the site trusts
    good        | no      |       | unreachable | signed by someone unknown
    self-signed | yes     |       | unreachable | signed by itself
    expired     | yes     |       | unreachable | of last year
    other-name  | yes     |       | unreachable | of another host
    good        | yes     | older | unreachable | a protocol that is broken
    """)
def test_bad_tls_gets_no_token(row: dict[str, str], tmp_path: Path) -> None:
    """The call ends before anything is said."""
    authority = Authority(tmp_path)
    tls = authority.context(row["certificate"])
    if row["tls"] == "older":
        with pytest.warns(DeprecationWarning, match="TLSv1_1"):
            tls.minimum_version = tls.maximum_version = ssl.TLSVersion.TLSv1_1
        tls.set_ciphers("ALL:@SECLEVEL=0")
    ca_file = authority.file if row["trusted"] == "yes" else None
    with fhir_server(empty, tls) as server:
        found = fetch(server, token=TOKEN, ca_file=ca_file)

    assert (found.cause or "") == row["cause"]
    assert len(server.asked) == (0 if row["cause"] else 1)


@pytest.mark.fault(24)
@pytest.mark.parametrize(
    "answer",
    [
        hang,
        drip(b"H"),
        drip(b"HTTP/1.1 200 OK\r\nX-Slow: a"),
        lambda one: (
            one.send(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n"),
            drip(b"{")(one),
        ),
    ],
    ids=["hangs", "drips-status", "drips-headers", "drips-body"],
)
def test_a_slow_server_cannot_outlast_the_deadline(answer: Answer) -> None:
    """However it is slow; what is fast beside it is kept."""

    def one_slow(one: Exchange) -> None:
        (answer if "Observation" in one.target else empty)(one)

    searches = {"fast": SEARCH, "slow": "Observation?patient=pat-1"}
    with fhir_server(one_slow) as server:
        began = time.monotonic()
        found = FhirClient().fetch(
            TrustedServer(url=server.url), searches, None, began + 0.4
        )
        took = time.monotonic() - began

    assert took < GENEROUS
    assert found["slow"].cause is Cause.TIMED_OUT
    assert found["fast"].cause is None


@pytest.mark.fault(24)
def test_what_was_given_up_ends_soon() -> None:
    """Threads that wait for a dripping server do not pile up."""
    process = psutil.Process()
    with fhir_server(drip(b"HTTP/1.1 200 OK\r\nX-Slow: a")) as server:
        trusted, client = TrustedServer(url=server.url), FhirClient()
        client.fetch(
            trusted, dict.fromkeys("abcdefgh", SEARCH), None, time.monotonic() + 0.3
        )
        for _ in range(100):
            if not _established(process, server.port):
                break
            time.sleep(0.05)

        assert not _established(process, server.port)


def _established(process: psutil.Process, port: int) -> list[Any]:
    return [
        one
        for one in process.net_connections("tcp")
        if one.raddr and one.raddr[1] == port and one.status == "ESTABLISHED"
    ]


def reset(one: Exchange) -> None:
    """Break the connection in the middle of a body."""
    one.send(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{")
    linger = struct.pack("ii", 1, 0)
    one.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    one.connection.close()


def too_short(one: Exchange) -> None:
    """Promise more than is sent."""
    one.send(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{}")
    one.connection.close()


def bomb(megabytes: int) -> bytes:
    """Pack so many megabytes of blanks."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    blank = b" " * MEGABYTE
    packed = [packer.compress(blank) for _ in range(megabytes)]
    return b"".join((*packed, packer.flush()))


@pytest.mark.fault(25)
@pytest.mark.parametrize(
    "answer",
    [
        reset,
        too_short,
        always(b"not packed", content_encoding="gzip"),
        always(gzip.compress(b"{}")[:-9], content_encoding="gzip"),
        always(b"x" * 9, content_length="5"),
    ],
    ids=["reset", "too-short", "no-gzip", "half-gzip", "too-long"],
)
def test_a_broken_answer_has_failed(answer: Answer) -> None:
    """Never read in part."""
    with fhir_server(answer) as server:
        found = fetch(server)

    assert found.cause in {Cause.UNREADABLE, Cause.UNREACHABLE}
    assert state(found) is State.FAILED


@pytest.mark.fault(25)
def test_a_bomb_fills_no_memory() -> None:
    """200 MB unpacked, or 50 MB plain, are refused on the way."""
    packed, long = bomb(200), b'{"a": "' + b"x" * (50 * MEGABYTE)
    process = psutil.Process()
    with (
        fhir_server(always(packed, content_encoding="gzip")) as packing,
        fhir_server(always(long)) as plain,
    ):
        fetch(packing)  # what is built at the first use is not counted
        before = process.memory_info().rss
        found = [fetch(packing, 30), fetch(plain, 30)]
        grown = process.memory_info().rss - before

    assert [one.cause for one in found] == [Cause.UNREADABLE] * 2
    assert grown < 40 * MEGABYTE


@pytest.mark.fault(16, 26)
def test_a_server_that_is_down_is_left_alone_for_a_while() -> None:
    """After five calls it is not asked; what it costs then is nothing."""
    with fhir_server(always(b"", "500 Internal Error")) as server:
        trusted, client = TrustedServer(url=server.url), FhirClient()
        for _ in range(8):
            found = client.fetch(
                trusted, {"a": SEARCH}, None, time.monotonic() + GENEROUS
            )

    assert len(server.asked) == 5
    assert found["a"].cause is Cause.UNREACHABLE


def test_a_server_that_refuses_is_not_taken_for_down() -> None:
    """One client's missing right must not cost the others their answers."""
    with fhir_server(always(b"", "403 Forbidden")) as server:
        trusted, client = TrustedServer(url=server.url), FhirClient()
        for _ in range(8):
            client.fetch(trusted, {"a": SEARCH}, None, time.monotonic() + GENEROUS)

    assert len(server.asked) == 8


def test_all_is_asked_at_once() -> None:
    """Eight searches of a slow server take little longer than one."""
    with fhir_server(after(0.5, empty)) as server:
        began = time.monotonic()
        found = FhirClient().fetch(
            TrustedServer(url=server.url),
            dict.fromkeys("abcdefgh", SEARCH),
            None,
            began + GENEROUS,
        )
        took = time.monotonic() - began

    assert all(one.cause is None for one in found.values())
    # One after the other they would take four seconds.
    assert took < 3


def test_nobody_at_home_is_unreachable() -> None:
    """A port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    trusted = TrustedServer(url=f"http://127.0.0.1:{port}/fhir")
    found = FhirClient().fetch(
        trusted, {"a": SEARCH}, None, time.monotonic() + GENEROUS
    )

    assert found["a"].cause is Cause.UNREACHABLE
