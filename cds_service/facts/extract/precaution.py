"""Read what a scan must respect: AllergyIntolerances and Devices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.facts.extract.concept import code_of, status_of
from cds_service.facts.extract.condition import NOT_SO, OVER
from cds_service.facts.extract.reading import (
    Course,
    concept_of,
    facts_of,
    is_usable,
)

if TYPE_CHECKING:
    from cds_service.facts.extract.reading import Gathered
    from cds_service.fhir.chart import Entry

NO_DEVICE = frozenset({"entered-in-error"})
NOT_WORN = frozenset({"inactive"})


def read_allergy(entry: Entry, gathered: Gathered) -> None:
    """Add the facts of an AllergyIntolerance; a refuted one is none."""
    resource = entry.resource
    concept = concept_of(entry, "code", gathered)
    if concept is None or code_of(resource.get("verificationStatus")) in NOT_SO:
        return
    if is_usable(entry, None, gathered):
        active = code_of(resource.get("clinicalStatus")) not in OVER
        course = Course(active=active)
        gathered.facts.extend(facts_of(entry, concept.meanings, course, frozenset()))


def read_device(entry: Entry, gathered: Gathered) -> None:
    """Add the facts of a Device of the patient's; one taken out is not active."""
    resource = entry.resource
    concept = concept_of(entry, "type", gathered)
    if concept is None or status_of(resource) in NO_DEVICE:
        return
    if is_usable(entry, None, gathered):
        course = Course(active=status_of(resource) not in NOT_WORN)
        gathered.facts.extend(facts_of(entry, concept.meanings, course, frozenset()))
