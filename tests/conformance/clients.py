"""What real clients do, over HTTP, on the day the charts of the tests are about."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import time_machine

from cds_service.app import create_app
from cds_service.settings import Settings
from tests.builders import AT, prefetch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

ORIGIN = "https://sandbox.cds-hooks.org"
SELECT, SIGN = "spine-mri-order-select", "spine-mri-order-sign"
ADVICE = "spine-mri.advice"


def service(**settings: Any) -> FlaskClient:
    """Start the service for a browser client of ORIGIN."""
    usual = {"auth": "none", "cors_origins": frozenset({ORIGIN})}
    return create_app(settings=Settings(**{**usual, **settings})).test_client()


@contextmanager
def on_the_day() -> Iterator[None]:
    """Make it the day that the charts are about."""
    with time_machine.travel(AT, tick=True):
        yield


def ask(client: FlaskClient, call: dict[str, Any]) -> Any:
    """Call the service of the call's hook, as a browser does; give its answer."""
    with on_the_day():
        told = post(client, f"/cds-services/spine-mri-{call['hook']}", call)
    assert told.status_code == 200, told.get_data(as_text=True)
    return told.get_json()


def post(client: FlaskClient, path: str, body: Any, **headers: str) -> TestResponse:
    """Post JSON from a page of ORIGIN."""
    return client.post(path, json=body, headers={"Origin": ORIGIN, **headers})


def preflight(client: FlaskClient, method: str, path: str) -> TestResponse:
    """Ask beforehand, as a browser does, without any token."""
    return client.options(
        path,
        headers={
            "Origin": ORIGIN,
            "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": "authorization,content-type",
        },
    )


def by_own_keys(resources: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Answer every query under a key of the client's own, without a self link."""
    return {f"our_{key}": one for key, one in prefetch(resources).items()}


def advised(answer: Any) -> list[str]:
    """List what an answer advises, card by card."""
    told = (card.get("extension", {}).get(ADVICE, {}) for card in answer["cards"])
    return [one["advise"] for one in told if one]


def actions(answer: Any) -> list[Any]:
    """List every action that an answer offers."""
    return [
        action
        for card in answer["cards"]
        for suggestion in card.get("suggestions", ())
        for action in suggestion["actions"]
    ]
