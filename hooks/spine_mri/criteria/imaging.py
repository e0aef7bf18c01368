"""What has been scanned already, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.fhir.prefetch import key_of
from cds_service.knowledge.requirement import DataRequirement
from hooks.spine_mri import value_sets as codes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from cds_service.facts.model import Fact, Facts
    from cds_service.knowledge.value_set import ValueSet

# An order is no scan: what was done is a procedure, a study or a report.
SCANNED = ("Procedure", "ImagingStudy", "DiagnosticReport")


def imaging_needs(*scans: ValueSet) -> frozenset[DataRequirement]:
    """Say what must be read to know whether one of these was done."""
    return frozenset(
        DataRequirement(source, None, one.id) for one in scans for source in SCANNED
    )


IMAGING_KEYS = tuple(
    sorted({key_of(need) for need in imaging_needs(codes.CT_SPINE_ORDER)})
)


def scans_since(
    facts: Facts, scans: Iterable[ValueSet], start: datetime
) -> tuple[Fact, ...]:
    """Give the scans dated on or after the day of *start* that overlap the order."""
    return tuple(
        fact
        for one in scans
        for fact in facts.coded.get(one.id, ())
        if fact.source in SCANNED
        and fact.done
        and fact.when is not None
        and fact.when.last.date() >= start.date()
        and overlaps(fact.sites, facts.order.sites)
    )


def overlaps(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two scans may show the same region; one that names none may."""
    return not one or not other or bool(one & other)
