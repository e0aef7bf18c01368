"""Read Observations: the value as an interval, in the unit its test is kept in."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cds_service.facts.extract.concept import code_of, status_of
from cds_service.facts.extract.presence import read_presence
from cds_service.facts.extract.reading import basis_of, is_usable, moment_of
from cds_service.facts.extract.result_code import asked_for, is_of_another, parts_of
from cds_service.facts.model import Measurement
from cds_service.facts.quantity import (
    Quantity,
    canonical_unit,
    decimal_of,
    interval,
    quantity_from_text,
)
from cds_service.facts.timing import Moment
from cds_service.facts.unit import SCALES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from cds_service.facts.extract.reading import Gathered
    from cds_service.facts.lexicon import MeasuredIn
    from cds_service.facts.quantity import Range
    from cds_service.fhir.chart import Entry
    from cds_service.knowledge.vocabulary import Hit

USABLE = frozenset({"final", "amended", "corrected", "preliminary"})
NO_RESULT = frozenset({"registered", "cancelled", "entered-in-error"})
# Nothing measured is near it, and rounding cannot reach beyond it.
FARTHEST = 10**9
DAY = len("2026-01-31")
_TO_THE_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
# The draft may be a day old, and a zone may shift the date by one.
_MARGIN = timedelta(days=2)


def read_observation(entry: Entry, gathered: Gathered) -> None:
    """Add the measurements of one Observation, or the reason it was left out."""
    resource = entry.resource
    if is_of_another(resource, gathered) and "component" not in resource:
        return
    for part in parts_of(entry):
        if not is_of_another(part.resource, gathered):
            _read_part(part, gathered)


def _read_part(entry: Entry, gathered: Gathered) -> None:
    resource = entry.resource
    hits = asked_for(entry, gathered)
    status = status_of(resource)
    if not hits or status in NO_RESULT or _is_outdated(entry, hits, gathered):
        return
    when = moment_of(resource, "effective") or _instant(resource)
    if not is_usable(entry, when, gathered):
        return
    if status not in USABLE:
        gathered.leave_out(entry, "invalid", "`status` does not say what it is worth")
        return
    if when is None:
        gathered.leave_out(entry, "undated", "It has no usable date")
        return
    longest = _longest(hits, gathered)
    recent = longest is None or when.age_at_most(gathered.now, longest)
    (gathered.current if recent else gathered.outdated).add(entry.key)
    for hit in hits.values():
        gathered.measurements.append(_measurement(entry, hit, when, gathered))


def _is_outdated(entry: Entry, hits: dict[str, Hit], gathered: Gathered) -> bool:
    """Whether it is too old to count, which is then remembered of its query."""
    if not _too_old(entry.resource, hits, gathered):
        return False
    gathered.outdated.add(entry.key)
    return True


def _too_old(
    resource: Mapping[str, Any], hits: dict[str, Hit], gathered: Gathered
) -> bool:
    """Whether it is older than anyone looks back, told from the text of its date.

    Only a date to the day, or finer, sorts as text.
    """
    effective = resource.get("effectiveDateTime")
    if not isinstance(effective, str) or not _TO_THE_DAY.match(effective):
        return False
    longest = _longest(hits, gathered)
    if longest is None:
        return False
    return effective[:DAY] < _earliest(gathered.now, longest)


@lru_cache(maxsize=64)
def _earliest(now: datetime, longest: timedelta) -> str:
    """Give the first day that may count; asked for each result of a chart."""
    return str((now - longest - _MARGIN).date())


def _longest(hits: dict[str, Hit], gathered: Gathered) -> timedelta | None:
    """How far back anyone looks for one of these tests; None where to any age."""
    horizon = gathered.lexicon.horizon
    if not all(value_set in horizon for value_set in hits):
        return None
    return max(horizon[value_set] for value_set in hits)


def _instant(resource: Mapping[str, Any]) -> Moment | None:
    return Moment.parse(resource.get("effectiveInstant"))


def _measurement(
    entry: Entry, hit: Hit, when: Moment, gathered: Gathered
) -> Measurement:
    resource, measured = entry.resource, gathered.lexicon.measured[hit.value_set]
    value, unit, comparator = _value(resource, measured)
    quantity = _kept(value, unit, measured)
    reading = _reading(quantity, comparator, measured)
    present = read_presence(resource, gathered.lexicon) if measured.worded else None
    preliminary = status_of(resource) == "preliminary"
    title = measured.label + (" (preliminary)" if preliminary else "")
    shown = _display(title, value, unit, comparator, reading)
    if present is not None and reading is None:
        shown = f"{title} {'positive' if present else 'negative'}"
    return Measurement(
        value_set=hit.value_set,
        role=hit.member.role,
        basis=basis_of(entry, shown, when),
        when=when,
        reading=reading,
        unit=measured.unit,
        upper=_upper(resource, measured),
        flag=_flag(resource),
        present=present,
        preliminary=preliminary,
        tags=hit.member.tags,
    )


def _value(
    resource: Mapping[str, Any], measured: MeasuredIn
) -> tuple[Decimal | None, str | None, str | None]:
    """Give value, UCUM unit and comparator as sent; None for what cannot be read.

    A value beside the reason why there is none is not believed (FHIR, obs-6).
    """
    if resource.get("dataAbsentReason"):
        return None, None, None
    sent = resource.get("valueQuantity")
    if isinstance(sent, dict):
        value = decimal_of(sent.get("value"))
        named = sent.get("code") or sent.get("unit")
        unit = _unit(sent, measured)
        comparator = sent.get("comparator")
    else:
        text = quantity_from_text(resource.get("valueString"))
        value, unit, comparator = text or (None, None, None)
        named = unit
    if value is not None and not named:
        unit = measured.bare(value)
    return value, unit, comparator


def _unit(sent: Mapping[str, Any], measured: MeasuredIn) -> str | None:
    """Find the UCUM code of a Quantity's unit, one of this substance alone included.

    None where its code and its words are of two sizes: either may be wrong.
    """
    own = {unit.casefold(): unit for unit in measured.also}
    found = [
        unit
        for name in (sent.get("code"), sent.get("unit"))
        if (unit := canonical_unit(name) or own.get(str(name).strip().casefold()))
    ]
    if len(found) > 1 and found[0] != found[1]:
        one, other = (measured.also.get(unit) or SCALES[unit] for unit in found)
        return found[0] if one == other else None
    return found[0] if found else None


def _kept(
    value: Decimal | None, unit: str | None, measured: MeasuredIn
) -> Quantity | None:
    """Convert to the unit results are kept in; None for what cannot be true."""
    if value is None or unit is None:
        return None
    kept = Quantity(value, unit).to(measured.unit, measured.also)
    if kept is None or abs(kept.value) > FARTHEST:
        return None
    if measured.decimals is not None:
        places = Decimal(1).scaleb(-measured.decimals)
        kept = Quantity(kept.value.quantize(places, ROUND_HALF_UP), kept.unit)
    return kept if measured.lowest <= kept.value <= measured.highest else None


def _reading(
    quantity: Quantity | None, comparator: str | None, measured: MeasuredIn
) -> Range | None:
    """Read value and comparator; less than the least there can be is no result."""
    if quantity is None or (comparator == "<" and quantity.value <= measured.lowest):
        return None
    return interval(quantity.value, comparator)


def _upper(resource: Mapping[str, Any], measured: MeasuredIn) -> Decimal | None:
    """Give the highest upper limit among the report's normal ranges."""
    ranges = resource.get("referenceRange")
    limits: list[Decimal] = []
    for one in ranges if isinstance(ranges, list) else ():
        high = one.get("high") if isinstance(one, dict) else None
        if not isinstance(high, dict) or code_of(one.get("type")) not in {
            None,
            "normal",
        }:
            continue
        kept = _kept(decimal_of(high.get("value")), _unit(high, measured), measured)
        limits += [kept.value] if kept else []
    return max(limits, default=None)


def _flag(resource: Mapping[str, Any]) -> str | None:
    flags = resource.get("interpretation")
    concepts = flags if isinstance(flags, list) else [flags]
    return next((code for code in map(code_of, concepts) if code), None)


def _display(
    title: str,
    value: Decimal | None,
    unit: str | None,
    comparator: str | None,
    reading: Range | None,
) -> str:
    if value is None or unit is None or reading is None:
        return f"{title}: result not readable"
    return f"{title} {comparator or ''}{Quantity(value, unit).as_measured()}"
