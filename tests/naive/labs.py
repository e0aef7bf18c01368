"""Laboratory results and temperatures on both sides of every limit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.naive.catalogue import codes_of
from tests.naive.moments import write_date

if TYPE_CHECKING:
    from random import Random

Item = dict[str, Any]
CRP_VALUES = (
    *("5 mg/L", "10 mg/L", "10.1 mg/L", "30 mg/L", "30.1 mg/L", "88 mg/L", "1 mg/dL"),
    *("1.01 mg/dL", "95 nmol/L", "96 nmol/L", "10 ug/mL", ">5 mg/L", ">10 mg/L"),
    *("<5 mg/L", "<20 mg/L", "<=10 mg/L", ">=10 mg/L", "88", "5", "0.02 g/L"),
)
ESR_VALUES = (
    *("5 mm/h", "20 mm/h", "21 mm/h", "25 mm/h", "30 mm/h", "31 mm/h", "35 mm/h"),
    *("36 mm/h", "40 mm/h", "45.5 mm/h", "80 mm/h", ">15 mm/h", ">30 mm/h", "80"),
    *("<20 mm/h", "<30 mm/h", "<45 mm/h", "<=20 mm/h"),
)
WARMTHS = (
    *("36.8 Cel", "37 Cel", "37.9 Cel", "37.94 Cel", "37.95 Cel", "38 Cel"),
    *("38.6 Cel", "100.3 [degF]", "100.4 [degF]", "98.6 [degF]", "101", "37", "38.2"),
    *("311.1 K", "311.2 K", "20 Cel", "<38 Cel", ">37 Cel", ">38 Cel"),
)
FLAGS = (*("",) * 8, "H", "HH", "N", "L")


FILTRATIONS = (
    *("29 mL/min/{1.73_m2}", "29.9 mL/min/{1.73_m2}", "30 mL/min/{1.73_m2}"),
    *("31 mL/min", "22 mL/min", "<30 mL/min/{1.73_m2}", "<60 mL/min/{1.73_m2}"),
    *(">60 mL/min/{1.73_m2}", ">15 mL/min/{1.73_m2}", "<=30 mL/min/{1.73_m2}", "20"),
)
WEIGHTS = (
    *("80 kg", "76 kg", "76.1 kg", "75 kg", "76000 g", "176.37 [lb_av]", "70"),
    *("167.5 [lb_av]", "84 kg", "79.8 kg", ">70 kg"),
)
HORMONES = ("4 m[IU]/mL", "5 m[IU]/mL", "5.1 m[IU]/mL", "2500 m[IU]/mL", "<5 m[IU]/mL")
NONE = (0,) * 8


def labs(chance: Random) -> list[Item]:
    """Results of every test that is read, each at a time of its own."""
    found = _series(chance, "crp", CRP_VALUES, chance.choice((0,) * 5 + (1, 1, 2)))
    found += _series(chance, "esr", ESR_VALUES, chance.choice((0,) * 6 + (1, 2)))
    warm = chance.choice((*NONE, 1, 2, 3, 5))
    found += _series(chance, "body-temperature", WARMTHS, warm)
    found += _series(chance, "egfr", FILTRATIONS, chance.choice((*NONE, 1, 2)))
    found += _series(chance, "body-weight", WEIGHTS, chance.choice((*NONE, 2, 3)))
    one = chance.choice((*NONE, 1))
    return found + _series(chance, "pregnancy-test", HORMONES, one)


# How far back each is looked for, and a little farther, in half days.
HALF_DAYS = {"body-temperature": 36, "egfr": 190, "body-weight": 740}


def _series(
    chance: Random, test: str, values: tuple[str, ...], number: int
) -> list[Item]:
    half_days = list(range(1, HALF_DAYS.get(test, 70)))
    ages = chance.sample(half_days, number)
    return [_result(chance, test, chance.choice(values), age / 2) for age in ages]


FLAGGED = ("crp", "esr", "pregnancy-test")


def _result(chance: Random, test: str, value: str, age: float) -> Item:
    codes = [code for group in codes_of(test).values() for code in group]
    code = chance.choice(codes)
    limits = ("", "", "", "15 mm/h", "25 mm/h", "40 mm/h") if test == "esr" else ("",)
    statuses = (*("final",) * 10, "preliminary", "corrected", "entered-in-error")
    return {
        "type": "Observation",
        "test": test,
        "what": f"{code.system}|{code.code}",
        "code": code,
        "value": value,
        "date": write_date(chance, age, whole=True),
        "flag": chance.choice(FLAGS) if test in FLAGGED else "",
        "upper": chance.choice(limits),
        "status": chance.choice(statuses),
    }
