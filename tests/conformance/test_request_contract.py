"""What a service must take and must refuse: R11 to R19, R27, R49, R59 to R62."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fhir.resources.R4B.operationoutcome import OperationOutcome

from tests.toy import draft, toy_app, toy_call

APP = toy_app(cors_origins="https://sandbox.example")
CALL = "/cds-services/toy-order-select"
FEEDBACK = f"{CALL}/feedback"
ITEM = {
    "card": "c-1",
    "outcome": "overridden",
    "outcomeTimestamp": "2026-11-24T20:00:00Z",
}


def post(body: object, path: str = CALL) -> Any:
    """Post *body* as JSON."""
    return APP.test_client().post(path, json=body)


def without(name: str) -> dict[str, Any]:
    """Make a call that lacks a member, at the top or in its context."""
    call = toy_call()
    call.pop(name, None)
    call.get("context", {}).pop(name, None)
    return call


@pytest.mark.parametrize(
    "kind", ["application/json; charset=UTF-8", "application/fhir+json"]
)
def test_r11_json_is_taken_under_its_names(kind: str) -> None:
    """Any parameters, and FHIR's own media type."""
    body = json.dumps(toy_call())
    told = APP.test_client().post(CALL, data=body, content_type=kind)

    assert told.status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "hook",
        "hookInstance",
        "context",
        "userId",
        "patientId",
        "selections",
        "draftOrders",
    ],
)
def test_r12_r15_a_required_member_is_missed(name: str) -> None:
    """400, never 500."""
    assert post(without(name)).status_code == 400


def test_r13_another_hook_is_refused() -> None:
    """The body's hook is that of the service."""
    assert post(toy_call(hook="patient-view")).status_code == 400


def test_r14_unknown_members_are_ignored() -> None:
    """At every level, extensions included."""
    extra: dict[str, Any] = {
        "extension": {"com.example.x": [1]},
        "unheard": {"of": None},
    }
    call = toy_call(draft(**extra), **extra)
    call["context"] |= extra
    call["context"]["draftOrders"] |= extra

    assert len(post(call).get_json()["cards"]) == 1


def test_r15_the_encounter_is_optional() -> None:
    """With or without."""
    call = toy_call()
    call["context"]["encounterId"] = "e-1"

    assert [post(call).status_code, post(toy_call()).status_code] == [200, 200]


def test_r16_only_selected_orders_are_advised_on() -> None:
    """The others are context."""
    call = toy_call(draft("1"), draft("2"))
    call["context"]["selections"] = ["ServiceRequest/2"]

    (card,) = post(call).get_json()["cards"]

    assert "ServiceRequest/2" in card["summary"]


@pytest.mark.parametrize(
    ("selection", "status"),
    [
        ("ServiceRequest/103", 200),
        ("103", 200),
        ("https://ehr.example.org/R4/ServiceRequest/103", 200),
        ("ServiceRequest/104", 400),
    ],
)
def test_r17_selections_are_resolved_or_refused(selection: str, status: int) -> None:
    """Type and id, bare id, URL; silence about an unknown one would mislead."""
    call = toy_call()
    call["context"]["selections"] = [selection]

    assert post(call).status_code == status


@pytest.mark.parametrize("identity", ["example_request", "e" * 190])
def test_r18_drafts_are_taken_as_clients_send_them(identity: str) -> None:
    """No Bundle type, empty codings, ids FHIR does not allow."""
    empty = draft("other", code={"coding": [{}]}, reasonCode=[])

    (card,) = post(toy_call(draft(identity), empty)).get_json()["cards"]

    assert card["uuid"]


def test_r19_relevance_comes_before_any_need() -> None:
    """A drug order is answered calmly, however broken the prefetch."""
    call = toy_call(
        draft(code={"text": "drug"}),
        prefetch={"patient": {"resourceType": "Patient", "id": "another"}},
    )

    told = post(call)

    assert (told.status_code, told.get_json()) == (200, {"cards": []})


def test_r27_a_token_without_server_is_refused() -> None:
    """It could be of no use, and of harm."""
    grant = {"access_token": "t", "token_type": "Bearer"}

    assert post(toy_call(fhirAuthorization=grant)).status_code == 400


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", CALL, 400),
        ("POST", FEEDBACK, 400),
        ("GET", "/nowhere", 404),
        ("GET", CALL, 405),
    ],
)
def test_r49_r59_an_error_is_an_outcome_browsers_may_read(
    method: str, path: str, status: int
) -> None:
    """Valid R4, with the cross-origin headers."""
    told = APP.test_client().open(
        path, method=method, json={}, headers={"Origin": "https://sandbox.example"}
    )

    assert told.status_code == status
    assert OperationOutcome.model_validate(told.get_json())
    assert told.headers["Access-Control-Allow-Origin"] == "https://sandbox.example"


@pytest.mark.parametrize("path", ["/cds-services", CALL, FEEDBACK])
def test_r59_preflights_need_no_authentication(path: str) -> None:
    """On all three paths."""
    told = APP.test_client().options(
        path,
        headers={
            "Origin": "https://sandbox.example",
            "Access-Control-Request-Method": "POST",
        },
    )

    assert told.status_code == 204
    assert "Authorization" in told.headers["Access-Control-Allow-Headers"]


def test_r60_feedback_is_taken() -> None:
    """With 200."""
    assert post({"feedback": [ITEM]}, FEEDBACK).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"feedback": [ITEM | {"card": ""}]},
        {"feedback": [ITEM | {"outcome": "ignored"}]},
        {"feedback": [ITEM | {"outcomeTimestamp": "today"}]},
        {"feedback": [ITEM | {"outcome": "accepted"}]},
    ],
    ids=str,
)
def test_r61_feedback_is_checked(body: object) -> None:
    """Card, outcome, instant; an accepted one needs its suggestions."""
    assert post(body, FEEDBACK).status_code == 400


@pytest.mark.parametrize(
    "extra",
    [
        {"overrideReason": {"reason": {"code": "x", "system": "urn:s"}}},
        {"overrideReason": {"reason": {"code": "x"}}},
        {"overrideReasons": {"reason": {"code": "x"}, "extension": {"a": 1}}},
        {"card": "00000000-0000-0000-0000-000000000000"},
    ],
    ids=str,
)
def test_r62_feedback_is_lenient(extra: dict[str, Any]) -> None:
    """Thin reasons, unknown cards, repeats."""
    assert post({"feedback": [ITEM | extra] * 2}, FEEDBACK).status_code == 200
