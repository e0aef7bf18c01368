"""The public CDS Hooks Sandbox: what its PAMA Imaging screen sends and can show."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from cds_service.app import create_app
from cds_service.settings import Settings
from cds_service.store.opening import open_store
from tests.builders import PATIENT_ID, SUBJECT, condition, observation, prefetch
from tests.conformance.clients import (
    ORIGIN,
    SELECT,
    SIGN,
    advised,
    ask,
    on_the_day,
    post,
    preflight,
    service,
)
from tests.tokens import Call, bearer, claims, ec_key, header, public, signed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from flask.testing import FlaskClient

CPT, SNOMED = "http://www.ama-assn.org/go/cpt", "http://snomed.info/sct"
RATING = "http://fhir.org/argonaut/Extension/pama-rating"
KEY_ID = "44823f3d-0b01-4a6c-a80e-b9d3e8a7226f"
BASE = "http://127.0.0.1:8000"
LOW_BACK_PAIN, DISCITIS, SADDLE = "279039007", "2304001", "192970008"
# The spine MRIs of its list, by region: without, with, without and with contrast.
LISTED = ("72141 72142 72156", "72146 72147 72157", "72148 72149 72158")
CALLED = [
    ("GET", "/cds-services"),
    ("POST", f"/cds-services/{SELECT}"),
    ("POST", f"/cds-services/{SIGN}"),
    ("POST", f"/cds-services/{SELECT}/feedback"),
]


def order(code: str = "", reasons: Iterable[str] = ()) -> dict[str, Any]:
    """Draft an order on its screen; the first one is empty."""
    coding = {"system": CPT, "code": code, "display": f"Study {code}"} if code else {}
    return {
        "resourceType": "ServiceRequest",
        "id": "example-request-id",
        "status": "draft",
        "intent": "plan",
        "code": {"coding": [coding]},
        "subject": SUBJECT,
        "reasonCode": [
            {"coding": [{"system": SNOMED, "code": one}]} for one in reasons
        ],
    }


def call(
    drafted: dict[str, Any],
    chart: Iterable[dict[str, Any]] = (),
    hook: str = "order-select",
) -> dict[str, Any]:
    """Call as its browser does, with what its prefetch found."""
    return {
        "hookInstance": "0e8ad2d8-4b04-4b0b-8d3a-bb4b9e4a7b06",
        "hook": hook,
        "fhirServer": f"{BASE}/fhir/R4",
        "context": {
            "patientId": PATIENT_ID,
            "userId": "Practitioner/COREPRACTITIONER1",
            "selections": ["ServiceRequest/example-request-id"],
            "draftOrders": {
                "resourceType": "Bundle",
                "entry": [{"resource": drafted}],
            },
        },
        "prefetch": prefetch(chart),
    }


@pytest.fixture(scope="module", name="rated")
def with_gcode() -> FlaskClient:
    """A service that rates."""
    return service(pama_gcode="example-gcode")


def taken(answer: Any, label: str) -> dict[str, Any]:
    """Accept a suggestion, reading of its order what the screen reads."""
    found = (one for card in answer["cards"] for one in card.get("suggestions", ()))
    chosen = next(one for one in found if one["label"].startswith(label))
    (action,) = (one for one in chosen["actions"] if one["type"] == "update")
    resource: dict[str, Any] = action["resource"]
    study = resource["code"]["coding"][0]
    reasons = [one["coding"][0]["code"] for one in resource["reasonCode"]]
    assert ratings(resource)[0] in {"appropriate", "not-appropriate"}
    assert study["system"] == CPT
    return order(study["code"], reasons)


def ratings(resource: dict[str, Any]) -> list[str]:
    """Read ratings as the screen does: the codes of the first extension of the name."""
    return [
        coding["code"]
        for one in resource.get("extension", ())
        if one["url"] == RATING
        for coding in one["valueCodeableConcept"]["coding"]
    ]


def box(answer: Any) -> str:
    """Fill the rating box, which reads `extension.systemActions` alone."""
    actions = answer.get("extension", {}).get("systemActions", [])
    updates = [one["resource"] for one in actions if one["type"] == "update"]
    return next((one for each in updates for one in ratings(each)), "unknown")


def test_the_first_order_is_empty(rated: FlaskClient) -> None:
    """Sent as soon as the screen opens: nothing to say about it."""
    assert ask(rated, call(order())) == {"cards": []}


@pytest.mark.parametrize("hook", ["order-select", "order-sign"])
@pytest.mark.parametrize("code", " ".join(LISTED).split())
def test_every_spine_mri_of_its_list_is_judged(
    code: str, hook: str, rated: FlaskClient
) -> None:
    """One card each, about this order."""
    answer = ask(rated, call(order(code, [LOW_BACK_PAIN]), hook=hook))

    assert len(advised(answer)) == 1


@pytest.mark.parametrize(("method", "path"), CALLED)
def test_a_browser_may_call(method: str, path: str, rated: FlaskClient) -> None:
    """The preflight passes without a token, and is remembered for a while."""
    told = preflight(rated, method, path)

    assert told.status_code == 204
    assert told.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert method in told.headers["Access-Control-Allow-Methods"]
    assert "Authorization" in told.headers["Access-Control-Allow-Headers"]
    assert int(told.headers["Access-Control-Max-Age"]) > 0


@pytest.mark.parametrize(
    "path", [f"/cds-services//{SELECT}", f"/cds-services/{SELECT}/"]
)
def test_a_slash_in_the_configured_url_is_no_redirect(
    path: str, rated: FlaskClient
) -> None:
    """A preflight does not survive one."""
    assert post(rated, path, call(order())).status_code == 200


def test_errors_can_be_read_by_the_page(rated: FlaskClient) -> None:
    """CORS stands on them too."""
    told = post(rated, f"/cds-services/{SELECT}", {"hook": "order-select"})

    assert told.status_code == 400
    assert told.headers["Access-Control-Allow-Origin"] == ORIGIN


def test_accepting_ends_in_calm(rated: FlaskClient) -> None:
    """The better order is taken, rated, and not brought up again."""
    chart = [condition("M46.46", "10 days")]
    first = ask(rated, call(order("72148", [LOW_BACK_PAIN]), chart))

    better = taken(first, "Order MRI")
    then = ask(rated, call(better, chart))

    assert advised(first) == ["change"]
    assert advised(then) == ["for"]
    assert box(then) == "appropriate"
    labels = [one["label"] for one in then["cards"][0].get("suggestions", ())]
    assert not [one for one in labels if one.startswith("Order MRI")]


@pytest.mark.parametrize("code", " ".join(LISTED).split())
@pytest.mark.parametrize(
    "reason", [LOW_BACK_PAIN, DISCITIS, SADDLE, "71286001", "94602001", "386661006"]
)
def test_every_update_can_be_accepted(
    code: str, reason: str, rated: FlaskClient
) -> None:
    """Each has a first coding, reasons and a rating: without them the page throws."""
    answer = ask(rated, call(order(code, [reason])))
    offers = [one for card in answer["cards"] for one in card.get("suggestions", ())]

    for offer in offers:
        for action in (one for one in offer["actions"] if one["type"] == "update"):
            assert ratings(action["resource"])
            assert action["resource"]["code"]["coding"][0]["code"]
            assert isinstance(action["resource"]["reasonCode"], list)


@pytest.mark.parametrize(
    ("code", "chart", "expected"),
    [
        ("72148", [condition("M54.50", "10 days")], "not-appropriate"),
        ("72148", [condition("449813001", "2 days")], "appropriate"),
        ("72158", [condition("M46.46", "10 days")], "appropriate"),
        ("72148", [condition("G35.A", "900 days")], "no-criteria-apply"),
    ],
    ids=["simple pain", "saddle numbness", "infection", "outside the rules"],
)
def test_the_rating_box_is_filled(
    code: str, chart: list[dict[str, Any]], expected: str, rated: FlaskClient
) -> None:
    """From where the page looks, and the same where the specification has it."""
    answer = ask(rated, call(order(code, [LOW_BACK_PAIN]), chart))

    assert box(answer) == expected
    assert answer["systemActions"] == answer["extension"]["systemActions"]


def test_no_rating_without_enough_to_see(rated: FlaskClient) -> None:
    """What is undetermined must not be rated."""
    asked = call(order("72148", [LOW_BACK_PAIN]))
    asked["prefetch"] = {"patient": asked["prefetch"]["patient"]}

    answer = ask(rated, asked)

    assert advised(answer) == ["uncertain"]
    assert answer.keys() == {"cards"}


def test_a_rating_changes_nothing_else_and_is_the_same_again(
    rated: FlaskClient,
) -> None:
    """Extensions of others stay, an earlier rating goes, the number is of the call."""
    others = {"url": "urn:x", "valueString": "kept"}
    earlier = {"url": RATING, "valueCodeableConcept": {"coding": [{"code": "old"}]}}
    sent = order("72148", [LOW_BACK_PAIN]) | {"extension": [others, earlier]}
    asked = call(sent, [condition("M54.50", "10 days")])

    first, second = ask(rated, asked), ask(rated, asked)

    (action,) = first["systemActions"]
    written = action["resource"].pop("extension")
    assert first["systemActions"][0].keys() == {"type", "description", "resource"}
    assert action["resource"] == {k: v for k, v in sent.items() if k != "extension"}
    names = [one["url"].removeprefix(RATING) for one in written]
    assert names == ["urn:x", "", "-qcdsm-consulted", "-consult-id", "-auc-applied"]
    assert written[2]["valueString"] == "example-gcode"
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", written[3]["valueUri"])
    assert second["systemActions"][0]["resource"]["extension"] == written


def test_nothing_is_rated_without_a_gcode() -> None:
    """Nobody is accredited by accident."""
    answer = ask(service(), call(order("72148", [LOW_BACK_PAIN])))

    assert answer.keys() == {"cards"}
    assert RATING not in orjson.dumps(answer).decode()


def test_what_stays_in_the_shadow_is_not_written_on_orders() -> None:
    """Neither are cards shown nor ratings given."""
    shadow = service(pama_gcode="example-gcode", shadow=True)
    sent = call(order("72148", [LOW_BACK_PAIN]), [condition("M54.50", "10 days")])

    assert ask(shadow, sent) == {"cards": []}


def test_a_quiet_service_rates_all_the_same() -> None:
    """The card that only agrees is left out, the rating is not."""
    quiet = service(pama_gcode="example-gcode", quiet=True)
    chart = [condition("449813001", "2 days")]
    drafted = order("72148") | {"priority": "stat"}

    answer = ask(quiet, call(drafted, chart))

    assert box(answer) == "appropriate"


def test_words_of_the_chart_are_no_markup(rated: FlaskClient) -> None:
    """The page shows HTML in `detail` as HTML."""
    evil = "<img src=x onerror=alert(1)>"
    lab = observation("1988-5", "88 mg/L", "1 day", code={"text": evil})
    drafted = order("72148", [LOW_BACK_PAIN])
    drafted["reasonCode"][0]["text"] = evil

    answer = ask(rated, call(drafted, [condition("M46.46"), lab]))

    assert all("<img" not in card["detail"] for card in answer["cards"])


@pytest.mark.parametrize(
    "item",
    [
        {"outcome": "accepted", "acceptedSuggestions": [{"id": "x"}]},
        {"outcome": "overridden", "overrideReason": {"reason": {"code": "a"}}},
        {
            "outcome": "overridden",
            "overrideReason": {"reason": {"code": "a", "system": "urn:b"}},
        },
        {"outcome": "overridden"},
    ],
)
def test_its_feedback_is_taken(item: dict[str, Any], rated: FlaskClient) -> None:
    """A reason comes without its words, or not at all."""
    stamped = {"card": "c", "outcomeTimestamp": "2026-11-24T20:00:00.000Z"} | item
    told = post(rated, f"/cds-services/{SELECT}/feedback", {"feedback": [stamped]})

    assert told.status_code == 200
    assert told.headers["Access-Control-Allow-Origin"] == ORIGIN


def test_its_token_opens_when_its_keys_are_given(tmp_path: Path) -> None:
    """As a file, since it publishes none that could be fetched from a closed net."""
    key, stranger = ec_key(KEY_ID), ec_key("stranger")
    keys = tmp_path / "sandbox.jwks.json"
    keys.write_bytes(orjson.dumps(public(key)))
    store = open_store(f"sqlite:///{tmp_path}/store.sqlite")
    settings = Settings.model_validate(
        {
            "issuers": [{"iss": ORIGIN, "jwks_file": str(keys)}],
            "public_url": BASE,
            "cors_origins": frozenset({ORIGIN}),
        }
    )
    client = create_app(settings=settings, store=store).test_client()

    def authorization(path: str, by: Any) -> str:
        sent = claims(Call(path, time.time()), iss=ORIGIN, aud=f"{BASE}{path}")
        head = header(by, jku=f"{ORIGIN}/.well-known/jwks.json", kid=KEY_ID)
        return bearer(signed(head, sent, by))[0]

    path = f"/cds-services/{SELECT}"
    with on_the_day():
        good = post(client, path, call(order()), Authorization=authorization(path, key))
        bad = post(
            client, path, call(order()), Authorization=authorization(path, stranger)
        )
    store.close()

    assert (good.status_code, bad.status_code) == (200, 401)
    assert bad.headers["Access-Control-Allow-Origin"] == ORIGIN
