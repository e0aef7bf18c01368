"""Whose resource it is: only those of the patient in question are ever read."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from cds_service.cds_hooks.errors import BadRequest
from cds_service.fhir.sight import State
from cds_service.fhir.supplied import Issue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cds_service.fhir.supplied import Entry, Supplied

_OURS = ""
_ANOTHERS = "other-patient"
_UNCLEAR = "unclear-patient"
_OTHER_FOCUS = "other-focus"
_WHAT = MappingProxyType(
    {
        _ANOTHERS: "The resource is about someone else.",
        _UNCLEAR: "It cannot be told whom the resource is about.",
        _OTHER_FOCUS: "The resource is about something other than the patient.",
    }
)


def patients_in(parts: Sequence[Supplied], patient_id: str) -> list[Entry]:
    """Give the Patients in a prefetch, each of them the one the call is about.

    Raises:
        BadRequest: one of them is not.
    """
    patients = [
        entry
        for part in parts
        for entry in part.entries
        if entry.resource["resourceType"] == "Patient"
    ]
    for entry in patients:
        if entry.resource.get("id") != patient_id:
            raise BadRequest(
                "The Patient supplied is not the one named by context.patientId.",
                f"{entry.path}.id",
                "Send the Patient whose id is context.patientId.",
            )
    return patients


def only_ours(parts: Sequence[Supplied], patient_id: str) -> list[Supplied]:
    """Leave out, with a note, every resource that is not about the patient.

    One without a subject stays: the query was by patient, and validation refuses
    a resource that owes a subject.
    """
    urls = [url for part in parts for url in part.patient_urls]
    usual = ("", patient_id, f"Patient/{patient_id}", f"urn:uuid:{patient_id}")
    known = dict.fromkeys((*usual, *urls), _OURS)
    return [_screened(part, patient_id, known) for part in parts]


def _screened(part: Supplied, patient_id: str, known: dict[str, str]) -> Supplied:
    """Screen one part; *known* gains the references it meets."""
    faults = [_fault(entry.resource, patient_id, known) for entry in part.entries]
    if not any(faults):
        return part
    judged = list(zip(part.entries, faults, strict=True))
    kept = tuple(entry for entry, fault in judged if not fault)
    nobody = not kept and _OTHER_FOCUS not in faults
    return part._replace(
        state=State.REJECTED if nobody else part.state,
        entries=kept,
        issues=part.issues
        + tuple(
            Issue(entry.key, fault, entry.path, _WHAT[fault])
            for entry, fault in judged
            if fault
        ),
        unreadable=part.unreadable + faults.count(_UNCLEAR),
    )


def _fault(resource: Mapping[str, Any], patient_id: str, known: dict[str, str]) -> str:
    subject = _subject(resource)
    owner = known.get(subject)
    if owner is None:
        owner = known[subject] = _owner(subject, patient_id)
    # Observation.focus: a fetus or a device, though the subject is the patient.
    return _OTHER_FOCUS if owner == _OURS and resource.get("focus") else owner


def _subject(resource: Mapping[str, Any]) -> str:
    subject = resource.get("subject")
    if subject is None:
        subject = resource.get("patient")
    reference = subject.get("reference") if type(subject) is dict else None
    return reference if type(reference) is str else ""


def _owner(reference: str, patient_id: str) -> str:
    """Say whom a reference, relative or absolute, versioned or not, points to.

    A `urn:` that no Patient bears, or a contained resource, may be anyone.
    """
    steps = reference.partition("/_history/")[0].split("/")
    if len(steps) == 1:
        return _UNCLEAR
    return _OURS if steps[-2:] == ["Patient", patient_id] else _ANOTHERS
