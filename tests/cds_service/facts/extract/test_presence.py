"""A result in words: found, not found, or neither.

2106-3 is a pregnancy test, which is read so; 1988-5, CRP, is not.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import coding, observation, status_of
from tests.cds_service.facts.extract.charts import SNOMED, coded, result

LOINC = "http://loinc.org"
TEST = "2106-3"
POSITIVE, NEGATIVE = f"{SNOMED}|10828004", f"{SNOMED}|260385009"

SENT: dict[str, tuple[dict[str, Any], bool | None]] = {
    "a SNOMED code": ({"valueCodeableConcept": coded(POSITIVE)}, True),
    "its opposite": ({"valueCodeableConcept": coded(NEGATIVE)}, False),
    "a LOINC answer, by its display": (
        {"valueCodeableConcept": coded(coding(f"{LOINC}|LA6576-8", "Positive"))},
        True,
    ),
    "a code outweighs the words beside it": (
        {"valueCodeableConcept": coded(POSITIVE, text="Negative")},
        True,
    ),
    "a code of another kind, and words": (
        {"valueCodeableConcept": coded(f"{SNOMED}|1", text="Positive")},
        True,
    ),
    "the display of a code nobody knows": (
        {"valueCodeableConcept": {"coding": [{"display": "Negative"}]}},
        False,
    ),
    "a coding without a system": (
        {"valueCodeableConcept": {"coding": [{"code": "10828004"}]}},
        True,
    ),
    "codes that say both": ({"valueCodeableConcept": coded(POSITIVE, NEGATIVE)}, None),
    "words": ({"valueString": "Positive (weak)"}, True),
    "words that deny": ({"valueString": "hCG not detected"}, False),
    "words that say neither": ({"valueString": "invalid"}, None),
    "words that doubt": ({"valueString": "possibly positive"}, None),
    "words that say both": ({"valueString": "positive or negative"}, None),
    "true": ({"valueBoolean": True}, True),
    "false": ({"valueBoolean": False}, False),
    "a boolean in quotes": ({"valueBoolean": "true"}, None),
    "a flag": ({"interpretation": [status_of("POS")]}, True),
    "its flag of the opposite": ({"interpretation": [status_of("NEG")]}, False),
    "a flag of something else": ({"interpretation": [status_of("H")]}, None),
    "a flag against the words": (
        {"valueString": "Negative", "interpretation": [status_of("POS")]},
        None,
    ),
    "nothing at all": ({}, None),
}


@pytest.mark.parametrize(("members", "said"), SENT.values(), ids=SENT)
def test_what_is_said(members: dict[str, Any], *, said: bool | None) -> None:
    """By code, word, boolean or flag; what says both says nothing."""
    sent = {"valueString": "", **members}

    assert result("pregnancy-test", observation(TEST, **sent)).present is said


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Positive", "Pregnancy test positive"),
        ("Negative", "Pregnancy test negative"),
        ("invalid", "Pregnancy test: result not readable"),
        ("12 m[IU]/mL", "Pregnancy test 12 m[IU]/mL"),
    ],
)
def test_how_it_is_shown(sent: str, shown: str) -> None:
    """In our own words, never in those of the chart."""
    assert result("pregnancy-test", observation(TEST, sent)).basis.display == shown


def test_only_where_a_word_is_a_result() -> None:
    """A "positive" CRP is no result."""
    assert result("crp", observation("1988-5", "Positive")).present is None
