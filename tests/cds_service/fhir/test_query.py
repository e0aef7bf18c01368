"""Which queries a Bundle answers by its own account."""

from __future__ import annotations

import pytest

from cds_service.fhir.query import answered

WANTED = {
    "patient": "Patient/{{context.patientId}}",
    "conditions": "Condition?patient={{context.patientId}}",
    "observations": "Observation?patient={{context.patientId}}&code=1988-5,30341-2,55235003",
    "vitals": "Observation?patient={{context.patientId}}&code=8310-5",
    "reports": "DiagnosticReport?patient={{context.patientId}}&category=LP29684-5,RAD",
}
BASE = "https://ehr.example.org/fhir/R4/"


@pytest.mark.parametrize(
    ("link", "keys"),
    [
        (f"{BASE}Condition?patient=123", ("conditions",)),
        ("Condition?patient=123", ("conditions",)),
        (f"{BASE}Condition/_search?patient=Patient%2F123", ("conditions",)),
        (f"{BASE}Condition?subject=Patient/123&_count=50", ("conditions",)),
        (f"{BASE}Observation?patient=123&code=1988-5,30341-2,3", ("observations",)),
        (f"{BASE}Observation?patient=123&code=1988-5&code=30341-2", ("observations",)),
        (
            f"{BASE}Observation?code=http://loinc.org|30341-2,x|1988-5&patient=123",
            ("observations",),
        ),
        (
            f"{BASE}Observation?patient=123&code=http%3A%2F%2Floinc.org%7C8310-5",
            ("vitals",),
        ),
        (
            f"{BASE}Observation?patient=123&code=8310-5,30341-2,1988-5",
            ("observations", "vitals"),
        ),
        (f"{BASE}Observation?patient=123", ("observations", "vitals")),
        (f"{BASE}Observation?patient=123&category=laboratory", ("observations",)),
        (f"{BASE}Observation?patient=123&category=vital-signs", ("vitals",)),
        (f"{BASE}DiagnosticReport?patient=123&category=x|RAD", ("reports",)),
        (f"{BASE}DiagnosticReport?patient=123", ("reports",)),
    ],
)
def test_a_search_answers_the_queries_it_covers(
    link: str, keys: tuple[str, ...]
) -> None:
    """Type and patient are ours; of codes, where given, all of ours in LOINC."""
    assert answered(link, "123", WANTED) == keys


@pytest.mark.parametrize(
    "link",
    [
        *("", "#", "?", "Condition", "https://[", f"{BASE}Condition?patient=1234"),
        *(
            f"{BASE}Condition",
            f"{BASE}Condition?patient=",
            f"{BASE}Observation?patient=123&code=1988-5",
            f"{BASE}Observation?patient=123&code=30341-2,55235003",
            f"{BASE}Condition?patient=123&code=1988-5",
            f"{BASE}Procedure?patient=123",
        ),
        f"{BASE}Observation?patient=123&code=2345-7",
        f"{BASE}DiagnosticReport?patient=123&category=LAB",
        f"{BASE}DiagnosticReport?patient=123&category=RAD&code=36643-5",
        *(
            f"{BASE}Condition?patient=123&{narrowed}"
            for narrowed in (
                "code=M54.5",
                "code:in=http://example.org/pain",
                "category=encounter-diagnosis",
                "clinical-status=active",
                "onset-date=ge2026-11-01",
                "_lastUpdated=ge2026-11-01",
                "_summary=count",
            )
        ),
        f"{BASE}Condition?patient=123&{'a=1&' * 60}",
        f"{BASE}Condition?patient=123&note={'a' * 9000}",
    ],
)
def test_any_other_search_answers_nothing(link: str) -> None:
    """Another patient or type, a link that is none, one that leaves out a red flag."""
    assert answered(link, "123", WANTED) == ()


def test_a_search_of_many_parts_is_taken_apart_at_the_right_ones() -> None:
    """A path before the type, a system with bars, a question mark in a value."""
    many = f"{BASE}x/y/Condition?patient=http://a/b/Patient/123&_format=?"
    barred = f"{BASE}Observation?patient=123&code=urn:a|b|8310-5"

    assert answered(many, "123", WANTED) == ("conditions",)
    assert answered(barred, "123", WANTED) == ("vitals",)


@pytest.mark.parametrize(("more", "taken"), [(0, True), (1, False)])
def test_a_search_is_read_up_to_a_length(more: int, *, taken: bool) -> None:
    """8,000 characters, and 50 ampersands."""
    long = "Condition?patient=123&_format="
    long += "y" * (8000 - len(long) + more)
    many = "Condition?patient=123" + "&_count=1" * (50 + more)

    assert bool(answered(long, "123", WANTED)) is taken
    assert bool(answered(many, "123", WANTED)) is taken


def test_a_search_too_long_to_read_answers_nothing_at_all() -> None:
    """Whatever a template of a site's own looks like."""
    assert answered("?" + "x" * 8001, "", {"odd": ""}) == ()
