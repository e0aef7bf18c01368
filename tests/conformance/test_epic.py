"""Epic: what its CDS Hooks client sends, and the answers it can show."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

import pytest

from cds_service.app import create_app
from cds_service.settings import Settings
from cds_service.store.opening import open_store
from tests.builders import PATIENT_ID, condition, draft, observation, patient, prefetch
from tests.conformance.clients import (
    SELECT,
    actions,
    advised,
    ask,
    by_own_keys,
    post,
    service,
)
from tests.tokens import PUBLIC_URL, Call, issuers, like_epic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from flask.testing import FlaskClient

HOST = "https://epicproxy.example.org/api/FHIR/R4"
LONG = "e" + "Kq7-x_Zp3." * 18 + "wB3"
MARKS = {
    "com.epic.cdshooks.request.bpa-trigger-action": "19",
    "com.epic.cdshooks.request.cds-hooks-specification-version": "1.1",
    "com.epic.cdshooks.request.criteria-evaluation": "x",
}
INFECTED = (condition("M46.46", "10 days"), observation("1988-5", "88 mg/L"))
EMPTY = {
    "resourceType": "Bundle",
    "type": "searchset",
    "total": 0,
    "entry": [
        {
            "fullUrl": "urn:uuid:00000000-0000-0000-0000-000000000001",
            "resource": {
                "resourceType": "OperationOutcome",
                "issue": [
                    {
                        "severity": "warning",
                        "code": "processing",
                        "details": {"text": "Resource request returns no results."},
                    }
                ],
            },
            "search": {"mode": "outcome"},
        }
    ],
}
CLIENT = service()


def order(**members: Any) -> dict[str, Any]:
    """Draft an order as its Sandbox shows it: an object for a list, bare names."""
    return draft(
        id=LONG,
        subject={"reference": f"{HOST}/Patient/{PATIENT_ID}", "display": "Test, Ann"},
        category={"coding": [{"system": "urn:x", "code": "imaging"}]},
        requester={
            "extension": [
                {
                    "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
                    "valueCode": "unknown",
                }
            ]
        },
        identifier=[{"use": "usual", "system": "urn:oid:1.2.840.114350.1"}],
        **members,
    )


def absolute(resource: dict[str, Any]) -> dict[str, Any]:
    """Refer to the patient by a whole URL."""
    return resource | {"subject": {"reference": f"{HOST}/Patient/{PATIENT_ID}"}}


def call(
    drafted: dict[str, Any], chart: Iterable[dict[str, Any]] = (), **members: Any
) -> dict[str, Any]:
    """Call as Epic does."""
    answered = prefetch(absolute(one) for one in chart)
    made: dict[str, Any] = {
        "hook": "order-select",
        "hookInstance": "b1c0a3d4-2a51-11ef-9f0e-0050568b1d2c",
        "fhirServer": HOST,
        "context": {
            "userId": f"Practitioner/{LONG}",
            "patientId": PATIENT_ID,
            "encounterId": LONG,
            "selections": [f"ServiceRequest/{LONG}"],
            "draftOrders": {
                "resourceType": "Bundle",
                "entry": [
                    {"fullUrl": f"{HOST}/ServiceRequest/{LONG}", "resource": drafted}
                ],
            },
        },
        "prefetch": {
            key: one if one.get("entry") or key == "patient" else EMPTY
            for key, one in answered.items()
        },
        "extension": MARKS,
    }
    return made | members


def test_ids_are_as_long_as_it_has_them() -> None:
    """Some 190 characters."""
    assert len(LONG) > 180


@pytest.mark.parametrize(
    "selection", [f"ServiceRequest/{LONG}", f"{HOST}/ServiceRequest/{LONG}", LONG]
)
def test_its_calls_are_answered(selection: str) -> None:
    """Absolute references, an object for an array, a requester who is nobody."""
    asked = call(order(), INFECTED)
    asked["context"]["selections"] = [selection]

    assert advised(ask(CLIENT, asked)) == ["change"]


def test_an_empty_search_is_an_answer() -> None:
    """Its Bundle holds an OperationOutcome, and the query did not fail."""
    answer = ask(CLIENT, call(order(), [condition("M54.50", "10 days")]))

    assert advised(answer) == ["against"]


def test_an_id_of_the_patient_may_be_long() -> None:
    """In context, references and chart alike."""
    chart = [condition("M46.46") | {"subject": {"reference": f"Patient/{LONG}"}}]
    asked = call(order(), chart)
    asked["context"]["patientId"] = LONG
    drafted = asked["context"]["draftOrders"]["entry"][0]["resource"]
    drafted["subject"]["reference"] = f"{HOST}/Patient/{LONG}"
    for entry in asked["prefetch"]["conditions"]["entry"]:
        entry["resource"]["subject"]["reference"] = f"{HOST}/Patient/{LONG}"
    asked["prefetch"]["patient"] = patient(id=LONG)

    assert advised(ask(CLIENT, asked)) == ["change"]


def test_every_suggestion_is_one_action_and_any_may_be_taken() -> None:
    """New orders are created and the old one is deleted; nothing is updated."""
    (card,) = ask(CLIENT, call(order(), INFECTED))["cards"]

    offers = card["suggestions"]
    kinds = [one["type"] for offer in offers for one in offer["actions"]]
    assert card["selectionBehavior"] == "any"
    assert all(len(one["actions"]) == 1 for one in offers)
    assert set(kinds) == {"create", "delete"}
    assert kinds[-1] == "delete"
    assert kinds.count("delete") == 1
    assert len({one["uuid"] for one in offers}) == len(offers)
    assert all(one["label"] and one["uuid"] for one in offers)


def test_the_new_order_takes_the_place_of_the_old() -> None:
    """Both are preselected, and neither carries the other's name."""
    (card,) = ask(CLIENT, call(order(), INFECTED))["cards"]

    (made, gone) = (one for one in card["suggestions"] if one["isRecommended"])
    (create,), (delete,) = made["actions"], gone["actions"]
    assert create["resource"]["code"]["coding"][0]["code"] == "72158"
    assert not create["resource"].keys() & {"id", "meta", "identifier"}
    assert create["resource"]["subject"] == order()["subject"]
    assert delete.keys() == {"type", "description", "resourceId"}
    assert delete["resourceId"] == f"ServiceRequest/{LONG}"


