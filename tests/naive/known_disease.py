"""POS1, AXS1 and OUT1: a spine that was operated, is inflamed or ill otherwise."""

from __future__ import annotations

from tests.naive.pain import candidate, is_adult, per1
from tests.naive.words import (
    Chart,
    Fact,
    Found,
    explicit,
    first_treatment,
    happened,
    has,
    in_region,
    pain_new,
    rule,
    some,
)

EVER = ("Condition", "Procedure", "order")


@rule("POS1", 57)
def pos1(chart: Chart) -> Found:
    """Spine surgery ever, in the ordered region or one unknown, and a new pain.

    Z98.1, a fused joint anywhere, counts only beside another sign of the spine.
    """
    hurts = explicit(chart) and pain_new(chart, 90)
    return some(operations(chart)) if hurts else None


def operations(chart: Chart) -> list[Fact]:
    """Spine surgery at any time, or stated by the order; over or not."""
    return [
        one
        for one in chart["facts"]
        if one["element"] == "prior-spine-surgery"
        and one["source"] in EVER
        and one["role"] in ("include", "supporting")
        and in_region(chart, one["sites"])
    ]


@rule("AXS1", 58)
def axs1(chart: Chart) -> Found:
    """Axial spondyloarthritis that is confirmed, or whose joints are ordered."""
    found = inflamed(chart)
    known = [one for one in found if one["role"] == "include" and not one["suspected"]]
    found = found if "sacroiliac" in chart["order"]["sites"] else known
    return None if injured(chart) else some(found)


@rule("AXS1-suspected", 58.6)
def axs1_suspected(chart: Chart) -> Found:
    """A suspicion of it, or a vague code of it under 45; no injury of 90 days."""
    open_ = not injured(chart) and not axs1(chart)
    return some(inflamed(chart)) if open_ else None


def injured(chart: Chart) -> list[Fact]:
    """Any injury of 90 days that is not in after-care."""
    return first_treatment(happened(chart, "recent-trauma", 90))


def inflamed(chart: Chart) -> list[Fact]:
    """The evidence for it, whatever else happened."""
    found = has(chart, "axial-spondyloarthritis")
    if chart["age"] is not None and chart["age"] < 45:
        found += has(chart, "axial-spondyloarthritis", ["supporting"])
    return found


@rule("OUT1-other-indication", 67)
def out1(chart: Chart) -> Found:
    """Known disease of cord or canal outside this guideline, and not PER1.

    Scoliosis, a supporting code, in a child or where surgery is considered.
    """
    found = has(chart, "other-spine-mri-indication")
    if not is_adult(chart) or candidate(chart):
        found += has(chart, "other-spine-mri-indication", ["supporting"])
    return None if per1(chart) else some(found)
