"""Fever: what counts as one, for how long, and what clears it."""

from __future__ import annotations

from hooks.spine_mri.criteria.fever import FEVER_ACTIVE
from tests.builders import facts_from, observation
from tests.hooks.spine_mri.stories import facts_of
from tests.tables import judges

test_fever_reading = judges(
    FEVER_ACTIVE,
    """
    result       | loinc   | status           | expected | unseen | why
    37.9 Cel     |         |                  | no       |        | just below
    38.0 Cel     |         |                  | yes      |        | at the threshold
    37.95 Cel    |         |                  | yes      |        | rounded to a tenth it is 38.0
    37.94 Cel    |         |                  | no       |        | rounded to a tenth it is 37.9
    100.4 [degF] |         |                  | yes      |        | 100.4 F are 38.0 C
    100.3 [degF] |         |                  | no       |        | 100.3 F are 37.9 C
    311.2 K      |         |                  | yes      |        | 311.2 K are 38.05 C
    38.5 C       |         |                  | yes      |        | C as a word for the unit
    101 deg F    |         |                  | yes      |        | deg F as a word for the unit
    100.4        |         |                  | yes      |        | above 45 without a unit is Fahrenheit
    38.5         |         |                  | yes      |        | from 25 to 45 without a unit is Celsius
    37.5         |         |                  | no       |        | and so is a normal one
    20           |         |                  | unknown  | unseen | nothing a living person has
    101 Cel      |         |                  | unknown  | unseen | the unit wins over the number, and it cannot be
    high         |         |                  | unknown  | unseen | words cannot be read
    >37 Cel      |         |                  | unknown  | unseen | more than 37 may be 38
    >=38.0 Cel   |         |                  | yes      |        | cannot be less than the threshold
    >38.0 Cel    |         |                  | yes      |        | nor can this
    <38.0 Cel    |         |                  | no       |        | less than the threshold
    38.5 Cel     | 8331-1  |                  | yes      |        | taken in the mouth
    38.5 Cel     | 61008-9 |                  | unknown  |        | the surface of the skin is something else
    38.5 Cel     | 60830-7 |                  | unknown  |        | so is a finger
    38.5 Cel     |         | preliminary      | yes      |        | a preliminary reading may raise suspicion
    37.0 Cel     |         | preliminary      | unknown  |        | but never settle it
    38.5 Cel     |         | entered-in-error | unknown  |        | entered in error
    38.5 Cel     |         | cancelled        | unknown  |        | cancelled
    """,
    lambda row: facts_from(
        [
            observation(
                row["loinc"] or "8310-5",
                row["result"],
                status=row["status"] or "final",
                category=[{"coding": [{"code": "vital-signs"}]}],
            )
        ]
    ),
)

test_fever_over_time = judges(
    FEVER_ACTIVE,
    """
    chart                                                                                         | missing | expected | unseen | why
                                                                                                  |         | unknown  |        | never measured
                                                                                                  | vitals  | unknown  | unseen | vital signs were not sent
    temp 37 Cel @ 1 day                                                                           | vitals; conditions | unknown | unseen | nor were problems
    temp 38.5 Cel @ 7 days; temp 37 Cel @ 1 day                                                   |         | yes      |        | a week old, whatever came after
    temp 38.5 Cel @ 7 days 1 second; temp 37 Cel @ 1 day                                          |         | no       |        | in the second week a later normal clears it
    temp 38.5 Cel @ 10 days; temp 37 Cel @ 8 days                                                 |         | no       |        | 48 hours later
    temp 38.5 Cel @ 10 days; temp 37 Cel @ 8 days 1 second                                        |         | yes      |        | less than 48 hours later
    temp 38.5 Cel @ 10 days; temp 37 Cel @ 12 days                                                |         | yes      |        | a normal before it says nothing
    temp 38.5 Cel @ 10 days; temp 37 Cel @ 8 days; has Z99.2                                      |         | yes      |        | with a strong risk the second week counts as the first
    temp 38.5 Cel @ 10 days; temp 37 Cel @ 8 days; has E11.9                                      |         | no       |        | but not with a weak one
    temp 38.5 Cel @ 14 days                                                                       |         | yes      |        | last valid moment
    temp 38.5 Cel @ 14 days 1 second                                                              |         | unknown  |        | just too old
    temp 38.5 Cel @ 6 days; temp 37 Cel @ 5 days; temp 37 Cel @ 3 days; temp 37 Cel @ 2 days      |         | no       |        | three normals over 72 hours clear it
    temp 38.5 Cel @ 6 days; temp 37 Cel @ 5 days; temp 37 Cel @ 3 days; temp 37 Cel @ 2 days 1 hour |       | yes      |        | three normals over less
    temp 38.5 Cel @ 6 days; temp 37 Cel @ 5 days; temp 37 Cel @ 2 days                            |         | yes      |        | two normals are too few
    temp 38.5 Cel @ 10 days; temp 37 Cel @ 5 days; temp 37 Cel @ 3 days; temp 37 Cel @ 2 days; has Z99.2 | | no       |        | three normals clear it with a risk too
    temp 38.5 Cel @ 400 days                                                                      |         | unknown  |        | a reading of last year is no fever
    """,
    facts_of,
)

test_fever_diagnosed = judges(
    FEVER_ACTIVE,
    """
    chart                        | reason        | expected | why
    has R50.9 @ 14 days          |               | yes      | last valid moment
    has R50.9 @ 14 days 1 second |               | unknown  | just too old, and nothing was measured
    has R50.81 @ 1 day           |               | yes      | fever of another disease
    has R50.82 @ 1 day           |               | yes      | fever after an operation
    has 386661006 @ 1 day        |               | yes      | fever in SNOMED
    has R50.9                    |               | unknown  | on a problem list without a date
                                 | R50.9         | yes      | stated by the order
                                 | fever         | yes      | in the words of the order
                                 | no fever      | unknown  | denied by the order
    has Hay fever @ 1 day        |               | unknown  | hay fever is none
    has R50.83 @ 1 day           |               | unknown  | after a vaccination
    has R50.84 @ 1 day           |               | unknown  | after a transfusion
    has R50.2 @ 1 day            |               | unknown  | caused by a drug
    has R68.83 @ 1 day           |               | unknown  | chills without a fever
    had R50.9 @ 2 days           |               | unknown  | a fever is never history
    """,
    facts_of,
)
