"""The chart of one patient: the resources of a prefetch and how far it can be trusted.

A chart is read without judging what the resources mean and without validating
them: that is done later, for those a criterion will look at.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from cds_service.fhir.answers import take_apart
from cds_service.fhir.identity import UNCLEAR, only_ours, patients_in
from cds_service.fhir.sight import Sight, State
from cds_service.fhir.supplied import UNKNOWN_KEY, Entry, Issue, Supplied

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["UNKNOWN_KEY", "Chart", "Entry", "Issue", "read_chart"]

# Where several values answer one query, the first of these states stands.
_WORST_FIRST = (
    State.FAILED,
    State.REJECTED,
    State.TRUNCATED,
    State.PRESENT,
    State.STALE,
    State.NONE_RECORDED,
    State.NOT_SUPPLIED,
)


@dataclass(frozen=True, slots=True)
class Chart:
    """What was supplied about one patient.

    `entries` is by resourceType and holds no Patient; `sight` is by prefetch key,
    one for every key that was wanted.
    """

    patient: Mapping[str, Any] | None
    entries: Mapping[str, tuple[Entry, ...]]
    sight: Mapping[str, Sight]
    issues: tuple[Issue, ...] = ()

    def of(self, resource_type: str) -> tuple[Entry, ...]:
        """Return the entries of one resourceType; none is an empty tuple."""
        return self.entries.get(resource_type, ())


def read_chart(
    prefetch: Mapping[str, Any],
    patient_id: str,
    wanted: Mapping[str, str],
    server: str | None = None,
) -> Chart:
    """Read a prefetch against the templates it answers.

    Args:
        prefetch: the JSON as received, by key.
        patient_id: the id of the patient the call is about.
        wanted: the templates, by key.
        server: the base of the client's FHIR server, if it named one.

    Raises:
        BadRequest: a Patient in it is not that patient.
    """
    supplied = take_apart(prefetch, patient_id, wanted)
    patients = patients_in(supplied, patient_id)
    parts = only_ours(supplied, patient_id, server)
    sight = dict.fromkeys(wanted, Sight(State.NOT_SUPPLIED))
    sight.update(_sights(parts))
    if patients and "patient" in wanted:
        sight["patient"] = Sight(State.PRESENT)
    return Chart(
        patients[0].resource if patients else None,
        MappingProxyType(_by_type(parts)),
        MappingProxyType(sight),
        tuple(issue for part in parts for issue in part.issues),
    )


def _sights(parts: Sequence[Supplied]) -> dict[str, Sight]:
    """Say of every query that was answered what became of it."""
    sights: dict[str, Sight] = {}
    for part in parts:
        for key in part.answers:
            sight = Sight(part.state, part.unreadable)
            other = sights.get(key)
            sights[key] = _both(sight, other) if other else sight
    for key in _unclear(parts):
        if key in sights:
            sights[key] = _both(sights[key], Sight(sights[key].state, unreadable=1))
    return sights


def _unclear(parts: Iterable[Supplied]) -> list[str]:
    """What came under a key of the client's own, and may be the patient's."""
    own = (part for part in parts if not part.answers)
    return [issue.key for part in own for issue in part.issues if issue.code == UNCLEAR]


def _both(one: Sight, other: Sight) -> Sight:
    worst = min(one.state, other.state, key=_WORST_FIRST.index)
    return Sight(worst, one.unreadable + other.unreadable, one.cause or other.cause)


def _keep(entry: Entry, same_type: dict[str, Entry]) -> None:
    # One without a reference of its own can be told apart by its place.
    held = same_type.setdefault(entry.reference or entry.path, entry)
    if held is not entry and _differ(held.resource, entry.resource):
        same_type[entry.path] = entry


def _differ(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two of one name are two after all: not every client numbers them."""
    try:
        return one != other
    except RecursionError:  # nested deeper than can be compared
        return True


def _by_type(parts: Iterable[Supplied]) -> dict[str, tuple[Entry, ...]]:
    """Sort the entries by resourceType, each resource once, Patients left aside."""
    by_type: dict[str, dict[str, Entry]] = {}
    for part in parts:
        for entry in part.entries:
            _keep(entry, by_type.setdefault(entry.resource["resourceType"], {}))
    by_type.pop("Patient", None)
    return {kind: tuple(entries.values()) for kind, entries in by_type.items()}
