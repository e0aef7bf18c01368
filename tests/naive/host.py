"""Who is at risk of an infection of the spine."""

from __future__ import annotations

from tests.naive.neurology import procedures
from tests.naive.words import Chart, Fact, counted, has, pain_start, resolved

MEDICINE = ("MedicationRequest",)


def drug_use(chart: Chart) -> list[Fact]:
    """Injecting drug use now, or over for no more than a year."""
    return has(chart, "iv-drug-use") + resolved(chart, "iv-drug-use", 365)


def proxy(chart: Chart) -> list[Fact]:
    """Opioid, stimulant or other drug dependence: it may well be injected."""
    return has(chart, "iv-drug-use", ["proxy"], "subset=strong_proxy")


def recent_procedure(chart: Chart) -> list[Fact]:
    """Surgery of 90 days; injection, puncture or stimulator of 30.

    Not where the pain is known to have started before it, unless recorded worse.
    """
    found = [one for one in procedures(chart, 90) if "surgery" in one["element"]]
    found += [one for one in procedures(chart, 30) if "surgery" not in one["element"]]
    # Until INF3 takes those, they stay here.
    later = before_procedure(chart) if "INF3-diabetes-only" in chart["rules"] else []
    return [one for one in found if one not in later]


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
    return [
        *drug_use(chart),
        *proxy(chart),
        *has(chart, "dialysis", sources=done),
        *has(chart, "immunosuppression"),
        *has(chart, "immunosuppressant-drug", sources=MEDICINE),
        *recent_procedure(chart),
        *has(chart, "pressure-ulcer-spine"),
        *has(chart, "tuberculosis"),
    ]


def weak_host(chart: Chart) -> list[Fact]:
    """Diabetes, steroids, weak proxies of drug use, methotrexate, no spleen."""
    weak = ["supporting"]
    return [
        *has(chart, "diabetes"),
        *has(chart, "chronic-steroid"),
        *has(chart, "iv-drug-use", ["proxy"], "subset=weak"),
        *has(chart, "immunosuppressant-drug", weak, sources=MEDICINE),
        *has(chart, "weak-immunosuppressant", sources=MEDICINE),
        *has(chart, "immunosuppression", weak),
        *has(chart, "bloodstream-infection", weak),
        *has(chart, "spine-infection", weak),
    ]


def at_risk(chart: Chart) -> bool:
    """For whom an ESR above 20 is raised."""
    return bool(strong_host(chart) or weak_host(chart))


def before_procedure(chart: Chart) -> list[Fact]:
    """Recent procedures that came after the pain had begun."""
    start = pain_start(chart)
    return [
        one
        for one in procedures(chart, 90)
        if counted(one) and start is not None and one["first"] and start < one["first"]
    ]
