"""The demo chart, as a FHIR client sees it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from fhir.resources.R4B import get_fhir_model_class

from cds_service.demo.fhir_routes import METHODS
from cds_service.demo.rows import age
from cds_service.demo.search import TYPES
from cds_service.settings import Settings
from tests.cds_service.demo.calls import DEMO, SERVICES, demo_client, get

CLIENT = demo_client()
ROOT = "http://localhost/fhir/R4"
MARTA = "104417"


def valid(resource: Any) -> Any:
    """Pass a resource on, if it is R4 as it stands."""
    model = get_fhir_model_class(resource["resourceType"])
    model.model_validate_json(json.dumps(resource), strict=True)
    return resource


def ids(bundle: Any) -> list[str]:
    """List whose resources a searchset holds."""
    return [entry["resource"]["id"] for entry in bundle.get("entry", [])]


def refused(path: str, status: int, method: str = "GET") -> str:
    """Ask what is refused; give the code of the one issue."""
    told = CLIENT.open(f"/fhir/R4/{path}", method=method)
    assert (told.status_code, told.content_type) == (status, "application/fhir+json")
    (issue,) = valid(told.get_json())["issue"]
    return str(issue["code"])


@pytest.mark.parametrize("kind", TYPES)
def test_every_resource_is_valid_r4(kind: str) -> None:
    """Alone, and in the page it is sent in; no id stands for two."""
    bundle = valid(get(CLIENT, f"{kind}?_count=500"))
    for entry in bundle.get("entry", []):
        valid(entry["resource"])

    assert bundle["total"] == len(ids(bundle)) == len(set(ids(bundle)))


def test_every_reference_to_a_patient_is_to_one_of_ours() -> None:
    """The patients are as many as the stories."""
    found = ids(get(CLIENT, "Patient"))
    kinds = [kind for kind in TYPES if kind not in {"Patient", "Practitioner"}]
    total = sum(get(CLIENT, f"{kind}?_count=0")["total"] for kind in kinds)
    theirs = sum(
        get(CLIENT, f"{kind}?_count=0&patient={','.join(found)}")["total"]
        for kind in kinds
    )

    assert len(found) == len(DEMO.patients)
    assert total == theirs > 200


def test_the_capability_statement_names_what_is_served() -> None:
    """The Sandbox reads the version from it."""
    told = CLIENT.get("/fhir/R4/metadata")
    statement = valid(told.get_json())

    assert told.content_type == "application/fhir+json"
    assert statement["fhirVersion"] == "4.0.1"
    assert [one["type"] for one in statement["rest"][0]["resource"]] == list(TYPES)


def test_what_the_sandbox_asks_is_answered() -> None:
    """A patient has a list of given names; the user can be read; the page is open."""
    origin = {"Origin": "https://sandbox.cds-hooks.org"}
    told = CLIENT.get(f"/fhir/R4/Patient/{MARTA}", headers=origin)

    assert told.headers["Access-Control-Allow-Origin"] == "*"
    assert told.headers["Cache-Control"] == "no-store"
    assert told.get_json()["name"][0]["given"] == ["Marta", "Elise"]
    assert valid(get(CLIENT, "Practitioner/COREPRACTITIONER1"))["name"]
    assert len(ids(get(CLIENT, f"Condition?patient={MARTA}"))) == 3


def test_a_browser_may_ask_from_anywhere() -> None:
    """A preflight is answered; so is a search by form, as the Sandbox sends it."""
    asked = {
        "Origin": "https://sandbox.cds-hooks.org",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    told = CLIENT.options("/fhir/R4/Observation/_search", headers=asked)

    assert told.status_code == 204
    assert told.headers["Access-Control-Allow-Origin"] == "*"
    assert "Content-Type" in told.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize(
    ("query", "total"),
    [
        (f"Observation?patient={MARTA}&code=1988-5", 1),
        (f"Observation?patient=Patient/{MARTA}&code=1988-5,4537-7", 2),
        (f"Observation?subject=Patient/{MARTA}&code=http://loinc.org|1988-5", 1),
        (f"Observation?patient={MARTA}&code=http://snomed.info/sct|1988-5", 0),
        (f"Observation?patient={MARTA}&code=http://loinc.org|&category=laboratory", 5),
        (f"Observation?patient={MARTA}&category=vital-signs&status=final", 5),
        ("Observation?patient=nobody", 0),
        (f"Condition?patient={MARTA}&clinical-status=active", 3),
        (f"Condition?patient={MARTA}&_format=json&_count=0", 3),
        ("Patient?_id=104417,140286", 2),
        ("Patient?identifier=MRN-00104417", 1),
        (f"Device?patient={MARTA}", 0),
    ],
)
def test_searches_are_narrowed(query: str, total: int) -> None:
    """By patient, by code with or without its system, by category and status."""
    assert valid(get(CLIENT, query))["total"] == total


def test_a_search_may_be_posted() -> None:
    """Parameters in the address and in the form count alike."""
    told = CLIENT.post(
        f"/fhir/R4/Observation/_search?patient={MARTA}", data={"code": "1988-5"}
    )

    assert told.get_json() == get(CLIENT, f"Observation?patient={MARTA}&code=1988-5")


def test_results_come_newest_first_or_oldest_first() -> None:
    """As `_sort` says; pages are followed by their `next` link."""
    path: str = f"Observation?patient={MARTA}&_sort=-date&_count=4"
    newest: list[str] = []
    for _ in range(9):
        page = get(CLIENT, path)
        newest += [entry["resource"]["effectiveDateTime"] for entry in page["entry"]]
        links = {link["relation"]: link["url"] for link in page["link"]}
        assert links["self"] == f"{ROOT}/{path}"
        if "next" not in links:
            break
        path = links["next"].removeprefix(f"{ROOT}/")
    oldest = get(CLIENT, f"Observation?patient={MARTA}&_sort=date")["entry"]

    assert len(newest) == len(oldest) == 10
    assert newest == sorted(newest, reverse=True)
    assert [entry["resource"]["effectiveDateTime"] for entry in oldest] == sorted(
        newest
    )


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("Patient/nobody", 404, "not-found"),
        ("Patient/104417/_history", 404, "not-supported"),
        ("Questionnaire", 404, "not-supported"),
        ("Questionnaire/1", 404, "not-supported"),
        ("", 404, "not-supported"),
        ("Condition?severity=24484000", 400, "not-supported"),
        ("Condition?code:text=pain", 400, "not-supported"),
        ("Condition?_format=xml", 400, "not-supported"),
        ("Condition?_sort=severity", 400, "not-supported"),
        ("Condition?_count=-1", 400, "value"),
        ("Condition?_count=many", 400, "value"),
    ],
)
def test_what_cannot_be_done_is_said(path: str, status: int, code: str) -> None:
    """By an OperationOutcome; a parameter that is not known is not ignored."""
    assert refused(path, status) == code


@pytest.mark.parametrize("method", [one for one in METHODS if one != "GET"])
def test_nothing_can_be_written(method: str) -> None:
    """The chart is read only."""
    assert refused(f"Patient/{MARTA}", 405, method) == "not-supported"


def test_everybody_keeps_their_age() -> None:
    """A birth date moves with the chart."""
    written = datetime(2026, 11, 20, 12, tzinfo=UTC)

    def ages(later: int) -> list[int]:
        now = written + timedelta(days=later)
        with time_machine.travel(now, tick=False):
            born = [
                one["resource"]["birthDate"] for one in get(CLIENT, "Patient")["entry"]
            ]
        return [age(one, now.date()) for one in born]

    assert ages(0)[:3] == [58, 34, 46]
    assert {tuple(ages(later)) for later in (1, 100, 366, 1461, 5000)} == {
        tuple(ages(0))
    }


@pytest.mark.parametrize("path", ["/", "/fhir/R4/metadata", "/demo/static/console.css"])
def test_production_has_none_of_it(path: str) -> None:
    """The demo's paths do not exist there."""
    from cds_service.app import create_app  # noqa: PLC0415

    client = create_app(SERVICES, Settings(auth="none")).test_client()

    assert client.get(path).status_code == 404
