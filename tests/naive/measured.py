"""Fever, CRP, ESR, kidney function and weight, as the thresholds say.

A result holds `test`, `role`, `value` (Decimal, or None where it is no number),
`comparator`, `unit`, `first`, `last`, `flag`, `upper`, `preliminary`, `sensitive`.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.naive.words import Chart, days_since, pain_start

if TYPE_CHECKING:
    from collections.abc import Callable

Result = dict[str, Any]
CRP_UNITS = {
    "mg/L": "1",
    "mg/dL": "10",
    "ug/mL": "1",
    "g/L": "1000",
    "ug/L": "0.001",
    "nmol/L": "0.10499790004199917",
}


KILOGRAMS = {"kg": "1", "g": "0.001", "[lb_av]": "0.45359237"}


def results(chart: Chart, test: str, days: float) -> list[Result]:
    """The results of a test in so many days, newest first."""
    found = [
        one
        for one in chart["results"]
        if one["test"] == test
        and one["role"] == "include"
        and days_since(one["last"]) <= days
    ]
    return sorted(found, key=lambda one: days_since(one["last"]))


def above(value: Decimal, comparator: str, limit: Decimal) -> bool | None:
    """Whether a result is above a limit; None where it may lie on either side.

    ">5" against 10 may be 6 or 60; "<20" against 10 too.
    """
    if comparator in ("<", "<="):
        return False if value <= limit else None
    if comparator in (">=", "ad"):
        return True if value > limit else None
    if comparator == ">":
        return True if value >= limit else None
    return value > limit


def at_least(value: Decimal, comparator: str, limit: Decimal) -> bool | None:
    """The same for a limit that itself counts."""
    if comparator == "<":
        return False if value <= limit else None
    if comparator == "<=":
        return False if value < limit else None
    if comparator:
        return True if value >= limit else None
    return value >= limit


def crp_mg(result: Result) -> Decimal | None:
    """The value in mg/L; None without a number or a unit."""
    factor = CRP_UNITS.get(result["unit"])
    if result["value"] is None or factor is None:
        return None
    value: Decimal = result["value"] * Decimal(factor)
    return value


def crp_above(result: Result, limit: int = 10) -> bool | None:
    """Above the limit; a flag H stands in for a unit, but not on hs-CRP."""
    value = crp_mg(result)
    if value is not None:
        return above(value, result["comparator"], Decimal(limit))
    trusted = result["flag"] in ("H", "HH") and not result["sensitive"]
    return True if trusted and limit == 10 else None


def esr_limit(chart: Chart, *, at_risk: bool) -> Decimal:
    """Normal by age and sex, or 20 for everybody at risk of infection."""
    age, sex = chart["age"] or 0, chart["sex"]
    if at_risk:
        return Decimal(20)
    if sex == "male":
        return max(Decimal(20), Decimal(age) / 2)
    if sex == "female":
        return max(Decimal(30 if age >= 50 else 20), Decimal(age + 10) / 2)
    return Decimal(30)


def esr_above(result: Result, limit: Decimal) -> bool | None:
    """The report's own range first, then its flag, then the limit.

    A flag N or L is the laboratory's word that it lies in or below its own range.
    """
    value, flag = result["value"], result["flag"]
    readable = value is not None and result["unit"] == "mm/h"
    if readable and result["upper"] is not None:
        return above(value, result["comparator"], result["upper"])
    if flag in ("H", "HH", "HU", "A", "AA"):
        return True
    if not readable:
        return None
    if flag in ("N", "L", "LL"):
        return False
    return above(value, result["comparator"], limit)


def not_before_pain(chart: Chart, found: list[Result]) -> list[Result]:
    """Leave out what was drawn more than 14 days before the pain began."""
    start = pain_start(chart)
    if start is None:
        return found
    return [one for one in found if one["last"] >= start - timedelta(days=14)]


def newest_says(
    found: list[Result], raised: Callable[[Result], bool | None]
) -> bool | None:
    """What the newest determinate result says; a preliminary one only says raised."""
    for one in found:
        answer = raised(one)
        if answer is True or (answer is False and not one["preliminary"]):
            return answer
    return None


def crp_raised(chart: Chart, limit: int = 10) -> bool | None:
    """Whether the newest determinate CRP of 30 days is above the limit."""
    found = not_before_pain(chart, results(chart, "crp", 30))
    return newest_says(found, lambda one: crp_above(one, limit))


def esr_raised(chart: Chart, *, at_risk: bool) -> bool | None:
    """Whether the newest determinate ESR of 30 days is raised."""
    limit = esr_limit(chart, at_risk=at_risk)
    found = not_before_pain(chart, results(chart, "esr", 30))
    return newest_says(found, lambda one: esr_above(one, limit))


def kidneys_fail(chart: Chart) -> bool:
    """The newest eGFR of 90 days is below 30; of one day's results the lower first."""
    found = [one for one in results(chart, "egfr", 90) if one["unit"]]
    found.sort(key=lambda one: one["value"])
    found.sort(key=lambda one: one["last"].date(), reverse=True)
    return newest_says(found, _below_30) is True


def _below_30(result: Result) -> bool | None:
    """Read "<30" as below, "<60" as either; ">30" as not, ">15" as either."""
    value: Decimal = result["value"]
    if result["comparator"] in ("<", "<="):
        sure = value <= 30 if result["comparator"] == "<" else value < 30
        return True if sure else None
    if result["comparator"]:
        return False if value >= 30 else None
    return value < 30


def weight_fell(chart: Chart) -> bool:
    """By 5 % or more: the newest of 90 days against the highest of the last year.

    Of weights taken in the same way; the highest is at least 14 days the older. A
    value that is only a bound says nothing.
    """
    found = [one for one in results(chart, "body-weight", 365) if _kilograms(one)]
    ways = {tuple(sorted(one["tags"])) for one in found}
    return any(
        _fell([one for one in found if tuple(sorted(one["tags"])) == way])
        for way in ways
    )


def _kilograms(result: Result) -> Decimal | None:
    if result["comparator"] or result["unit"] not in KILOGRAMS:
        return None
    value: Decimal = result["value"] * Decimal(KILOGRAMS[result["unit"]])
    return value


def _fell(weights: list[Result]) -> bool:
    newest = weights[0]
    earlier = [
        _kilograms(one) or Decimal(0)
        for one in weights
        if newest["last"] - one["first"] >= timedelta(days=14)
    ]
    if not earlier or days_since(newest["last"]) > 90:
        return False
    now = _kilograms(newest) or Decimal(0)
    return (max(earlier) - now) / max(earlier) >= Decimal("0.05")
