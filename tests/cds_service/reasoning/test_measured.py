"""The newest result against a threshold, in a window, in any unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from cds_service.facts.quantity import Quantity
from cds_service.knowledge.requirement import DataRequirement
from cds_service.reasoning.comparison import Comparison
from cds_service.reasoning.measured import MeasurementCriterion, lowest_of_a_day_first
from hooks.spine_mri import value_sets as codes
from tests.builders import ago, facts_from, observation
from tests.tables import judges

if TYPE_CHECKING:
    from datetime import datetime

    from cds_service.facts.model import Facts

CRP, HS_CRP, QUALITATIVE_CRP = "1988-5", "30522-7", "11039-5"
RAISED = MeasurementCriterion(
    id="crp-raised",
    title="CRP raised",
    codes=codes.CRP,
    comparison=Comparison.ABOVE,
    threshold=Quantity.parse("10 mg/L"),
    within=timedelta(days=30),
    flagged=frozenset({"H", "HH"}),
)


def patient(row: dict[str, str]) -> Facts:
    """Make a chart of up to two results; without a value there is none."""
    newest = observation(
        row.get("code", CRP),
        row.get("crp", ""),
        age=row.get("age", "1 day"),
        status=row.get("status") or "final",
        flag=row.get("flag", ""),
    )
    chart = [newest] if row.get("crp") or row.get("flag") else []
    if row.get("older"):
        chart.append(observation(CRP, row["older"], row.get("taken") or "2 days"))
    missing = [row["missing"]] if row.get("missing") else []
    return facts_from(chart, missing=missing)


LOW = replace(
    RAISED,
    id="crp-low",
    comparison=Comparison.BELOW,
    sequence=lowest_of_a_day_first,
)

test_lowest_of_a_day = judges(
    LOW,
    """
    crp      | age     | older    | taken   | expected | unseen | why
    12 mg/L  | 3 hours | 8 mg/L   | 5 hours | yes      |        | the lower, though not the newest of the day
    8 mg/L   | 3 hours | 12 mg/L  | 5 hours | yes      |        | the lower is the newest
    12 mg/L  | 3 hours | 11 mg/L  | 5 hours | no       |        | neither is low
    12 mg/L  | 1 day   | 8 mg/L   | 2 days  | no       |        | the newest day decides
    12 mg/L  | 3 hours | <8 mg/L  | 5 hours | yes      |        | what may be lowest is asked first
    12 mg/L  | 3 hours | <20 mg/L | 5 hours | unknown  | unseen | it may be the lower
    12 mg/L  | 3 hours | low      | 5 hours | unknown  | unseen | so may what cannot be read
    """,
    patient,
)

test_threshold = judges(
    RAISED,
    """
    crp          | expected | unseen | why
    9.9 mg/L     | no       |        | just below the threshold
    10 mg/L      | no       |        | at the threshold
    10.1 mg/L    | yes      |        | just above the threshold
    1 mg/dL      | no       |        | at the threshold in another unit
    1.01 mg/dL   | yes      |        | just above it in another unit
    10.1 ug/mL   | yes      |        | micrograms per millilitre
    10100 ug/L   | yes      |        | micrograms per litre
    95 nmol/L    | no       |        | just below it by mass of the protein
    96 nmol/L    | yes      |        | just above it by mass of the protein
    96 nmol/l    | yes      |        | the same, spelt in small letters
    10.1 MG/L    | yes      |        | unit in capitals
    88 mm/h      | unknown  | unseen | unit of another test
    88 furlongs  | unknown  | unseen | unit nobody knows
    88           | unknown  | unseen | no unit
    positive     | unknown  | unseen | a word
    88 mg/L high | unknown  | unseen | a unit with a remark
    1001 mg/L    | unknown  | unseen | more than can be true
    -1 mg/L      | unknown  | unseen | less than nothing
                 | unknown  |        | never measured
    """,
    patient,
)

test_window = judges(
    RAISED,
    """
    crp     | age                | expected | unseen | why
    88 mg/L | 1 second           | yes      |        | just taken
    88 mg/L | 30 days            | yes      |        | last instant that counts
    88 mg/L | 30 days 1 second   | unknown  |        | one second too old
    88 mg/L | 300 days           | unknown  |        | long ago
    88 mg/L | 2026-10            | yes      |        | within, if late in that month
    88 mg/L | 2026-09            | unknown  |        | too old, however late
    88 mg/L | 2026-10-25         | yes      |        | to the day: within at its end
    88 mg/L | 2026-10-24         | unknown  |        | to the day: a day too old
    88 mg/L | -1 day             | yes      |        | a clock that runs ahead
    88 mg/L | -1 day -1 second   | unknown  | unseen | dated in the future
    88 mg/L |                    | unknown  | unseen | not dated
    """,
    patient,
)

test_status = judges(
    RAISED,
    """
    crp     | status           | expected | unseen | why
    88 mg/L | amended          | yes      |        | amended
    88 mg/L | corrected        | yes      |        | corrected
    88 mg/L | preliminary      | yes      |        | preliminary may raise suspicion
    5 mg/L  | preliminary      | unknown  |        | preliminary never settles it
    5 mg/L  | corrected        | no       |        | corrected does
    88 mg/L | entered-in-error | unknown  |        | entered in error
    88 mg/L | cancelled        | unknown  |        | cancelled
    88 mg/L | registered       | unknown  |        | not yet reported
    88 mg/L | FINAL            | unknown  | unseen | a status FHIR does not know
    """,
    patient,
)

test_comparators = judges(
    RAISED,
    """
    crp        | expected | unseen | why
    <5 mg/L    | no       |        | below a bound below the threshold
    <10 mg/L   | no       |        | below the threshold itself
    <=10 mg/L  | no       |        | at most the threshold
    <20 mg/L   | unknown  | unseen | lies on both sides
    >5 mg/L    | unknown  | unseen | lies on both sides, open upwards
    >10 mg/L   | yes      |        | above the threshold itself
    >=10 mg/L  | unknown  | unseen | may be the threshold itself
    >200 mg/L  | yes      |        | off the scale
    """,
    patient,
)

test_flags = judges(
    RAISED,
    """
    code    | crp    | flag | expected | unseen | why
    1988-5  | 88     | H    | yes      |        | flagged high, no unit
    1988-5  | 88     | HH   | yes      |        | flagged very high, no unit
    1988-5  |        | H    | yes      |        | flagged high, no value
    1988-5  | 88     | N    | unknown  | unseen | flagged normal: no unit, no trust
    1988-5  | 88     | A    | unknown  | unseen | abnormal may be low
    1988-5  | 5 mg/L | H    | no       |        | a value outweighs its flag
    30522-7 | 3      | H    | unknown  | unseen | high-sensitivity: its flag is no sign
    30522-7 | 3 mg/L | H    | no       |        | high-sensitivity: the value counts
    30522-7 | 88 mg/L|      | yes      |        | high-sensitivity: and may be high
    11039-5 | 88 mg/L|      | unknown  |        | present or absent is no number
    """,
    patient,
)

test_newest = judges(
    RAISED,
    """
    crp        | age    | status      | older   | expected | unseen | why
    5 mg/L     | 1 day  |             | 88 mg/L | no       |        | come down
    88 mg/L    | 1 day  |             | 5 mg/L  | yes      |        | gone up
    88         | 1 day  |             | 5 mg/L  | unknown  | unseen | unread
    88         | 1 day  |             | 88 mg/L | yes      |        | older stands
    <20 mg/L   | 1 day  |             | 5 mg/L  | unknown  | unseen | in doubt
    5 mg/L     | 1 day  | preliminary | 5 mg/L  | no       |        | older is no
    5 mg/L     | 1 day  | preliminary | 88 mg/L | yes      |        | older is yes
    5 mg/L     | 2 days |             | 88 mg/L | yes      |        | at once: the worst
    88         | 2 days |             | 5 mg/L  | unknown  | unseen | at once: unread
    >5 mg/L    | 2 days |             | 8 mg/L  | unknown  | unseen | at once: a bound
    """,
    patient,
)

test_sight = judges(
    RAISED,
    """
    crp     | missing      | expected | unseen | why
            | observations | unknown  | unseen | laboratory not supplied
            | vitals       | unknown  |        | vital signs are no laboratory
            | conditions   | unknown  |        | nor are problems
    5 mg/L  | conditions   | no       |        | seen and normal
    """,
    patient,
)


def test_a_normal_result_settles_nothing_where_others_are_unseen() -> None:
    """A newer one may be among those that nobody could read."""
    unreadable = observation("", "", code={"coding": [{"display": "CRP"}]})

    finding = RAISED.assess(facts_from([observation(CRP, "5 mg/L"), unreadable]))

    assert finding.truth.name == "UNKNOWN"
    assert finding.unseen
    assert finding.basis == ()


def test_a_raised_result_settles_it_all_the_same() -> None:
    """Whatever else there is, it is raised."""
    unreadable = observation("", "", code={"coding": [{"display": "CRP"}]})

    finding = RAISED.assess(facts_from([observation(CRP, "88 mg/L"), unreadable]))

    assert finding.truth.name == "YES"
    assert [one.reference for one in finding.basis] == ["Observation/1"]


def three_days_ago(facts: Facts) -> datetime:
    """Call three days ago the first instant that counts."""
    return facts.as_of - timedelta(days=3)


test_since = judges(
    MeasurementCriterion(
        id="crp-since",
        title="CRP since",
        codes=codes.CRP,
        comparison=Comparison.ABOVE,
        threshold=Quantity.parse("10 mg/L"),
        within=timedelta(days=30),
        since=three_days_ago,
    ),
    """
    crp     | age             | expected | unseen | why
    88 mg/L | 3 days          | yes      |        | at the instant itself
    88 mg/L | 3 days 1 second | unknown  |        | just too early
    """,
    patient,
)


def test_it_says_what_it_asks() -> None:
    """Condition and need follow from the parts."""
    assert RAISED.condition == "C-reactive protein > 10 mg/L in 30 days"
    assert RAISED.needs == {DataRequirement("Observation", "laboratory", "crp")}
    assert RAISED.key == "observations"


def test_the_resource_behind_it_is_named_with_its_value_as_sent() -> None:
    """So that a clinician finds it again."""
    taken = ago("1 day")[:10]
    (basis,) = RAISED.assess(facts_from([observation(CRP, "8.8 mg/dL")])).basis

    assert (basis.reference, basis.display) == ("Observation/1", "CRP 8.8 mg/dL")
    assert str(basis.recorded) == taken
