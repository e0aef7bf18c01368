"""Fever, as the thresholds say."""

from __future__ import annotations

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tests.naive.measured import Result, at_least, results
from tests.naive.words import Chart, days_since, new


def celsius(result: Result) -> Decimal | None:
    """A temperature to one decimal, where it can be a living person's.

    Without a unit above 45 is Fahrenheit, from 25 Celsius.
    """
    value, unit = result["value"], result["unit"]
    if value is None:
        return None
    if not unit:
        unit = "[degF]" if value > 45 else "Cel"
    if unit == "[degF]":
        value = (value - 32) * 5 / 9
    if unit == "K":
        value -= Decimal("273.15")
    value = value.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return value if 30 <= value <= 45 else None


def feverish(result: Result) -> bool | None:
    """Whether a reading is 38.0 or above."""
    value = celsius(result)
    if value is None:
        return None
    return at_least(value, result["comparator"], Decimal("38.0"))


def fever_measured(chart: Chart, *, kept: bool) -> list[Result]:
    """The readings that still say fever.

    One of 7 days counts; one of 8 to 14 days only if no reading 48 h later was lower,
    or something else keeps it (a host risk, a raised marker, bacteraemia). Three lower
    readings over 72 h clear it in every case.
    """
    found = results(chart, "body-temperature", 14)
    return [one for one in found if feverish(one) and _stands(one, found, kept=kept)]


def _stands(one: Result, found: list[Result], *, kept: bool) -> bool:
    later = [
        other["last"]
        for other in found
        if feverish(other) is False and other["first"] > one["last"]
    ]
    cleared = len(later) >= 3 and max(later) - min(later) >= timedelta(hours=72)
    came_down = any(when - one["last"] >= timedelta(hours=48) for when in later)
    fresh = days_since(one["last"]) <= 7
    return not cleared and (fresh or kept or not came_down)


def doubtful_warmth(chart: Chart) -> bool:
    """Whether a reading of 14 days may be a fever or not, by its unit or bound.

    The rules ask this of ESR and CRP alone; that it goes for a fever too is a choice
    of this project.
    """
    return any(feverish(one) is None for one in results(chart, "body-temperature", 14))


def fever_coded(chart: Chart) -> list[dict[str, Any]]:
    """A diagnosis of fever of 14 days, or stated by the order."""
    return new(chart, "fever", 14)
