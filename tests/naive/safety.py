"""The modifiers of contrast: pregnancy, gadolinium, kidney, device."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.naive.measured import above, kidneys_fail, newest_says, results
from tests.naive.words import Chart, Fact, has, new, undated

ENHANCED = {"without-and-with", "with", "with-only"}


def pregnant(chart: Chart) -> bool:
    """SAF2: a pregnancy of 300 days with no later end, or a positive test of 60.

    One without a date counts; the rule asks for a date.
    """
    if chart["sex"] == "male" or "SAF2-pregnancy" not in chart["rules"]:
        return False
    known = new(chart, "pregnancy", 300) + undated(chart, "pregnancy")
    ends = [
        one["first"]
        for one in chart["facts"]
        if one["element"] == "pregnancy" and one["role"] == "exclude" and one["first"]
    ]
    current = [
        one
        for one in known
        if not (one["last"] and any(end > one["last"] for end in ends))
    ]
    tests = results(chart, "pregnancy-test", 60)
    return bool(current or newest_says(tests, _is_positive))


def _is_positive(result: dict[str, Any]) -> bool | None:
    """Above the report's own limit, flagged, or above 5 m[IU]/mL."""
    value: Decimal = result["value"]
    if result["flag"] in ("H", "HH"):
        return True
    if result["flag"] in ("N", "L"):
        return False
    return above(value, result["comparator"], Decimal(5))


def reacted(chart: Chart) -> bool:
    """SAF3: an allergy to gadolinium, active and not refuted."""
    allergies = [
        one
        for one in chart["facts"]
        if one["element"] == "gadolinium-allergy"
        and one["source"] == "AllergyIntolerance"
        and one["role"] == "include"
        and one["active"]
    ]
    return bool(allergies) and "SAF3-gadolinium-reaction" in chart["rules"]


def kidney_warns(chart: Chart) -> bool:
    """SAF1: low eGFR, dialysis, CKD 4 or 5, or a kidney injury of 30 days."""
    done = ("Condition", "Procedure")
    weak = has(chart, "dialysis", sources=done) + has(chart, "ckd-stage-4-5")
    weak += new(chart, "acute-kidney-injury", 30)
    return "SAF1-renal" in chart["rules"] and bool(weak or kidneys_fail(chart))


def device_warns(chart: Chart) -> bool:
    """SAF4: an implant on record; one of its kind taken out later is no more there."""
    sources = ("Condition", "Procedure", "Device")
    found = has(chart, "mri-device-risk", sources=sources)
    out = [
        one
        for one in chart["facts"]
        if one["element"] == "mri-device-risk" and one["role"] == "cancels"
    ]
    kept = [one for one in found if not any(_is_out(one, other) for other in out)]
    return "SAF4-device" in chart["rules"] and bool(kept)


def _is_out(device: Fact, removal: Fact) -> bool:
    kinds = {tag for tag in device["tags"] & removal["tags"] if "device=" in tag}
    dated = device["last"] and removal["first"]
    return bool(kinds and dated and removal["first"] > device["last"])


def fired(chart: Chart, sought: str, target: str) -> set[str]:
    """Which of the four warn: three of them only where contrast is in play.

    For the kidneys that which remains once the others are respected.
    """
    drafted = chart["order"]["contrast"] in ENHANCED
    planned = drafted or sought == "without-and-with"
    given = drafted or target == "without-and-with"
    found = {
        "SAF1": given and kidney_warns(chart),
        "SAF2": planned and pregnant(chart),
        "SAF3": planned and reacted(chart),
        "SAF4": device_warns(chart),
    }
    return {name for name, holds in found.items() if holds}
