"""The newest result against what its own laboratory calls normal."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from cds_service.knowledge.requirement import DataRequirement
from cds_service.reasoning.measured import AboveOwnRange
from hooks.spine_mri import value_sets as codes
from tests.builders import facts_from, observation, status_of, up_to
from tests.tables import each, judges

if TYPE_CHECKING:
    from cds_service.facts.model import Facts

ESR = "4537-7"
RAISED = AboveOwnRange(
    id="esr-raised",
    title="ESR raised",
    codes=codes.ESR,
    unit="mm/h",
    within=timedelta(days=30),
    fallback=lambda _: Decimal(20),
    fallback_words="above 20 mm/h",
)


def patient(row: dict[str, str]) -> Facts:
    """Make a chart of one result, or of none."""
    result = observation(
        ESR,
        row.get("esr", ""),
        age=row.get("age", "1 day"),
        status=row.get("status") or "final",
        flag=row.get("flag", ""),
        referenceRange=up_to(row.get("upper", "")),
    )
    chart = [result] if row.get("esr") or row.get("flag") else []
    return facts_from(chart)


test_evidence = judges(
    RAISED,
    """
    esr      | upper    | flag | expected | unseen | why
    30 mm/h  | 30 mm/h  |      | no       |        | at its own limit
    31 mm/h  | 30 mm/h  |      | yes      |        | just above its own limit
    25 mm/h  | 30 mm/h  | H    | no       |        | its limit outweighs its flag
    31 mm/h  | 30 mm/h  | N    | yes      |        | in either direction
    31 mm/hr | 30 mm/h  |      | yes      |        | another spelling of the unit
    25 mm/h  | 30 mg/L  |      | yes      |        | limit in a foreign unit: fallback
    25 mm/h  | 30       |      | yes      |        | limit without a unit: fallback
    15 mm/h  |          | H    | yes      |        | flagged high
    15 mm/h  |          | HH   | yes      |        | flagged very high
    15 mm/h  |          | HU   | yes      |        | flagged significantly high
    15 mm/h  |          | A    | yes      |        | flagged abnormal
    15 mm/h  |          | AA   | yes      |        | flagged very abnormal
    25 mm/h  |          | N    | no       |        | flagged normal
    25 mm/h  |          | L    | no       |        | flagged low
    25 mm/h  |          | LL   | no       |        | flagged very low
    25 mm/h  |          | IND  | yes      |        | a flag that says neither: fallback
    20 mm/h  |          |      | no       |        | at the fallback
    21 mm/h  |          |      | yes      |        | just above the fallback
    30       |          |      | unknown  | unseen | no unit, nothing else
    30       |          | H    | yes      |        | no unit, flagged high
    30       |          | N    | unknown  | unseen | no unit, flagged normal
    30       | 20 mm/h  |      | unknown  | unseen | no unit to hold against its limit
    >100 mm/h|          |      | yes      |        | off the scale
    <40 mm/h |          |      | unknown  | unseen | lies on both sides
             |          |      | unknown  |        | never measured
    """,
    patient,
)

test_window_and_status = judges(
    RAISED,
    """
    esr     | age              | status           | expected | unseen | why
    60 mm/h | 30 days          |                  | yes      |        | last instant
    60 mm/h | 30 days 1 second |                  | unknown  |        | too old
    60 mm/h | 1 day            | preliminary      | yes      |        | preliminary
    10 mm/h | 1 day            | preliminary      | unknown  |        | settles nothing
    60 mm/h | 1 day            | entered-in-error | unknown  |        | in error
    """,
    patient,
)


@each("""
    type      | expected | why
              | no       | a range of no type is the normal one
    normal    | no       | the normal one
    treatment | yes      | a range under treatment is no normal: fallback
    """)
def test_only_a_normal_range_counts(row: dict[str, str]) -> None:
    """A report may carry other ranges, such as those for a therapy."""
    kind = {"type": status_of(row["type"])} if row["type"] else {}
    chart = [observation(ESR, "25 mm/h", referenceRange=up_to("30 mm/h", **kind))]

    assert RAISED.assess(facts_from(chart)).truth.name.lower() == row["expected"]


def test_of_several_normal_ranges_the_highest_counts() -> None:
    """One of them is this patient's, and nobody says which."""
    ranges = [*up_to("20 mm/h"), *up_to("30 mm/h"), {"text": "see comment"}]
    chart = [observation(ESR, "25 mm/h", referenceRange=ranges)]

    assert RAISED.assess(facts_from(chart)).truth.name == "NO"


def test_it_says_what_it_asks() -> None:
    """The limits in their order, and the person for the fallback."""
    assert RAISED.condition == (
        "Erythrocyte sedimentation rate above the report's upper limit, "
        "else flagged high, else above 20 mm/h, in 30 days"
    )
    assert RAISED.needs == {
        DataRequirement("Observation", "laboratory", "esr"),
        DataRequirement("Patient"),
    }


test_words = judges(
    AboveOwnRange(
        id="test-positive",
        title="Pregnancy test positive",
        codes=codes.PREGNANCY_TEST,
        unit="m[IU]/mL",
        within=timedelta(days=30),
        fallback=lambda _: Decimal(5),
        fallback_words="above 5 m[IU]/mL",
    ),
    """
    result         | upper       | flag | expected | unseen | why
    positive       |             |      | yes      |        | a word is a result here
    negative       |             |      | no       |        | and so is its opposite
    unclear        |             |      | unknown  | unseen | a word that says neither
    6 m[IU]/mL     |             |      | yes      |        | a number by the fallback
    6 m[IU]/mL     | 10 m[IU]/mL |      | no       |        | a number by its own limit
    6 m[IU]/mL     |             | NEG  | no       |        | the laboratory's own word outweighs both
    """,
    lambda row: facts_from(
        [
            observation(
                "2106-3",
                row["result"],
                flag=row["flag"],
                referenceRange=up_to(row["upper"]),
            )
        ]
    ),
)
