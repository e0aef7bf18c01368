"""What a service reads of a chart, derived from what its criteria need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cds_service.fhir.prefetch import key_of
from cds_service.reasoning.outline import tree

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cds_service.knowledge.requirement import DataRequirement
    from cds_service.service import Service


def inputs(service: Service[Any]) -> list[dict[str, Any]]:
    """List each query with the resources it asks for and what is looked for there."""
    needs = {need for one in tree(service.criteria) for need in one.needs}
    return [
        {
            "key": key,
            "query": query,
            **_looked_for(service, [one for one in needs if key_of(one) == key]),
        }
        for key, query in service.prefetch.items()
    ]


def _looked_for(
    service: Service[Any], needs: Iterable[DataRequirement]
) -> dict[str, list[str]]:
    sets = service.vocabulary.by_id
    named = {sets[one.value_set].title for one in needs if one.value_set}
    types = {one.type for one in needs}
    return {"resources": sorted(types), "valueSets": sorted(named)}
