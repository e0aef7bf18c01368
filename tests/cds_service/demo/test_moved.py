"""Moving a resource in time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cds_service.demo.moved import moved


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("effectiveDateTime", "2026-11-20T10:00:00-05:00", "2026-11-27T10:00:00-05:00"),
        ("birthDate", "1968-02-25", "1968-03-03"),
        ("authoredOn", "2026-12-30", "2027-01-06"),
        ("issued", "2026-11-19T11:05:20.000Z", "2026-11-26T11:05:20.000Z"),
        ("onsetDateTime", "2026", "2026"),
        ("text", "2026-11-20", "2026-11-20"),
        ("value", 20261120, 20261120),
        ("period", {"start": "2026-11-20"}, {"start": "2026-11-27"}),
        ("event", [{"date": "2026-11-20"}], [{"date": "2026-11-27"}]),
    ],
)
def test_dates_move_and_nothing_else(name: str, value: Any, expected: Any) -> None:
    """By name and by shape; time of day and zone stay."""
    assert moved({name: value}, timedelta(days=7)) == {name: expected}
