"""Match what was supplied with what was asked for."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from cds_service.fhir.bundle import read_value
from cds_service.fhir.prefetch import KEYS
from cds_service.fhir.query import answered
from cds_service.fhir.supplied import UNKNOWN_KEY, Supplied

if TYPE_CHECKING:
    from collections.abc import Mapping

_TYPES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        key: frozenset(asked for (asked, _), own in KEYS.items() if own == key)
        for key in KEYS.values()
    }
)
_KEY_OF: Mapping[str, str] = MappingProxyType(
    {asked: key for (asked, _), key in tuple(KEYS.items())[::-1]}
)
_ANY_TYPE: frozenset[str] = frozenset()


def take_apart(
    prefetch: Mapping[str, Any], patient_id: str, wanted: Mapping[str, str]
) -> list[Supplied]:
    """Read every value of a prefetch, and say which queries of *wanted* it answers.

    What was asked for comes first, so that it wins where a resource comes twice.
    A value under a key of the client's own is read for its resources, and answers
    the queries that nothing else answers if its `self` link says so.
    """
    asked = [key for key in wanted if key in prefetch]
    unanswered = {key: wanted[key] for key in wanted if key not in prefetch}
    own = [
        read_value(key, prefetch[key], _due(key, wanted[key]), (key,)) for key in asked
    ]
    others = [
        read_value(key if key in _TYPES else UNKNOWN_KEY, value, _ANY_TYPE)
        for key, value in prefetch.items()
        if key not in wanted and type(value) is dict
    ]
    placed = [_placed(part) for part in others]
    return [_linked(part, patient_id, unanswered) for part in (*own, *placed)]


def _placed(part: Supplied) -> Supplied:
    """Hold each resource of a client's own query against the query of ours for it.

    What cannot be read there may be what that query did not find.
    """
    entries = (
        entry._replace(key=_KEY_OF.get(entry.resource["resourceType"], entry.key))
        for entry in part.entries
    )
    return part._replace(entries=tuple(entries))


def _due(key: str, template: str) -> frozenset[str]:
    due = _TYPES.get(key)
    return due or frozenset({template.partition("?")[0].partition("/")[0]})


def _linked(part: Supplied, patient_id: str, unanswered: Mapping[str, str]) -> Supplied:
    """Add the queries answered by the part's own account."""
    if not part.self_link or not unanswered:
        return part
    linked = answered(part.self_link, patient_id, unanswered)
    if not linked:
        return part
    answers = (*part.answers, *linked)
    entries = tuple(entry._replace(key=answers[0]) for entry in part.entries)
    return part._replace(answers=answers, entries=entries)
