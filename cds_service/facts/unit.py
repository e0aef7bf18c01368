"""Units of measurement: UCUM codes, the spellings charts use, and their scales.

UCUM: https://ucum.org/ucum. Only units in which charts state what is measured
here; any other is unknown, and a value in an unknown unit is never guessed at.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Scale:
    """How a unit relates to the base unit of its kind.

    base = (value + offset) * times / over. A ratio, because 5/9 has no decimal.
    """

    kind: str
    times: Decimal = Decimal(1)
    over: Decimal = Decimal(1)
    offset: Decimal = Decimal(0)


def _of(kind: str, **times: str) -> dict[str, Scale]:
    return {unit: Scale(kind, Decimal(factor)) for unit, factor in times.items()}


_MASS_CONCENTRATION = "mass concentration"

SCALES: Mapping[str, Scale] = MappingProxyType(
    {
        **_of(
            _MASS_CONCENTRATION,
            **{"mg/L": "1", "mg/dL": "10", "g/L": "1000", "g/dL": "10000"},
            **{"ug/mL": "1", "mg/mL": "1000", "ug/dL": "0.01"},
            **{"ug/L": "0.001", "ng/mL": "0.001"},
        ),
        "Cel": Scale("temperature"),
        "[degF]": Scale("temperature", Decimal(5), Decimal(9), Decimal(-32)),
        "K": Scale("temperature", offset=Decimal("-273.15")),
        **_of("sedimentation rate", **{"mm/h": "1"}),
        **_of("mass", **{"kg": "1", "g": "0.001", "[lb_av]": "0.45359237"}),
        # The braces hold an annotation, so to UCUM these two are one unit.
        **_of("filtration rate", **{"mL/min/{1.73_m2}": "1", "mL/min": "1"}),
        **_of(
            "arbitrary concentration",
            **{"[IU]/L": "1", "m[IU]/mL": "1", "[IU]/mL": "1000"},
        ),
        **_of(
            "number concentration",
            **{"10*9/L": "1", "10*6/mL": "1", "10*3/uL": "1", "10*3/mm3": "1"},
            **{"10*6/L": "0.001", "/uL": "0.001", "/mm3": "0.001"},
        ),
        # UCUM's month and year are those of the Julian calendar.
        **_of(
            "duration",
            s="1",
            min="60",
            h="3600",
            d="86400",
            wk="604800",
            mo="2629800",
            a="31557600",
        ),
    }
)

_SPELLINGS = {
    "ug/mL": "mcg/ml μg/ml",
    "ug/L": "mcg/l μg/l",
    "ug/dL": "mcg/dl μg/dl",
    "Cel": "c °c ºc ℃ degc celsius degreescelsius degreesc",
    "[degF]": "f °f ºf ℉ degf fahrenheit degreesfahrenheit",
    "K": "kelvin",
    "mm/h": "mm/hr mm/1h mm/1hr mm/hour mm/(1.h) mm/(h) mm/(hr) mm/(1h)",
    "kg": "kgs kilogram kilograms",
    "g": "gm gram grams",
    "[lb_av]": "lb lbs lb_av pound pounds",
    "mL/min/{1.73_m2}": (
        "ml/min/1.73m2 ml/min/1.73.m2 ml/min/1.73_m2 ml/min/1.73m^2 ml/min/1.73m² "
        "ml/min/{1.73m2} ml/min/(1.73.m2) ml/min/(1.73_m2) ml/min/(1.73m2) "
        "ml/min/1.73sqm ml/min/1.73 ml/min/bsa ml/min/{bsa} ml/min/{1.73}"
    ),
    "[IU]/L": "iu/l",
    "m[IU]/mL": "miu/ml",
    "[IU]/mL": "iu/ml",
    "10*9/L": "10^9/l 10e9/l x10*9/l x10^9/l x10e9/l 10⁹/l x10⁹/l 1e9/l",
    "10*3/uL": (
        "10^3/ul 10e3/ul x10*3/ul x10^3/ul x10e3/ul k/ul k/μl k/mcl 10*3/μl 10^3/μl "
        "x10^3/μl 10³/μl thou/ul thousand/ul thous/mcl 1000/ul th/ul"
    ),
    "10*3/mm3": "10^3/mm3 x10^3/mm3 k/mm3 k/cumm 10*3/cumm",
    "10*6/L": "10^6/l 10e6/l x10^6/l",
    "10*6/mL": "10^6/ml 10e6/ml x10^6/ml",
    "/uL": "/μl /mcl {cells}/ul cells/ul cells/μl cells/mcl",
    "/mm3": "/cumm cells/mm3 cells/cumm",
    "s": "sec second seconds",
    "min": "mins minute minutes",
    "h": "hr hrs hour hours",
    "d": "day days",
    "wk": "wks week weeks",
    "mo": "month months",
    "a": "y yr yrs year years",
}
_BY_SPELLING: Mapping[str, str] = MappingProxyType(
    {unit.casefold(): unit for unit in SCALES}
    | {spelt: unit for unit, row in _SPELLINGS.items() for spelt in row.split()}
)
# Letter case is meaning here: giga per litre, megagram, millilitre against megalitre.
_AMBIGUOUS = frozenset({"G/L", "Mg/L", "Mg/dL", "Mg/mL"})
_LONGEST = 40


def canonical_unit(text: object) -> str | None:
    """Give the UCUM code a unit is spelt for; None when it is not known.

    Letter case and spaces are ignored, but not where they would hide a factor:
    `G/L` is as likely giga per litre as grams per litre, and stays unknown.
    """
    if not isinstance(text, str) or len(text) > _LONGEST:
        return None
    if text in SCALES:
        return text
    closed = "".join(text.split())
    if closed in _AMBIGUOUS:
        return None
    return _BY_SPELLING.get(closed.casefold())
