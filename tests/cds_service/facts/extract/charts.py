"""Read resources into facts and say what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.builders import coding, facts_from

if TYPE_CHECKING:
    from cds_service.facts.model import Fact, Facts, Measurement
    from tests.builders import Resource

ICD10 = "http://hl7.org/fhir/sid/icd-10-cm"
SNOMED = "http://snomed.info/sct"


def read(*resources: Resource, **given: Any) -> Facts:
    """Read a chart of *resources*; *given* as to facts_from."""
    return facts_from(resources, **given)


def fact(value_set: str, *resources: Resource, **given: Any) -> Fact:
    """Give the only fact that was read as this concept."""
    (found,) = read(*resources, **given).coded[value_set]
    return found


def result(value_set: str, *resources: Resource) -> Measurement:
    """Give the only result that was read as this test."""
    (found,) = read(*resources).measured[value_set]
    return found


def meanings(*resources: Resource, **given: Any) -> set[str]:
    """Name the concepts that were read."""
    return set(read(*resources, **given).coded)


def faults(*resources: Resource) -> list[str]:
    """List the codes of what was left out."""
    return [one.code for one in read(*resources).issues]


def unreadable(key: str, *resources: Resource) -> int:
    """Count what nobody could read in the answer to one query."""
    return read(*resources).sight[key].unreadable


def coded(*codings: str | Resource, **members: Any) -> Resource:
    """Make a CodeableConcept of several codings, in this order."""
    made = [one if isinstance(one, dict) else coding(one) for one in codings]
    return {"coding": made} | members
