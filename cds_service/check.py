"""Validate all content: ids, codes and their check digits, citations.

One code in two value sets is no fault: sciatica is back pain and radiculopathy, and an
exclusion from one concept is often the heart of another. A fault it is where the
service itself says that the two exclude each other.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from cds_service.knowledge.check_digits import loinc_is_valid, snomed_is_valid
from cds_service.knowledge.coding import LOINC, SNOMED
from cds_service.knowledge.value_set import Role
from cds_service.reasoning.outline import tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cds_service.knowledge.value_set import ValueSet
    from cds_service.reasoning.finding import Criterion
    from cds_service.service import Service

CHECKS = {LOINC: loinc_is_valid, SNOMED: snomed_is_valid}


def faults(service: Service[Any]) -> Iterator[str]:
    """Yield one line for everything amiss in the content of a service."""
    by_id = service.vocabulary.by_id
    for value_set in by_id.values():
        yield from code_faults(value_set)
        yield from repeated_codes(value_set)
    # A result is of one test, and one answer is not both of positive and negative.
    for names in (service.measured, service.presence):
        yield from shared_codes(by_id[one] for one in names if one in by_id)
    yield from criterion_faults(tree(service.criteria))


def code_faults(value_set: ValueSet) -> Iterator[str]:
    """Yield the codes whose check digit does not fit."""
    for member in value_set.members:
        valid = CHECKS.get(member.system)
        if valid is not None and not valid(member.code):
            place = f"value set {value_set.id}, code {member.code}"
            yield f"{place}: the check digit does not fit; look the code up again"


def repeated_codes(value_set: ValueSet) -> Iterator[str]:
    """Yield the codes that one value set holds twice: only one of them could count."""
    counted = Counter((one.system, one.code, one.match) for one in value_set.members)
    for (_, code, _), times in counted.items():
        if times > 1:
            place = f"value set {value_set.id}, code {code}"
            yield f"{place}: stands there {times} times; leave one"


def shared_codes(value_sets: Iterable[ValueSet]) -> Iterator[str]:
    """Yield the codes that stand in two of *value_sets*, which exclude each other."""
    holder: dict[tuple[str, str], str] = {}
    counting = (
        (one.id, member)
        for one in value_sets
        for member in one.members
        if member.role is not Role.EXCLUDE
    )
    for name, member in counting:
        first = holder.setdefault((member.system, member.code), name)
        if first != name:
            place = f"value sets {first} and {name}, code {member.code}"
            yield f"{place}: it can mean one of them alone; leave it in one"


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
