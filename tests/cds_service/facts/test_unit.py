"""How units are spelt in charts."""

from __future__ import annotations

import pytest

from cds_service.facts.unit import SCALES, canonical_unit


@pytest.mark.parametrize("unit", sorted(SCALES))
def test_a_ucum_code_is_its_own_name(unit: str) -> None:
    """Every code known here is read as itself."""
    assert canonical_unit(unit) == unit


@pytest.mark.parametrize(
    ("spelt", "unit"),
    [
        *(("mg/l", "mg/L"), ("MG/L", "mg/L"), ("mg / L", "mg/L"), ("mg/dl", "mg/dL")),
        *(("mcg/mL", "ug/mL"), ("µg/mL", "ug/mL"), ("μg/ml", "ug/mL")),
        *(("C", "Cel"), ("°C", "Cel"), ("deg C", "Cel"), ("CEL", "Cel")),
        *(("F", "[degF]"), ("°F", "[degF]"), ("deg F", "[degF]"), ("degF", "[degF]")),
        *(("mm/hr", "mm/h"), ("MM/HR", "mm/h"), ("mm/1h", "mm/h")),
        *(("mm/(1.h)", "mm/h"), ("mm/1 h", "mm/h")),
        *(("lbs", "[lb_av]"), ("LB", "[lb_av]"), ("KG", "kg"), ("grams", "g")),
        *(("K/uL", "10*3/uL"), ("10^3/uL", "10*3/uL"), ("x10E3/uL", "10*3/uL")),
        *(("10^9/L", "10*9/L"), ("10E9/L", "10*9/L"), ("cells/uL", "/uL")),
        *(("mL/min/1.73m2", "mL/min/{1.73_m2}"), ("ml/min", "mL/min")),
        *(
            ("mL/min/1.73.m2", "mL/min/{1.73_m2}"),
            ("mL/min/1.73 m²", "mL/min/{1.73_m2}"),
        ),
        *(("mIU/mL", "m[IU]/mL"), ("IU/L", "[IU]/L")),
        *(("days", "d"), ("Weeks", "wk"), ("yr", "a"), ("months", "mo")),
    ],
)
def test_a_spelling_is_read_as_ucum(spelt: str, unit: str) -> None:
    """Letter case, spaces and the usual spellings do not hide a unit."""
    assert canonical_unit(spelt) == unit


@pytest.mark.parametrize(
    "spelt",
    ["", "apples", "%", "mol", "G/L", "Mg/L", "m g/L/x", "k" * 50, None, 5, ["mg/L"]],
)
def test_any_other_unit_is_unknown(spelt: object) -> None:
    """What could be two units, or none, is not guessed at."""
    assert canonical_unit(spelt) is None
