"""PED1, DUP1, and the two that ask: UNK2 and NEU5."""

from __future__ import annotations

from datetime import timedelta

from tests.naive.host import MEDICINE, strong_host, weak_host
from tests.naive.imaging import DONE, MRI
from tests.naive.infection import weak_host_without_complaint
from tests.naive.known_disease import inflamed, injured, operations
from tests.naive.malignancy import old_weight_loss, weight_loss
from tests.naive.neurology import cord_sign_now, neu2, neu7, old_flags, possible_signs
from tests.naive.pain import is_adult, per1
from tests.naive.words import (
    RULES,
    T0,
    Chart,
    Fact,
    Found,
    counted,
    days_since,
    explicit,
    first_treatment,
    happened,
    has,
    new,
    pain_lasting,
    pain_new,
    resolved,
    rule,
    sees,
    some,
    undated,
)


@rule("UNK2-undated-flag", 62)
def unk2(chart: Chart) -> Found:
    """Something on record that may be a flag, and that no rule settles."""
    names = [name for name, (priority, _) in RULES.items() if priority < 62]
    if any(RULES[name][1](chart) is not None for name in names):
        return None
    if per1(chart) or neu7(chart):
        return None
    return some(
        old_flags(chart), _in_doubt(chart), _old_pain_at_risk(chart), _vague(chart)
    )


SIGNS = (
    *("urinary-retention", "urinary-incontinence-new", "fecal-incontinence"),
    *("saddle-anesthesia", "sexual-dysfunction", "bilateral-sciatica"),
)
STALE = (
    *("cauda-equina", "myelopathy", "motor-deficit", "cord-motor-deficit"),
    *("bilateral-leg-weakness", "saddle-anesthesia", "urinary-retention"),
    *("urinary-incontinence-new", "fecal-incontinence", "spine-infection"),
    *("epidural-abscess", "bloodstream-infection", "malignancy-active"),
    *("spine-or-bone-malignancy", "vertebral-compression-fracture"),
)


def _in_doubt(chart: Chart) -> list[Fact]:
    """Undated injuries and signs; suspicions of over 30 days.

    The rule names injuries, drug use and suspicions. That undated fevers, markers and
    vague signs are asked about as well is a choice of this project.
    """
    hurt = first_treatment(undated(chart, "recent-trauma", tag="energy=high"))
    signs = [undated(chart, one, ["include", "supporting"]) for one in SIGNS]
    signs += [undated(chart, "fever")]
    if not has(chart, "radiculopathy"):
        signs += [undated(chart, "gait-or-sensory-sign", tag="subset=sensory")]
    signs += [undated(chart, "abnormal-inflammatory-marker-dx")]
    stale = [
        one
        for one in chart["facts"]
        if one["element"] in STALE
        and one["role"] == "include"
        and one["active"]
        and not counted(one)
    ]
    used = [one for one in resolved(chart, "iv-drug-use", 0) if not one["last"]]
    return [*hurt, *(one for sign in signs for one in sign), *stale, *used]


def _vague(chart: Chart) -> list[Fact]:
    """Injuries of unknown energy or date, and vague codes that no rule asks for.

    A choice of this project: they are asked about, not passed over.
    """
    weak = ["supporting"]
    hurt = [
        one
        for one in happened(chart, "recent-trauma", 90)
        if not one["tags"] & {"energy=high", "energy=low"}
    ]
    hurt += [
        one
        for one in undated(chart, "recent-trauma")
        if "energy=low" not in one["tags"]
    ]
    # Words that may be a sign are asked about for 90 days even where they are over.
    hurt += happened(chart, "sign-in-words", 90) + undated(chart, "sign-in-words")
    for element in ("vertebral-compression-fracture", "gait-or-sensory-sign"):
        hurt += happened(chart, element, 90, weak) + undated(chart, element, weak)
    hurt = first_treatment(hurt) + has(chart, "myelopathy", weak)
    hurt += has(chart, "antineoplastic-myelosuppressive", sources=MEDICINE)
    # No rule speaks for a scar without a pain, nor for an injured inflamed spine.
    hurt += [] if explicit(chart) else operations(chart)
    # Nor for bone that breaks easily.
    if not explicit(chart):
        hurt += has(chart, "osteoporosis") + has(chart, "ankylosed-spine")
    hurt += old_weight_loss(chart) if "ONC3-weak" in chart["rules"] else []
    if "INF3-diabetes-only" in chart["rules"]:
        hurt += weak_host_without_complaint(chart)
    # The rule for weak bone is one for adults, and that for children names no bone.
    hurt += [] if is_adult(chart) else has(chart, "osteoporosis")
    return hurt + (inflamed(chart) if injured(chart) else [])


