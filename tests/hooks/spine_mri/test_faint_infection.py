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
    lab 1988-5 30 mg/L @ 1 day; has E11.9                 |         | no       | and a weak risk
    lab 1988-5 30 mg/L @ 1 day; has Z99.2                 |         | no       | and a strong risk
    lab 1988-5 30 mg/L @ 1 day; has M54.2 @ 90 days       |         | no       | and a newer pain
    lab 1988-5 30 mg/L @ 1 day; has A41.9 @ 80 days       |         | no       | and sepsis
    lab 1988-5 30 mg/L @ 1 day; has M46.46                |         | no       | and discitis
    """,
    lambda row: facts_of(row | {"chart": LONG + row["chart"]}),
)
