"""Which resources are valid in the members that are read."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cds_service.fhir.resource import (
    _REMEMBERED,
    _VALID,
    MEMBERS,
    _remember,
    readable,
    warm,
)

SUBJECT = {"reference": "Patient/123"}
CODE = {"coding": [{"system": "http://loinc.org", "code": "1988-5", "display": "CRP"}]}
CRP: dict[str, Any] = {
    "resourceType": "Observation",
    "status": "final",
    "code": CODE,
    "subject": SUBJECT,
    "effectiveDateTime": "2026-11-20T10:00:00Z",
    "valueQuantity": {"value": 86, "unit": "mg/L", "code": "mg/L"},
}
GOUT: dict[str, Any] = {"resourceType": "Condition", "code": CODE, "subject": SUBJECT}
VALID = [
    CRP,
    GOUT,
    {"resourceType": "Patient", "birthDate": "1970", "gender": "female"},
    {"resourceType": "Procedure", "status": "completed", "subject": SUBJECT},
    {
        "resourceType": "MedicationRequest",
        "status": "active",
        "intent": "order",
        "subject": SUBJECT,
        "medicationCodeableConcept": CODE,
    },
    {"resourceType": "Medication", "code": CODE},
    {"resourceType": "AllergyIntolerance", "patient": SUBJECT, "code": CODE},
    {"resourceType": "Device", "type": CODE, "patient": SUBJECT},
    {
        "resourceType": "DeviceUseStatement",
        "status": "active",
        "subject": SUBJECT,
        "device": {"reference": "Device/1"},
    },
    {"resourceType": "ImagingStudy", "status": "available", "subject": SUBJECT},
    {"resourceType": "DiagnosticReport", "status": "final", "code": CODE},
    {
        "resourceType": "ServiceRequest",
        "status": "active",
        "intent": "order",
        "subject": SUBJECT,
    },
]


@pytest.mark.parametrize("resource", VALID, ids=lambda one: one["resourceType"])
def test_a_valid_resource_is_readable(resource: dict[str, Any]) -> None:
    """The least a resource of each type must have is enough."""
    assert readable(resource) is None


def test_every_type_that_is_read_is_shown_here() -> None:
    """No type is read without a valid example above."""
    assert {one["resourceType"] for one in VALID} == set(MEMBERS)


@pytest.mark.parametrize(
    "member",
    [
        {"id": "a_b" * 64},
        {"category": {"coding": []}},
        {"vendor": {"any": "thing"}},
        {"meta": 5, "text": [], "performer": "nobody"},
        {"contained": [{"resourceType": "Patient", "id": 5}]},
        {"component": [{"code": 5}]},
        {"identifier": [{"system": "x"}]},
    ],
)
def test_what_nobody_reads_cannot_cost_a_result(member: dict[str, Any]) -> None:
    """A good CRP stays good beside members that are odd or not FHIR."""
    assert readable({**CRP, **member}) is None


@pytest.mark.parametrize(
    "member",
    [
        {"code": {**CODE, "vendor": 1}},
        {"code": {"coding": [{"code": "1988-5", "display": "", "vendor": 1}]}},
        {"code": {**CODE, "text": ""}},
        {"effectiveDateTime": "2026-11-20T10:00:00"},
        {"effectiveDateTime": "2026-11-20T10:00"},
        {"effectiveDateTime": "2026-11-20T10:00Z"},
        {"issued": "2026-11-20T10:00:00"},
        {"valueQuantity": {"value": 6, "unit": "{cells}/uL", "code": "{}{score}"}},
    ],
)
def test_what_does_not_change_the_meaning_is_forgiven(member: dict[str, Any]) -> None:
    """A vendor's element inside, an empty string, a time without a zone."""
    assert readable({**CRP, **member}) is None


def test_a_status_as_plain_code_is_forgiven() -> None:
    """Before R4, clinicalStatus was a code; that is still legible."""
    assert readable({**GOUT, "clinicalStatus": "active"}) is None


@pytest.mark.parametrize(
    ("member", "named"),
    [
        ({"status": None}, "status"),
        ({"status": ["final"]}, "status"),
        ({"code": "1988-5"}, "code"),
        ({"code": {"coding": {"code": "1988-5"}}}, "code"),
        ({"code": {"coding": [None]}}, "code"),
        ({"code": {"coding": [{"code": 5}]}}, "code"),
        ({"subject": {"reference": 5}}, "subject"),
        ({"effectiveDateTime": "yesterday"}, "effectiveDateTime"),
        ({"effectiveDateTime": "2026-02-30"}, "effectiveDateTime"),
        ({"valueQuantity": {"value": "much"}}, "valueQuantity"),
        ({"valueQuantity": [86]}, "valueQuantity"),
        ({"valueQuantity": '{"value": 86}'}, "valueQuantity"),
        ({"valueQuantity": "{ }"}, "valueQuantity"),
        ({"code": {"coding": ['{"code": "1988-5"}']}}, "code"),
        ({"interpretation": {"text": "high"}}, "interpretation"),
        ({"referenceRange": [[{"high": 5}]]}, "referenceRange"),
    ],
)
def test_what_is_read_must_be_valid(member: dict[str, Any], named: str) -> None:
    """A fault where it matters is told by the member's name."""
    fault = readable({**CRP, **member})
    assert fault == f"`{named}` is missing or is not valid FHIR R4."


