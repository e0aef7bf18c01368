"""ONC1 to ONC3b: tumours, present, past, and weak signs of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.naive.host import at_risk
from tests.naive.imaging import DONE, RADIOGRAPH
from tests.naive.measured import (
    crp_above,
    esr_above,
    esr_limit,
    newest_says,
    results,
    weight_fell,
)
from tests.naive.pain import care_days, care_since_pain, is_adult, per1
from tests.naive.words import (
    Chart,
    Fact,
    Found,
    days_since,
    happened,
    has,
    new,
    of,
    old,
    pain_lasting,
    resolved,
    rule,
    some,
    undated,
    within,
)

if TYPE_CHECKING:
    from datetime import datetime


@rule("ONC1-active", 40)
def onc1(chart: Chart) -> Found:
    """Cancer that is active, or suspected of late; a spinal complaint is implied.

    Growths of uncertain behaviour do not count, but suspected lung cancer does.
    """
    uncertain = ["uncertain"]
    return some(
        has(chart, "malignancy-active"),
        has(chart, "spine-or-bone-malignancy"),
        [one for one in of(chart, "malignancy-active") if one["suspected"]],
        has(chart, "malignancy-active", uncertain, "kind=suspicion"),
    )


def past_cancer(chart: Chart) -> list[Fact]:
    """A history code, or a cancer that is inactive, in remission or resolved."""
    over = [one for one in of(chart, "malignancy-active") if not one["active"]]
    return [
        *of(chart, "malignancy-history"),
        *over,
        *of(chart, "malignancy-active", ["history"]),
    ]


def is_remote(chart: Chart, fact: Fact) -> bool:
    """Its latest known date is over ten years ago, and it does not seek the bone."""
    ends: list[datetime | None] = [fact["last"], fact["recorded"], fact["ended"]]
    known = [one for one in ends if one is not None]
    seeks_bone = any(
        one["element"] == "bone-seeking-cancer" and one["resource"] == fact["resource"]
        for one in chart["facts"]
    )
    return bool(known) and days_since(max(known)) > 3650 and not seeks_bone


@rule("ONC2-history", 45)
def onc2(chart: Chart) -> Found:
    """Past cancer that is not remote."""
    return some(one for one in past_cancer(chart) if not is_remote(chart, one))


@rule("ONC2-history/remote", 66)
def onc2_remote(chart: Chart) -> Found:
    """Past cancer, all of it remote."""
    return None if onc2(chart) else some(past_cancer(chart))


@rule("TRA5-vcf-cancer", 44)
def tra5(chart: Chart) -> Found:
    """A vertebral fracture, not in after-care, and cancer active or past."""
    broken = has(chart, "vertebral-compression-fracture")
    broken = [one for one in broken if one["seventh"] in ("", "A", "B")]
    cancer = any_cancer(chart)
    return broken + cancer if broken and cancer else None


def any_cancer(chart: Chart) -> list[Fact]:
    """Active, suspected or past."""
    return (onc1(chart) or []) + past_cancer(chart)


def weight_loss(chart: Chart) -> list[Fact]:
    """Weight loss of a year or without a date; a vague code of any date."""
    found = new(chart, "weight-loss", 365) + undated(chart, "weight-loss")
    return found + has(chart, "weight-loss", ["supporting"])


def weight_loss_explained(chart: Chart) -> bool:
    """By surgery, a drug against weight, advice, or a pregnancy that ended."""
    sources = ("Condition", "MedicationRequest", "Procedure")
    advised = new(chart, "weight-loss", 365, ["exclude"])
    done = has(chart, "weight-loss-explained", sources=sources)
    return bool(done or advised or _pregnancy_ended(chart))


def _pregnancy_ended(chart: Chart) -> bool:
    """Within a year: by status, or by the code of a birth or loss."""
    over = [one for one in resolved(chart, "pregnancy", 365) if _has_end(one)]
    ended = happened(chart, "pregnancy", 365, ["exclude"])
    return bool(over or [one for one in ended if "kind=never" not in one["tags"]])


def _has_end(fact: Fact) -> bool:
    return bool(fact["ended"] or fact["last"])


def old_weight_loss(chart: Chart) -> list[Fact]:
    """Noted over a year ago, and not explained."""
    found = old(chart, "weight-loss", 365)
    return [] if weight_loss_explained(chart) else found


def unexplained_loss(chart: Chart) -> bool:
    """ONC3(a): coded or measured, and not explained."""
    lost = weight_loss(chart) or weight_fell(chart)
    return bool(lost) and not weight_loss_explained(chart)


@rule("ONC3-weak", 65)
def onc3(chart: Chart) -> Found:
    """(a) unexplained weight loss; or (c) a growth of uncertain behaviour. Adults."""
    if not is_adult(chart):
        return None
    growths = has(chart, "malignancy-active", ["uncertain"])
    growths = [one for one in growths if one["code"] not in ("D47.2", "162573006")]
    loss = weight_loss(chart) if unexplained_loss(chart) else []
    signs = unexplained_loss(chart) or growths
    return loss + growths + (per1(chart) or []) if signs else None


@rule("ONC3b-weak-pair", 73)
def onc3b(chart: Chart) -> Found:
    """Over 50, with a month of treated pain or night sweats.

    Not where a radiograph and a marker of 90 days are there already, nor with PER1.
    """
    if not is_adult(chart) or (chart["age"] or 0) <= 50 or per1(chart):
        return None
    # "More than 28 days", in whole days.
    pain = pain_lasting(chart, 29)
    treated = pain and care_days(chart) >= 28
    sweats = new(chart, "night-sweats", 90)
    radiographs = [
        one
        for one in chart["facts"]
        if one["element"] == RADIOGRAPH and one["source"] in DONE and within(one, 90)
    ]
    tested = radiographs and _has_marker(chart)
    told = pain + care_since_pain(chart) if treated else []
    return None if tested else some(told, sweats)


def _has_marker(chart: Chart) -> bool:
    """Whether a CRP or ESR of 90 days is certain, one way or the other."""
    limit = esr_limit(chart, at_risk=at_risk(chart))
    crp = newest_says(results(chart, "crp", 90), crp_above)
    esr = newest_says(results(chart, "esr", 90), lambda one: esr_above(one, limit))
    return crp is not None or esr is not None