def test_giving_up_the_order_stays_one_click() -> None:
    """The same delete as for everyone, offered once."""
    (card,) = ask(CLIENT, call(order(), [condition("M54.50", "10 days")]))["cards"]

    gone = [one for one in card["suggestions"] if one["actions"][0]["type"] == "delete"]
    assert [one["label"] for one in gone] == ["Remove this MRI order"]
    assert {one["actions"][0]["type"] for one in card["suggestions"]} == {
        "create",
        "delete",
    }


def test_no_order_is_written_anew_for_a_reason_alone() -> None:
    """Ticked twice, it would be ordered twice."""
    chart = [condition("M54.50", "10 days")]
    plain = call(order(), chart, extension={})

    usual = [one["type"] for one in actions(ask(CLIENT, plain))]
    epic = [one["type"] for one in actions(ask(CLIENT, call(order(), chart)))]

    assert usual.count("update") > 0
    assert len(epic) == len(usual) - usual.count("update")


def test_topics_are_alphanumeric() -> None:
    """At most 100 characters, the same for one topic; others are left in peace."""
    chart = [condition("M54.50", "10 days")]
    (against,) = ask(CLIENT, call(order(), chart))["cards"]
    (change,) = ask(CLIENT, call(order(), INFECTED))["cards"]

    topics = [one["source"]["topic"] for one in (against, change)]
    assert all(re.fullmatch(r"[A-Za-z0-9]{1,100}", one["code"]) for one in topics)
    assert topics[0]["code"] == "offguideline"
    assert topics[0]["system"] != topics[1]["system"]


def test_the_answer_is_the_same_again() -> None:
    """Feedback names cards and suggestions by their uuids."""
    asked = call(order(), INFECTED)

    assert ask(CLIENT, asked) == ask(CLIENT, asked)