def _old_pain_at_risk(chart: Chart) -> list[Fact]:
    """A strong host with an explicit pain of over 90 days."""
    old = explicit(chart) and not pain_new(chart, 90)
    return strong_host(chart) if old else []


@rule("NEU5-unclear-deficit", 63)
def neu5(chart: Chart) -> Found:
    """Weakness or numbness of an unclear kind; not with PER1, NEU7, NEU2 or NEU6.

    Vague weakness (90 d or undated) with a complaint or stated by the order; a
    sensory sign (30 d) without radiculopathy; vague numbness (30 d); a cord sign.
    NEU6 replaces it by the tables, and beside NEU2 it would say less of the same.
    """
    if per1(chart) or neu7(chart) or neu2(chart) or possible_signs(chart):
        return None
    vague = new(chart, "motor-deficit", 90, ["supporting"])
    vague += undated(chart, "motor-deficit", ["supporting"])
    found = [one for one in vague if explicit(chart) or one["stated"]]
    if not has(chart, "radiculopathy"):
        sign = ("gait-or-sensory-sign", 30, ["include"], "subset=sensory")
        found += new(chart, *sign)
    found += new(chart, "saddle-anesthesia", 30, ["supporting"])
    return some(found, cord_sign_now(chart))


@rule("PED1", 68)
def ped1(chart: Chart) -> Found:
    """A child for whom no rule up to 67 matched."""
    if is_adult(chart):
        return None
    names = [name for name, (priority, _) in RULES.items() if priority <= 67]
    earlier = any(RULES[name][1](chart) is not None for name in names)
    return None if earlier else child_flags(chart)


def child_flags(chart: Chart) -> list[Fact]:
    """What makes a radiograph the first step in a child; age under 5 is one too."""
    sensory = "subset=sensory"
    return [
        *pain_lasting(chart, 28),
        *has(chart, "radiculopathy"),
        *has(chart, "gait-or-sensory-sign", ["include"], sensory),
        *has(chart, "child-warning-sign"),
        *weak_host(chart),
        *weight_loss(chart),
        *has(chart, "malignancy-active", ["uncertain"]),
    ]


@rule("DUP1", 69)
def dup1(chart: Chart) -> Found:
    """An MRI of all the ordered region, 12 h to 90 days ago, and nothing since.

    No rule up to 68, and no complaint, injury, surgery or injection after it. What may
    hide such an event must have been read: a choice of this project, as an unknown never
    leads to against.
    """
    if not sees(chart, "conditions", "procedures", "order"):
        return None
    names = [name for name, (priority, _) in RULES.items() if priority <= 68]
    if any(RULES[name][1](chart) is not None for name in names):
        return None
    scan = earlier_mri(chart)
    return [scan] if scan and not since(chart, scan) else None


def earlier_mri(chart: Chart) -> Fact | None:
    """The newest of the last 90 days that covers what is ordered.

    A date that is a month must lie in the window whole, for the same reason.
    """
    found = (
        one
        for one in chart["facts"]
        if one["element"] == MRI
        and one["source"] in DONE
        and one["last"]
        and timedelta(hours=12) <= T0 - one["last"]
        and days_since(one["first"]) <= 90
        and one["sites"] >= chart["order"]["sites"] > set()
    )
    return max(found, key=lambda one: one["last"], default=None)


def since(chart: Chart, scan: Fact) -> list[Fact]:
    """What is dated after the scan; or may be, as its date or the scan's is vague.

    That such doubts count is a choice of this project too. A reason of the order is
    what the chart dates, if it dates any such.
    """
    later = explicit(chart) + [
        one
        for one in chart["facts"]
        if one["element"]
        in ("recent-trauma", "prior-spine-surgery", "spinal-injection")
        and one["role"] in ("include", "supporting")
        and one["source"] != "ServiceRequest"
    ]
    dated = {one["element"] for one in later if one["last"]}
    return [
        one
        for one in later
        if (one["last"] and one["last"] > scan["first"])
        or (not one["last"] and not (one["stated"] and one["element"] in dated))
    ]
