"""In which unit each result is kept, and what can be true of it."""

from __future__ import annotations

from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from cds_service.facts.lexicon import MeasuredIn
from cds_service.facts.quantity import molar
from hooks.spine_mri import value_sets as codes

if TYPE_CHECKING:
    from collections.abc import Mapping

FAHRENHEIT_FROM, CELSIUS_FROM = 45, 25
# LHNCBC equivalence classes: CRP weighs 105,000 g/mol, so 1 nmol/L is 0.105 mg/L.
CRP_MG_PER_NMOL = "0.10499790004199917"


def temperature_unit(value: Decimal) -> str | None:
    """A temperature without a unit above 45 is Fahrenheit, from 25 Celsius."""
    if value > FAHRENHEIT_FROM:
        return "[degF]"
    return "Cel" if value >= CELSIUS_FROM else None


MEASURED: Mapping[str, MeasuredIn] = MappingProxyType(
    {
        codes.CRP.id: MeasuredIn(
            label="CRP",
            unit="mg/L",
            lowest=Decimal(0),
            highest=Decimal(1000),
            also=molar(CRP_MG_PER_NMOL),
            names=("crp", "c-reactive", "c reactive", "c-reaktiv"),
        ),
        codes.ESR.id: MeasuredIn(
            label="ESR",
            unit="mm/h",
            lowest=Decimal(0),
            highest=Decimal(200),
            names=("esr", "sed rate", "sedimentation", "westergren", "blutsenkung"),
        ),
        codes.EGFR.id: MeasuredIn(
            label="eGFR",
            unit="mL/min/{1.73_m2}",
            lowest=Decimal(0),
            highest=Decimal(300),
        ),
        codes.PREGNANCY_TEST.id: MeasuredIn(
            label="Pregnancy test",
            unit="m[IU]/mL",
            lowest=Decimal(0),
            highest=Decimal(10_000_000),
            worded=True,
        ),
        codes.BODY_TEMPERATURE.id: MeasuredIn(
            label="Temperature",
            unit="Cel",
            lowest=Decimal(30),
            highest=Decimal(45),
            bare=temperature_unit,
            names=("temperatur", " temp ", " temp."),
            decimals=1,
        ),
        codes.BODY_WEIGHT.id: MeasuredIn(
            label="Weight", unit="kg", lowest=Decimal(1), highest=Decimal(500)
        ),
    }
)
