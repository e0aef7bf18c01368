"""Are the kidneys failing?

LOINC: 98979-8, 33914-3 eGFR; 48642-3 eGFR without and 48643-1 with the correction for
race; 50384-7 Schwartz, for children. N18.4 stage 4, N17.9 acute injury, Z99.2 dialysis.
"""

from __future__ import annotations

from hooks.spine_mri.criteria.kidney import EGFR_LOW, KIDNEY_FAILING
from tests.hooks.spine_mri.stories import facts_of
from tests.tables import judges

test_filtration = judges(
    EGFR_LOW,
    """
    chart                                                                                            | missing      | expected | unseen | why
    lab 98979-8 29 mL/min/{1.73_m2} @ 3 days                                                         |              | yes      |        | just below
    lab 98979-8 29.9 mL/min/{1.73_m2} @ 3 days                                                       |              | yes      |        | still below
    lab 98979-8 30 mL/min/{1.73_m2} @ 3 days                                                         |              | no       |        | at the limit
    lab 98979-8 22 mL/min/1.73m2 @ 3 days                                                            |              | yes      |        | the unit as most laboratories write it
    lab 98979-8 22 mL/min @ 3 days                                                                   |              | yes      |        | the unit without the body surface
    lab 98979-8 22 @ 3 days                                                                          |              | unknown  | unseen | no unit
    lab 98979-8 22 mg/L @ 3 days                                                                     |              | unknown  | unseen | a unit of something else
    lab 98979-8 <30 mL/min/{1.73_m2} @ 3 days                                                        |              | yes      |        | below the limit, however low
    lab 98979-8 <60 mL/min/{1.73_m2} @ 3 days                                                        |              | unknown  | unseen | on either side of the limit
    lab 98979-8 >60 mL/min/{1.73_m2} @ 3 days                                                        |              | no       |        | above, however high
    lab 98979-8 <60 mL/min/{1.73_m2} @ 3 days; lab 98979-8 24 mL/min/{1.73_m2} @ 9 days              |              | yes      |        | what settles nothing leaves it to the one before
    lab 98979-8 <60 mL/min/{1.73_m2} @ 3 days; lab 98979-8 80 mL/min/{1.73_m2} @ 9 days              |              | unknown  | unseen | an older normal settles nothing
    lab 98979-8 <15 mL/min @ 3 days                                                                  |              | yes      |        | below by text of the report
    lab 98979-8 22 mL/min/{1.73_m2} @ 90 days                                                        |              | yes      |        | last valid moment
    lab 98979-8 22 mL/min/{1.73_m2} @ 91 days                                                        |              | unknown  |        | too old
    lab 98979-8 22 mL/min/{1.73_m2} @ 30 days; lab 98979-8 45 mL/min/{1.73_m2} @ 3 days              |              | no       |        | the newest wins
    lab 98979-8 45 mL/min/{1.73_m2} @ 30 days; lab 98979-8 22 mL/min/{1.73_m2} @ 3 days              |              | yes      |        | also where it is the lower
    lab 48642-3 28 mL/min/{1.73_m2} @ 3 days; lab 48643-1 33 mL/min/{1.73_m2} @ 3 days               |              | yes      |        | of a pair the lower counts
    lab 48643-1 33 mL/min/{1.73_m2} @ 3 days; lab 48642-3 28 mL/min/{1.73_m2} @ 3 days               |              | yes      |        | in whatever order it comes
    lab 48642-3 31 mL/min/{1.73_m2} @ 3 days; lab 48643-1 37 mL/min/{1.73_m2} @ 3 days               |              | no       |        | neither of the pair
    lab 48642-3 28 mL/min/{1.73_m2} @ 3 days; lab 48643-1 33 mL/min/{1.73_m2} @ 2 days               |              | no       |        | not of one day, so no pair
    lab 48643-1 33 mL/min/{1.73_m2} @ 3 days; lab 48642-3 pending @ 3 days                           |              | unknown  | unseen | the lower of the pair cannot be read
    lab 50384-7 25 mL/min/{1.73_m2} @ 3 days                                                         |              | yes      |        | a child's formula
    lab 2160-0 4.1 mg/dL @ 3 days                                                                    |              | unknown  |        | creatinine is no filtration rate
                                                                                                     |              | unknown  |        | never measured
                                                                                                     | observations | unknown  | unseen | results were not sent
    """,
    facts_of,
)

test_kidney = judges(
    KIDNEY_FAILING,
    """
    chart                                                       | expected | why
    lab 98979-8 29 mL/min/{1.73_m2} @ 3 days                    | yes      | a low rate
    lab 98979-8 60 mL/min/{1.73_m2} @ 3 days                    | no       | a fair rate
    has Z99.2                                                   | yes      | on dialysis
    did 302497006 @ 400 days                                    | yes      | dialysis as a procedure
    lab 98979-8 80 mL/min/{1.73_m2} @ 3 days; has N18.4         | yes      | stage 4, whatever the last rate
    has N185; lab 98979-8 80 mL/min/{1.73_m2} @ 3 days          | yes      | stage 5, written without its dot
    lab 98979-8 80 mL/min/{1.73_m2} @ 3 days; has N18.30        | no       | stage 3
    lab 98979-8 80 mL/min/{1.73_m2} @ 3 days; had N18.4         | no       | stage 4, closed
    lab 98979-8 80 mL/min/{1.73_m2} @ 3 days; has N17.9 @ 30 days | yes    | acute injury, last valid moment
    lab 98979-8 80 mL/min/{1.73_m2} @ 3 days; has N17.9 @ 31 days | no     | acute injury, older
    lab 98979-8 80 mL/min/{1.73_m2} @ 3 days; had N17.9 @ 9 days | no      | acute injury, over
    """,
    facts_of,
)
