"""Normal markers reassure only where nothing can have kept them low."""

from __future__ import annotations

from hooks.spine_mri.criteria.reassurance import REASSURING
from tests.hooks.spine_mri.stories import facts_of
from tests.tables import judges

CRP = "lab 1988-5 5 mg/L @ 1 day; "
PAIN = "has M54.50 @ 10 days; "

test_crp = judges(
    REASSURING,
    """
    chart                          | missing      | expected | why
                                   |              | unknown  | never measured
                                   | observations | unknown  | results were not sent
    lab 1988-5 10 mg/L @ 1 day     |              | yes      | at the threshold
    lab 1988-5 10.1 mg/L @ 1 day   |              | no       | above it
    lab 1988-5 1 mg/dL @ 1 day     |              | yes      | in another unit
    lab 1988-5 5 mg/L @ 10 days    |              | yes      | taken when the pain began
    lab 1988-5 5 mg/L @ 11 days    |              | unknown  | taken before it
    lab 1988-5 5 @ 1 day           |              | unknown  | a number without a unit
    lab 1988-5 <5 mg/L @ 1 day     |              | yes      | below the limit of detection
    lab 1988-5 <20 mg/L @ 1 day    |              | unknown  | may be 15
    lab 1988-5 5 mg/L @ 5 days; lab 1988-5 >5 mg/L @ 1 day | | unknown | a later result that settles nothing
    """,
    lambda row: facts_of(row | {"chart": PAIN + row["chart"]}),
)

test_onset_unknown = judges(
    REASSURING,
    """
    chart                                            | expected | why
    lab 1988-5 5 mg/L @ 7 days                       | yes      | without a date of onset a week counts
    lab 1988-5 5 mg/L @ 7 days 1 second              | unknown  | but no longer
    has M54.50; lab 1988-5 5 mg/L @ 7 days           | yes      | nor with a complaint without a date
    has M54.50 @ 60 days; lab 1988-5 5 mg/L @ 30 days | yes     | with an old pain a month counts
    has M54.50 @ 60 days; lab 1988-5 5 mg/L @ 30 days 1 second | unknown | but no longer
    """,
    facts_of,
)

test_esr_beside_it = judges(
    REASSURING,
    """
    chart                          | expected | why
                                   | yes      | no sedimentation was done
    lab 4537-7 10 mm/h @ 1 day     | yes      | normal
    lab 4537-7 60 mm/h @ 1 day     | no       | raised
    lab 4537-7 10 @ 1 day          | unknown  | cannot be read
    lab 4537-7 >10 mm/h @ 1 day    | unknown  | may be anything above 10
    lab 4537-7 10 mm/h @ 20 days   | no       | normal, but before the pain began
    lab 4537-7 60 mm/h @ 40 days   | yes      | too old to count
    """,
    lambda row: facts_of(row | {"chart": CRP + PAIN + row["chart"]}),
)

test_nothing_masks = judges(
    REASSURING,
    """
    chart                            | missing     | expected | why
                                     | medications | unknown  | medications were not sent
                                     | procedures  | unknown  | procedures were not sent
                                     | conditions  | unknown  | problems were not sent
    takes amoxicillin @ 3 days       |             | no       | antibiotics now
    takes amoxicillin                |             | no       | antibiotics now, without a date
    takes 723 @ 3 days               |             | yes      | a bare number says nothing
    takes neomycin ear drops @ 3 days |            | yes      | drops do not act on the spine
    takes ibuprofen @ 3 days         |             | yes      | another drug
    did 62323 @ 30 days              |             | no       | injection, last valid moment
    did 62323 @ 31 days              |             | yes      | earlier injection
    did 62326 @ 10 days              |             | no       | epidural catheter
    did 27151001 @ 30 days           |             | no       | surgery
    did 27151001 @ 31 days           |             | yes      | earlier surgery
    has D70.9 @ 100 days             |             | no       | neutropenia
    had D70.9 @ 100 days             |             | yes      | neutropenia that is over
    has B20                          |             | yes      | HIV lowers no marker
    """,
    lambda row: facts_of(row | {"chart": CRP + PAIN + row["chart"]}),
)
