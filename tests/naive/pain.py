"""PER1 to PER4 and NON1: pain without a red flag."""

from __future__ import annotations

from tests.naive.words import (
    T0,
    Chart,
    Fact,
    Found,
    explicit,
    happened,
    has,
    in_region,
    pain_lasting,
    pain_new,
    rule,
    sees,
    some,
    within,
)

CARE = (
    *("physical-therapy", "chiropractic-or-manual-therapy", "conservative-care"),
    *("home-exercise-or-self-care-education", "spinal-injection", "nsaid"),
    *("simple-analgesic", "muscle-relaxant", "neuropathic-analgesic", "opioid"),
)
TREATED = ("Procedure", "MedicationRequest", "ServiceRequest")
PLANNED = ("Procedure", "ServiceRequest")


def is_adult(chart: Chart) -> bool:
    """From 18; a missing birth date reads as an adult."""
    return chart["age"] is None or chart["age"] >= 18


def care(chart: Chart) -> list[Fact]:
    """Every treatment on record."""
    return [
        one
        for one in chart["facts"]
        if one["element"] in CARE
        and one["role"] == "include"
        and one["source"] in TREATED
    ]


def care_since_pain(chart: Chart) -> list[Fact]:
    """Dated treatment no earlier, to the day, than the oldest pain of the region."""
    found = [one for one in explicit(chart) if in_region(chart, one["sites"])]
    onset = min((one["first"] for one in found if one["first"]), default=None)
    return [
        one
        for one in care(chart)
        if one["last"] and (onset is None or one["last"].date() >= onset.date())
    ]


def care_days(chart: Chart) -> float:
    """Days from the first of them to T0; none is 0."""
    starts = [one["first"] for one in care_since_pain(chart)]
    return max(((T0 - start).total_seconds() / 86400 for start in starts), default=0)


def plan(chart: Chart) -> list[Fact]:
    """Radiculopathy, stenosis; or surgery or injection planned or done in 180 days."""
    roots = has(chart, "radiculopathy") + has(chart, "spinal-stenosis")
    return roots + candidate(chart)


def candidate(chart: Chart) -> list[Fact]:
    """A referral to surgery, an injection or an operation, of the last 180 days."""
    kinds = ("surgical-candidate", "spinal-injection", "prior-spine-surgery")
    return [
        one for kind in kinds for one in happened(chart, kind, 180, sources=PLANNED)
    ]


def thoracic_only(chart: Chart) -> bool:
    """The order is thoracic and nothing else."""
    return bool(chart["order"]["sites"] == {"thoracic"})


@rule("PER1", 70)
def per1(chart: Chart) -> Found:
    """Pain and care of 42 days and a reason to operate or inject. Adults.

    Not a thoracic order without radiculopathy.
    """
    if thoracic_only(chart) and not has(chart, "radiculopathy"):
        return None
    pain = pain_lasting(chart, 42)
    holds = pain and care_days(chart) >= 42 and plan(chart) and is_adult(chart)
    return pain + care_since_pain(chart) + plan(chart) if holds else None


NEUROLOGICAL = (
    *("motor-deficit", "cord-motor-deficit", "gait-or-sensory-sign", "myelopathy"),
    *("saddle-anesthesia", "urinary-retention", "urinary-incontinence-new"),
    *("fecal-incontinence", "bilateral-leg-weakness", "cauda-equina"),
)


@rule("PER3-thoracic", 72)
def per3(chart: Chart) -> Found:
    """A thoracic order, pain of 42 days, no radiculopathy, nothing neurological.

    Not where care has failed and surgery or injection is considered.
    """
    roles = ["include", "supporting"]
    nerves = [one for name in NEUROLOGICAL for one in has(chart, name, roles)]
    if not thoracic_only(chart) or has(chart, "radiculopathy") or nerves:
        return None
    referred = care_days(chart) >= 42 and candidate(chart)
    return some(pain_lasting(chart, 42)) if is_adult(chart) and not referred else None


@rule("PER2", 74)
def per2(chart: Chart) -> Found:
    """Pain of 42 days, treated for less. Adults.

    Care without a date, or not seen, may have lasted: then nobody can say so.
    """
    unknown = any(one["last"] is None for one in care(chart))
    unknown = unknown or not sees(chart, "procedures", "medications")
    if care_days(chart) >= 42 or unknown or not is_adult(chart):
        return None
    return some(pain_lasting(chart, 42))


@rule("PER4-no-candidate", 75)
def per4(chart: Chart) -> Found:
    """Pain and care of 42 days, and neither PER1 nor PER3. Adults."""
    if per1(chart) or per3(chart) or not is_adult(chart):
        return None
    pain = pain_lasting(chart, 42)
    return pain + care_since_pain(chart) if pain and care_days(chart) >= 42 else None


@rule("NON1/arm", 89)
def non1_arm(chart: Chart) -> Found:
    """A cervical order with radiculopathy of under 42 days: uncertain. Adults."""
    arm = has(chart, "radiculopathy")
    cervical = chart["order"]["sites"] == {"cervical"}
    early = cervical and pain_new(chart, 42) and is_adult(chart)
    fresh = [one for one in explicit(chart) if not one["last"] or within(one, 42)]
    return arm + fresh if arm and early else None


@rule("NON1", 90)
def non1(_: Chart) -> Found:
    """Nothing else matched."""
    return []
