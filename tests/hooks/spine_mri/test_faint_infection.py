"""A marker barely raised, in an old pain, and nothing else."""

from __future__ import annotations

from hooks.spine_mri.criteria.faint_infection import ONLY_FAINT_SIGNS
from tests.hooks.spine_mri.stories import facts_of
from tests.tables import judges

LONG = "has M54.50 @ 91 days; "
test_only_faint_signs = judges(
    ONLY_FAINT_SIGNS,
    """
    chart                                                 | missing | expected | why
    lab 1988-5 30 mg/L @ 1 day; temp 37 Cel @ 1 day       |         | yes      | a CRP of 30 in a pain of three months
    lab 1988-5 30 mg/L @ 1 day                            |         | yes      | a temperature never taken is no stronger sign
    lab 1988-5 30 mg/L @ 1 day                            | vitals  | unknown  | but one that was not sent may be
    lab 4537-7 80 mm/h @ 1 day                            |         | yes      | an ESR, however high
    lab 1988-5 31 mg/L @ 1 day                            |         | no       | a CRP above 30
    lab 1988-5 >20 mg/L @ 1 day                           |         | unknown  | may be above 30
    lab 1988-5 30 mg/L @ 1 day; temp 38 Cel @ 1 day       |         | no       | and a fever
    lab 1988-5 30 mg/L @ 1 day; temp 38 Cel @ 10 days; temp 37 Cel @ 7 days | | no    | the raised marker keeps a fever that came down
    lab 1988-5 30 mg/L @ 1 day; temp 38 Cel @ 10 days; temp 37 Cel @ 6 days; temp 37 Cel @ 4 days; temp 37 Cel @ 2 days | | yes | unless three later readings cleared it
    lab 1988-5 30 mg/L @ 1 day; temp 38 Cel @ 10 days; temp 37 Cel @ 4 days; temp 37 Cel @ 3 days; temp 37 Cel @ 2 days | | no | three within two days do not
    has R70.0 @ 5 days                                    |         | yes      | an ESR raised by its code
    has R79.82 @ 5 days                                   |         | no       | a CRP raised by its code may be of any height
    lab 1988-5 30 mg/L @ 1 day; has E11.9                 |         | no       | and a weak risk
    lab 1988-5 30 mg/L @ 1 day; has Z99.2                 |         | no       | and a strong risk
    lab 1988-5 30 mg/L @ 1 day; has M54.2 @ 90 days       |         | no       | and a newer pain
    lab 1988-5 30 mg/L @ 1 day; has A41.9 @ 80 days       |         | no       | and sepsis
    lab 1988-5 30 mg/L @ 1 day; has M46.46                |         | no       | and discitis
    """,
    lambda row: facts_of(row | {"chart": LONG + row["chart"]}),
)
