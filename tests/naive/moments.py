"""Dates as charts write them, and the two ends of the time that they may mean."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.naive.words import T0

if TYPE_CHECKING:
    from random import Random

# On both sides of every window of the rules.
AGES = (
    *(0, 1, 2, 6, 7, 8, 13, 14, 15, 20, 27, 28, 29, 30, 31, 41, 42, 43, 60, 83, 84),
    *(85, 89, 90, 91, 120, 179, 180, 181, 299, 300, 301, 364, 365, 366, 3649, 3650),
    *(3651, 9000),
)
INSTANT, DAY, MONTH = "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d", "%Y-%m"


def write_date(chance: Random, days: float, *, whole: bool = False) -> str:
    """Write a date so many days before T0, mostly to the second."""
    forms = (INSTANT,) if whole else (*(INSTANT,) * 8, DAY, MONTH)
    return f"{T0 - timedelta(days=days):{chance.choice(forms)}}"


def read_date(text: str) -> tuple[datetime | None, datetime | None]:
    """The first and the last instant that a date may mean."""
    if not text:
        return None, None
    if "T" in text:
        moment = datetime.strptime(text, INSTANT).replace(tzinfo=UTC)
        return moment, moment
    if len(text) == len("2026-01-01"):
        first = datetime.strptime(text, DAY).replace(tzinfo=UTC)
        after = first + timedelta(days=1)
    else:
        first = datetime.strptime(text, MONTH).replace(tzinfo=UTC)
        after = (first + timedelta(days=31)).replace(day=1)
    return first, after - timedelta(microseconds=1)
