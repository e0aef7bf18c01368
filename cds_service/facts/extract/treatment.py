"""Read what was done: Procedures, referrals and prescriptions."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from cds_service.facts.extract.concept import Concept, read_concept, status_of
from cds_service.facts.extract.reading import (
    Course,
    concept_of,
    facts_of,
    is_true,
    is_usable,
    moment_of,
    sites_of,
)
from cds_service.facts.quantity import Quantity, canonical_unit, decimal_of
from cds_service.facts.timing import Moment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cds_service.facts.extract.reading import Gathered
    from cds_service.fhir.chart import Entry

NOT_DONE = frozenset({"not-done", "entered-in-error", "preparation"})
COMPLETED = "completed"
NOT_ASKED = frozenset({"draft", "revoked", "entered-in-error"})
NOT_GIVEN = frozenset({"draft", "cancelled", "entered-in-error"})
# FHIR: one of the other statuses holds, and nobody knows which.
UNKNOWN = "unknown"
# In days and in times: nobody prescribes for longer.
LONGEST_SUPPLY, MOST_REFILLS = 1000, 100
NOT_TAKEN_NOW = frozenset({"completed", "stopped"})


def read_procedure(entry: Entry, gathered: Gathered) -> None:
    """Add the facts of a Procedure that was done or is being done."""
    concept = concept_of(entry, "code", gathered)
    if concept is None or status_of(entry.resource) in NOT_DONE:
        return
    when = moment_of(entry.resource, "performed")
    done = status_of(entry.resource) == COMPLETED
    _add(entry, concept, Course(when=when, recorded=when, done=done), gathered)


def read_referral(entry: Entry, gathered: Gathered) -> None:
    """Add the facts of a ServiceRequest that was really placed."""
    resource = entry.resource
    concept = concept_of(entry, "code", gathered)
    if concept is None or _is_refused(resource, NOT_ASKED):
        return
    when = Moment.parse(resource.get("authoredOn"))
    _add(entry, concept, Course(when=when, recorded=when), gathered)


def read_prescription(entry: Entry, gathered: Gathered) -> None:
    """Add the facts of a MedicationRequest, by code and by the name of the drug."""
    resource = entry.resource
    concept = read_concept(_medication(resource), gathered.lexicon)
    if not concept.readable:
        gathered.leave_out(entry, "no-code", "The medication has no code or name")
        return
    if not concept.meanings or _is_refused(resource, NOT_GIVEN):
        return
    when = Moment.parse(resource.get("authoredOn"))
    active = status_of(resource) not in NOT_TAKEN_NOW
    supply = _supply(resource.get("dispenseRequest"))
    course = Course(when=when, recorded=when, active=active, supply=supply)
    _add(entry, concept, course, gathered)


def _add(entry: Entry, concept: Concept, course: Course, gathered: Gathered) -> None:
    if not is_usable(entry, course.when, gathered):
        return
    if status_of(entry.resource) == UNKNOWN:
        gathered.leave_out(entry, "status-unknown", "Whether it came to be is unknown")
        return
    sites = sites_of(entry.resource, gathered.lexicon)
    gathered.facts.extend(facts_of(entry, concept.meanings, course, sites))


def _is_refused(resource: Mapping[str, Any], never_came: frozenset[str]) -> bool:
    return status_of(resource) in never_came or is_true(resource.get("doNotPerform"))


def _supply(dispensed: object) -> timedelta | None:
    """Give how long all that may be dispensed lasts; none where it does not say."""
    if not isinstance(dispensed, dict):
        return None
    duration, refills = (
        dispensed.get(name)
        for name in ("expectedSupplyDuration", "numberOfRepeatsAllowed")
    )
    if not isinstance(duration, dict):
        return None
    value = decimal_of(duration.get("value"))
    unit = canonical_unit(duration.get("code") or duration.get("unit"))
    days = Quantity(value, unit).to("d") if value is not None and unit else None
    if days is None or not 0 <= days.value <= LONGEST_SUPPLY:
        return None
    times = 1 + (decimal_of(refills) or 0)
    return timedelta(days=float(days.value * min(times, MOST_REFILLS)))


def _medication(resource: Mapping[str, Any]) -> object:
    """Find what was prescribed: coded, contained, or named by the reference."""
    concept = resource.get("medicationCodeableConcept")
    reference = resource.get("medicationReference")
    if isinstance(concept, dict) or not isinstance(reference, dict):
        return concept
    target = reference.get("reference")
    within = target[1:] if isinstance(target, str) and target[:1] == "#" else None
    contained = resource.get("contained")
    for one in contained if isinstance(contained, list) else ():
        if within and isinstance(one, dict) and one.get("id") == within:
            return one.get("code")
    return {"text": reference.get("display")}
