"""Imaging that was done before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.naive.words import T0, Chart, Fact, days_since, in_region, within

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
    """Whether such imaging is dated on or after the day of an event.

    An injury that the order states is of the last days: a scan of 7 days counts.
    """
    start = event["first"] or T0 - timedelta(days=7)
    since = imaged(chart, kinds, days_since(start) + 1)
    return any(one["last"].date() >= start.date() for one in since)
