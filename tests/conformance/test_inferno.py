"""What the Inferno CRD test kit asks of a server, on every card of every vignette."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import uuid4

import orjson
import pytest
import time_machine

from cds_service.app import create_app
from cds_service.settings import Settings
from cds_service.store.opening import open_store
from tests.conformance.clients import post, service
from tests.tokens import (
    EHR,
    PUBLIC_URL,
    Call,
    bearer,
    claims,
    ec_key,
    header,
    issuers,
    rsa_key,
    signed,
)
from tests.vignettes import FOLDERS, load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient

SHAPES = {
    "as for everyone": service(),
    "with ratings": service(pama_gcode="example-gcode"),
    "as CRD": service(davinci_crd=True),
    "with ratings, as CRD": service(pama_gcode="example-gcode", davinci_crd=True),
    "as Epic": service(pama_gcode="example-gcode"),
}
EPIC = {"com.epic.cdshooks.request.x": "1"}


def answers() -> Iterator[tuple[str, Any, Any]]:
    """Call with every vignette in every shape; name, request and response."""
    for folder in FOLDERS:
        vignette = load(folder)
        body = orjson.loads(vignette.body)
        for shape, client in SHAPES.items():
            sent = body | {"extension": EPIC} if shape == "as Epic" else body
            with time_machine.travel(vignette.at, tick=True):
                told = post(client, f"/cds-services/{vignette.service}", sent)
            assert told.status_code == 200
            yield f"{folder.name}, {shape}", body, told.get_json()


@pytest.fixture(scope="module", name="all_answers")
def every_answer() -> list[tuple[str, Any, Any]]:
    """Ask once."""
    return list(answers())


def empties(value: Any, where: str) -> Iterator[str]:
    """Find members without a value; a resource is the client's own."""
    if value in (None, "", [], {}):
        yield where
    children: Any = value.items() if isinstance(value, dict) else ()
    children = enumerate(value) if isinstance(value, list) else children
    for name, child in children:
        if name != "resource":
            yield from empties(child, f"{where}.{name}")


def card_faults(card: dict[str, Any]) -> Iterator[str]:
    """Find what the kit would object to in a card, but for its actions."""
    source = card["source"]
    topic = source["topic"]
    checks = {
        "summary": 0 < len(card["summary"]) < 140,
        "indicator": card["indicator"] in {"info", "warning", "critical"},
        "label": bool(source["label"]),
        "topic": bool(topic["code"] and topic["system"]),
        "behavior": ("suggestions" in card) == ("selectionBehavior" in card),
        "values": card.get("selectionBehavior", "any") in {"any", "at-most-one"},
        "reasons": all(
            one["code"] and one["system"] and one["display"]
            for one in card.get("overrideReasons", ())
        ),
        "links": all(map(is_sound, card.get("links", ()))),
    }
    yield from (name for name, holds in checks.items() if not holds)
    yield from empties(card, "card")


def is_sound(link: dict[str, Any]) -> bool:
    """Whether a link is whole, and absolute."""
    absolute = link["type"] == "absolute" and "appContext" not in link
    return bool(link["label"]) and absolute and bool(urlsplit(link["url"]).netloc)


def is_whole(action: dict[str, Any], drafts: set[str]) -> bool:
    """Whether an action can be done to the drafts."""
    kind, resource = action["type"], action.get("resource", {})
    name = f"{resource.get('resourceType')}/{resource.get('id')}"
    done = {
        "create": bool(resource.get("resourceType")) and "id" not in resource,
        "update": name in drafts,
        "delete": action.get("resourceId") in drafts and not resource,
    }
    return bool(action["description"]) and done[kind]


def test_every_card_passes(all_answers: list[tuple[str, Any, Any]]) -> None:
    """In whatever shape it is written."""
    faults = [
        (name, fault)
        for name, _, answer in all_answers
        for card in answer["cards"]
        for fault in card_faults(card)
    ]

    assert faults == []


def test_every_action_passes(all_answers: list[tuple[str, Any, Any]]) -> None:
    """An update is of a draft, a delete names one, and no suggestion is empty."""
    faults: list[tuple[str, Any]] = []
    for name, body, answer in all_answers:
        entries = body["context"]["draftOrders"]["entry"]
        sent = [one["resource"] for one in entries]
        drafts = {f"{one['resourceType']}/{one['id']}" for one in sent}
        offers = [
            one for card in answer["cards"] for one in card.get("suggestions", ())
        ]
        done = [action for one in offers for action in one["actions"]]
        faults += [
            (name, action)
            for action in (*done, *answer.get("systemActions", ()))
            if not is_whole(action, drafts)
        ]
        assert all(one["actions"] and one["label"] and one["uuid"] for one in offers)

    assert faults == []


def test_names_are_used_once(all_answers: list[tuple[str, Any, Any]]) -> None:
    """Within an answer, in every dialect."""
    for name, _, answer in all_answers:
        cards = answer["cards"]
        offers = [one for card in cards for one in card.get("suggestions", ())]
        uuids = [one["uuid"] for one in (*cards, *offers)]
        assert len(uuids) == len(set(uuids)), name


def test_ratings_are_those_of_the_guide(
    all_answers: list[tuple[str, Any, Any]],
) -> None:
    """The coding first, G-code, number; no other code, and some of each of the three."""
    url = "http://fhir.org/argonaut/Extension/pama-rating"
    codes: set[str] = set()
    for name, _, answer in all_answers:
        for action in answer.get("systemActions", ()):
            rating, by, number, *_ = action["resource"]["extension"]
            (coding,) = rating["valueCodeableConcept"]["coding"]
            assert rating["url"] == url, name
            assert by == {
                "url": f"{url}-qcdsm-consulted",
                "valueString": "example-gcode",
            }
            assert number["valueUri"].startswith("urn:uuid:")
            codes.add(coding["code"])

    assert codes == {"appropriate", "not-appropriate", "no-criteria-apply"}


@pytest.fixture(name="guarded")
def asking_who_calls(tmp_path: Path) -> Iterator[FlaskClient]:
    """A service that asks for tokens."""
    store = open_store(f"sqlite:///{tmp_path}/store.sqlite")
    settings = Settings(issuers=issuers(), public_url=PUBLIC_URL)
    yield create_app(settings=settings, store=store).test_client()
    store.close()


@pytest.mark.parametrize("algorithm", ["ES384", "RS384"])
def test_its_tokens_open(algorithm: str, guarded: FlaskClient) -> None:
    """Either algorithm, a jti in hex, five minutes, a jku of its own host."""
    key = ec_key() if algorithm == "ES384" else rsa_key()
    vignette = load(FOLDERS[0])
    path = f"/cds-services/{vignette.service}"
    sent = claims(Call(path, time.time()), iss=EHR, jti=uuid4().hex)
    head = header(key, jku="https://inferno.example.org/jwks.json")
    (authorization,) = bearer(signed(head, sent, key))

    told = post(guarded, path, orjson.loads(vignette.body), Authorization=authorization)

    assert told.status_code == 200
