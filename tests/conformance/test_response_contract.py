"""What every answer must look like: R30 to R44, on all golden vignettes and a toy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID

import orjson
import pytest
from markdown_it import MarkdownIt

from cds_service.app import create_app
from cds_service.settings import Settings
from tests.toy import draft, toy_app, toy_call
from tests.vignettes import FOLDERS, load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

OURS, TOYS = create_app(settings=Settings(auth="none")), toy_app()


def told(app: Flask, service: str, call: dict[str, Any]) -> Any:
    """Ask a service."""
    return app.test_client().post(f"/cds-services/{service}", json=call)


REQUESTS = {
    folder.name: (OURS, load(folder).service, orjson.loads(load(folder).body))
    for folder in FOLDERS
} | {"toy": (TOYS, "toy-order-select", toy_call(draft("1"), draft("2", reasonCode=[])))}
CARDS = [
    pytest.param(asked[-1], card, id=f"{name}-{at}")
    for name, asked in REQUESTS.items()
    for at, card in enumerate(told(*asked).get_json()["cards"])
]
EACH = pytest.mark.parametrize(("request_body", "card"), CARDS)


def actions(card: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Walk the actions of a card."""
    for suggestion in card.get("suggestions", []):
        yield from suggestion["actions"]


def empties(value: Any, where: str) -> Iterator[str]:
    """Find nulls and empties, raw resources apart: those are the client's."""
    if value in (None, "", [], {}):
        yield where
    children = value if isinstance(value, dict) else {}
    if isinstance(value, list):
        children = dict(enumerate(value))
    for name, child in children.items():
        if name != "resource":
            yield from empties(child, f"{where}.{name}")


def is_uuid(text: str) -> bool:
    """Tell whether *text* is a UUID in its plain lower-case form."""
    return str(UUID(text)) == text


def is_absolute(url: str) -> bool:
    """Tell whether *url* is absolute and safe to open."""
    parts = urlsplit(url)
    return parts.scheme == "https" and bool(parts.netloc)


@pytest.mark.parametrize("name", REQUESTS)
def test_r30_success_is_200_with_cards(name: str) -> None:
    """Always present, even when there is nothing to say."""
    response = told(*REQUESTS[name])

    assert response.status_code == 200
    assert isinstance(response.get_json()["cards"], list)


@EACH
def test_r31_r32_summary_and_indicator(
    request_body: dict[str, Any], card: dict[str, Any]
) -> None:
    """One line of at most 139 characters; one of three urgencies."""
    del request_body

    assert 1 <= len(card["summary"]) <= 139
    assert len(card["summary"].splitlines()) == 1
    assert card["indicator"] in {"info", "warning", "critical"}


@EACH
def test_r33_r65_the_source_is_named(
    request_body: dict[str, Any], card: dict[str, Any]
) -> None:
    """Label and topic; what URLs there are, are absolute."""
    del request_body
    source = card["source"]

    assert source["label"]
    assert re.fullmatch(r"[A-Za-z0-9-]{1,100}", source["topic"]["code"])
    assert source["topic"]["system"]
    assert all(is_absolute(source[name]) for name in ("url", "icon") if name in source)


@EACH
def test_r34_detail_is_markdown_without_html(
    request_body: dict[str, Any], card: dict[str, Any]
) -> None:
    """No tag, and no table, which one client shows as raw pipes."""
    del request_body
    told = card.get("detail", "")
    kinds = {
        token.type
        for block in MarkdownIt("gfm-like", {"linkify": False}).parse(told)
        for token in (block, *(block.children or ()))
    }

    assert not kinds & {"html_block", "html_inline", "table_open"}


@EACH
def test_r35_cards_and_suggestions_have_uuids(
    request_body: dict[str, Any], card: dict[str, Any]
) -> None:
    """Lower case, without prefix, no two alike."""
    del request_body
    uuids = [card["uuid"], *(one["uuid"] for one in card.get("suggestions", []))]

    assert all(is_uuid(uuid) for uuid in uuids)


@EACH
def test_r36_r37_r43_suggestions_can_be_chosen(
    request_body: dict[str, Any], card: dict[str, Any]
) -> None:
    """At most one is taken and recommended; no member a client may not know."""
    del request_body
    suggestions = card.get("suggestions", [])
    recommended = [one["isRecommended"] for one in suggestions]

    assert card.get("selectionBehavior") == ("at-most-one" if suggestions else None)
    assert recommended.count(True) <= 1
    assert all(one["label"] and one["actions"] for one in suggestions)
    assert "actionSelectionBehavior" not in str(card)


@EACH
def test_r38_r39_r40_an_update_echoes_the_order(
    request_body: dict[str, Any], card: dict[str, Any]
) -> None:
    """Every member it does not change is as it was received."""
    drafts = {
        entry["resource"]["id"]: entry["resource"]
        for entry in request_body["context"]["draftOrders"]["entry"]
    }
    added = ("reasonCode", "reasonReference")
    changed = {"code", "priority", *added}
    for action in (one for one in actions(card) if one["type"] == "update"):
        resource = action["resource"]
        sent = drafts[resource["id"]]
        kept = sent.keys() - changed
        assert {name: resource[name] for name in kept} == {
            name: sent[name] for name in kept
        }
        for name in added:
            reasons = sent.get(name, [])
            assert resource.get(name, [])[: len(reasons)] == reasons


@EACH
def test_r38_r40_an_action_is_whole(
    request_body: dict[str, Any], card: dict[str, Any]
) -> None:
    """Words always; a resource, or of what is deleted the name of a draft alone."""
    entries = request_body["context"]["draftOrders"]["entry"]
    drafts = {
        f"{one['resource']['resourceType']}/{one['resource']['id']}" for one in entries
    }
    for action in actions(card):
        assert action["description"]
        if action["type"] == "delete":
            assert action["resourceId"] in drafts
            assert "resource" not in action
        else:
            assert action["type"] in {"create", "update"}
            assert action["resource"]["resourceType"]


@EACH
def test_r41_r42_reasons_and_links_are_whole(
    request_body: dict[str, Any], card: dict[str, Any]
) -> None:
    """Code, system and display; label, type and an absolute URL."""
    del request_body
    for reason in card.get("overrideReasons", []):
        assert reason.keys() == {"code", "system", "display"}
    for link in card.get("links", []):
        assert link.keys() == {"label", "url", "type"}
        assert link["type"] == "absolute"
        assert is_absolute(link["url"])


@pytest.mark.parametrize("name", REQUESTS)
def test_r44_nothing_is_null_or_empty(name: str) -> None:
    """But `cards` itself; and no system actions are sent."""
    answer = told(*REQUESTS[name]).get_json()

    assert answer.keys() == {"cards"}
    assert not [where for card in answer["cards"] for where in empties(card, "card")]


@pytest.mark.parametrize("name", REQUESTS)
def test_r35_no_uuid_is_used_twice(name: str) -> None:
    """Within an answer, cards and suggestions are told apart."""
    text = told(*REQUESTS[name]).get_data(as_text=True)
    uuids = re.findall(r'\{"uuid":"([^"]+)"', text)

    assert len(uuids) == len(set(uuids))


@pytest.mark.parametrize("name", REQUESTS)
def test_r68_r70_answers_are_stable_and_compact(name: str) -> None:
    """The same bytes for the same call, without needless whitespace."""
    first, second = (told(*REQUESTS[name]).data for _ in range(2))

    assert first == second
    assert first == orjson.dumps(orjson.loads(first))