@pytest.mark.parametrize("missing", ["status", "code"])
def test_a_member_that_is_owed_is_named(missing: str) -> None:
    """Without status or code a result cannot be used."""
    fault = readable({key: CRP[key] for key in CRP if key != missing})
    assert fault == f"`{missing}` is missing or is not valid FHIR R4."


def test_what_is_forgiven_hides_nothing_else() -> None:
    """A vendor's element does not cover for a missing status."""
    odd = {**CRP, "code": {**CODE, "vendor": 1}}
    del odd["status"]
    assert readable(odd) == "`status` is missing or is not valid FHIR R4."
    both = {**GOUT, "clinicalStatus": "active", "subject": 3}
    assert readable(both) == "`subject` is missing or is not valid FHIR R4."


def test_two_values_for_one_choice_contradict() -> None:
    """A result that is a number and a text is neither."""
    fault = readable({**CRP, "valueString": "negative"})
    assert fault == "Its members contradict one another."


def test_a_modifier_nobody_knows_forbids_reading() -> None:
    """It may turn the meaning round, so the resource is not used."""
    assert readable({**CRP, "modifierExtension": [], "implicitRules": ""}) is None
    said = "It carries a modifier this service does not know."
    assert readable({**CRP, "modifierExtension": [{"url": "urn:x"}]}) == said
    assert readable({**CRP, "implicitRules": "urn:x"}) == said


@pytest.mark.parametrize("kind", ["Claim", "", None, 5, ["Observation"]])
def test_other_types_are_not_read(kind: object) -> None:
    """Only the types named in MEMBERS are read at all."""
    assert readable({**CRP, "resourceType": kind}) == (
        "Resources of this type are not read."
    )


def test_a_member_deeper_than_fhir_goes_is_refused() -> None:
    """Nesting without end is refused before anything recurses through it."""
    deep: dict[str, Any] = {"url": "urn:x"}
    for _ in range(500):
        deep = {"url": "urn:x", "extension": [deep]}
    fault = readable({**CRP, "code": {"extension": [deep]}})
    assert fault == "`code` is missing or is not valid FHIR R4."


def test_warming_up_needs_nothing() -> None:
    """The models can be built before the first call."""
    warm()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda parts: (
        st.lists(parts, max_size=3)
        | st.dictionaries(
            st.sampled_from(["coding", "code", "value", "text", "x"]), parts
        )
    ),
    max_leaves=8,
)


@given(st.sampled_from(sorted(MEMBERS)), st.data())
def test_any_json_is_readable_or_refused(kind: str, data: st.DataObject) -> None:
    """Validation never raises, and its reason repeats no value."""
    names = data.draw(st.lists(st.sampled_from(sorted(MEMBERS[kind])), max_size=4))
    fault = readable({"resourceType": kind, **{one: data.draw(JSON) for one in names}})
    assert fault is None or "`" not in fault or fault.split("`")[1] in MEMBERS[kind]


def test_what_was_valid_is_remembered_within_bounds() -> None:
    """A chart that is sent again is not validated again, and memory stays flat."""
    for number in range(_REMEMBERED + 1):
        _remember("Test", number.to_bytes(4))

    assert len(_VALID.pop("Test")) == 1


PERIOD = {"resourceType": "Procedure", "status": "completed", "subject": SUBJECT}


@pytest.mark.parametrize(
    ("period", "fault"),
    [
        ({"start": "2026-11-01", "end": "2026-11-02"}, False),
        ({"start": "2026-11-01"}, False),
        ({"end": "2026-11-02"}, False),
        ({"start": 20261101, "end": "2026-11-02"}, True),
        ({"start": "2026-11-01", "end": 20261102}, True),
        ({"start": 20261101}, True),
    ],
)
def test_the_ends_of_a_period_are_no_numbers(
    period: dict[str, Any], *, fault: bool
) -> None:
    """Whichever end it is: 20261101 would be read as seconds since 1970."""
    told = readable({**PERIOD, "performedPeriod": period})

    assert (told is not None) is fault


def test_what_is_wrong_in_the_second_of_a_list_is_found() -> None:
    """A vendor's element there is forgiven, a code that is no code is not."""
    coding = [CODE["coding"][0], {"code": "1", "vendor": 1}]
    assert readable({**GOUT, "code": {"coding": coding}}) is None

    coding = [CODE["coding"][0], {"code": ["1"], "vendor": 1}]
    told = readable({**GOUT, "code": {"coding": coding}})
    assert told == "`code` is missing or is not valid FHIR R4."


@pytest.mark.parametrize(
    ("unit", "plain"),
    [
        ("{cells}/uL", True),
        ("{cells}", True),
        ("{a}", True),
        ("{", True),
        ("}", True),
        ('"', True),
        ("{}", False),
        ("{ }", False),
        ('{"code": "mg"}', False),
        (' {"code": "mg"} ', False),
    ],
)
def test_only_an_object_written_as_text_is_refused(unit: str, *, plain: bool) -> None:
    """UCUM has braces of its own."""
    quantity = {"value": 1, "unit": unit}

    assert (readable({**CRP, "valueQuantity": quantity}) is None) is plain


def test_what_was_found_valid_is_known_again() -> None:
    """By a digest of its own kind."""
    _VALID.pop("Condition", None)
    assert readable(GOUT) is None
    (known,) = _VALID["Condition"]
    assert readable({**GOUT, "id": "other"}) is None

    assert isinstance(known, bytes)
    assert _VALID["Condition"] == {known}


def test_warming_up_meets_every_type() -> None:
    """Each model is built before the first call, which the library does once."""
    _VALID.clear()
    warm()

    assert "Patient" in _VALID
