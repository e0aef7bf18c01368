"""GET /cds-services/{id}/source-attributes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cds_service.app import create_app
from cds_service.attributes.page import POLICY
from cds_service.registry import register
from cds_service.settings import Settings
from tests.cds_service.attributes.content import CONTENT
from tests.toy import toy, toy_call

PATH = "/cds-services/toy-order-select/source-attributes"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
ROOT = "https://cds.example/hooks"


def app(**settings: Any) -> Any:
    """Serve a toy that says something of itself, and one that does not."""
    speaking = replace(toy("order-select"), attributes=CONTENT)
    services = register([speaking, toy("order-sign")])
    return create_app(services, Settings(auth="none", **settings)).test_client()


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        ("application/xml", "application/json"),
        ("text/html;q=0.5, application/json", "application/json"),
        (BROWSER, "text/html; charset=utf-8"),
        ("text/html", "text/html; charset=utf-8"),
    ],
)
def test_the_client_chooses(accept: str | None, kind: str) -> None:
    """JSON, unless a page is preferred."""
    told = app().get(PATH, headers={"Accept": accept} if accept else {})

    assert (told.status_code, told.content_type) == (200, kind)
    assert "Accept" in told.headers.getlist("Vary")
    assert told.headers["Cache-Control"] == "no-store"


def test_the_page_has_a_policy_of_its_own() -> None:
    """JSON keeps the closed one; there is one policy, never two."""
    client = app()
    page = client.get(PATH, headers={"Accept": BROWSER})

    name = "Content-Security-Policy"
    assert page.headers.getlist(name) == [POLICY]
    closed = ["default-src 'none'; frame-ancestors 'none'"]
    assert client.get(PATH).headers.getlist(name) == closed


@pytest.mark.parametrize("service", ["toy-order-sign", "none"])
def test_who_says_nothing_is_not_found(service: str) -> None:
    """An id that is unknown, or content without attributes."""
    told = app().get(f"/cds-services/{service}/source-attributes")

    assert told.status_code == 404
    assert told.get_json()["resourceType"] == "OperationOutcome"


def test_the_switches_are_those_of_the_settings() -> None:
    """As they are in force."""
    assert app(shadow=True).get(PATH).get_json()["switches"]["shadow"] is True


def cards_of(hook: str, **settings: Any) -> Any:
    """Call a service, and read its cards."""
    call = toy_call() | {"hook": hook}
    if hook == "order-sign":
        del call["context"]["selections"]
    told = app(**settings).post(f"/cds-services/toy-{hook}", json=call)
    return told.get_json()["cards"]


def test_cards_lead_there_where_the_public_url_is_known() -> None:
    """By source and by a link of its own; nothing else of a card changes."""
    (linked,) = cards_of("order-select", public_url=ROOT)
    (plain,) = cards_of("order-select")

    assert linked["source"].pop("url") == f"{ROOT}{PATH}"
    assert linked["links"].pop() == {
        "label": "About this advice",
        "url": f"{ROOT}{PATH}",
        "type": "absolute",
    }
    assert plain["source"].pop("url") == "https://toy.example"
    assert linked == plain


def test_cards_of_a_silent_content_lead_where_they_did() -> None:
    """No link to what is not there."""
    (card,) = cards_of("order-sign", public_url=ROOT)

    assert card["source"]["url"] == "https://toy.example"
    assert len(card["links"]) == 1
