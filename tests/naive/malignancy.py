"""ONC1 to ONC3b: tumours, present, past, and weak signs of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.naive.host import at_risk
from tests.naive.imaging import RADIOGRAPH, imaged
from tests.naive.measured import (
    crp_above,
    esr_above,
    esr_limit,
    results,
    weight_fell,
)
from tests.naive.pain import care_days, is_adult, per1
from tests.naive.words import (
    Chart,
    Fact,
    Found,
    days_since,
    has,
    new,
    of,
    pain_lasting,
    rule,
    some,
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
    """Active or past."""
    active = has(chart, "malignancy-active") + has(chart, "spine-or-bone-malignancy")
    return active + past_cancer(chart)


def weight_loss(chart: Chart) -> list[Fact]:
    """Coded weight loss of a year; a vague code whatever its date."""
    found = has(chart, "weight-loss")
    dated = [one for one in found if one["stated"] or within(one, 365)]
    return dated + has(chart, "weight-loss", ["supporting"])


def weight_loss_explained(chart: Chart) -> bool:
    """By surgery, advice or a drug against weight."""
    sources = ("Condition", "MedicationRequest", "Procedure")
    roles = ["include", "supporting"]
    return bool(has(chart, "weight-loss-explained", roles, sources=sources))


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
    return loss + growths if unexplained_loss(chart) or growths else None


@rule("ONC3b-weak-pair", 73)
def onc3b(chart: Chart) -> Found:
    """Over 50, with a month of treated pain or night sweats.

    Not where a radiograph and a marker of 90 days are there already, nor with PER1.
    """
    if not is_adult(chart) or (chart["age"] or 0) <= 50 or per1(chart):
        return None
    pain = [one for one in pain_lasting(chart, 28) if _over(one, 28)]
    treated = pain if care_days(chart) >= 28 else []
    sweats = new(chart, "night-sweats", 90)
    tested = imaged(chart, [RADIOGRAPH], 90) and _has_marker(chart)
    return None if tested else some(treated, sweats)


def _over(fact: Fact, days: float) -> bool:
    chronic = "duration=chronic" in fact["tags"]
    return chronic or bool(fact["first"] and days_since(fact["first"]) > days)


def _has_marker(chart: Chart) -> bool:
    limit = esr_limit(chart, at_risk=at_risk(chart))
    crp = [crp_above(one) for one in results(chart, "crp", 90)]
    esr = [esr_above(one, limit) for one in results(chart, "esr", 90)]
    return any(one is not None for one in (*crp, *esr))
