"""Observations: the value as an interval, in the unit its test is kept in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from cds_service.facts.quantity import Range
from cds_service.facts.timing import Moment
from tests.builders import observation, quantity, status_of, temperature, up_to
from tests.cds_service.facts.extract.charts import coded, faults, read, result
from tests.tables import each

CRP, ESR, TEMPERATURE = "1988-5", "4537-7", "8310-5"


@each("""
    sent        | low   | high  | shown                     | why
    88 mg/L     | 88    | 88    | CRP 88 mg/L               | as it is kept
    8.8 mg/dL   | 88    | 88    | CRP 8.8 mg/dL             | in another unit
    <5 mg/L     |       | 5     | CRP <5 mg/L               | a bound from above
    >=200 mg/L  | 200   |       | CRP >=200 mg/L            | a bound from below
    88          |       |       | CRP: result not readable  | without a unit
    88 furlongs |       |       | CRP: result not readable  | in no unit of CRP
    88 Cel      |       |       | CRP: result not readable  | in a unit of another kind
    1001 mg/L   |       |       | CRP: result not readable  | more than can be true
    <0 mg/L     |       |       | CRP: result not readable  | less than can be true
    positive    |       |       | CRP: result not readable  | a word
    """)
def test_a_value(row: dict[str, str]) -> None:
    """Shown as it was sent, held in one unit; never the text of the chart."""
    found = result("crp", observation(CRP, row["sent"]))
    low, high = (Decimal(row[end]) if row[end] else None for end in ("low", "high"))

    assert found.basis.display == row["shown"]
    if low is None and high is None:
        assert found.reading is None
    else:
        assert found.reading == Range(low, high, high_open=row["sent"].startswith("<"))


@each("""
    sent       | kept | why
    38.0 Cel   | 38.0 | degrees Celsius
    100.4      | 38.0 | no unit and above 45 can only be Fahrenheit
    38         | 38.0 | no unit and from 25 on can only be Celsius
    20         |      | no unit and too low for either
    100.39 [degF] | 38.0 | rounded to the tenth
    38.04 degC | 38.0 | a spelling of Celsius
    311.15 K   | 38.0 | Kelvin
    50 Cel     |      | hotter than anyone alive
    """)
def test_a_temperature(row: dict[str, str]) -> None:
    """Bare numbers are read where they leave no doubt."""
    found = result("body-temperature", temperature(row["sent"]))
    kept = found.reading.low if found.reading else None

    assert kept == (Decimal(row["kept"]) if row["kept"] else None)


TEXTS: dict[str, tuple[dict[str, Any], str]] = {
    "a text with unit": ({"valueString": "<5 mg/L"}, "CRP <5 mg/L"),
    "a text without": ({"valueString": "5"}, "CRP: result not readable"),
    "nothing": ({}, "CRP: result not readable"),
    "a unit by its name": (
        {"valueQuantity": {"value": 5, "unit": "mg/l"}},
        "CRP 5 mg/L",
    ),
    "a code that is none": (
        {"valueQuantity": {"value": 5, "unit": "mg/L", "code": "local"}},
        "CRP 5 mg/L",
    ),
    "a quantity without value": (
        {"valueQuantity": {"unit": "mg/L"}},
        "CRP: result not readable",
    ),
    "a number in quotes": (
        {"valueQuantity": {"value": "5", "unit": "mg/L"}},
        "CRP: result not readable",
    ),
    "a unit of this substance": (
        {"valueQuantity": {"value": 100, "unit": "nmol/L"}},
        "CRP 100 nmol/L",
    ),
    "an unknown comparator": (
        {"valueQuantity": {"value": 5, "unit": "mg/L", "comparator": "about"}},
        "CRP: result not readable",
    ),
}


@pytest.mark.parametrize(("members", "shown"), TEXTS.values(), ids=TEXTS)
def test_ways_to_send_a_value(members: dict[str, Any], shown: str) -> None:
    """Quantities and texts; what cannot be read is kept as unreadable."""
    assert result("crp", observation(CRP, **members)).basis.display == shown


WHEN: dict[str, dict[str, Any]] = {
    "dateTime": {"effectiveDateTime": "2026-11-20T08:00:00Z"},
    "period": {
        "effectivePeriod": {"start": "2026-11-20T08:00:00Z", "end": "2026-11-21"}
    },
    "period without start": {"effectivePeriod": {"end": "2026-11-20T08:00:00Z"}},
    "instant": {"effectiveInstant": "2026-11-20T08:00:00Z"},
}


@pytest.mark.parametrize("members", WHEN.values(), ids=WHEN)
def test_when_it_was_taken(members: dict[str, Any]) -> None:
    """In all the forms that FHIR has for it."""
    found = result("crp", observation(CRP, "5 mg/L", age="", **members))

    assert found.when == Moment.parse("2026-11-20T08:00:00Z")


LEFT_OUT: dict[str, tuple[Any, list[str]]] = {
    "no date": (observation(CRP, "5 mg/L", age=""), ["undated"]),
    "future": (observation(CRP, "5 mg/L", age="-2 days"), ["future"]),
    "no code": (observation("", "", code={"coding": [{"display": "x"}]}), ["no-code"]),
    "words alone": (observation("", "", code={"text": "CRP"}), ["no-code"]),
    "no status": (observation(CRP, "5 mg/L", status=""), ["invalid"]),
    "no such status": (observation(CRP, "5 mg/L", status="Final"), ["invalid"]),
    "status unknown": (observation(CRP, "5 mg/L", status="unknown"), ["invalid"]),
    "a status that is no word": (
        observation(CRP, "5 mg/L", status=7),  # type: ignore[arg-type]
        ["invalid"],
    ),
    "a status that is an object": (
        observation(CRP, "5 mg/L") | {"status": {"a": 1}},
        ["invalid"],
    ),
    "invalid date": (
        observation(CRP, "5 mg/L", effectiveDateTime="20.11.2026"),
        ["invalid"],
    ),
    "in error": (observation(CRP, "5 mg/L", status="entered-in-error"), []),
    "cancelled": (observation(CRP, "5 mg/L", status="cancelled"), []),
    "too old for anyone": (observation(CRP, "5 mg/L", "400 days"), []),
    "of no concern": (observation("2160-0", "1 mg/dL", status="odd"), []),
    "told apart": (observation("16503-5", "5 mg/L"), []),
    "a code that is no text": (
        observation("", "", code={"coding": [{"code": 7}]}),
        ["no-code"],
    ),
}


@pytest.mark.parametrize(("chart", "codes"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_what_is_left_out(chart: Any, codes: list[str]) -> None:
    """Noted where it may have said something, passed over where it says nothing."""
    assert faults(chart) == codes
    assert read(chart).measured == {}
    assert read(chart).sight["observations"].unreadable == len(codes)


def test_how_far_back_is_told_with_care() -> None:
    """The draft may be a day old, and a zone may shift the date."""
    edge = observation(CRP, "5 mg/L", effectiveDateTime="2026-10-23T19:30:00-05:00")

    assert "crp" in read(edge).measured


def test_what_anyone_may_look_back_to_is_kept() -> None:
    """No criterion limits how old a temperature may be before it is judged."""
    assert "body-temperature" in read(temperature("38 Cel", "4000 days")).measured


def test_a_preliminary_result_says_so() -> None:
    """On the card as well."""
    found = result("crp", observation(CRP, "5 mg/L", status="preliminary"))

    assert found.preliminary
    assert found.basis.display == "CRP (preliminary) 5 mg/L"


RANGES: dict[str, tuple[Any, str]] = {
    "none": ([], ""),
    "one": (up_to("20 mm/h"), "20"),
    "another spelling": (up_to("20 mm/hr"), "20"),
    "the highest of two": ([*up_to("20 mm/h"), *up_to("30 mm/h")], "30"),
    "a foreign unit": (up_to("20 mg/L"), ""),
    "normal by name": (up_to("20 mm/h", type=status_of("normal")), "20"),
    "no normal one": (up_to("20 mm/h", type=status_of("recommended")), ""),
    "without an upper end": ([{"low": quantity("1 mm/h")}], ""),
    "in words": ([{"text": "up to 20"}], ""),
}


@pytest.mark.parametrize(("ranges", "upper"), RANGES.values(), ids=RANGES)
def test_the_upper_limit_of_the_report(ranges: Any, upper: str) -> None:
    """Of the normal ranges, in the unit of the test."""
    found = result("esr", observation(ESR, "25 mm/h", referenceRange=ranges))

    assert found.upper == (Decimal(upper) if upper else None)


FLAGS: dict[str, tuple[Any, str | None]] = {
    "none": ([], None),
    "one": ([status_of("H")], "H"),
    "the first that has a code": ([{"text": "high"}, status_of("HH")], "HH"),
    "in words alone": ([{"text": "high"}], None),
}


@pytest.mark.parametrize(("flags", "flag"), FLAGS.values(), ids=FLAGS)
def test_the_flag(flags: Any, flag: str | None) -> None:
    """The first interpretation that is coded."""
    found = result("crp", observation(CRP, "25 mg/L", interpretation=flags))

    assert found.flag == flag


def test_a_flag_that_is_no_list_is_invalid() -> None:
    """DSTU2 had a single concept there."""
    sent = observation(CRP, "25 mg/L", interpretation=status_of("H"))

    assert faults(sent) in ([], ["invalid"])


def test_a_result_under_two_codes_counts_once_for_each_test() -> None:
    """Laboratories send their own code beside that of LOINC."""
    local = {"system": "urn:lab", "code": "CRP"}
    sent = observation(CRP, "5 mg/L", code=coded(local, CRP, "48421-2"))

    assert len(read(sent).measured["crp"]) == 1


@each("""
    first      | second    | newest  | why
    5 mg/L     | 88 mg/L   | 88      | the higher of two
    88 mg/L    | 5 mg/L    | 88      | whichever was sent first
    5          | 88 mg/L   |         | one that cannot be read may be anything
    >5 mg/L    | 88 mg/L   | 5       | as may one that is only a bound from below
    """)
def test_of_two_at_one_time_the_worst_comes_first(row: dict[str, str]) -> None:
    """A criterion goes back from the newest."""
    chart = read(observation(CRP, row["first"]), observation(CRP, row["second"]))
    newest = chart.measured["crp"][0].reading

    low = newest.low if newest else None
    assert low == (Decimal(row["newest"]) if row["newest"] else None)


def test_results_come_newest_first() -> None:
    """By the last instant at which each can have been taken."""
    ages = ("3 days", "1 day", "2 days")
    chart = read(*(observation(CRP, "5 mg/L", age) for age in ages))
    days = [str(one.when.last.date()) for one in chart.measured["crp"]]

    assert days == ["2026-11-23", "2026-11-22", "2026-11-21"]
