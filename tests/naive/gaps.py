"""UNK1: might the answer be other than against, if all could be seen?

What is undated is given every date that it may have, and all is judged anew: slow, and
true by construction.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import islice, product
from typing import TYPE_CHECKING

from tests.naive.fever import doubtful_warmth
from tests.naive.host import at_risk
from tests.naive.imaging import DONE
from tests.naive.malignancy import weight_loss_explained
from tests.naive.measured import (
    KILOGRAMS,
    crp_above,
    esr_above,
    esr_limit,
    results,
)
from tests.naive.outcome import advise_of, matches
from tests.naive.pain import CARE, care, care_days, is_adult, plan, thoracic_only
from tests.naive.trauma import FRACTURE
from tests.naive.words import (
    COMPLAINTS,
    T0,
    Chart,
    Fact,
    explicit,
    in_region,
    pain_lasting,
    sees,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

QUERIES = (
    *("conditions", "observations", "vitals", "procedures", "medications"),
    *("patient", "order"),
)
DAYS = (1, 20, 29, 42, 89, 200, 4000)
# Care counts from 28 and 42 days on, but not if it is older than the pain.
CARE_DAYS = (1, 29, 42)
EVENTS = (*("prior-spine-surgery", "spinal-injection", "surgical-candidate"),)


# Over, and nobody knows since when.
OVER = (
    *("bloodstream-infection", "recent-trauma", "gait-or-sensory-sign"),
    *(FRACTURE, "sign-in-words"),
)


def is_gap(chart: Chart) -> bool:
    """Something went unseen, the chart is empty, or a doubt could change the answer."""
    empty = chart["conditions"] == 0 and not chart["order"]["reasons"]
    if empty or not sees(chart, *QUERIES) or _may_last(chart) or _is_all_undated(chart):
        return True
    # The rules read a missing birth date as an adult's; here it is a doubt as well.
    if chart["age"] is None or doubtful_warmth(chart) or doubtful_marker(chart):
        return True
    if doubtful_weight(chart):
        return True
    return any(
        advise_of(world, next(iter(matches(world)))) != "against"
        for world in islice(worlds(chart), 4000)
    )


def _may_last(chart: Chart) -> bool:
    """A complaint of the chart has no date, and none is known to have lasted.

    Whether it is too early for a scan, or older than one that was done, nobody can
    say: by a choice of this project that is asked, whichever of the two it would be.
    """
    undated = any(
        one["last"] is None and one["source"] == "Condition"
        for one in explicit(chart)
        if in_region(chart, one["sites"])
    )
    return is_adult(chart) and undated and not pain_lasting(chart, 42)


def _is_all_undated(chart: Chart) -> bool:
    """Nobody knows since when it hurts, nor since when it is treated, or by whom.

    The rule says that an unknown duration never satisfies 42 days; that this is no
    reason for against either is a choice of this project. A child's answer asks for no
    care, and an undated pain of one is tried at every date.
    """
    if not is_adult(chart):
        return False
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
    for facts in product(*(_dates_of(fact) for fact in chart["facts"])):
        yield {**chart, "facts": list(facts), "answers": {}}


def _dates_of(fact: Fact) -> list[Fact]:
    """A complaint, care or an event without a date may be of any day to its end."""
    kind = fact["element"]
    doubtful = (
        (kind in COMPLAINTS and fact["source"] == "Condition" and fact["active"])
        or (kind in CARE and fact["source"] != "Condition")
        or (kind in EVENTS and fact["source"] in (*DONE, "ServiceRequest"))
        or (kind in OVER and not fact["active"])
        or kind == "recent-trauma"
    )
    if fact["last"] is not None or fact["source"] == "order" or not doubtful:
        return [fact]
    known = CARE_DAYS if kind in CARE and kind not in EVENTS else DAYS
    days = [T0 - timedelta(days=age) for age in known]
    if fact["ended"]:
        days = [*(day for day in days if day < fact["ended"]), fact["ended"]]
    return [fact, *({**fact, "first": day, "last": day, "invented": 1} for day in days)]


def doubtful_marker(chart: Chart) -> bool:
    """An ESR or CRP of 30 days on both sides of its limit, or without a usable unit."""
    limit = esr_limit(chart, at_risk=at_risk(chart))
    crp = [crp_above(one) for one in results(chart, "crp", 30)]
    esr = [esr_above(one, limit) for one in results(chart, "esr", 30)]
    return None in crp or None in esr


def doubtful_weight(chart: Chart) -> bool:
    """A weight of a year without a usable unit, where a loss would count.

    The rule passes it over; here it may be the one that is lower.
    """
    units = [one["unit"] for one in results(chart, "body-weight", 365)]
    unreadable = any(unit not in KILOGRAMS for unit in units)
    return unreadable and not weight_loss_explained(chart)
