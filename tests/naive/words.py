"""The words the rules are written in, over a chart that is a plain dictionary.

A chart holds `facts` and `results` (lists of dictionaries), the `order`, `age`, `sex`,
`unseen` (names of queries nobody answered) and `rules` (ids of the rules in force). A
fact holds `element`, `role`, `tags`, `sites`, `source`, `first` and `last` (the two
ends of its date, or None), `recorded`, `ended`, `active`, `suspected`, `stated`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Fact: TypeAlias = dict[str, Any]
Chart: TypeAlias = dict[str, Any]
Found: TypeAlias = list[Fact] | None

T0 = datetime(2026, 11, 24, 12, tzinfo=UTC)
COMPLAINTS = (
    *("back-pain", "neck-pain", "radiculopathy", "spinal-stenosis", "disc-disorder"),
)
SPINE = frozenset({"cervical", "thoracic", "lumbar"})
RULES: dict[str, tuple[float, Callable[[Chart], Found]]] = {}


def rule(
    name: str, priority: float
) -> Callable[[Callable[[Chart], Found]], Callable[[Chart], Found]]:
    """Register a rule; where it is not in force it never matches.

    A chart remembers its answers, for rules ask each other.
    """

    def register(logic: Callable[[Chart], Found]) -> Callable[[Chart], Found]:
        def asked(chart: Chart) -> Found:
            answers: dict[str, Found] = chart.setdefault("answers", {})
            if name not in answers:
                in_force = name.partition("/")[0] in chart["rules"]
                answers[name] = logic(chart) if in_force else None
            return answers[name]

        RULES[name] = (priority, asked)
        return asked

    return register


def some(*groups: Iterable[Fact]) -> Found:
    """All the facts of the groups; None where there is not one."""
    return [fact for group in groups for fact in group] or None


def days_since(moment: datetime) -> float:
    """How many days before T0."""
    return (T0 - moment) / timedelta(days=1)


def within(fact: Fact, days: float) -> bool:
    """Dated, and possibly no longer ago than so many days."""
    return fact["last"] is not None and days_since(fact["last"]) <= days


def counted(fact: Fact) -> bool:
    """Confirmed; or a suspicion of the last 30 days, undated, or cited."""
    if not fact["suspected"] or fact["stated"] or fact["recorded"] is None:
        return True
    return days_since(fact["recorded"]) <= 30


def of(
    chart: Chart,
    element: str,
    roles: Iterable[str] = ("include",),
    tag: str = "",
    sources: Iterable[str] = ("Condition",),
) -> list[Fact]:
    """The counted facts of an element, whatever their state and date."""
    return [
        fact
        for fact in chart["facts"]
        if fact["element"] == element
        and fact["role"] in roles
        and (not tag or tag in fact["tags"])
        and fact["source"] in (*sources, "order")
        and counted(fact)
    ]


def has(chart: Chart, element: str, *narrowed: Any, **more: Any) -> list[Fact]:
    """The active ones."""
    return [one for one in of(chart, element, *narrowed, **more) if one["active"]]


def new(
    chart: Chart, element: str, days: float, *narrowed: Any, **more: Any
) -> list[Fact]:
    """The active ones of the last days, or that the order states."""
    found = has(chart, element, *narrowed, **more)
    return [one for one in found if one["stated"] or within(one, days)]


def undated(chart: Chart, element: str, *narrowed: Any, **more: Any) -> list[Fact]:
    """The active ones without any date that the order does not state."""
    found = has(chart, element, *narrowed, **more)
    return [one for one in found if one["last"] is None and not one["stated"]]


def happened(
    chart: Chart, element: str, days: float, *narrowed: Any, **more: Any
) -> list[Fact]:
    """Those of the last days, over or not: history counts within a window."""
    found = of(chart, element, *narrowed, **more)
    return [one for one in found if one["stated"] or within(one, days)]


def old(chart: Chart, element: str, days: float, *more: Any, **kw: Any) -> list[Fact]:
    """The active ones dated longer ago than that."""
    found = has(chart, element, *more, **kw)
    return [one for one in found if one["last"] and not within(one, days)]


def resolved(chart: Chart, element: str, days: float) -> list[Fact]:
    """Those over since no more than so many days; or nobody knows since when."""
    over = [
        one
        for one in chart["facts"]
        if one["element"] == element and one["role"] == "include" and not one["active"]
    ]
    ends = [(one, one["ended"] or one["last"]) for one in over]
    return [one for one, end in ends if end is None or days_since(end) <= days]


def first_treatment(facts: Iterable[Fact]) -> list[Fact]:
    """Leave out injuries in after-care and late effects (7th character)."""
    return [one for one in facts if one["seventh"] in ("", "A", "B")]


def limbs(facts: Iterable[Fact]) -> list[Fact]:
    """Leave out those that name an arm."""
    return [one for one in facts if "limb=arm" not in one["tags"]]


def explicit(chart: Chart) -> list[Fact]:
    """The active complaints, of the chart and of the order."""
    return [one for element in COMPLAINTS for one in has(chart, element)]


def complaint_sites(chart: Chart) -> set[str]:
    """The regions that complaints name."""
    return {site for one in explicit(chart) for site in one["sites"]}


def low(chart: Chart) -> bool:
    """A lumbar, sacral or unspecified order; or such a complaint, not of the neck."""
    sites = chart["order"]["sites"]
    if not sites or sites & {"lumbar", "sacral"}:
        return True
    elsewhere = [one for one in explicit(chart) if one["element"] != "neck-pain"]
    return any(
        not one["sites"] or one["sites"] & {"lumbar", "sacral"} for one in elsewhere
    )


def high(chart: Chart) -> bool:
    """A cervical or thoracic order, or a complaint that names such a region."""
    upper = {"cervical", "thoracic"}
    return bool(chart["order"]["sites"] & upper or complaint_sites(chart) & upper)


def pain_start(chart: Chart) -> datetime | None:
    """The youngest onset of a complaint; None where none is known."""
    return max((one["first"] for one in explicit(chart) if one["first"]), default=None)


def pain_new(chart: Chart, days: float) -> bool:
    """The youngest complaint is no older; or there is none, or one has no date.

    An undated reason of the order is the pain that the chart dates.
    """
    found = explicit(chart)
    dated = [one for one in found if one["last"]]
    undated_in_chart = [one for one in found if not one["last"] and not one["stated"]]
    if not dated or undated_in_chart:
        return True
    return any(within(one, days) for one in dated)


def in_region(chart: Chart, sites: set[str]) -> bool:
    """Whether regions overlap that of the order; unknown overlaps everything."""
    ordered = chart["order"]["sites"]
    return not ordered or not sites or bool(ordered & sites)


def pain_lasting(chart: Chart, days: float) -> list[Fact]:
    """The complaints in the ordered region that have lasted so long.

    A chronic code has lasted 84 days; a date counts from its first day.
    """
    return [
        one
        for one in explicit(chart)
        if in_region(chart, one["sites"])
        and (
            ("duration=chronic" in one["tags"] and days <= 84)
            or (one["first"] and days_since(one["first"]) >= days)
        )
    ]


def sees(chart: Chart, *queries: str) -> bool:
    """Whether all these queries were answered whole."""
    return not chart["unseen"] & set(queries)
