"""Quantities, their conversion, and results that state only a bound."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cds_service.facts.quantity import (
    Quantity,
    Range,
    decimal_of,
    interval,
    molar,
    quantity_from_text,
)
from cds_service.facts.unit import SCALES

NUMBERS = st.decimals(-(10**9), 10**9, places=3)
UNITS = st.sampled_from(sorted(SCALES))
COMPARATORS = st.sampled_from(["<", "<=", ">", ">=", "ad", None])


def converted(value: str, unit: str, to: str) -> Decimal:
    """Convert where conversion is known to be possible."""
    quantity = Quantity(Decimal(value), unit).to(to)
    assert quantity is not None
    return quantity.value


@pytest.mark.parametrize(
    ("value", "unit", "same", "other"),
    [
        ("1.01", "mg/dL", "10.1", "mg/L"),
        ("10", "ug/mL", "10", "mg/L"),
        ("0.01", "g/L", "10", "mg/L"),
        ("10000", "ug/L", "10", "mg/L"),
        ("10000", "ng/mL", "10", "mg/L"),
        ("0.001", "g/dL", "10", "mg/L"),
        ("100.4", "[degF]", "38", "Cel"),
        ("98.6", "[degF]", "37", "Cel"),
        ("38", "Cel", "100.4", "[degF]"),
        ("311.15", "K", "38", "Cel"),
        ("220", "[lb_av]", "99.7903214", "kg"),
        ("4500", "g", "4.5", "kg"),
        ("12", "10*3/uL", "12", "10*9/L"),
        ("12000", "/uL", "12", "10*9/L"),
        ("29", "mL/min", "29", "mL/min/{1.73_m2}"),
        ("6", "wk", "42", "d"),
        ("48", "h", "2", "d"),
        ("1", "a", "12", "mo"),
    ],
)
def test_the_same_amount_in_another_unit(
    value: str, unit: str, same: str, other: str
) -> None:
    """Conversion is exact where the units are, so a limit is met exactly."""
    assert converted(value, unit, other) == Decimal(same)


@pytest.mark.parametrize(
    ("unit", "other"),
    [("mg/L", "kg"), ("mg/L", "apples"), ("apples", "mg/L"), ("nmol/L", "mg/L")],
)
def test_other_kinds_do_not_convert(unit: str, other: str) -> None:
    """An amount of one kind, or in an unknown unit, says nothing of another."""
    assert Quantity(Decimal(10), unit).to(other) is None


def test_a_molar_amount_needs_to_know_the_substance() -> None:
    """nmol/L becomes mass only with the mass of one substance at hand."""
    molecule = molar("0.105")
    assert Quantity(Decimal(100), "nmol/L").to("mg/L", also=molecule) == Quantity(
        Decimal("10.5"), "mg/L"
    )
    assert Quantity(Decimal(1), "mg/dL").to("mg/L", also=molecule) == Quantity(
        Decimal(10), "mg/L"
    )


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "9E+999999"])
def test_what_is_no_finite_number_does_not_convert(value: str) -> None:
    """A number out of all bounds comes out as none, not as an error."""
    assert Quantity(Decimal(value), "g/L").to("mg/L") is None


@given(NUMBERS, UNITS, UNITS)
def test_conversion_there_and_back(value: Decimal, unit: str, other: str) -> None:
    """Converting there and back gives the same amount."""
    there = Quantity(value, unit).to(other)
    assert (there is None) == (SCALES[unit].kind != SCALES[other].kind)
    back = there and there.to(unit)
    assert back is None or abs(back.value - value) < Decimal("1e-20")


@given(NUMBERS, NUMBERS, UNITS, UNITS)
def test_conversion_keeps_order(
    one: Decimal, two: Decimal, unit: str, other: str
) -> None:
    """The larger of two amounts is the larger in every unit."""
    small, large = (Quantity(value, unit).to(other) for value in sorted((one, two)))
    assert small is None or large is None or small.value <= large.value


def test_an_author_writes_number_and_ucum_code() -> None:
    """A literal is read and shown as it is written."""
    assert Quantity.parse("10 mg/L") == Quantity(Decimal(10), "mg/L")
    assert str(Quantity.parse("38.0 Cel")) == "38 Cel"
    assert str(Quantity.parse("100 mL/min/{1.73_m2}")) == "100 mL/min/{1.73_m2}"


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("85.7871086537278", "85.79"),
        ("100.123456", "100.1"),
        ("12345.678", "12346"),
        ("0.034567891", "0.03457"),
        ("38.0000000", "38"),
        ("101.55", "101.55"),
        ("4500000", "4500000"),
        ("-1.234567", "-1.235"),
        ("0", "0"),
    ],
)
def test_what_was_reckoned_is_rounded(sent: str, shown: str) -> None:
    """Nobody measures to thirteen decimals; what may have been measured stays."""
    assert str(Quantity(Decimal(sent), "kg").as_measured()) == f"{shown} kg"


@pytest.mark.parametrize("text", ["10", "mg/L", "10 mg/l", "ten mg/L", "10  mg/L", ""])
def test_an_authors_slip_is_refused(text: str) -> None:
    """A literal without number or known code stops the author at once."""
    with pytest.raises(ValueError, match="is no quantity: write a number"):
        Quantity.parse(text)


@pytest.mark.parametrize(
    ("number", "decimal"), [(86, "86"), (0.1, "0.1"), (1e308, "1E+308"), (-3, "-3")]
)
def test_a_json_number_is_the_decimal_that_was_written(
    number: float, decimal: str
) -> None:
    """0.1 is one tenth, not the binary fraction next to it."""
    assert decimal_of(number) == Decimal(decimal)


@pytest.mark.parametrize(
    "number", [float("nan"), float("inf"), True, "86", None, [86], {"value": 86}]
)
def test_anything_else_is_no_number(number: object) -> None:
    """Text, truth values and what is not finite are not taken for numbers."""
    assert decimal_of(number) is None


@pytest.mark.parametrize(
    ("value", "comparator", "above", "at_least", "below", "at_most"),
    [
        ("10", None, False, True, False, True),
        ("10.1", None, True, True, False, False),
        ("9.9", None, False, False, True, True),
        ("10", ">", True, True, False, False),
        ("10", ">=", False, True, False, False),
        ("10", "ad", False, True, False, False),
        ("10.1", ">=", True, True, False, False),
        ("9.9", ">", False, False, False, False),
        ("10", "<", False, False, True, True),
        ("10", "<=", False, False, False, True),
        ("9.9", "<=", False, False, True, True),
        ("10.1", "<", False, False, False, False),
    ],
)
def test_what_is_certain_about_the_limit_ten(  # noqa: PLR0913, a row of the table
    value: str,
    comparator: str | None,
    *,
    above: bool,
    at_least: bool,
    below: bool,
    at_most: bool,
) -> None:
    """A bound is set against a limit as an interval; what may be is not certain."""
    read, limit = interval(Decimal(value), comparator), Decimal(10)
    assert read is not None
    assert read.certainly_above(limit) is above
    assert read.certainly_at_least(limit) is at_least
    assert read.certainly_below(limit) is below
    assert read.certainly_at_most(limit) is at_most


def test_an_unknown_comparator_leaves_nothing() -> None:
    """A comparator FHIR does not know makes the value unreadable."""
    assert interval(Decimal(1), "~") is None


@given(NUMBERS, NUMBERS, COMPARATORS)
def test_certainties_never_contradict(
    value: Decimal, limit: Decimal, comparator: str | None
) -> None:
    """Nothing is both above and at most a limit; strict implies the weaker."""
    read = interval(value, comparator) or Range(None, None)
    assert not (read.certainly_above(limit) and read.certainly_at_most(limit))
    assert not (read.certainly_below(limit) and read.certainly_at_least(limit))
    assert read.certainly_at_least(limit) or not read.certainly_above(limit)
    assert read.certainly_at_most(limit) or not read.certainly_below(limit)


@given(NUMBERS, NUMBERS)
def test_a_plain_value_is_always_settled(value: Decimal, limit: Decimal) -> None:
    """Without a comparator every question has an answer."""
    read = interval(value)
    assert read is not None
    assert read.certainly_above(limit) is (value > limit)
    assert read.certainly_below(limit) is (value < limit)


@pytest.mark.parametrize(
    ("text", "value", "unit", "comparator"),
    [
        ("5 mg/L", "5", "mg/L", None),
        ("<5 mg/L", "5", "mg/L", "<"),
        ("> 200", "200", None, ">"),
        (" >= 3.2 MG/DL ", "3.2", "mg/dL", ">="),
        ("≤3", "3", None, "<="),
        ("≥3", "3", None, ">="),
        ("88mg/l", "88", "mg/L", None),
        ("37.5 °C", "37.5", "Cel", None),
        ("7 10*9/L", "7", "10*9/L", None),
        ("7 1000/uL", "7", "10*3/uL", None),
        ("-3", "-3", None, None),
    ],
)
def test_a_result_in_words_is_read(
    text: str, value: str, unit: str | None, comparator: str | None
) -> None:
    """Value, unit and comparator are found in a result sent as text."""
    assert quantity_from_text(text) == (Decimal(value), unit, comparator)


@pytest.mark.parametrize(
    "text",
    [
        *("", "negative", "5 apples", "5 mg/L (high)", "5-10", "5 - 10", "5,3 mg/L"),
        *(
            "1 200",
            "1,200",
            "5.",
            ".5",
            "1e5",
            "<<5",
            "~5",
            "5 G/L",
            "9" * 20,
            "\u0665",
        ),
        *("5 " + "x" * 90, None, 5, ["5"]),
    ],
)
def test_a_result_in_other_words_is_not_guessed_at(text: object) -> None:
    """A unit, range or remark nobody knows makes the whole text unreadable."""
    assert quantity_from_text(text) is None


@given(st.text() | st.none() | st.from_regex(r"[<>]?=? ?\d{1,3}(\.\d)? ?\S*"))
def test_any_text_is_a_result_or_none(text: Any) -> None:
    """Reading never raises."""
    assert quantity_from_text(text) is None or text
