"""Check digits catch what a finger does to a code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cds_service.knowledge.check_digits import loinc_is_valid, snomed_is_valid


@pytest.mark.parametrize("code", ["1988-5", "4537-7", "98979-8", "600-7"])
def test_published_loinc_codes_are_valid(code: str) -> None:
    """Codes as published pass."""
    assert loinc_is_valid(code)


@pytest.mark.parametrize(
    "code", ["1988-4", "1989-5", "9188-5", "19885", "-5", "1988-", "1988-55", "x-1", ""]
)
def test_damaged_loinc_codes_are_not(code: str) -> None:
    """A wrong, missing or swapped digit fails, and so does another form."""
    assert not loinc_is_valid(code)


@pytest.mark.parametrize(
    "code", ["279039007", "762008", "394451000119106", "11311601000119109"]
)
def test_published_snomed_codes_are_valid(code: str) -> None:
    """Codes as published pass, short ones and extension ones."""
    assert snomed_is_valid(code)


@pytest.mark.parametrize(
    "code", ["241645004", "241557009", "450451004", "72148", "", "0279039007", "M54.5"]
)
def test_invented_snomed_codes_are_not(code: str) -> None:
    """Codes that circulate for "MRI of lumbar spine" and are none."""
    assert not snomed_is_valid(code)


@given(st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(place: int, shift: int) -> None:
    """Whichever digit changes, the check digit no longer fits."""
    digits = [int(digit) for digit in "279039007"]
    digits[place] = (digits[place] + shift) % 10
    assert not snomed_is_valid("".join(map(str, digits)))
