"""The erythrocyte sedimentation rate: whose limit counts, and when."""

from __future__ import annotations

from hooks.spine_mri.criteria.infection import ESR_RAISED
from tests.builders import Resource, facts_from, observation, up_to
from tests.hooks.spine_mri.stories import chart, person
from tests.tables import judges

TYPE_OF_RANGE = "http://terminology.hl7.org/CodeSystem/referencerange-meaning"


def sedimentation(row: dict[str, str]) -> list[Resource]:
    """Make the ESR of a row, of the person in it."""
    result = observation(
        row["loinc"] or "4537-7",
        row["result"],
        row["age"] or "1 day",
        flag=row["flag"],
        referenceRange=up_to(row["range"]),
    )
    return [result, *person(row["person"]), *chart(row["chart"])]


test_esr_raised = judges(
    ESR_RAISED,
    """
    person    | loinc   | result   | age              | range      | flag | chart          | expected | why
    male 30   |         | 20 mm/h  |                  |            |      |                | no       | men under 40: the limit is 20
    male 30   |         | 21 mm/h  |                  |            |      |                | yes      | men under 40: above 20
    male 70   |         | 35 mm/h  |                  |            |      |                | no       | men: half the age
    male 70   |         | 36 mm/h  |                  |            |      |                | yes      | men: above half the age
    female 30 |         | 20 mm/h  |                  |            |      |                | no       | women under 50: at least 20
    female 30 |         | 21 mm/h  |                  |            |      |                | yes      | women under 50: above 20
    female 49 |         | 29 mm/h  |                  |            |      |                | no       | women: (49 + 10) / 2 are 29.5
    female 49 |         | 30 mm/h  |                  |            |      |                | yes      | women: above 29.5
    female 50 |         | 30 mm/h  |                  |            |      |                | no       | women from 50: at least 30
    female 50 |         | 31 mm/h  |                  |            |      |                | yes      | women from 50: above 30
    female 80 |         | 45 mm/h  |                  |            |      |                | no       | women: (80 + 10) / 2
    female 80 |         | 46 mm/h  |                  |            |      |                | yes      | women: above 45
    other 30  |         | 30 mm/h  |                  |            |      |                | no       | sex unknown: the limit is 30
    other 30  |         | 31 mm/h  |                  |            |      |                | yes      | sex unknown: above 30
    male      |         | 21 mm/h  |                  |            |      |                | yes      | age unknown: the floor holds
    male 30   |         | 18 mm/h  |                  | 15 mm/h    |      |                | yes      | the report's own limit comes first
    male 30   |         | 38 mm/h  |                  | 40 mm/h    | H    |                | no       | and outranks its flag
    male 30   |         | 38 mm/h  |                  | 1 mg/L     |      |                | yes      | a limit in another unit is none
    male 70   |         | 25 mm/h  |                  |            | H    |                | yes      | the flag outranks the formula
    male 30   |         | 25 mm/h  |                  |            | N    |                | no       | in both directions
    male 30   |         | 25       |                  |            | H    |                | yes      | a flag stands in for a value that cannot be read
    male 30   |         | 25       |                  |            |      |                | unknown  | a number without a unit
    male 30   |         | >15 mm/h |                  |            |      |                | unknown  | more than 15 may be 16 or 60
    male 30   |         | >20 mm/h |                  |            |      |                | yes      | more than the limit
    male 30   |         | <15 mm/h |                  |            |      |                | no       | less than the limit
    male 70   |         | 25 mm/h  |                  |            |      | has E11.9      | yes      | with a risk of infection 20 is the limit for everybody
    male 70   |         | 20 mm/h  |                  |            |      | has E11.9      | no       | which itself is normal
    female 80 |         | 25 mm/h  |                  |            |      | has Z99.2      | yes      | so with a strong risk
    male 70   |         | 25 mm/h  |                  | 30 mm/h    |      | has E11.9      | no       | but the report's own limit wins over it
    male 70   |         | 25 mm/h  |                  |            |      | had E11.9      | no       | a risk that is over is none
    male 30   | 30341-2 | 80 mm/h  |                  |            |      |                | yes      | another method, the same test
    male 30   | 18184-2 | 80 mm/h  |                  |            |      |                | unknown  | a two-hour sedimentation is another test
    male 30   | 43402-7 | 80 mm/h  |                  |            |      |                | unknown  | so is one of fifteen minutes
    male 30   | 4539-3  | 80 mm/h  |                  |            |      |                | unknown  | and one in percent
    male 30   |         | 80 mm/h  | 30 days          |            |      |                | yes      | last valid moment
    male 30   |         | 80 mm/h  | 30 days 1 second |            |      |                | unknown  | just too old
    male 30   |         | 80 mm/h  | 20 days          |            |      | has M54.5 @ 5 days | unknown | more than 14 days before the pain began
    """,
    lambda row: facts_from(sedimentation(row)),
)


def critical_and_normal(row: dict[str, str]) -> list[Resource]:
    """Make an ESR whose report names a normal and a critical range."""
    kind = {"coding": [{"system": TYPE_OF_RANGE, "code": row["type"]}]}
    ranges = [*up_to("15 mm/h"), *up_to("60 mm/h", type=kind)]
    return [observation("4537-7", "40 mm/h", referenceRange=ranges)]


test_esr_ranges = judges(
    ESR_RAISED,
    """
    type      | expected | why
    treatment | yes      | a range of another kind is not the normal one
    normal    | no       | of two normal ranges the higher counts
    """,
    lambda row: facts_from(critical_and_normal(row)),
)
