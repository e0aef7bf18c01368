"""UNK1: might the answer be other than against, if all could be seen?

What is undated or doubtful is given every date or value that it may have, and all is
judged anew: slow, and true by construction.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import islice, product
from typing import TYPE_CHECKING, Any

from tests.naive.imaging import DONE
from tests.naive.measured import (
    crp_above,
    doubtful_warmth,
    esr_above,
    esr_limit,
    results,
)
from tests.naive.outcome import advise_of, matches
from tests.naive.pain import CARE, care, care_days, plan, thoracic_only
from tests.naive.trauma import FRACTURE
from tests.naive.words import COMPLAINTS, T0, Chart, Fact, explicit, in_region, sees

if TYPE_CHECKING:
    from collections.abc import Iterator

QUERIES = (
    *("conditions", "observations", "vitals", "procedures", "medications"),
    *("patient", "order"),
)
DAYS = (1, 20, 29, 43, 89, 200, 4000)
EVENTS = (*("prior-spine-surgery", "spinal-injection", "surgical-candidate"),)


# Over, and nobody knows since when.
OVER = (
    *("bloodstream-infection", "recent-trauma", "gait-or-sensory-sign"),
    *(FRACTURE, "sign-in-words"),
)


def is_gap(chart: Chart) -> bool:
    """Something went unseen, the chart is empty, or a doubt could change the answer."""
    empty = chart["conditions"] == 0 and not chart["order"]["reasons"]
    if empty or not sees(chart, *QUERIES) or _is_all_undated(chart):
        return True
    # The rules read a missing birth date as an adult's; here it is a doubt as well.
    if chart["age"] is None or doubtful_warmth(chart):
        return True
    # Also where a later result could be read: the rule says any of 30 days.
    if any(_is_doubtful(chart, one) for one in chart["results"]):
        return True
    return any(
        advise_of(world, next(iter(matches(world)))) != "against"
        for world in islice(worlds(chart), 4000)
    )


def _is_all_undated(chart: Chart) -> bool:
    """Nobody knows since when it hurts, nor since when it is treated, or by whom.

    The rule says that an unknown duration never satisfies 42 days; that this is no
    reason for against either is a choice of this project.
    """
    found = [one for one in explicit(chart) if in_region(chart, one["sites"])]
    dated = [one for one in found if one["last"] or "duration=chronic" in one["tags"]]
    undated = any(one["last"] is None for one in care(chart))
    referred = any(
        one["last"] is None
        and one["element"] in EVENTS[:3]
        and one["role"] == "include"
        for one in chart["facts"]
    )
    if care_days(chart) >= 42:
        return not (dated or plan(chart) or thoracic_only(chart)) and referred
    return not dated and undated


def worlds(chart: Chart) -> Iterator[Chart]:
    """Yield the charts that this one may be."""
    facts = [_dates_of(fact) for fact in chart["facts"]]
    found = [_values_of(chart, result) for result in chart["results"]]
    count = len(facts)
    for world in product(*facts, *found):
        told = list(world)
        world_told = {"facts": told[:count], "results": told[count:], "answers": {}}
        yield {**chart, **world_told}


def _dates_of(fact: Fact) -> list[Fact]:
    """A complaint, care or an event without a date may be of any day."""
    kind = fact["element"]
    doubtful = (
        (kind in COMPLAINTS and fact["source"] == "Condition" and fact["active"])
        or (kind in CARE and fact["source"] != "Condition")
        or (kind in EVENTS and fact["source"] in (*DONE, "ServiceRequest"))
        or (kind in OVER and not fact["active"])
    )
    if fact["last"] is not None or fact["source"] == "order" or not doubtful:
        return [fact]
    known = (1, 43, 4000) if kind in CARE else DAYS
    days = [T0 - timedelta(days=age) for age in known]
    return [fact, *({**fact, "first": day, "last": day, "invented": 1} for day in days)]


def _values_of(chart: Chart, result: dict[str, Any]) -> list[dict[str, Any]]:
    """A result that cannot be read, or lies on both sides of a limit, may be high."""
    if not _is_doubtful(chart, result):
        return [result]
    high = {"crp": "90 mg/L", "esr": "190 mm/h"}
    value, _, unit = high[result["test"]].partition(" ")
    known = {"value": Decimal(value), "unit": unit, "comparator": "", "upper": None}
    return [result, {**result, **known, "flag": ""}]


def _is_doubtful(chart: Chart, result: dict[str, Any]) -> bool:
    limit = esr_limit(chart, at_risk=False)
    judged = {"crp": crp_above, "esr": lambda one: esr_above(one, limit)}
    asked = result["test"] in judged and result in results(chart, result["test"], 30)
    return asked and judged[result["test"]](result) is None
