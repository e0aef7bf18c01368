"""The charts of all patients of the demo, as they stand at an instant."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from cds_service.demo.moved import moved
from cds_service.demo.stories import Chart, Demo

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    Resource = dict[str, Any]
    Held = Mapping[tuple[str, str], Resource]


class Charts:
    """Every resource by type and id; read from the fixtures once.

    Raises:
        OSError: a vignette is not there.
        ValueError: a vignette is not what it should be.
    """

    def __init__(self, demo: Demo) -> None:
        self._practitioner = demo.practitioner.resource()
        self._charts = [Chart(one.vignette) for one in demo.patients]
        self._latest: tuple[list[int], Held] = ([], {})
        self.patient_ids = tuple(_patient_id(one) for one in self._charts)

    def on(self, now: datetime) -> Held:
        """Give what is on record at *now*; the same all day, so it is kept."""
        days = [chart.age(now) for chart in self._charts]
        kept, held = self._latest
        if kept != days:
            held = self._moved(days)
            self._latest = (days, held)
        return held

    def call_about(self, patient_id: str, now: datetime) -> dict[str, Any] | None:
        """Give the call that a patient's vignette makes, as an EHR would *now*."""
        pairs = zip(self.patient_ids, self._charts, strict=True)
        chart = next((chart for one, chart in pairs if one == patient_id), None)
        if chart is None:
            return None
        return moved(chart.request, timedelta(days=chart.age(now)))

    def _moved(self, days: list[int]) -> Held:
        pairs = zip(self._charts, days, strict=True)
        resources = [one for chart, by in pairs for one in chart.moved(by)]
        return {
            (one["resourceType"], one["id"]): one
            for one in [*resources, self._practitioner]
        }


def _patient_id(chart: Chart) -> str:
    return next(
        str(one["id"]) for one in chart.resources if one["resourceType"] == "Patient"
    )
