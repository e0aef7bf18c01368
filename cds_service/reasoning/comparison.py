"""Hold a result against a threshold."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from cds_service.facts.quantity import Range
from cds_service.reasoning.truth import Truth

if TYPE_CHECKING:
    from decimal import Decimal


class Comparison(StrEnum):
    """How a result is held against a threshold."""

    ABOVE = ">"
    AT_LEAST = "≥"
    BELOW = "<"
    AT_MOST = "≤"


def compare(reading: Range, comparison: Comparison, limit: Decimal) -> Truth:
    """Hold an interval against a limit: UNKNOWN where it lies on both sides."""
    yes, no = _SIDES[comparison]
    if yes(reading, limit):
        return Truth.YES
    return Truth.NO if no(reading, limit) else Truth.UNKNOWN


_SIDES = {
    Comparison.ABOVE: (Range.certainly_above, Range.certainly_at_most),
    Comparison.AT_LEAST: (Range.certainly_at_least, Range.certainly_below),
    Comparison.BELOW: (Range.certainly_below, Range.certainly_at_least),
    Comparison.AT_MOST: (Range.certainly_at_most, Range.certainly_above),
}
