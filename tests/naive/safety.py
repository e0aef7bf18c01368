"""The modifiers of contrast: pregnancy, gadolinium, kidney, device."""

from __future__ import annotations

from tests.naive.measured import kidneys_fail, results
from tests.naive.words import Chart, days_since, has, new

ENHANCED = {"without-and-with", "with", "with-only"}


def pregnant(chart: Chart) -> bool:
    """SAF2: a pregnancy of 300 days with no later end, or a positive test of 60.

    One without a date counts too: a choice of this project.
    """
    if chart["sex"] == "male" or "SAF2-pregnancy" not in chart["rules"]:
        return False
    known = new(chart, "pregnancy", 300) + [
        one for one in has(chart, "pregnancy") if one["last"] is None
    ]
    ends = [one["last"] for one in has(chart, "pregnancy", ["exclude"]) if one["last"]]
    current = [
        one
        for one in known
        if one["last"] is None or not any(end > one["last"] for end in ends)
    ]
    tests = results(chart, "pregnancy-test", 60)[:1]
    return bool(current) or any(one["flag"] == "POS" for one in tests)


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
    """SAF4: an implant on record that was not taken out since."""
    sources = ("Condition", "Procedure", "Device")
    found = has(chart, "mri-device-risk", sources=sources)
    out = has(chart, "mri-device-risk", ["cancels"], sources=sources)
    gone = [days_since(one["last"]) for one in out if one["last"]]
    kept = [
        one
        for one in found
        if not any(not one["last"] or age < days_since(one["last"]) for age in gone)
    ]
    return "SAF4-device" in chart["rules"] and bool(kept)


def fired(chart: Chart, sought: str, target: str) -> set[str]:
    """Which of the four warn: three of them only where contrast is in play.

    sought: what the findings ask for; target: what is left of it for this patient.
    """
    drafted = chart["order"]["contrast"] in ENHANCED
    planned = drafted or sought == "without-and-with"
    found = {
        "SAF1": (drafted or target == "without-and-with") and kidney_warns(chart),
        "SAF2": planned and pregnant(chart),
        "SAF3": planned and reacted(chart),
        "SAF4": device_warns(chart),
    }
    return {name for name, holds in found.items() if holds}
