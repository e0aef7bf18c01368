"""What is put aside of a resource never bears on whether it is valid."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cds_service.fhir.frame import _PUT_ASIDE, frame
from cds_service.fhir.resource import _VALID, MEMBERS, _judged, readable
from tests.cds_service.fhir.test_resource import VALID

ZONES = st.sampled_from([UTC, timezone(timedelta(hours=-5, minutes=-30))])
TIMES = st.one_of(
    st.dates().map(str),
    st.datetimes(timezones=ZONES).map(datetime.isoformat),
    st.datetimes().map(datetime.isoformat),
    st.from_regex(r"[12]\d{3}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?Z?)?)?)?)?"),
)
REFERENCES = st.fixed_dictionaries(
    {"reference": st.from_regex(r"[A-Za-z][\w./:-]*") | st.text()},
    optional={
        "display": st.from_regex(r"[^\W_][\w.,' -]*") | st.text(),
        "type": st.sampled_from(["Patient", "", "{}", " "]) | st.text(),
        "identifier": st.just({"value": "5"}),
        "vendor": st.just(1),
    },
)
NUMBERS = st.floats() | st.integers() | st.booleans() | st.text(max_size=3) | st.none()
QUANTITIES = st.fixed_dictionaries(
    {"value": NUMBERS},
    optional={"unit": st.sampled_from(["mg/L", "", 5]), "vendor": st.just(1)},
)
ANYTHING: st.SearchStrategy[Any] = (
    TIMES | REFERENCES | QUANTITIES | st.none() | st.just({})
)
LEAST: dict[str, dict[str, Any]] = {
    "subject": {"resourceType": "ImagingStudy", "status": "available"},
    "patient": {"resourceType": "AllergyIntolerance"},
}


def least(member: str) -> dict[str, Any]:
    """The least valid resource of a type that has this member, without it."""
    kind = next(kind for kind, members in MEMBERS.items() if member in members)
    whole = next(one for one in VALID if one["resourceType"] == kind)
    choices = ("effective", "value")
    return LEAST.get(member) or {
        name: value for name, value in whole.items() if not name.startswith(choices)
    }


@given(st.sampled_from(sorted(_PUT_ASIDE)), ANYTHING)
@example("subject", {"reference": "Patient/1", "display": "O'Hara, Åsa-Lill"})
@example("effectiveDateTime", "2026-02-28T23:59:59.123456+13:59")
@example("birthDate", "1000-01-01")
@example("valueQuantity", {"value": 1e-7})
@example("valueQuantity", {"value": -(10**30)})
def test_what_is_put_aside_is_valid_whatever_it_says(member: str, value: Any) -> None:
    """The models judge a value that is put aside as they judge what stands for it."""
    resource = {**least(member), member: value}
    kind = resource["resourceType"]
    framed = frame(resource, MEMBERS[kind])
    read = {name: resource[name] for name in framed}

    assert _judged(kind, framed) == _judged(kind, read)


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("subject", {"reference": "Patient/7", "type": "Patient"}),
        ("birthDate", "1970-07-07"),
        ("started", "1970-07-07"),
        ("issued", "1970-07-07T07:07:07Z"),
        ("valueQuantity", {"value": 7.0}),
    ],
)
def test_what_stands_for_it_is_valid(member: str, value: object) -> None:
    """The plain forms are put aside, and their stand-ins are FHIR."""
    framed = frame({**least(member), member: value}, (*least(member), member))
    kind = framed.pop("resourceType")

    assert framed[member] != value
    assert _judged(kind, framed) is None


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("birthDate", "1970-01-01T00:00:00Z"),
        ("birthDate", "1970"),
        ("onsetDateTime", "2026-02-29"),
        ("onsetDateTime", "0000-01-01"),
        ("onsetDateTime", "2026-01-01T00:00:00"),
        ("onsetDateTime", "{}"),
        ("issued", "2026-01-01"),
        ("issued", ["2026-01-01T00:00:00Z"]),
        ("subject", {}),
        ("subject", {"reference": 5}),
        ("subject", {"reference": "#a"}),
        ("subject", {"reference": "Patient/1", "display": '{"a": 1}'}),
        ("subject", {"reference": "Patient/1", "vendor": "x"}),
        ("valueQuantity", {"value": True}),
        ("valueQuantity", {"value": "5"}),
        ("valueQuantity", {"unit": "mg/L"}),
    ],
)
def test_what_is_odd_stays_in_the_frame(member: str, value: object) -> None:
    """Only the plain forms are put aside; all else is left to the models."""
    assert frame({member: value}, (member,)) == {member: value}


def test_charts_of_two_patients_have_one_frame() -> None:
    """Whose it is, when, and how much say nothing about validity."""
    one = {
        "subject": {"reference": "Patient/1", "display": "Ann Lee"},
        "effectiveDateTime": "2026-11-20T10:00:00Z",
        "issued": "2026-11-20T10:00:00.000+01:00",
        "valueQuantity": {"value": 86, "unit": "mg/L"},
        "status": "final",
    }
    other = {
        "subject": {"reference": "Patient/2"},
        "effectiveDateTime": "2025-01-02",
        "issued": "2025-01-02T10:00:00Z",
        "valueQuantity": {"value": 8.5, "unit": "mg/L"},
        "status": "final",
        "valueString": None,
    }
    members = MEMBERS["Observation"]

    assert frame(one, members) == frame(other, members)
    assert frame(one, members) != frame({**one, "status": "amended"}, members)


def test_one_of_many_patients_is_validated() -> None:
    """What was valid for one patient adds nothing to memory for the next."""
    for number in range(3):
        owner = {"reference": f"Patient/{number}"}
        assert readable({"resourceType": "Condition", "subject": owner}) is None
        remembered = len(_VALID["Condition"])
        if number == 0:
            first = remembered

    assert remembered == first


@pytest.mark.parametrize("resource", VALID, ids=lambda one: one["resourceType"])
def test_null_is_the_same_as_nothing(resource: dict[str, Any]) -> None:
    """A member that is null neither adds to a resource nor spoils it."""
    kind = resource["resourceType"]
    nulls = dict.fromkeys(MEMBERS[kind])
    assert readable({**nulls, **resource}) is None
