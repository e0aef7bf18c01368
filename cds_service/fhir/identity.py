"""Whose resource it is: only those of the patient in question are ever read."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from cds_service.cds_hooks.errors import BadRequest
from cds_service.fhir.sight import State
from cds_service.fhir.supplied import Issue
from cds_service.knowledge.coding import bare

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cds_service.fhir.supplied import Entry, Supplied

_OURS = ""
_ANOTHERS = "other-patient"
_ELSEWHERE = "other-server"
UNCLEAR = "unclear-patient"
"""The fault of a reference that may be anyone's."""
_OTHER_FOCUS = "other-focus"
_WHAT = MappingProxyType(
    {
        _ANOTHERS: "The resource is about someone else.",
        _ELSEWHERE: "The resource is about a patient of another server.",
        UNCLEAR: "It cannot be told whom the resource is about.",
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


def only_ours(
    parts: Sequence[Supplied], patient_id: str, server: str | None
) -> list[Supplied]:
    """Leave out, with a note, every resource that is not about the patient.

    One without a subject stays: the query was by patient, and validation refuses
    a resource that owes a subject. An absolute reference has to lie under *server*,
    where the client named one.
    """
    urls = [url for part in parts for url in part.patient_urls]
    usual = ("", patient_id, f"Patient/{patient_id}", f"urn:uuid:{patient_id}")
    known = dict.fromkeys((*usual, *urls), _OURS)
    return [_screened(part, patient_id, server, known) for part in parts]


def _screened(
    part: Supplied, patient_id: str, server: str | None, known: dict[str, str]
) -> Supplied:
    """Screen one part; *known* gains the references it meets."""
    subjects = [_subject(entry.resource) for entry in part.entries]
    for subject in subjects:
        if subject not in known:
            known[subject] = owner_of(subject, patient_id, server)
    faults = [
        known[subject] or _focus_fault(entry.resource, known)
        for entry, subject in zip(part.entries, subjects, strict=True)
    ]
    return _without_others(part, faults) if any(faults) else part


def _without_others(part: Supplied, faults: Sequence[str]) -> Supplied:
    """Leave out the entries that have a fault, with a note."""
    judged = list(zip(part.entries, faults, strict=True))
    kept = tuple(entry for entry, fault in judged if not fault)
    nobody = not kept and _OTHER_FOCUS not in faults
    left_out = (
        Issue(entry.key, fault, entry.path, _WHAT[fault])
        for entry, fault in judged
        if fault
    )
    return part._replace(
        state=State.REJECTED if nobody else part.state,
        entries=kept,
        issues=(*part.issues, *left_out),
        unreadable=part.unreadable + faults.count(UNCLEAR),
    )


def _focus_fault(resource: Mapping[str, Any], known: Mapping[str, str]) -> str:
    """Observation.focus: a fetus or a device, though the subject is the patient."""
    focus = resource.get("focus")
    if not focus:
        return _OURS
    named = map(_reference, focus if type(focus) is list else [focus])
    ours = all(one and known.get(one) == _OURS for one in named)
    return _OURS if ours else _OTHER_FOCUS


def _subject(resource: Mapping[str, Any]) -> str:
    subject = resource.get("subject")
    if subject is None:
        subject = resource.get("patient")
    return _reference(subject)


def _reference(pointer: object) -> str:
    reference = pointer.get("reference") if type(pointer) is dict else None
    return reference if type(reference) is str else ""


def owner_of(reference: str, patient_id: str, server: str | None) -> str:
    """Say whom a reference, relative or absolute, versioned or not, points to.

    A `urn:` that no Patient bears, or a contained resource, may be anyone. The same
    id on another server is another patient.

    Returns:
        "" for the patient, else a short word for the fault.
    """
    steps = bare(reference).partition("/_history/")[0].strip("/").split("/")
    if len(steps) == 1:
        return UNCLEAR
    if steps[-2:] != ["Patient", patient_id]:
        return _ANOTHERS
    base = "/".join(steps[:-2])
    within = not (base and server) or _bare(base) == _bare(server)
    return _OURS if within else _ELSEWHERE


def _bare(base: str) -> str:
    """Drop what two ways of writing one server differ by."""
    return base.rpartition("://")[2].rstrip("/").casefold()
