"""Da Vinci CRD: the request generator's calls, and what its guide wants when it is on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.builders import PATIENT_ID, condition, draft, patient, prefetch
from tests.conformance.clients import (
    SELECT,
    SIGN,
    actions,
    advised,
    ask,
    post,
    preflight,
    service,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

PLAIN, CRD = service(), service(davinci_crd=True)
ASSOCIATED = "davinci-crd.associated-resource"
PAIN = [condition("M54.50", "10 days")]
INFECTED = [condition("M46.46", "10 days")]


def generated(
    chart: Iterable[dict[str, Any]] = (), configuration: Any = None
) -> dict[str, Any]:
    """Call as crd-request-generator does: everything in one Bundle of its own key."""
    made: dict[str, Any] = {
        "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        "fhirServer": "http://127.0.0.1:1/r4",
        "hook": "order-sign",
        "fhirAuthorization": {
            "access_token": "",
            "token_type": "Bearer",
            "expires_in": 300,
            "scope": "patient/Patient.read patient/Observation.read",
            "subject": "cds-service4",
        },
        "context": {
            "userId": "Practitioner/example",
            "patientId": PATIENT_ID,
            "encounterId": "enc89284",
            "draftOrders": {"resourceType": "Bundle", "entry": [{"resource": draft()}]},
        },
        "prefetch": {
            "serviceRequestBundle": {
                "resourceType": "Bundle",
                "type": "collection",
                "entry": [{"resource": one} for one in (patient(), *chart)],
            }
        },
    }
    if configuration is not None:
        made["extension"] = {"davinci-crd.configuration": configuration}
    return made


def seen(chart: Iterable[dict[str, Any]], configuration: Any = None) -> dict[str, Any]:
    """Make the same call with everything that we ask for."""
    return generated(chart, configuration) | {"prefetch": prefetch(chart)}


def test_the_generator_is_answered() -> None:
    """A token that is "" is none, and a constant instance merges no two calls."""
    first, second = ask(PLAIN, generated(INFECTED)), ask(PLAIN, generated(PAIN))

    assert advised(first) == ["change"]
    assert advised(second) == ["uncertain"]


def test_its_browser_may_ask() -> None:
    """It signs orders only."""
    told = preflight(PLAIN, "POST", f"/cds-services/{SIGN}")

    assert told.status_code == 204
    assert "Access-Control-Allow-Origin" in told.headers


def test_no_answer_looks_like_an_error() -> None:
    """A member `status` at the top would; an error names its reason in an outcome."""
    told = post(PLAIN, f"/cds-services/{SIGN}", generated() | {"hook": "order-x"})

    assert "status" not in ask(PLAIN, seen(PAIN))
    assert told.status_code == 400
    assert told.get_json()["resourceType"] == "OperationOutcome"


def test_markdown_has_no_table() -> None:
    """It would be shown as raw pipes."""
    assert all("|" not in one["detail"] for one in ask(PLAIN, seen(PAIN))["cards"])


def test_nothing_of_it_is_said_unasked() -> None:
    """It is opt-in: discovery, cards and configuration are as everyone's."""
    listed = PLAIN.get("/cds-services").get_json()["services"]
    (card,) = ask(PLAIN, seen(PAIN, {"off-guideline": False}))["cards"]

    assert all("extension" not in one for one in listed)
    assert ASSOCIATED not in card["extension"]
    assert card["links"]
    assert card["suggestions"]


def test_discovery_lists_version_and_options() -> None:
    """A boolean for each type of card, and the number of cards; no code twice."""
    for entry in CRD.get("/cds-services").get_json()["services"]:
        told = entry["extension"]
        options = told["davinci-crd.configuration-options"]
        assert told["davinci-crd.version"] == ["2.2"]
        codes = [one["code"] for one in options]
        assert codes == ["guideline", "off-guideline", "max-cards"]
        assert [type(one["default"]) for one in options] == [bool, bool, int]
        assert all(one["name"] and one["description"] for one in options)


@pytest.mark.parametrize("chart", [PAIN, INFECTED], ids=["pain", "infection"])
def test_links_and_suggestions_stand_apart(chart: list[dict[str, Any]]) -> None:
    """The first card offers, the second only leads to sources."""
    advice, sources = ask(CRD, seen(chart))["cards"]

    assert advice["suggestions"]
    assert "links" not in advice
    assert sources["links"]
    assert not sources.keys() & {"suggestions", "overrideReasons", "detail"}
    assert advice["uuid"] != sources["uuid"]
    named = [{"reference": "ServiceRequest/103"}]
    assert [one["extension"][ASSOCIATED] for one in (advice, sources)] == [named, named]


def test_a_card_without_suggestions_keeps_its_links() -> None:
    """There is nothing to part."""
    drafted = draft(priority="stat")
    asked = seen([condition("449813001", "2 days")])
    asked["context"]["draftOrders"]["entry"][0]["resource"] = drafted

    (card,) = ask(CRD, asked)["cards"]

    assert card["links"]
    assert "suggestions" not in card


@pytest.mark.parametrize(
    ("configuration", "cards"),
    [
        ({"off-guideline": False}, 0),
        ({"off-guideline": True}, 2),
        ({"guideline": False}, 2),
        ({"max-cards": 1}, 1),
        ({"max-cards": 0}, 0),
        ({"max-cards": 5}, 2),
        ({"max-cards": -1}, 2),
        ({"max-cards": True}, 2),
        ({"max-cards": "1"}, 2),
        ({"alt-drug": False}, 2),
        ({"off-guideline": "no"}, 2),
        ({}, 2),
        ([], 2),
        ("x", 2),
    ],
    ids=str,
)
def test_the_configuration_is_obeyed(configuration: Any, cards: int) -> None:
    """What is supported; the rest is ignored and nothing is required."""
    answer = ask(CRD, seen(PAIN, configuration))

    assert len(answer["cards"]) == cards


def test_the_most_pressing_card_is_kept() -> None:
    """Where only one may be shown it is not the sources."""
    (card,) = ask(CRD, seen(INFECTED, {"max-cards": 1}))["cards"]

    assert card["suggestions"]


def test_alternatives_are_updates() -> None:
    """As the guide's alternate-request wants it."""
    kinds = {one["type"] for one in actions(ask(CRD, seen(INFECTED)))}

    assert kinds <= {"update", "create", "delete"}
    assert "update" in kinds


@pytest.mark.parametrize("extension", [None, [], "x", 1, {"other": {}}])
def test_an_extension_of_any_kind_is_no_fault(extension: Any) -> None:
    """What was not agreed on is ignored."""
    asked = seen(PAIN) | {"extension": extension}

    assert advised(ask(CRD, asked)) == ["against"]


def test_epic_is_still_known_by_what_it_sends() -> None:
    """The dialect of everybody else gives way."""
    asked = seen(PAIN) | {"extension": {"com.epic.cdshooks.request.x": "1"}}

    (card,) = ask(CRD, asked)["cards"]

    assert card["selectionBehavior"] == "any"


def test_discovery_may_be_read_by_its_browser() -> None:
    """Without a token."""
    assert CRD.get("/cds-services").status_code == 200
    assert preflight(CRD, "GET", "/cds-services").status_code == 204
    assert preflight(CRD, "POST", f"/cds-services/{SELECT}").status_code == 204
