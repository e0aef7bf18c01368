"""Points in time as a chart states them: often only to the day, month or year.

A FHIR dateTime (https://hl7.org/fhir/R4/datatypes.html#dateTime) may be partial,
so it is kept as the first and last instant it can mean. A partial date therefore
never makes a finding too old, and a duration counts from its first day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

from cds_service.knowledge.coding import bare

_DATE = (
    r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2])"
    r"(?:-(?P<day>0[1-9]|[12]\d|3[01])"
)
_CLOCK = (
    r"T(?P<hour>[01]\d|2[0-4]):(?P<minute>[0-5]\d)"
    r"(?::(?P<second>[0-5]\d|60)(?:\.(?P<part>\d+))?)?"
)
_ZONE = r"(?:Z|(?P<sign>[+-])(?P<zone_hour>0\d|1[0-4]):(?P<zone_minute>[0-5]\d))?"
_FORM = re.compile(rf"{_DATE}(?:{_CLOCK}{_ZONE})?)?)?", re.ASCII)
_LONGEST = 40
# What nearly all charts write: a day, or a time to the second with its zone.
_USUAL = re.compile(
    r"\d{4}-\d\d-\d\d"
    r"(?:T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d))?",
    re.ASCII,
)
_TO_THE_DAY = len("2026-01-31")
_DAY = timedelta(days=1)
_TICK = timedelta(microseconds=1)
_TO_ITS_END = _DAY - _TICK
# Clocks of two systems differ, and so do their time zones.
_TOLERANCE = timedelta(days=1)


class Moment(NamedTuple):
    """The interval, both ends included and in UTC, in which something happened."""

    first: datetime
    last: datetime

    @classmethod
    def parse(cls, text: object) -> Moment | None:
        """Read a FHIR date, dateTime or instant; None when it cannot be read.

        A time without a zone is taken as UTC; 24:00 is the next midnight and a
        leap second the next second; digits beyond the microsecond are cut off.
        """
        if not isinstance(text, str) or len(text) > _LONGEST:
            return None
        try:
            if _USUAL.fullmatch(text):
                return cls(*_usual_ends(text))
            found = _FORM.fullmatch(bare(text))
            return cls(*_ends(found.groupdict())) if found else None
        except (ValueError, OverflowError):  # 30 February; year 0; beyond year 9999
            return None

    @classmethod
    def period(cls, start: object, end: object) -> Moment | None:
        """Read the two ends of a FHIR Period; one of them is enough.

        None when neither can be read, or when it ends before it starts.
        """
        begun, ended = cls.parse(start), cls.parse(end)
        if begun is None or ended is None:
            return begun or ended
        if ended.last < begun.first:
            return None
        return cls(begun.first, max(begun.last, ended.last))

    def age_at_most(self, as_of: datetime, limit: timedelta) -> bool:
        """Whether it may have happened within *limit* before *as_of*."""
        return as_of - self.last <= limit

    def age_at_least(self, as_of: datetime, limit: timedelta) -> bool:
        """Whether it has gone on for *limit*, counted from its first day."""
        return as_of - self.first >= limit

    def is_future(self, as_of: datetime) -> bool:
        """Whether it lies more than a day after *as_of*, however it is read."""
        return self.first - as_of > _TOLERANCE


def years_between(birth: Moment, as_of: datetime) -> tuple[int, int]:
    """Return the fewest and the most completed years of age at *as_of*.

    Both are the same when the day of birth is known. Someone born on 29 February
    completes a year on 1 March where there is no such day. Negative before birth.
    """
    today = as_of.astimezone(UTC)
    return _completed_years(birth.last, today), _completed_years(birth.first, today)


def _completed_years(birth: datetime, today: datetime) -> int:
    before = (today.month, today.day) < (birth.month, birth.day)
    return today.year - birth.year - before


def _usual_ends(text: str) -> tuple[datetime, datetime]:
    """Read the usual forms as `_ends` would, at a third of the cost."""
    written = datetime.fromisoformat(text)
    if len(text) > _TO_THE_DAY:
        instant = written.astimezone(UTC)
        return instant, instant
    midnight = written.replace(tzinfo=UTC)
    return midnight, midnight + _TO_ITS_END


def _ends(part: dict[str, str | None]) -> tuple[datetime, datetime]:
    """Give the first and last instant; ValueError when there is no such time."""
    year, month, day = (int(part[name] or 0) for name in ("year", "month", "day"))
    if part["hour"] is not None:
        return _clock_ends(datetime(year, month, day, tzinfo=_zone(part)), part)
    first = datetime(year, month or 1, day or 1, tzinfo=UTC)
    last_month = month or 12
    last_day = day or monthrange(year, last_month)[1]
    midnight = datetime(year, last_month, last_day, tzinfo=UTC)
    return first, midnight.replace(hour=23, minute=59, second=59, microsecond=999_999)


def _clock_ends(
    midnight: datetime, part: dict[str, str | None]
) -> tuple[datetime, datetime]:
    clock = timedelta(
        hours=int(part["hour"] or 0),
        minutes=int(part["minute"] or 0),
        seconds=int(part["second"] or 0),
        microseconds=int((part["part"] or "0")[:6].ljust(6, "0")),
    )
    if clock > _DAY and part["hour"] == "24":
        raise ValueError
    first = (midnight + clock).astimezone(UTC)
    if part["second"] is None:
        return first, first + timedelta(minutes=1) - _TICK
    return first, first


def _zone(part: dict[str, str | None]) -> timezone:
    if part["sign"] is None:
        return UTC
    offset = timedelta(
        hours=int(part["zone_hour"] or 0), minutes=int(part["zone_minute"] or 0)
    )
    return timezone(-offset if part["sign"] == "-" else offset)
