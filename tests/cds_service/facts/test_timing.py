"""Dates of a chart, partial ones above all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cds_service.facts.timing import Moment, years_between

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)


def moment(text: str) -> Moment:
    """Read a date that is known to be readable."""
    read = Moment.parse(text)
    assert read is not None
    return read


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01T00:00:00", "2024-12-31T23:59:59.999999"),
        ("2024-02", "2024-02-01T00:00:00", "2024-02-29T23:59:59.999999"),
        ("2023-02", "2023-02-01T00:00:00", "2023-02-28T23:59:59.999999"),
        ("2024-05-03", "2024-05-03T00:00:00", "2024-05-03T23:59:59.999999"),
        ("2024-02-29", "2024-02-29T00:00:00", "2024-02-29T23:59:59.999999"),
        ("2024-05-03T10:00", "2024-05-03T10:00:00", "2024-05-03T10:00:59.999999"),
        ("2024-05-03T10:00:01", "2024-05-03T10:00:01", "2024-05-03T10:00:01"),
        ("2024-05-03T10:00:01Z", "2024-05-03T10:00:01", "2024-05-03T10:00:01"),
        ("2024-05-03T10:00:01+02:00", "2024-05-03T08:00:01", "2024-05-03T08:00:01"),
        ("2024-05-03T23:30:00-05:30", "2024-05-04T05:00:00", "2024-05-04T05:00:00"),
        ("2024-05-03T10:00:01.5Z", "2024-05-03T10:00:01.5", "2024-05-03T10:00:01.5"),
        (
            "2024-05-03T10:00:01.123456789Z",
            "2024-05-03T10:00:01.123456",
            "2024-05-03T10:00:01.123456",
        ),
        ("2024-05-03T24:00:00Z", "2024-05-04T00:00:00", "2024-05-04T00:00:00"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00", "2017-01-01T00:00:00"),
        (" 2024-05-03T10:00:01Z\n", "2024-05-03T10:00:01", "2024-05-03T10:00:01"),
        ("2024-05\u200b-03T10:00:01Z", "2024-05-03T10:00:01", "2024-05-03T10:00:01"),
    ],
)
def test_a_date_is_the_interval_it_can_mean(text: str, first: str, last: str) -> None:
    """A partial date spans all it leaves open; an instant is one point, in UTC."""
    read = moment(text)
    assert read.first == datetime.fromisoformat(first).replace(tzinfo=UTC)
    assert read.last == datetime.fromisoformat(last).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        *("", "garbage", "0000", "0000-01-01", "10000", "2024-13", "2024-00"),
        *("2024-00-10", "2024-05-00", "2024-02-30", "2023-02-29", "2024-5-3"),
        *("20240503", "2024-W01-1", "2024-05-03 10:00", "2024-05-03T10", "03/05/2024"),
        *("2024-05-03T25:00:00Z", "2024-05-03T24:00:01Z", "2024-05-03T10:60:00Z"),
        *("2024-05-03T10:00:61Z", "2024-05-03T10:00:00+15:00", "2024-05-03Z"),
        *("0001-01-01T00:00:00+01:00", "9999-12-31T24:00:00Z", "9" * 50),
        *(
            "2024-05-03T10:00:00." + "1" * 50,
            "\u0662\u0660\u0662\u0664",
        ),
        *(None, 2024, 2024.5, True, ["2024"], {"start": "2024"}),
    ],
)
def test_what_is_no_date_is_none(text: object) -> None:
    """Whatever cannot be a FHIR date reads as none, and nothing is raised."""
    assert Moment.parse(text) is None


@given(st.text() | st.from_regex(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?Z?)?)?)?"))
def test_any_text_is_a_moment_or_none(text: str) -> None:
    """Reading never raises, and what is read ends no earlier than it starts."""
    read = Moment.parse(text)
    assert read is None or read.first <= read.last


@given(st.datetimes(timezones=st.timezones()))
def test_a_zoned_instant_is_read_as_the_instant_it_is(at: datetime) -> None:
    """The same instant comes out, whatever zone or daylight saving it is told in."""
    assume(1 < at.year < 9999)
    offset = at.utcoffset() or timedelta()
    if offset % timedelta(minutes=1):
        at = at.astimezone(UTC)  # local mean time, which FHIR cannot express
    read = moment(at.isoformat())
    # in UTC, for Python holds two zones unequal at the hour that comes twice
    assert read.first == read.last == at.astimezone(UTC)


@given(st.dates())
def test_a_coarser_date_holds_the_finer_one(day: object) -> None:
    """A year spans its months, a month its days."""
    text = str(day)
    spans = [moment(text[:length]) for length in (4, 7, 10)]
    for wide, narrow in pairwise(spans):
        assert wide.first <= narrow.first
        assert narrow.last <= wide.last


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        ("2024", "2025-03", "2024", "2025-03"),
        ("2024", None, "2024", "2024"),
        (None, "2025-03", "2025-03", "2025-03"),
        ("2024", "2024-03-01", "2024", "2024"),
        ("nonsense", "2025-03", "2025-03", "2025-03"),
    ],
)
def test_a_period_spans_its_ends(
    start: object, end: object, first: str, last: str
) -> None:
    """A period goes from the first its start can mean to the last its end can."""
    expected = Moment(moment(first).first, moment(last).last)
    assert Moment.period(start, end) == expected


@pytest.mark.parametrize(("start", "end"), [(None, None), ("2025", "2024"), (1, [])])
def test_a_period_without_sense_is_none(start: object, end: object) -> None:
    """No end that can be read, or an end before the start, is no period."""
    assert Moment.period(start, end) is None


def test_windows_are_exact() -> None:
    """A window holds its last instant, and a microsecond later it does not."""
    taken = moment("2026-10-25T12:00:00Z")
    assert taken.age_at_most(NOW, 30 * DAY)
    assert not taken.age_at_most(NOW + TICK, 30 * DAY)
    assert taken.age_at_least(NOW, 30 * DAY)
    assert not taken.age_at_least(NOW - TICK, 30 * DAY)


def test_a_partial_date_is_as_new_and_as_long_ago_as_it_can_be() -> None:
    """The year alone never makes a finding old, and duration counts from 1 January."""
    this_year = moment("2026")
    assert this_year.age_at_most(NOW, DAY)
    assert this_year.age_at_least(NOW, 300 * DAY)
    assert not moment("2025").age_at_most(NOW, 300 * DAY)


@pytest.mark.parametrize(
    ("text", "future"),
    [
        ("2026-11-25T12:00:00Z", False),
        ("2026-11-25T12:00:01Z", True),
        ("2026", False),
        ("2027", True),
        ("2026-11-25", False),
        ("2026-11-26", True),
    ],
)
def test_the_future_begins_after_a_day_of_grace(text: str, *, future: bool) -> None:
    """Clocks and zones differ by up to a day; beyond that a date is of the future."""
    assert moment(text).is_future(NOW) is future


@pytest.mark.parametrize(
    ("birth", "as_of", "low", "high"),
    [
        ("1976-11-24", "2026-11-24", 50, 50),
        ("1976-11-25", "2026-11-24", 49, 49),
        ("1976-11", "2026-11-24", 49, 50),
        ("1976", "2026-11-24", 49, 50),
        ("1975", "2026-12-31", 51, 51),
        ("1976-02-29", "2026-02-28", 49, 49),
        ("1976-02-29", "2026-03-01", 50, 50),
        ("1976-02-29", "2028-02-29", 52, 52),
        ("2026", "2026-11-24", -1, 0),
    ],
)
def test_age_in_completed_years(birth: str, as_of: str, low: int, high: int) -> None:
    """Age turns on the birthday; a partial birth date gives two ages."""
    assert years_between(moment(birth), moment(as_of).first) == (low, high)


@given(
    when=st.datetimes(),
    zone=st.sampled_from(["", "Z", "+00:00", "-05:30", "+13:59"]),
    to_the_day=st.booleans(),
)
def test_the_usual_forms_mean_what_any_form_means(
    when: datetime, zone: str, *, to_the_day: bool
) -> None:
    """A fraction, be it zero, makes a time unusual; a day is from start to end."""
    day, clock = when.date().isoformat(), f"T{when:%H:%M:%S}"

    if to_the_day:
        first, last = f"{day}T00:00:00Z", f"{day}T23:59:59.999999Z"
        assert Moment.parse(day) == Moment.period(first, last)
    else:
        assert Moment.parse(day + clock + zone) == Moment.parse(f"{day}{clock}.0{zone}")
