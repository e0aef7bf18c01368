"""Keys at a URL: no call of a known key waits, and nobody makes us fetch at will."""

from __future__ import annotations

import gzip
import json
from threading import Event, Thread
from threading import enumerate as running
from typing import TYPE_CHECKING

import pytest

from cds_service.security.key_fetch import LONGEST, FetchFailed, fetch_key_set
from cds_service.security.key_reading import Outcome
from cds_service.security.key_url import FRESH, INTERVAL, USABLE, WAITING, UrlKeys
from cds_service.security.unauthorized import Cause, Unauthorized
from tests.jwks_host import JwksHost, drips, hangs, publishes, sends, written
from tests.tokens import EC_ID, ec_key, public, rsa_key

if TYPE_CHECKING:
    from tests.jwks_host import Behaviour

KEYS = public(ec_key())
NEXT = public(ec_key("next"), rsa_key())
PATIENCE = 0.4
SOON = 10.0
HUGE = b"[" + b"0," * 5_000_000 + b"0]"
BROKEN: dict[str, tuple[Behaviour, Outcome]] = {
    "500": (sends(written(b"", "500 Oops")), Outcome.REFUSED),
    "404 with keys": (
        sends(written(json.dumps(KEYS).encode(), "404 Not Found")),
        Outcome.REFUSED,
    ),
    "compressed": (
        sends(
            written(
                gzip.compress(json.dumps(KEYS).encode()),
                "200 OK",
                "Content-Encoding: gzip",
            )
        ),
        Outcome.REFUSED,
    ),
    "10 MB": (sends(written(HUGE)), Outcome.OVERSIZE),
    "10 MB, length unsaid": (
        sends(b"HTTP/1.0 200 OK\r\n\r\n" + HUGE),
        Outcome.OVERSIZE,
    ),
    "empty set": (publishes({"keys": []}), Outcome.NO_KEYS),
    "no set": (publishes([{"pem": "-----", "id": "1"}]), Outcome.NO_KEYS),
    "HTML": (sends(written(b"<html>")), Outcome.NO_KEYS),
    "cut short": (
        sends(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"),
        Outcome.UNREACHABLE,
    ),
    "closed": (sends(b""), Outcome.UNREACHABLE),
    "no HTTP": (sends(b"hello\r\n\r\n"), Outcome.UNREACHABLE),
    "hanging": (hangs, Outcome.UNREACHABLE),
    "dripping status": (drips(b"HTTP/1.1 2"), Outcome.UNREACHABLE),
    "dripping header": (drips(b"HTTP/1.1 200 OK\r\nX: "), Outcome.UNREACHABLE),
    "dripping body": (
        drips(b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n{"),
        Outcome.UNREACHABLE,
    ),
    "dripping body to the end of the connection": (
        drips(b"HTTP/1.0 200 OK\r\nConnection: close\r\n\r\n{"),
        Outcome.UNREACHABLE,
    ),
}


def patience(name: str) -> float:
    """Tell how long to wait for a broken host: shortly where it is for nothing."""
    return PATIENCE if name.startswith(("hanging", "dripping")) else SOON


class Clock:
    """A clock that moves when told."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        """Tell the time."""
        return self.now


class Watched:
    """The keys of a host, under a clock of our own, and what became of fetches."""

    def __init__(self, host: JwksHost, patience: float = SOON) -> None:
        self.clock = Clock()
        self.outcomes: list[Outcome] = []
        self.told = Event()
        self.keys = UrlKeys(host.url, self._report, self.clock, patience)

    def _report(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        self.told.set()

    def refuses(self, kid: str, cause: Cause) -> None:
        """Show that a key is refused."""
        with pytest.raises(Unauthorized, match=cause):
            self.keys.find(kid)


@pytest.mark.fault(14)
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_host_gives_no_keys(name: str) -> None:
    """However it is broken, the fetch ends, is counted, and leaves no thread."""
    behaviour, outcome = BROKEN[name]
    before = {*running()}

    with JwksHost(behaviour) as host:
        with pytest.raises(FetchFailed, match=outcome):
            fetch_key_set(host.url, patience(name))
        assert host.calls == 1
        ours = {one for one in {*running()} - before if "(cut)" in one.name}
    assert not ours


@pytest.mark.fault(14)
def test_no_host_gives_no_keys() -> None:
    """A refused connection is a failed fetch."""
    with JwksHost(hangs) as host:
        url = host.url

    with pytest.raises(FetchFailed, match=Outcome.UNREACHABLE):
        fetch_key_set(url, PATIENCE)


@pytest.mark.fault(14)
@pytest.mark.parametrize("behaviour", [hangs, publishes(KEYS), drips(b"\x16\x03")])
def test_https_without_tls_gives_no_keys(behaviour: Behaviour) -> None:
    """A handshake that does not come ends in time, and nothing is read without it."""
    with JwksHost(behaviour) as host:
        url = host.url.replace("http://", "https://")
        with pytest.raises(FetchFailed, match=Outcome.UNREACHABLE):
            fetch_key_set(url, PATIENCE)


@pytest.mark.parametrize(
    "answer",
    [
        written(json.dumps(KEYS).encode()),
        written(json.dumps({**KEYS, "pad": "a" * 50_000}).encode()),
        b"HTTP/1.0 200 OK\r\n\r\n" + json.dumps(KEYS).encode(),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        + f"{len(json.dumps(KEYS)):x}\r\n{json.dumps(KEYS)}\r\n0\r\n\r\n".encode(),
    ],
    ids=["usual", "50 KB", "to the end", "chunked"],
)
def test_a_key_set_is_fetched(answer: bytes) -> None:
    """In every form in which a server may send it."""
    with JwksHost(sends(answer)) as host:
        assert fetch_key_set(host.url, SOON).find(EC_ID)


def test_as_much_as_is_allowed_is_read() -> None:
    """64 KB are read, a byte more is not."""
    body = json.dumps(KEYS).encode()
    full = body + b" " * (LONGEST - len(body))

    with JwksHost(sends(written(full))) as host:
        assert fetch_key_set(host.url, SOON).find(EC_ID)
        host.behaviour = sends(written(full + b" "))
        with pytest.raises(FetchFailed, match=Outcome.OVERSIZE):
            fetch_key_set(host.url, SOON)


@pytest.mark.fault(14)
@pytest.mark.parametrize("status", ["301", "302", "303", "307", "308"])
def test_a_redirect_is_not_followed(status: str) -> None:
    """Keys come from the URL in the settings and from no other."""
    with JwksHost(publishes(KEYS)) as other:
        there = sends(written(b"", f"{status} Moved", f"Location: {other.url}"))
        with (
            JwksHost(there) as host,
            pytest.raises(FetchFailed, match=Outcome.REFUSED),
        ):
            fetch_key_set(host.url, SOON)
        assert other.calls == 0


def test_no_proxy_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the environment says about proxies does not count."""
    with JwksHost(hangs) as proxy, JwksHost(publishes(KEYS)) as host:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)

        assert fetch_key_set(host.url, SOON).find(EC_ID)
        assert proxy.calls == 0


@pytest.mark.fault(12)
def test_a_new_key_is_found_at_its_first_call() -> None:
    """The call of an unknown key waits for one fetch, and is then known."""
    with JwksHost(publishes(KEYS)) as host:
        watched = Watched(host)
        assert watched.keys.find(EC_ID)
        host.behaviour = publishes(NEXT)
        watched.clock.now += INTERVAL

        assert watched.keys.find("next")
        assert host.calls == 2
        watched.refuses(EC_ID, Cause.UNKNOWN_KEY)
        assert host.calls == 2


@pytest.mark.fault(12)
def test_a_new_key_is_found_by_all_who_call_at_once() -> None:
    """They wait for the same fetch."""
    found: list[object] = []
    with JwksHost(publishes(KEYS)) as host:
        keys = Watched(host).keys
        calls = [
            Thread(target=lambda: found.append(keys.find(EC_ID))) for _ in range(8)
        ]
        for call in calls:
            call.start()
        for call in calls:
            call.join(SOON)

        assert len(found) == 8
        assert host.calls == 1


@pytest.mark.fault(13)
def test_unknown_keys_cause_no_flood() -> None:
    """A thousand invented ids in ten seconds cause one fetch; known keys serve on."""
    with JwksHost(publishes(KEYS)) as host:
        watched = Watched(host)
        watched.keys.fetch()
        for number in range(1_000):
            watched.clock.now += 0.01
            watched.refuses(f"invented-{number}", Cause.UNKNOWN_KEY)
            assert watched.keys.find(EC_ID)
        assert host.calls == 1

        watched.clock.now += INTERVAL
        for number in range(1_000):
            watched.refuses(f"invented-{number}", Cause.UNKNOWN_KEY)
        assert host.calls == 2


@pytest.mark.fault(13)
def test_few_wait_for_an_unknown_key() -> None:
    """While a host hangs, invented ids hold a few threads, and the rest go on."""
    with JwksHost(hangs) as host:
        keys = UrlKeys(host.url, patience=SOON)
        done: list[str] = []

        def call() -> None:
            with pytest.raises(Unauthorized):
                keys.find("invented")
            done.append("refused")

        calls = [Thread(target=call, daemon=True) for _ in range(WAITING + 9)]
        for one in calls:
            one.start()
        for one in calls[WAITING:]:
            one.join(SOON / len(calls))
        # Which of them wait is a matter of chance, how many is not.
        assert len(done) == 9
        assert host.calls <= 1
        host.stop.set()
        for one in calls:
            one.join(SOON)
        assert len(done) == WAITING + 9


@pytest.mark.fault(14)
def test_known_keys_are_renewed_without_a_wait() -> None:
    """Ten minutes old, they serve on while a fetch is on its way."""
    with JwksHost(publishes(KEYS)) as host:
        watched = Watched(host)
        watched.keys.fetch()
        watched.clock.now += FRESH - 1
        assert watched.keys.find(EC_ID)
        assert host.calls == 1

        watched.told.clear()
        watched.clock.now += 1
        assert watched.keys.find(EC_ID)
        assert watched.told.wait(SOON)
        assert host.calls == 2


@pytest.mark.fault(14)
@pytest.mark.parametrize("name", ["500", "10 MB", "empty set", "hanging", "closed"])
def test_known_keys_outlast_a_broken_host(name: str) -> None:
    """For a day; each failure is counted, and a minute lies between two."""
    behaviour, outcome = BROKEN[name]
    with JwksHost(publishes(KEYS)) as host:
        watched = Watched(host, patience(name))
        watched.keys.fetch()
        host.behaviour = behaviour
        for age in (FRESH, FRESH + INTERVAL):
            watched.clock.now = 1_000.0 + age
            watched.told.clear()
            assert watched.keys.find(EC_ID)
            assert watched.keys.find(EC_ID)
            assert watched.told.wait(SOON)
        assert watched.outcomes == [Outcome.READ, outcome, outcome]
        assert host.calls == 3

        watched.clock.now = 1_000.0 + USABLE - 1
        assert watched.keys.find(EC_ID)
        watched.clock.now += 1
        watched.refuses(EC_ID, Cause.NO_KEYS)


@pytest.mark.fault(14)
def test_a_hanging_host_is_waited_for_once() -> None:
    """The first call of an unknown key waits for it; after that, none does."""
    with JwksHost(hangs) as host:
        watched = Watched(host, PATIENCE)
        watched.refuses(EC_ID, Cause.NO_KEYS)
        watched.clock.now += PATIENCE
        for _ in range(100):
            watched.refuses(EC_ID, Cause.NO_KEYS)
        assert host.calls == 1


@pytest.mark.fault(14)
def test_a_host_that_recovers_is_used_again() -> None:
    """Keys that could not be had at the start are had a minute later."""
    with JwksHost(sends(b"")) as host:
        watched = Watched(host)
        watched.keys.fetch()
        watched.refuses(EC_ID, Cause.NO_KEYS)
        host.behaviour = publishes(KEYS)
        watched.refuses(EC_ID, Cause.NO_KEYS)
        assert host.calls == 2

        watched.clock.now += INTERVAL
        assert watched.keys.find(EC_ID)
