"""Imaging that was done before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.naive.words import Chart, Fact, days_since, in_region, within

if TYPE_CHECKING:
    from collections.abc import Iterable

CT, RADIOGRAPH, MRI = "ct-spine-order", "radiograph-spine-order", "mri-spine-order"
DONE = ("Procedure", "ImagingStudy", "DiagnosticReport")


def imaged(chart: Chart, kinds: Iterable[str], days: float) -> list[Fact]:
    """Imaging of these kinds that was done, covers the region, and is so recent."""
    return [
        one
        for one in chart["facts"]
        if one["element"] in kinds
        and one["source"] in DONE
        and in_region(chart, one["sites"])
        and within(one, days)
    ]


def imaged_since(chart: Chart, kinds: Iterable[str], event: Fact) -> bool:
    """Whether such imaging is dated on or after the day of an event."""
    start = event["first"]
    if start is None:
        return False
    since = imaged(chart, kinds, days_since(start) + 1)
    return any(one["last"].date() >= start.date() for one in since)
