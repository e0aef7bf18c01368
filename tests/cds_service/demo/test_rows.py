"""A chart as a clinician reads it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cds_service.demo.rows import age, row, sections

CEL = {"value": 38.6, "unit": "Cel", "code": "Cel"}


def observed(**members: Any) -> dict[str, Any]:
    """Write an observation."""
    return {"resourceType": "Observation", "id": "1", "code": {"text": "X"}, **members}


@pytest.mark.parametrize(
    ("resource", "value"),
    [
        (observed(valueQuantity=CEL), "38.6 °C"),
        (observed(valueQuantity={"value": 5, "unit": "mg/L", "comparator": "<"}), "<5 mg/L"),
        (observed(valueQuantity={"value": 7}), "7"),
        (observed(valueCodeableConcept={"coding": [{"display": "Positive"}]}), "Positive"),
        (observed(valueString="grew nothing"), "grew nothing"),
        (observed(valueCodeableConcept={}), ""),
        (observed(component=[{"valueQuantity": CEL}, {"valueQuantity": CEL}]), "38.6 °C, 38.6 °C"),
        ({"resourceType": "DiagnosticReport", "id": "1", "conclusion": "No fracture"}, "No fracture"),
        (
            {
                "resourceType": "AllergyIntolerance",
                "id": "1",
                "reaction": [{"manifestation": [{"text": "Wheezing"}]}],
            },
            "Wheezing",
        ),
        (
            {
                "resourceType": "MedicationRequest",
                "id": "1",
                "dosageInstruction": [{"text": "one a day"}],
            },
            "one a day",
        ),
    ],
)  # fmt: skip
def test_what_was_found_is_told(resource: dict[str, Any], value: str) -> None:
    """Quantities with their unit as people write it, words as they stand."""
    assert row(resource).value == value


@pytest.mark.parametrize(
    ("members", "name"),
    [
        ({"code": {"text": "Low back pain"}}, "Low back pain"),
        ({"code": {"coding": [{}, {"display": "Pain"}]}}, "Pain"),
        ({"code": {"coding": [{}]}}, "?"),
        ({"medicationCodeableConcept": {"text": "ibuprofen"}}, "ibuprofen"),
        ({"medicationReference": {"display": "apixaban"}}, "apixaban"),
        ({"description": "MR of the spine"}, "MR of the spine"),
        ({}, "Basic"),
    ],
)
def test_a_resource_has_a_name(members: dict[str, Any], name: str) -> None:
    """Its own words before its codes; its type at last."""
    assert row({"resourceType": "Basic", "id": "1", **members}).name == name


@pytest.mark.parametrize(
    ("code", "flag"),
    [("H", "high"), ("HH", "high"), ("L", "low"), ("A", "abnormal"), ("N", "")],
)
def test_the_mark_of_the_laboratory_is_shown(code: str, flag: str) -> None:
    """In words too, for who cannot see the arrow."""
    marked = observed(interpretation=[{"coding": [{"code": code}]}])

    assert row(marked).flag == flag


def test_what_differs_from_the_usual_is_said() -> None:
    """A past or suspected problem, a preliminary result; a date that is missing."""
    problem = {
        "resourceType": "Condition",
        "id": "1",
        "clinicalStatus": {"coding": [{"code": "resolved"}]},
        "verificationStatus": {"coding": [{"code": "provisional"}]},
        "onsetDateTime": "2026-11-08",
    }

    assert row(problem).status == "resolved, provisional"
    assert row(problem).when == "8 Nov 2026"
    assert row(observed(status="preliminary")).status == "preliminary"
    assert row(observed(status="final")).when == "no date"


def test_a_chart_is_newest_first_and_shows_what_is_empty() -> None:
    """A reader sees that nothing is on record."""
    results = [
        observed(id="old", effectiveDateTime="2026-01-02"),
        observed(id="new", effectiveDateTime="2026-03-04T10:00:00Z"),
    ]
    shown = {
        one.title: [line.reference for line in one.rows] for one in sections(results)
    }

    assert shown["Results and vital signs"] == ["Observation/new", "Observation/old"]
    assert shown["Allergies"] == []


@pytest.mark.parametrize(
    ("today", "years"),
    [("2026-03-10", 57), ("2026-03-11", 58), ("2026-12-31", 58)],
)
def test_age_counts_birthdays(today: str, years: int) -> None:
    """Not days."""
    assert age("1968-03-11", date.fromisoformat(today)) == years
