"""Read what was imaged: DiagnosticReports and ImagingStudies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.facts.extract.concept import read_concept, status_of
from cds_service.facts.extract.reading import (
    Course,
    concept_of,
    facts_of,
    is_usable,
    moment_of,
)
from cds_service.facts.timing import Moment

if TYPE_CHECKING:
    from cds_service.facts.extract.concept import Meaning
    from cds_service.facts.extract.reading import Gathered
    from cds_service.fhir.chart import Entry

# Until something can be looked at, nothing was imaged.
NOTHING_YET = frozenset({"registered", "cancelled", "entered-in-error", "unknown"})
# More is to come, so what was asked may not have been looked at yet.
PARTIAL = "partial"
REPORTED = frozenset(
    {PARTIAL, "preliminary", "final", "amended", "corrected", "appended"}
)
SCANNED = frozenset({"available"})


def read_report(entry: Entry, gathered: Gathered) -> None:
    """Add the facts of a DiagnosticReport: what was examined, and when."""
    resource = entry.resource
    concept = concept_of(entry, "code", gathered)
    if concept is None or not _is_there(entry, REPORTED, gathered):
        return
    when = moment_of(resource, "effective") or Moment.parse(resource.get("issued"))
    course = Course(when=when, recorded=when, done=status_of(resource) != PARTIAL)
    _add(entry, concept.meanings, course, gathered)


def read_study(entry: Entry, gathered: Gathered) -> None:
    """Add the facts of an ImagingStudy: its procedures, else its description."""
    resource = entry.resource
    procedures = resource.get("procedureCode")
    listed = procedures if isinstance(procedures, list) else []
    told = [*listed, {"text": resource.get("description")}]
    concepts = [read_concept(one, gathered.lexicon) for one in told]
    if not any(concept.readable for concept in concepts):
        gathered.leave_out(entry, "no-code", "It does not say what was imaged")
        return
    found = dict.fromkeys(one for concept in concepts for one in concept.meanings)
    if found and _is_there(entry, SCANNED, gathered):
        when = Moment.parse(resource.get("started"))
        _add(entry, tuple(found), Course(when=when, recorded=when), gathered)


def _is_there(entry: Entry, statuses: frozenset[str], gathered: Gathered) -> bool:
    """Whether its status says that something was imaged; an odd one says nothing."""
    status = status_of(entry.resource)
    if status in statuses:
        return True
    if status not in NOTHING_YET:
        gathered.leave_out(entry, "invalid", "`status` is not a code of FHIR R4")
    return False


def _add(
    entry: Entry, meanings: tuple[Meaning, ...], course: Course, gathered: Gathered
) -> None:
    if is_usable(entry, course.when, gathered):
        gathered.facts.extend(facts_of(entry, meanings, course, frozenset()))
