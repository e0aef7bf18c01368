"""Build the FHIR JSON that charts and orders are made of.

What a clinician would say is the argument: a code or words, "88 mg/L", "30 days".
An empty argument leaves the member out; *members* replace or add any others.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

import orjson

from cds_service.facts.unit import SCALES
from cds_service.knowledge.coding import system_like

if TYPE_CHECKING:
    from collections.abc import Iterable

Resource: TypeAlias = dict[str, Any]

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
"""When every call of these tests is made."""
PATIENT_ID = "pat-1"
SUBJECT = {"reference": f"Patient/{PATIENT_ID}"}
UCUM = "http://unitsofmeasure.org"
LUMBAR_MRI = "72148"
"""CPT: lumbar spine, without contrast."""
_DATE = re.compile(r"\d{4}(-.*)?")
_AGE = re.compile(r"(-?\d+) (second|minute|hour|day|week)s?")
_RESULT = re.compile(r"(<=|>=|<|>)?(-?\d+(?:\.\d+)?)(?: (.+))?")


def ago(age: str, at: datetime = AT) -> str:
    """Write "30 days 1 second" before *at* as a dateTime; a date stays as it is.

    A negative number is a time to come. "" is no time at all.
    """
    if not age or _DATE.fullmatch(age):
        return age
    parts = _AGE.findall(age)
    assert parts, f"write {age!r} as '30 days', '1 hour' or a FHIR date"
    spent = timedelta(**{f"{unit}s": int(count) for count, unit in parts})
    return f"{at - spent:%Y-%m-%dT%H:%M:%SZ}"


def coding(code: str, display: str = "") -> Resource:
    """Code something: "M54.50" by its shape, else "system|code"."""
    system, _, bare = code.rpartition("|")
    found = {"system": system or system_like(code), "code": bare, "display": display}
    return _filled(found)


def concept(what: str) -> Resource:
    """Make a CodeableConcept of a code, or of words where it has no code's shape."""
    return {"coding": [coding(what)]} if _is_code(what) else {"text": what}


def status_of(code: str) -> Resource:
    """Make a CodeableConcept of a code from a closed set."""
    return {"coding": [{"code": code}]}


def patient(
    years: int | None = 45, sex: str = "male", birth: str = "", **members: Any
) -> Resource:
    """Make the Patient: so many years old on the day, or born on *birth*."""
    if not birth and years is not None:
        birth = f"{AT.year - years}-{AT:%m-%d}"
    own = {"resourceType": "Patient", "id": PATIENT_ID}
    return _filled(own | {"gender": sex, "birthDate": birth} | members)


def condition(
    what: str,
    onset: str = "",
    status: str = "active",
    verification: str = "confirmed",
    recorded: str = "",
    **members: Any,
) -> Resource:
    """Make a Condition; *onset* and *recorded* are ages or dates.

    It ended with, for instance, `abatementDateTime=ago("3 days")`.
    """
    return _filled(
        {
            "resourceType": "Condition",
            "subject": SUBJECT,
            "code": concept(what),
            "clinicalStatus": status and status_of(status),
            "verificationStatus": verification and status_of(verification),
            "onsetDateTime": ago(onset),
            "recordedDate": ago(recorded),
        }
        | members
    )


def observation(
    loinc: str,
    result: str = "",
    age: str = "1 day",
    status: str = "final",
    flag: str = "",
    **members: Any,
) -> Resource:
    """Make a laboratory result: "88 mg/L", "<5 mg/L", "88"; other text is a text.

    flag: the interpretation, such as H. The report's own limit is, for instance,
    `referenceRange=up_to("10 mg/L")`.
    """
    made: Resource = {
        "resourceType": "Observation",
        "subject": SUBJECT,
        "category": [status_of("laboratory")],
        "status": status,
        "code": concept(loinc),
        "effectiveDateTime": ago(age),
        "interpretation": [status_of(flag)] if flag else [],
    }
    quantified = _RESULT.fullmatch(result) is not None
    made |= {"valueQuantity": quantity(result)} if quantified else {}
    made |= {} if quantified else {"valueString": result}
    return _filled(made | members)


