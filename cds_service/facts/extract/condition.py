"""Read Conditions: what, since when, still or no longer, certain or suspected."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cds_service.facts.extract.concept import code_of
from cds_service.facts.extract.reading import (
    Course,
    facts_of,
    is_usable,
    moment_of,
    problem_of,
    sites_of,
)
from cds_service.facts.quantity import Quantity, canonical_unit, decimal_of
from cds_service.facts.timing import Moment
from cds_service.knowledge.coding import bare

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cds_service.facts.extract.reading import Gathered
    from cds_service.fhir.chart import Entry

NOT_SO = frozenset({"refuted", "entered-in-error"})
OLDEST_DAYS = 50_000
SUSPICION = frozenset({"unconfirmed", "provisional", "differential"})
SUSPECTED = "suspected"
# How a card says that it is over.
OVER = {"inactive": "inactive", "remission": "in remission", "resolved": "resolved"}
ABATED = "over"
# What stands in the place of an end where there is none.
_GOES_ON = re.compile(
    r"\W*(?:(?:still |is )?(?:on-?going|continuing|continues|present|active|current)"
    r"|none|nil|no|n/?a|unknown|not (?:\w+ )?(?:resolved|over|ended|known|applicable))?"
    r"\W*",
    re.IGNORECASE,
)


def read_condition(entry: Entry, birth: Moment | None, gathered: Gathered) -> None:
    """Add the facts of one Condition, or the reason it was left out."""
    resource = entry.resource
    if code_of(resource.get("verificationStatus")) in NOT_SO:
        return
    concept = problem_of(entry, gathered)
    if concept is None:
        return
    course = _course(resource, birth, gathered.now)
    if not is_usable(entry, course.when, gathered):
        return
    meanings = [
        meaning
        for meaning in concept.meanings
        if not course.suspected or meaning.value_set in gathered.lexicon.suspicion
    ]
    sites = sites_of(resource, gathered.lexicon)
    gathered.facts.extend(facts_of(entry, meanings, course, sites))


def _course(resource: Mapping[str, Any], birth: Moment | None, now: datetime) -> Course:
    recorded = Moment.parse(resource.get("recordedDate"))
    onset = moment_of(resource, "onset") or _at_age(resource.get("onsetAge"), birth)
    ended = _abatement(resource, birth)
    over = OVER.get(code_of(resource.get("clinicalStatus")) or "", "")
    over = over or ABATED * _abated(resource, ended, now)
    suspected = code_of(resource.get("verificationStatus")) in SUSPICION
    return Course(
        when=onset or recorded,
        recorded=recorded,
        ended=ended,
        active=not over,
        suspected=suspected,
        state=over or SUSPECTED * suspected,
    )


def _abatement(resource: Mapping[str, Any], birth: Moment | None) -> Moment | None:
    period = resource.get("abatementPeriod")
    if isinstance(period, dict):
        return Moment.parse(period.get("end"))
    dated = Moment.parse(resource.get("abatementDateTime"))
    return dated or _at_age(resource.get("abatementAge"), birth)


def _abated(resource: Mapping[str, Any], ended: Moment | None, now: datetime) -> bool:
    """Whether it has ended, by date or in words. A date to come is no end."""
    if ended is not None:
        return ended.first <= now
    words = resource.get("abatementString")
    if isinstance(words, str) and not _GOES_ON.fullmatch(bare(words)):
        return True
    return any(
        resource.get(f"abatement{form}") is not None for form in ("Age", "Range")
    )


def _at_age(age: object, birth: Moment | None) -> Moment | None:
    """Turn an age at onset into a date, to within the unit it was given in."""
    if not isinstance(age, dict) or birth is None:
        return None
    value = decimal_of(age.get("value"))
    unit = canonical_unit(age.get("code") or age.get("unit"))
    if value is None or unit is None:
        return None
    start = Quantity(value, unit).to("d")
    length = Quantity(Decimal(1), unit).to("d")
    if start is None or length is None or not 0 <= start.value < OLDEST_DAYS:
        return None
    since, unsure = (timedelta(days=float(one.value)) for one in (start, length))
    try:
        return Moment(birth.first + since, birth.last + since + unsure)
    except OverflowError:  # born so late that the calendar ends first
        return None
