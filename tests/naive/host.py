"""Who is at risk of an infection of the spine."""

from __future__ import annotations

from tests.naive.neurology import procedures
from tests.naive.words import (
    T0,
    Chart,
    Fact,
    days_since,
    explicit,
    has,
    resolved,
    within,
)

MEDICINE = ("MedicationRequest",)


def drug_use(chart: Chart) -> list[Fact]:
    """Injecting drug use now, or over for no more than a year."""
    return has(chart, "iv-drug-use") + resolved(chart, "iv-drug-use", 365)


def proxy(chart: Chart) -> list[Fact]:
    """Opioid, stimulant or other drug dependence: it may well be injected."""
    return has(chart, "iv-drug-use", ["proxy"], "subset=strong_proxy")


def recent_procedure(chart: Chart) -> list[Fact]:
    """Surgery of 90 days; injection, puncture or stimulator of 30."""
    found = [one for one in procedures(chart, 90) if "surgery" in one["element"]]
    needles = procedures(chart, 30)
    return found + [one for one in needles if "surgery" not in one["element"]]


def before_procedure(chart: Chart) -> list[Fact]:
    """Recent procedures, all of which are known to be younger than the pain.

    It is not known where a complaint of the chart has no date.
    """
    done = recent_procedure(chart)
    pain = [one for one in explicit(chart) if not one["stated"] or one["last"]]
    if not pain or any(one["last"] is None for one in pain):
        return []
    # Of a pain of which only the month is known, any day of it may be the first.
    since = max(one["last"] for one in pain)
    later = [one for one in done if one["first"] and since < one["first"]]
    return done if len(later) == len(done) else []


def risky_procedure(chart: Chart) -> list[Fact]:
    """A recent procedure, unless the pain was there before it.

    INF3 looks at those; without it they stay here.
    """
    known = "INF3-diabetes-only" in chart["rules"] and before_procedure(chart)
    return [] if known else recent_procedure(chart)


def long_steroid(chart: Chart) -> list[Fact]:
    """By diagnosis; or prescribed for 90 days.

    One that stands for so long or without a date; three or more in a year that span
    so long, to this day where one still stands.
    """
    given = [
        one
        for one in chart["facts"]
        if one["element"] == "chronic-steroid"
        and one["source"] == "MedicationRequest"
        and one["role"] == "include"
    ]
    standing = [
        one
        for one in given
        if one["active"] and (not one["first"] or days_since(one["first"]) >= 90)
    ]
    of_a_year = [one for one in given if within(one, 365)]
    starts = [one["first"] for one in of_a_year]
    goes_on = any(one["active"] for one in of_a_year)
    end = T0 if goes_on or not starts else max(starts)
    spans = len(starts) >= 3 and (end - min(starts)).days >= 90
    prescribed = standing or (of_a_year if spans else [])
    return has(chart, "chronic-steroid") + prescribed


def undated_procedure(chart: Chart) -> bool:
    """Whether one was done, and nobody knows when."""
    kinds = ("prior-spine-surgery", "spinal-injection")
    return any(
        one["element"] in kinds
        and one["source"] == "Procedure"
        and one["last"] is None
        and (one["role"] == "include" or one["element"] == "spinal-injection")
        for one in chart["facts"]
    )


def strong_host(chart: Chart) -> list[Fact]:
    """Who gets an infection of the spine without a fever."""
    done = ("Condition", "Procedure")
    given = has(
        chart, "immunosuppression", ["include"], "subset=transplant", sources=done[1:]
    )
    return [
        *given,
        *drug_use(chart),
        *proxy(chart),
        *has(chart, "dialysis", sources=done),
        *has(chart, "immunosuppression"),
        *has(chart, "immunosuppressant-drug", sources=MEDICINE),
        *risky_procedure(chart),
        *has(chart, "pressure-ulcer-spine"),
        *has(chart, "tuberculosis"),
    ]


def weak_host(chart: Chart) -> list[Fact]:
    """Diabetes, steroids, weak proxies of drug use, methotrexate, no spleen."""
    weak = ["supporting"]
    return [
        *has(chart, "diabetes"),
        *long_steroid(chart),
        *has(chart, "iv-drug-use", ["proxy"], "subset=weak"),
        *has(chart, "immunosuppressant-drug", weak, sources=MEDICINE),
        *has(chart, "weak-immunosuppressant", sources=MEDICINE),
        *has(chart, "immunosuppression", weak),
        *has(chart, "bloodstream-infection", weak),
        *has(chart, "spine-infection", weak),
    ]


def at_risk(chart: Chart) -> bool:
    """For whom an ESR above 20 is raised."""
    risks = (strong_host(chart), weak_host(chart), recent_procedure(chart))
    return any(risks)
