"""Prefetch templates: what is asked for, derived from what the criteria need.

CDS Hooks 2.0, "Prefetch Template". Only first-level tokens, reads and the simple
search parameters, and no parameter twice: one client joins repeated ones by a
comma. Codes go without their system, or the template would outgrow a URL. They are of
both terminologies that charts name tests by: what is not asked for is not seen.
"""

from __future__ import annotations

from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cds_service.knowledge.requirement import DataRequirement

KEYS: Mapping[tuple[str, str | None], str] = MappingProxyType(
    {
        ("Patient", None): "patient",
        ("Condition", None): "conditions",
        ("Observation", "laboratory"): "observations",
        ("Observation", "vital-signs"): "vitals",
        ("Procedure", None): "procedures",
        ("MedicationRequest", None): "medications",
        ("AllergyIntolerance", None): "allergies",
        ("Device", None): "devices",
        ("DeviceUseStatement", None): "devices",
        ("ImagingStudy", None): "imaging",
        ("DiagnosticReport", None): "reports",
    }
)
"""The prefetch key of each kind of resource; part of the published contract."""

_ORDER = tuple(dict.fromkeys(KEYS.values()))
# Newest first where a record can be long, so that a page cut short loses the oldest.
_NARROWED = MappingProxyType(
    {
        "observations": "&_sort=-date&_count=100",
        "vitals": "&_sort=-date&_count=100",
        "procedures": "&_sort=-date&_count=100",
        "medications": "&_sort=-authoredon&_count=100",
        "imaging": "&_sort=-started&_count=50",
        # Radiology in LOINC's document ontology, and in HL7 v2 table 0074.
        "reports": "&category=LP29684-5,RAD&_sort=-date&_count=50",
    }
)
_LONGEST = 2000


def key_of(need: DataRequirement) -> str:
    """Give the prefetch key under which *need* is answered.

    Raises:
        ValueError: nothing is ever asked for this kind of resource.
    """
    key = KEYS.get((need.type, need.category)) or KEYS.get((need.type, None))
    if key is None:
        raise ValueError(
            f"no prefetch key for {need.type} of category {need.category}: "
            "use one of cds_service.fhir.prefetch.KEYS or add it there"
        )
    return key


def templates(
    needs: Iterable[DataRequirement], codes: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """Give the templates that answer *needs*, always in the same order.

    Args:
        needs: what the criteria read.
        codes: for each value set id named by an Observation, its codes.

    Raises:
        ValueError: a need no key answers, two types under one key, or a template
            too long for a URL.
    """
    placed = sorted(((_ORDER.index(key_of(need)), need) for need in needs), key=_rank)
    return {
        _ORDER[rank]: _template(_ORDER[rank], [need for _, need in group], codes)
        for rank, group in groupby(placed, key=_rank)
    }


def _rank(placed: tuple[int, DataRequirement]) -> int:
    return placed[0]


def _template(
    key: str, needs: list[DataRequirement], codes: Mapping[str, Sequence[str]]
) -> str:
    types = {need.type for need in needs}
    if len(types) > 1:
        raise ValueError(f"one query cannot ask for {' and '.join(sorted(types))}")
    asked = types.pop()
    if asked == "Patient":
        return "Patient/{{context.patientId}}"
    limits = f"{_chosen(needs, codes)}{_NARROWED.get(key, '')}"
    template = f"{asked}?patient={{{{context.patientId}}}}{limits}"
    if len(template) >= _LONGEST:
        raise ValueError(f"the template of {key} is too long: shorten its value sets")
    return template


def _chosen(needs: list[DataRequirement], codes: Mapping[str, Sequence[str]]) -> str:
    """Narrow Observations to the codes needed, or to their category if any will do."""
    if needs[0].type != "Observation":
        return ""
    named = [need.value_set for need in needs]
    wanted = {code for name in named if name is not None for code in codes[name]}
    if None in named or not wanted:
        return f"&category={needs[0].category}"
    return f"&code={','.join(sorted(wanted))}"
