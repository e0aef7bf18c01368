"""A chart as a clinician reads it: what, how much, when; newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from cds_service.presentation.markdown import day, printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Resource = dict[str, Any]

_SECTIONS = (
    ("Problems", ("Condition",)),
    ("Allergies", ("AllergyIntolerance",)),
    ("Medications", ("MedicationRequest",)),
    ("Results and vital signs", ("Observation",)),
    ("Imaging", ("ImagingStudy", "DiagnosticReport")),
    ("Procedures", ("Procedure",)),
    ("Devices", ("Device",)),
)
_WHEN = (
    *("effectiveDateTime", "onsetDateTime", "performedDateTime", "authoredOn"),
    *("started", "recordedDate", "issued", "manufactureDate"),
)
_NAMED = ("code", "vaccineCode", "medicationCodeableConcept", "type", "description")
_OUTSIDE = frozenset({"H", "HH", "L", "LL", "A", "AA", "HU", "LU"})


@dataclass(frozen=True, slots=True)
class Row:
    """One resource in a line.

    Attributes:
        flag: "high", "low" or "abnormal", as the laboratory marked it; else "".
    """

    reference: str
    name: str
    value: str
    when: str
    status: str
    flag: str


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of a kind."""

    title: str
    rows: tuple[Row, ...]


def sections(resources: Iterable[Resource]) -> Iterator[Section]:
    """Sort a patient's resources into what a chart shows; empty parts too."""
    held = sorted(resources, key=_dated, reverse=True)
    for title, kinds in _SECTIONS:
        chosen = [one for one in held if one["resourceType"] in kinds]
        yield Section(title, tuple(row(one) for one in chosen))


def row(resource: Resource) -> Row:
    """Write a resource in a line."""
    when = _dated(resource)
    return Row(
        reference=f"{resource['resourceType']}/{resource['id']}",
        name=_name(resource),
        value=_value(resource),
        when=day(date.fromisoformat(when[: len("2026-11-20")])) if when else "no date",
        status=_status(resource),
        flag=_flag(resource),
    )


def age(birth: str, today: date) -> int:
    """Count the birthdays since *birth*."""
    born = date.fromisoformat(birth)
    early = (today.month, today.day) < (born.month, born.day)
    return today.year - born.year - early


def _dated(resource: Resource) -> str:
    return next((str(resource[name]) for name in _WHEN if name in resource), "")


def _name(resource: Resource) -> str:
    for name in _NAMED:
        if name in resource:
            return words(resource[name])
    named = resource.get("medicationReference") or {}
    return str(named.get("display") or resource["resourceType"])


def words(concept: Any) -> str:  # noqa: ANN401 - a text, or a CodeableConcept
    """Give the words of a concept."""
    if isinstance(concept, str):
        return concept
    displays = (one.get("display") for one in concept.get("coding", []))
    return str(concept.get("text") or next(filter(None, displays), "?"))


def _value(resource: Resource) -> str:
    parts = [resource, *resource.get("component", [])]
    return ", ".join(filter(None, map(_single, parts))) or _conclusion(resource)


def _single(part: Resource) -> str:
    quantity = part.get("valueQuantity")
    if quantity:
        amount = f"{quantity.get('comparator', '')}{quantity.get('value', '?')}"
        return f"{amount} {_unit(quantity)}".strip()
    concept = part.get("valueCodeableConcept") or part.get("valueString")
    return words(concept) if concept else ""


def _unit(quantity: Resource) -> str:
    """Give the unit as it was written, or as people write its UCUM code."""
    code = str(quantity.get("code", ""))
    shown = printed(code)
    return shown if shown != code else str(quantity.get("unit", code))


def _conclusion(resource: Resource) -> str:
    reactions = (
        words(sign)
        for one in resource.get("reaction", [])
        for sign in one.get("manifestation", [])
    )
    dosage = (one.get("text", "") for one in resource.get("dosageInstruction", []))
    said = [resource.get("conclusion", ""), *reactions, *dosage]
    return ", ".join(filter(None, said))


def _status(resource: Resource) -> str:
    """Say what differs from the usual: a past problem, a suspected one."""
    clinical, certain = (
        _code(resource.get(name)) for name in ("clinicalStatus", "verificationStatus")
    )
    said = [clinical, certain, str(resource.get("status", ""))]
    usual = {"", "active", "confirmed", "final", "completed", "available"}
    return ", ".join(one for one in said if one not in usual)


def _flag(resource: Resource) -> str:
    for one in resource.get("interpretation", []):
        code = _code(one)
        if code in _OUTSIDE:
            return {"H": "high", "L": "low"}.get(code[0], "abnormal")
    return ""


def _code(concept: Any) -> str:  # noqa: ANN401 - a CodeableConcept, or nothing
    codings = (concept or {}).get("coding") or [{}]
    return str(codings[0].get("code", ""))