def temperature(result: str, age: str = "1 day", **members: Any) -> Resource:
    """Make a body temperature, a vital sign."""
    vital = {"category": [status_of("vital-signs")]}
    return observation("8310-5", result, age, **(vital | members))


def quantity(result: str) -> Resource:
    """Make a Quantity of "88 mg/L", ">200 mg/L" or "88"; UCUM where it is UCUM."""
    found = _RESULT.fullmatch(result)
    assert found, f"{result!r} is no quantity"
    comparator, value, unit = found.groups()
    ucum = {"system": UCUM, "code": unit} if unit in SCALES else {}
    named = {"comparator": comparator, "value": orjson.loads(value), "unit": unit}
    return {key: one for key, one in (named | ucum).items() if one is not None}


def up_to(high: str, **members: Any) -> list[Resource]:
    """Make the reference range of a report; "" makes none."""
    return [{"high": quantity(high)} | members] if high else []


def procedure(
    what: str, age: str = "", status: str = "completed", **members: Any
) -> Resource:
    """Make a Procedure."""
    own = {
        "resourceType": "Procedure",
        "subject": SUBJECT,
        "status": status,
        "code": concept(what),
        "performedDateTime": ago(age),
    }
    return _filled(own | members)


def medication_request(
    what: str, age: str = "", status: str = "active", **members: Any
) -> Resource:
    """Make a MedicationRequest, by code or by the name of the drug."""
    own = {
        "resourceType": "MedicationRequest",
        "subject": SUBJECT,
        "status": status,
        "intent": "order",
        "medicationCodeableConcept": concept(what),
        "authoredOn": ago(age),
    }
    return _filled(own | members)


def referral(
    what: str, age: str = "", status: str = "active", **members: Any
) -> Resource:
    """Make a ServiceRequest that was placed, such as one for physical therapy."""
    own = {
        "resourceType": "ServiceRequest",
        "subject": SUBJECT,
        "status": status,
        "intent": "order",
        "code": concept(what),
        "authoredOn": ago(age),
    }
    return _filled(own | members)


def report(what: str, age: str = "", status: str = "final", **members: Any) -> Resource:
    """Make a DiagnosticReport of something that was imaged."""
    own = {
        "resourceType": "DiagnosticReport",
        "subject": SUBJECT,
        "status": status,
        "code": concept(what),
        "effectiveDateTime": ago(age),
    }
    return _filled(own | members)


def study(
    what: str, age: str = "", status: str = "available", **members: Any
) -> Resource:
    """Make an ImagingStudy."""
    own = {
        "resourceType": "ImagingStudy",
        "subject": SUBJECT,
        "status": status,
        "procedureCode": [concept(what)],
        "started": ago(age),
    }
    return _filled(own | members)


def allergy(
    what: str, status: str = "active", verification: str = "confirmed", **members: Any
) -> Resource:
    """Make an AllergyIntolerance."""
    own = {
        "resourceType": "AllergyIntolerance",
        "patient": SUBJECT,
        "code": concept(what),
        "clinicalStatus": status and status_of(status),
        "verificationStatus": verification and status_of(verification),
    }
    return _filled(own | members)


def device(what: str, status: str = "active", **members: Any) -> Resource:
    """Make a Device that the patient carries."""
    own = {
        "resourceType": "Device",
        "patient": SUBJECT,
        "status": status,
        "type": concept(what),
    }
    return _filled(own | members)


def draft(
    what: str = LUMBAR_MRI,
    reasons: Iterable[str] = (),
    cites: Iterable[str] = (),
    note: str = "",
    **members: Any,
) -> Resource:
    """Make a draft order: its reasons as codes or words, and as references."""
    own: Resource = {
        "resourceType": "ServiceRequest",
        "id": "103",
        "status": "draft",
        "intent": "order",
        "subject": SUBJECT,
        "code": concept(what),
        "reasonCode": [concept(reason) for reason in reasons],
        "reasonReference": [{"reference": one} for one in cites],
        "note": [{"text": note}] if note else [],
    }
    return _filled(own | members)


def _is_code(what: str) -> bool:
    return "|" in what or system_like(what) != ""


def _filled(members: Resource) -> Resource:
    """Leave out what is empty: FHIR allows no empty member."""
    return {name: one for name, one in members.items() if one not in ("", [], None)}
