"""Quantities in UCUM units, and results that state only a bound.

Decimal throughout: a limit of 38.0 Cel must be met by 100.4 [degF] exactly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from cds_service.facts.unit import SCALES, Scale, canonical_unit

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Quantity",
    "Range",
    "canonical_unit",
    "decimal_of",
    "interval",
    "molar",
    "quantity_from_text",
]

_NONE: Mapping[str, Scale] = MappingProxyType({})
# No traps: a number too large becomes infinite and is then refused, not raised.
_ARITHMETIC = Context(prec=40, traps=[])
_DIGITS = 15
# More digits than these were reckoned by a program; so many are then shown.
MEASURED_DIGITS, SHOWN_DIGITS = 6, 4
_TEXT = re.compile(
    rf"(?P<comparator><=|>=|<|>|≤|≥)?\s*(?P<value>[+-]?\d{{1,{_DIGITS}}}"
    rf"(?:\.\d{{1,{_DIGITS}}})?)(?P<unit>[^\d.,+-].*)?",
    re.ASCII,
)
_COMPARATORS = {"≤": "<=", "≥": ">="}
_LONGEST_TEXT = 64


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its UCUM unit, as in FHIR Quantity.value and Quantity.code."""

    value: Decimal
    unit: str

    @classmethod
    def parse(cls, text: str) -> Quantity:
        """Read what an author writes, such as "10 mg/L".

        Raises:
            ValueError: no number, or a unit that is not a UCUM code known here.
        """
        found = re.fullmatch(r"(-?\d+(?:\.\d+)?) (\S+)", text, re.ASCII)
        if found is None or found[2] not in SCALES:
            raise ValueError(
                f"{text!r} is no quantity: write a number, a space and one of "
                f"the UCUM codes {', '.join(sorted(SCALES))}"
            )
        return cls(Decimal(found[1]), found[2])

    def to(self, unit: str, also: Mapping[str, Scale] = _NONE) -> Quantity | None:
        """Convert to *unit*; None when that is not possible.

        Args:
            unit: a UCUM code.
            also: scales that hold for one substance only, such as `molar(…)`.
        """
        source, target = (also.get(u) or SCALES.get(u) for u in (self.unit, unit))
        if source is None or target is None or source.kind != target.kind:
            return None
        if self.unit == unit and self.value.is_finite():
            return self
        value = _convert(self.value, source, target)
        return Quantity(value, unit) if value.is_finite() else None

    def as_measured(self) -> Quantity:
        """Round what was reckoned, not measured: 85.7871086537278 kg is 85.79 kg."""
        value = self.value
        if not value.is_finite() or len(value.as_tuple().digits) <= MEASURED_DIGITS:
            return self
        places = max(0, SHOWN_DIGITS - 1 - value.adjusted())
        rounded = _ARITHMETIC.quantize(value, Decimal(1).scaleb(-places))
        return Quantity(rounded, self.unit)

    def __str__(self) -> str:
        return f"{self.value.normalize():f} {self.unit}"


def _convert(value: Decimal, source: Scale, target: Scale) -> Decimal:
    """Convert with a single division, so that exact results stay exact."""
    do = _ARITHMETIC
    moved = do.add(value, source.offset)
    above = do.multiply(source.times, target.over)
    below = do.multiply(source.over, target.times)
    return do.subtract(do.divide(do.multiply(moved, above), below), target.offset)


def molar(mg_per_nmol: str) -> Mapping[str, Scale]:
    """Give the scales of molar concentrations of one substance, by its mass.

    >>> Quantity(Decimal(100), "nmol/L").to("mg/L", also=molar("0.105"))
    Quantity(value=Decimal('10.500'), unit='mg/L')
    """
    kind = SCALES["mg/L"].kind
    nmol = Scale(kind, Decimal(mg_per_nmol))
    return MappingProxyType({"nmol/L": nmol})


def decimal_of(number: object) -> Decimal | None:
    """Give a JSON number as the decimal it was written as; None for all else.

    Not-a-number, the infinities, booleans and numbers in quotes are no numbers.
    """
    if isinstance(number, bool) or not isinstance(number, int | float):
        return None
    # repr gives the shortest decimal, which is what the sender wrote
    value = Decimal(number if isinstance(number, int) else repr(number))
    return value if value.is_finite() else None


@dataclass(frozen=True, slots=True)
class Range:
    """Where a value lies; an end that is None is unbounded, an open one excluded."""

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False

    def certainly_above(self, limit: Decimal) -> bool:
        """Whether every value it can be is above *limit*."""
        if self.low is None:
            return False
        return self.low > limit or (self.low_open and self.low == limit)

    def certainly_at_least(self, limit: Decimal) -> bool:
        """Whether every value it can be is *limit* or above."""
        return self.low is not None and self.low >= limit

    def certainly_below(self, limit: Decimal) -> bool:
        """Whether every value it can be is below *limit*."""
        if self.high is None:
            return False
        return self.high < limit or (self.high_open and self.high == limit)

    def certainly_at_most(self, limit: Decimal) -> bool:
        """Whether every value it can be is *limit* or below."""
        return self.high is not None and self.high <= limit


def interval(value: Decimal, comparator: str | None = None) -> Range | None:
    """Read a value with its FHIR comparator; None when the comparator is unknown.

    `ad`, enough to reach this value, is at least this value.
    """
    match comparator:
        case None:
            return Range(value, value)
        case "<":
            return Range(None, value, high_open=True)
        case "<=":
            return Range(None, value)
        case ">":
            return Range(value, None, low_open=True)
        case ">=" | "ad":
            return Range(value, None)
        case _:
            return None


def quantity_from_text(text: object) -> tuple[Decimal, str | None, str | None] | None:
    """Read a result given as text: its value, UCUM unit and comparator.

    "5 mg/L", "<5 mg/L" and "> 200" can be read. A unit that is given but not
    known, a range, a decimal comma or a remark makes the whole text unreadable,
    for to drop them would change what was said.
    """
    if not isinstance(text, str) or len(text) > _LONGEST_TEXT:
        return None
    found = _TEXT.fullmatch(text.strip())
    if found is None:
        return None
    unit = canonical_unit(found["unit"])
    if found["unit"] is not None and unit is None:
        return None
    comparator = found["comparator"]
    return Decimal(found["value"]), unit, _COMPARATORS.get(comparator, comparator)
