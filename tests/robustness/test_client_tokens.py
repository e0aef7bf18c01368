"""Nobody gets in with a token that a client we trust did not make for this call."""

from __future__ import annotations

import socket
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from cds_service.security.client_jwt import Client
from cds_service.security.unauthorized import Cause, Unauthorized
from tests.forgeries import FORGERIES, Forgery
from tests.tokens import (
    CLINIC,
    EHR,
    FEEDBACK,
    GOOD_TOKENS,
    PATH,
    PUBLIC_URL,
    TENANT,
    Call,
    Remembered,
    client_tokens,
    minted,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 11, 20, 10, 0, 0, 500_000, tzinfo=UTC)
CALL = Call(PATH, NOW.timestamp())
TOKENS = client_tokens()


def rows(*faults: int) -> pytest.MarkDecorator:
    """Parametrize a test by the forgeries of these rows."""
    chosen = [one for one in FORGERIES if one.fault in faults]
    return pytest.mark.parametrize("forgery", chosen, ids=lambda one: one.name)


@pytest.fixture(scope="module")
def listener() -> Iterator[socket.socket]:
    """Listen, on the loopback, for a call that must not come."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        yield server


def refused(forgery: Forgery, call: Call = CALL) -> Unauthorized:
    """Show that a forgery is refused, and why."""
    with pytest.raises(Unauthorized) as caught:
        TOKENS.verify(forgery.headers(call), call.path, NOW)
    assert caught.value.cause is forgery.cause
    return caught.value


@pytest.mark.fault(1, 2, 4, 5, 6, 7, 8)
@rows(1, 2, 4, 5, 6, 7, 8)
def test_a_forged_token_is_refused(forgery: Forgery) -> None:
    """Every row is refused for what is wrong with it, and no token is spent."""
    used = dict(TOKENS.used.used)  # type: ignore[attr-defined]

    refused(forgery)

    assert TOKENS.used.used == used  # type: ignore[attr-defined]


@pytest.mark.fault(3)
@rows(3)
def test_a_token_brings_no_key(forgery: Forgery, listener: socket.socket) -> None:
    """A key in a header or at its URL is not used, and the URL is not called."""
    host, port = listener.getsockname()

    refused(forgery, Call(PATH, CALL.now, f"http://{host}:{port}/keys"))

    with pytest.raises(BlockingIOError):
        listener.accept()


@pytest.mark.fault(15)
@rows(1, 2, 3, 4, 5, 6, 7, 8)
def test_a_refusal_says_its_cause_and_nothing_else(forgery: Forgery) -> None:
    """Nothing of a token is in the error, nor in one that it came from."""
    error = refused(forgery)

    assert str(error) == forgery.cause.value
    assert error.__cause__ is None
    assert error.__context__ is None or error.__suppress_context__


@pytest.mark.parametrize("name", GOOD_TOKENS)
def test_a_real_clients_token_is_accepted(name: str) -> None:
    """What real clients send, and what the specifications leave to them."""
    client = TOKENS.verify(GOOD_TOKENS[name](CALL), PATH, NOW)

    tenant = TENANT if name == "a listed tenant" else None
    assert client == Client(CLINIC if tenant else EHR, tenant)


@pytest.mark.fault(7)
@pytest.mark.parametrize(
    ("seconds", "accepted"),
    [(-61, False), (-29, True), (0, True), (29, True), (61, False)],
)
def test_clocks_may_differ_by_the_leeway(seconds: int, *, accepted: bool) -> None:
    """Half a minute apart is usual, more than a minute is not."""
    later = Call(PATH, CALL.now + seconds)
    made = int(later.now)
    # Behind: it expired that long ago. Ahead: it is issued in that time.
    behind = minted(later, iat=made - 300, exp=made)
    headers = behind if seconds < 0 else minted(later, iat=made)

    if accepted:
        assert TOKENS.verify(headers, PATH, NOW)
    else:
        with pytest.raises(Unauthorized):
            TOKENS.verify(headers, PATH, NOW)


@pytest.mark.fault(7)
def test_the_last_instant_of_a_token() -> None:
    """A token holds until the leeway is over, and not at that instant."""
    whole = NOW.replace(microsecond=0)
    at = int(whole.timestamp())
    ends_now = minted(CALL, iat=at - 300, exp=at - 60)
    ends_then = minted(CALL, iat=at - 300, exp=at - 59)

    with pytest.raises(Unauthorized, match=Cause.EXPIRED):
        TOKENS.verify(ends_now, PATH, whole)
    assert TOKENS.verify(ends_then, PATH, whole)


def test_a_token_is_used_once() -> None:
    """The same token again is refused; another issuer's of that jti is not."""
    tokens = client_tokens()
    headers = minted(CALL, jti="the-same")
    tokens.verify(headers, PATH, NOW)

    with pytest.raises(Unauthorized, match=Cause.REPLAY):
        tokens.verify(headers, PATH, NOW)
    with pytest.raises(Unauthorized, match=Cause.REPLAY):
        tokens.verify(minted(CALL, jti="the-same"), PATH, NOW)


def test_a_used_token_is_remembered_until_it_has_expired() -> None:
    """No sooner is it forgotten than it is refused anyway."""
    tokens = client_tokens()
    used = tokens.used
    assert isinstance(used, Remembered)
    tokens.verify(minted(CALL, exp=CALL.now + 10.25, jti="once"), PATH, NOW)

    until = used.used[EHR, "once"]

    assert until.timestamp() == CALL.now + 10.5 + 60
    with pytest.raises(Unauthorized, match=Cause.EXPIRED):
        tokens.verify(minted(CALL, exp=CALL.now + 10.25), PATH, until)


@pytest.mark.fault(5)
def test_feedback_may_be_made_out_to_its_service() -> None:
    """On /feedback the service's URL counts too; on the service, feedback's does not."""
    call = Call(FEEDBACK, CALL.now)

    assert TOKENS.verify(minted(call), FEEDBACK, NOW)
    assert TOKENS.verify(minted(CALL), FEEDBACK, NOW)
    with pytest.raises(Unauthorized, match=Cause.AUDIENCE):
        TOKENS.verify(minted(call), PATH, NOW)


@pytest.mark.fault(5)
def test_a_service_called_feedback_is_no_feedback_of_discovery() -> None:
    """A token made out to discovery opens no service, however it is called."""
    path = "/cds-services/feedback"
    discovery = Call("/cds-services", CALL.now)

    with pytest.raises(Unauthorized, match=Cause.AUDIENCE):
        TOKENS.verify(minted(discovery), path, NOW)
    assert TOKENS.verify(minted(discovery), discovery.path, NOW)


@pytest.mark.fault(5)
def test_an_alias_counts_as_our_url() -> None:
    """A site may say how else clients write where the service is."""
    alias = "https://proxy.example.org/cds"
    tokens = client_tokens(aliases=(alias,))

    assert tokens.verify(minted(CALL, aud=f"{alias}{PATH}"), PATH, NOW)
    assert tokens.verify(minted(CALL, aud=f"{PUBLIC_URL}{PATH}"), PATH, NOW)