def test_ratings_are_actions_of_the_system() -> None:
    """There an update is welcome, and a new order bears its rating."""
    rated = service(pama_gcode="example-gcode")

    answer = ask(rated, call(order(), INFECTED))

    (action,) = answer["systemActions"]
    assert action["type"] == "update"
    made = actions(answer)[0]["resource"]
    assert [one["url"] for one in made["extension"]] == [
        one["url"] for one in action["resource"]["extension"]
    ]


def test_renamed_keys_need_to_be_named() -> None:
    """Without a self link nobody knows that a search found nothing else."""
    chart = [condition("M54.50", "10 days")]
    asked = call(order(), prefetch=by_own_keys(map(absolute, chart)))
    names = {f"our_{key}": key for key in prefetch(())}

    unnamed = ask(CLIENT, asked)
    named = ask(service(prefetch_keys=names), asked)

    assert advised(unnamed) == ["uncertain"]
    assert advised(named) == ["against"]


def test_what_came_under_our_own_key_is_kept() -> None:
    """A second name for it takes nothing away."""
    twice = call(order(), INFECTED)
    twice["prefetch"]["problems"] = EMPTY
    settled = service(prefetch_keys={"problems": "conditions"})

    assert advised(ask(settled, twice)) == ["change"]


@pytest.mark.parametrize("left", [{}, {"draftOrders": {"resourceType": "Bundle"}}])
def test_a_call_stripped_of_its_orders_is_answered(left: dict[str, Any]) -> None:
    """As an endpoint registered by mistake gets it: there is nothing to say."""
    asked = call(order(), prefetch={})
    asked["context"] |= {"draftOrders": {"resourceType": "Bundle", "entry": []}} | left

    assert ask(CLIENT, asked) == {"cards": []}


def item(**members: Any) -> dict[str, Any]:
    """Report on a card as it does."""
    reported = {"card": "c-1", "outcomeTimestamp": "2026-11-24T20:00:00Z"}
    return reported | members


OVERRIDDEN = item(
    outcome="overridden",
    overrideReasons={
        "reason": {"code": "patient-refuses", "system": "urn:r", "display": "Refuses"},
        "extension": {"reasonCategory": 1, "reasonDisplay": "x", "reasonTitle": "y"},
        "userComment": "no",
    },
)
ACCEPTED = item(outcome="accepted", acceptedSuggestions=[{"id": "s-1"}])


@pytest.mark.parametrize("items", [[OVERRIDDEN], [ACCEPTED], [OVERRIDDEN, ACCEPTED]])
def test_its_feedback_is_taken(items: list[dict[str, Any]]) -> None:
    """One by one or in batches, the reason under its own spelling."""
    told = post(CLIENT, f"/cds-services/{SELECT}/feedback", {"feedback": items})

    assert told.status_code == 200


@pytest.fixture(name="guarded")
def asking_who_calls(tmp_path: Path) -> Iterator[FlaskClient]:
    """A service that knows one issuer to be Epic."""
    store = open_store(f"sqlite:///{tmp_path}/store.sqlite")
    known = issuers()[0].model_copy(update={"dialect": "epic"})
    settings = Settings(issuers=(known,), public_url=PUBLIC_URL)
    yield create_app(settings=settings, store=store).test_client()
    store.close()


def test_its_token_opens_and_its_issuer_sets_the_dialect(guarded: FlaskClient) -> None:
    """RS384, a kid in Base64, `nbf`, `sub`; whatever the request says of itself."""
    path = f"/cds-services/{SELECT}"
    (authorization,) = like_epic(Call(path, time.time()))
    asked = call(draft(), [condition("M46.46")], extension={})
    asked["context"]["selections"] = ["ServiceRequest/103"]

    told = post(guarded, path, asked, Authorization=authorization)

    assert told.status_code == 200
    behaviors = {one.get("selectionBehavior") for one in told.get_json()["cards"]}
    assert behaviors == {"any"}
