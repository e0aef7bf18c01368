"""Read a chart, and the order on top of it, into facts.

What cannot be read is left out, noted, and held against the query it came by: what
was not seen there is unknown, not absent.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from cds_service.facts.extract.condition import read_condition
from cds_service.facts.extract.imaging import read_report, read_study
from cds_service.facts.extract.observation import read_observation
from cds_service.facts.extract.person import read_person
from cds_service.facts.extract.precaution import read_allergy, read_device
from cds_service.facts.extract.reading import Gathered
from cds_service.facts.extract.reasons import ORDER, cite, read_reasons
from cds_service.facts.extract.treatment import (
    read_prescription,
    read_procedure,
    read_referral,
)
from cds_service.facts.model import Fact, Facts, Measurement, Person
from cds_service.fhir.sight import Sight, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from cds_service.facts.lexicon import Lexicon
    from cds_service.facts.model import Order
    from cds_service.fhir.chart import Chart, Issue

READERS = {
    "Observation": read_observation,
    "Procedure": read_procedure,
    "ServiceRequest": read_referral,
    "MedicationRequest": read_prescription,
    "DiagnosticReport": read_report,
    "ImagingStudy": read_study,
    "AllergyIntolerance": read_allergy,
    "Device": read_device,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartFacts:
    """What the chart says, before any order is looked at.

    repairs: notes on what was read in spite of a small fault.
    known: the references of every resource in the chart. conditions: how many
    problems are on record, whether or not a rule reads them.
    """

    person: Person
    facts: tuple[Fact, ...]
    measured: Mapping[str, tuple[Measurement, ...]]
    sight: Mapping[str, Sight]
    issues: tuple[Issue, ...]
    repairs: tuple[Issue, ...]
    known: frozenset[str]
    conditions: int


def read_chart_facts(chart: Chart, lexicon: Lexicon, now: datetime) -> ChartFacts:
    """Read every resource that a criterion may ask for."""
    gathered = Gathered(now, lexicon)
    person = read_person(chart, gathered)
    conditions = chart.of("Condition")
    for entry in conditions:
        read_condition(entry, person.birth, gathered)
    for resource_type, read in READERS.items():
        for entry in chart.of(resource_type):
            read(entry, gathered)
    return ChartFacts(
        person=person,
        facts=tuple(gathered.facts),
        measured=_newest_first(gathered.measurements),
        sight=_dimmed(_aged(chart.sight, gathered), gathered.issues),
        issues=(*chart.issues, *gathered.issues),
        repairs=tuple(gathered.repairs),
        known=frozenset(
            entry.reference for entries in chart.entries.values() for entry in entries
        ),
        conditions=len(conditions),
    )


def facts_about(
    order: Order, chart: ChartFacts, lexicon: Lexicon, as_of: datetime
) -> Facts:
    """Add what the order states to what the chart says."""
    reasons = read_reasons(order, lexicon)
    facts = cite(chart.facts, reasons.cited) if reasons.cited else chart.facts
    # A cited resource that nobody sent is a reason nobody can read.
    missing = len(reasons.cited - chart.known)
    sight = dict(chart.sight)
    state = State.PRESENT if reasons.given else State.NONE_RECORDED
    sight[ORDER] = Sight(state, reasons.unreadable + missing)
    return Facts(
        as_of=as_of,
        order=order,
        person=chart.person,
        coded=_by_value_set((*facts, *reasons.facts)),
        measured=chart.measured,
        sight=sight,
        issues=chart.issues,
        repairs=chart.repairs,
        conditions=chart.conditions,
        practice=lexicon.practice,
    )


def _newest_first(
    measurements: Iterable[Measurement],
) -> Mapping[str, tuple[Measurement, ...]]:
    """Sort by time; of those taken at one time, what may be highest comes first.

    One that cannot be read may be anything, so it is not hidden by one that can. Nor
    does a date to the day or the month hide what may have been taken after it.
    """
    found = _grouped(measurements)
    return {value_set: tuple(_sorted(ones)) for value_set, ones in found.items()}


def _sorted(ones: list[Measurement]) -> list[Measurement]:
    ones.sort(key=_age)
    if all(one.when.first == one.when.last for one in ones):
        return ones
    # In each pile, every one may be the newest.
    piles: list[list[Measurement]] = []
    for one in ones:
        if piles and one.when.last >= max(other.when.first for other in piles[-1]):
            piles[-1].append(one)
        else:
            piles.append([one])
    return [one for pile in piles for one in sorted(pile, key=_rank)]


def _age(measurement: Measurement) -> tuple[float, float]:
    return -measurement.when.last.timestamp(), _rank(measurement)


def _rank(measurement: Measurement) -> float:
    highest = measurement.reading.high if measurement.reading else None
    return -math.inf if highest is None else -float(highest)


Kept = TypeVar("Kept", Fact, Measurement)


def _grouped(ones: Iterable[Kept]) -> dict[str, list[Kept]]:
    found: defaultdict[str, list[Kept]] = defaultdict(list)
    for one in ones:
        found[one.value_set].append(one)
    return found


def _by_value_set(facts: Iterable[Fact]) -> Mapping[str, tuple[Fact, ...]]:
    return {value_set: tuple(ones) for value_set, ones in _grouped(facts).items()}


def _aged(sight: Mapping[str, Sight], gathered: Gathered) -> Mapping[str, Sight]:
    """Mark the queries whose every result is too old to count."""
    aged = gathered.outdated - gathered.current
    return (
        {
            key: one._replace(state=State.STALE)
            if key in aged and one.state is State.PRESENT
            else one
            for key, one in sight.items()
        }
        if aged
        else sight
    )


def _dimmed(sight: Mapping[str, Sight], issues: Iterable[Issue]) -> Mapping[str, Sight]:
    """Count what could not be read against the query it came by."""
    lost = Counter(issue.key for issue in issues)
    if not lost:
        return sight
    return {
        key: one._replace(unreadable=one.unreadable + lost[key]) if lost[key] else one
        for key, one in sight.items()
    }
