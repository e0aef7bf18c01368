"""Validate all content: ids, codes and their check digits, citations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cds_service.knowledge.check_digits import loinc_is_valid, snomed_is_valid
from cds_service.knowledge.coding import LOINC, SNOMED
from cds_service.reasoning.outline import tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cds_service.knowledge.value_set import ValueSet
    from cds_service.reasoning.finding import Criterion
    from cds_service.service import Service

CHECKS = {LOINC: loinc_is_valid, SNOMED: snomed_is_valid}


def faults(service: Service[Any]) -> Iterator[str]:
    """Yield one line for everything amiss in the content of a service."""
    for value_set in service.vocabulary.by_id.values():
        yield from code_faults(value_set)
    yield from criterion_faults(tree(service.criteria))


def code_faults(value_set: ValueSet) -> Iterator[str]:
    """Yield the codes whose check digit does not fit."""
    for member in value_set.members:
        valid = CHECKS.get(member.system)
        if valid is not None and not valid(member.code):
            place = f"value set {value_set.id}, code {member.code}"
            yield f"{place}: the check digit does not fit; look the code up again"


def criterion_faults(criteria: Iterable[Criterion]) -> Iterator[str]:
    """Yield ids that stand for two different questions, and citations to nowhere."""
    meaning: dict[str, tuple[str, str]] = {}
    for criterion in criteria:
        said = (criterion.title, criterion.condition)
        if meaning.setdefault(criterion.id, said) != said:
            yield f"criterion {criterion.id}: two questions share this id; rename one"
        cited = criterion.citation
        if cited is not None and not cited.url.startswith("https://"):
            yield f"criterion {criterion.id}: its citation needs an https address"
