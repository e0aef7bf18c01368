"""Over HTTP: who is answered, and that nobody else learns anything."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from structlog.testing import capture_logs

from cds_service.app import create_app
from cds_service.registry import register
from cds_service.settings import Settings
from cds_service.store.opening import open_store
from tests.forgeries import FORGERIES
from tests.tokens import GOOD_TOKENS, PUBLIC_URL, Call, issuers, minted
from tests.toy import toy, toy_call

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient

    from cds_service.store.opening import Store
    from tests.forgeries import Forgery

SERVICE = "/cds-services/toy-order-select"
FEEDBACK = f"{SERVICE}/feedback"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Open a store of its own."""
    folder = tmp_path_factory.mktemp("store")
    opened = open_store(f"sqlite:///{folder}/store.sqlite")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def client(store: Store) -> FlaskClient:
    """Build a service that asks who calls."""
    settings = Settings(
        issuers=issuers(),
        public_url=PUBLIC_URL,
        cors_origins=frozenset({"https://ehr.example.org"}),
    )
    services = register([toy("order-select"), toy("order-sign")])
    return create_app(services, settings, store).test_client()


def sent(client: FlaskClient, authorization: tuple[str, ...], path: str) -> Any:
    """Call, with these Authorization headers."""
    headers = [("Authorization", one) for one in authorization]
    return client.post(path, json=toy_call(), headers=headers)


def now(path: str = SERVICE) -> Call:
    """Make a call of this moment."""
    return Call(path, time.time())


@pytest.mark.parametrize("name", GOOD_TOKENS)
def test_a_known_client_is_answered(name: str, client: FlaskClient) -> None:
    """By cards."""
    told = sent(client, GOOD_TOKENS[name](now()), SERVICE)

    assert told.status_code == 200
    assert told.get_json()["cards"]


@pytest.fixture(scope="module")
def nobody(client: FlaskClient) -> Any:
    """What a caller without any token is told."""
    return client.post(SERVICE, json=toy_call())


@pytest.mark.fault(1, 2, 4, 5, 6, 8, 15)
@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda one: one.name)
def test_all_others_are_told_the_same(
    forgery: Forgery, client: FlaskClient, nobody: Any
) -> None:
    """One status, one body, one set of headers; only the log has the cause."""
    with capture_logs() as logged:
        told = sent(client, forgery.headers(now()), SERVICE)

    assert told.status_code == 401
    assert told.data == nobody.data
    assert dict(told.headers) == dict(nobody.headers)
    assert told.headers["WWW-Authenticate"] == "Bearer"
    (line,) = logged
    assert line == {
        "event": "unauthorized",
        "log_level": "warning",
        "cause": forgery.cause.value,
    }


@pytest.mark.fault(10)
def test_a_token_is_good_for_one_call(client: FlaskClient) -> None:
    """Whichever endpoint it is tried on again."""
    token = minted(now())

    assert sent(client, token, SERVICE).status_code == 200
    assert sent(client, token, SERVICE).status_code == 401


def test_who_calls_is_asked_before_what_is_called(client: FlaskClient) -> None:
    """Whoever is not known cannot find out what there is."""
    for path in ("/cds-services/nothing-here", FEEDBACK, f"{SERVICE}x/feedback"):
        assert sent(client, (), path).status_code == 401


def test_feedback_is_asked_too(client: FlaskClient) -> None:
    """With a token made out to it, or to its service."""
    accepted = {
        "card": "4e0a3a1e-3283-4575-ab82-028d55fe2719",
        "outcome": "accepted",
        "acceptedSuggestions": [{"id": "e56e1945-20b3-4393-8503-a1a20fd73152"}],
        "outcomeTimestamp": "2026-11-20T10:00:00Z",
    }
    for path in (FEEDBACK, SERVICE):
        (authorization,) = minted(now(path))
        told = client.post(
            FEEDBACK,
            json={"feedback": [accepted]},
            headers={"Authorization": authorization},
        )
        assert told.status_code == 200


def test_discovery_and_health_are_open(client: FlaskClient) -> None:
    """Nothing in them is about a patient."""
    assert client.get("/cds-services").status_code == 200
    assert client.get("/health/live").status_code == 200


def test_preflights_are_not_asked_and_errors_have_their_headers(
    client: FlaskClient,
) -> None:
    """A browser cannot send a token with a preflight, and must be able to read 401."""
    origin = {"Origin": "https://ehr.example.org"}
    asked = origin | {"Access-Control-Request-Method": "POST"}
    for path in ("/cds-services", SERVICE, FEEDBACK):
        assert client.options(path, headers=asked).status_code == 204
    refused = client.post(SERVICE, json=toy_call(), headers=origin)

    assert refused.status_code == 401
    assert refused.headers["Access-Control-Allow-Origin"] == origin["Origin"]


@pytest.mark.fault(11)
def test_without_the_store_nobody_is_answered(tmp_path: Path) -> None:
    """503 rather than a call that might be a thief's; it mends itself."""
    folder = tmp_path / "kept"
    folder.mkdir()
    opened = open_store(f"sqlite:///{folder}/store.sqlite")
    settings = Settings(issuers=issuers(), public_url=PUBLIC_URL)
    client = create_app(register([toy("order-select")]), settings, opened).test_client()
    assert sent(client, minted(now()), SERVICE).status_code == 200
    opened.close()
    folder.rename(tmp_path / "gone")

    refused = sent(client, minted(now()), SERVICE)
    (tmp_path / "gone").rename(folder)
    again = [sent(client, minted(now()), SERVICE).status_code for _ in range(2)]
    opened.close()

    assert refused.status_code == 503
    assert refused.headers["Retry-After"]
    assert refused.get_json()["issue"][0]["code"] == "transient"
    assert again[-1] == 200
