"""Injury of the spine, by its force, by the bone, and by what was imaged since."""

from __future__ import annotations

from hooks.spine_mri.criteria.trauma import (
    ANKYLOSED_AND_HURT,
    FRACTURE_NEW,
    FRAGILITY,
    OLD_AGE,
    TRAUMA_ACUTE,
    TRAUMA_AFTER_CT,
    TRAUMA_NOT_IMAGED,
)
from tests.hooks.spine_mri.stories import expected, facts_of, told
from tests.tables import each, judges

test_acute_trauma = judges(
    TRAUMA_ACUTE,
    """
    chart                                 | person    | missing    | expected | why
                                          |           |            | no       | nothing on record
                                          |           | conditions | unknown  | the problem list was not supplied
    has 407153006 @ 7 days                |           |            | yes      | a crash, last valid moment
    has 407153006 @ 7 days 1 second       |           |            | no       | a crash, longer ago
    had 407153006 @ 7 days                |           |            | yes      | the accident is over, its date counts
    has W13.0XXA @ 3 days                 |           |            | yes      | a fall from a height
    has W18.30XA @ 3 days                 |           |            | no       | a fall from standing
    has S12.100A @ 3 days                 | female 80 |            | yes      | a broken neck at any age
    has S32.010A @ 3 days                 | male 64   |            | yes      | a broken vertebra in sound bone
    has S32.010A @ 3 days                 | male 65   |            | no       | a broken vertebra in old bone
    has S32.010A @ 3 days; has M81.0      | male 50   |            | no       | a broken vertebra in osteoporosis
    has S32.010A @ 3 days; has 407153006 @ 3 days | male 80 |      | yes      | a broken vertebra after a crash
    has S32.010D @ 3 days                 |           |            | no       | after-care
    has 407153006 @ 3 days; reported 30620-9 @ 2 days |  |         | no       | CT since
    has 407153006 @ 3 days; scanned 72131 @ 2 days | |             | no       | CT since, as a study
    has 407153006 @ 3 days; did 72131 @ 2 days | |                 | no       | CT since, as a procedure
    has 407153006 @ 3 days; referred 72131 @ 2 days | |            | yes      | CT ordered is no CT
    has 407153006 @ 3 days; began 72131 @ 2 days | |               | yes      | CT begun and stopped shows nothing
    has 407153006 @ 3 days; reported 30620-9 @ 5 days | |          | yes      | CT before the crash
    has S12.100A @ 3 days; reported 30620-9 @ 2 days | |           | no       | CT of the ordered region
    has 407153006 @ 3 days; reported 30592-0 @ 2 days | |          | yes      | CT of the neck, lumbar order
    has 407153006 @ 5 days; has W13.0XXA @ 2 days; reported 30620-9 @ 3 days | | | yes | hurt again after the CT
    has 407153006 @ 5 days; has W13.0XXA @ 4 days; reported 30620-9 @ 3 days | | | no  | CT after both
    has 161586000 @ 3 days                |           |            | no       | no injury, as a code
    ended S33.1XXA                        |           |            | unknown  | over, and nobody knows of when it was
    ended S33.1XXA @ 90 days              |           |            | unknown  | over for 90 days: it may be of then
    ended S33.1XXA @ 91 days              |           |            | no       | over for longer
    ended S33.1XXD                        |           |            | no       | after-care that is over
    ended S32.010A                        | male 64   |            | unknown  | a broken vertebra in sound bone, of no day
    ended S32.010A                        | male 65   |            | no       | in old bone
    """,
    facts_of,
)

test_acute_by_the_order = judges(
    TRAUMA_ACUTE,
    """
    chart                     | reason    | expected | why
                              | 407153006 | yes      | a crash, and no day of it
    reported 30620-9 @ 7 days | 407153006 | no       | a CT of this week is after it
    reported 30620-9 @ 8 days | 407153006 | yes      | an older one is not
    """,
    facts_of,
)

test_after_ct = judges(
    TRAUMA_AFTER_CT,
    """
    chart                                              | missing    | expected | why
    reported 30620-9 @ 2 days                          |            | no       | CT, no injury
    reported 30620-9 @ 2 days                          | conditions | unknown  | the problem list was not supplied
    has 407153006 @ 90 days; reported 30620-9 @ 2 days |            | yes      | last valid moment
    has 407153006 @ 91 days; reported 30620-9 @ 2 days |            | no       | longer ago
    has 407153006 @ 9 days                             |            | no       | no CT
    has 407153006 @ 9 days                             | reports    | unknown  | reports not supplied
    """,
    facts_of,
)

test_never_imaged = judges(
    TRAUMA_NOT_IMAGED,
    """
    chart                                              | expected | why
    has 407153006 @ 8 days                             | yes      | first valid day
    has 407153006 @ 7 days                             | no       | still acute
    has 407153006 @ 90 days                            | yes      | last valid moment
    has 407153006 @ 91 days                            | no       | longer ago
    has 407153006 @ 20 days; reported 24970-6 @ 9 days | no       | radiograph since
    has 407153006 @ 20 days; scanned 30679-5 @ 9 days  | no       | MRI since
    has 407153006 @ 20 days; scanned 30679-5 @ 25 days | yes      | MRI before it
    """,
    facts_of,
)

test_ankylosed = judges(
    ANKYLOSED_AND_HURT,
    """
    chart                                 | expected | why
    has M45.6                             | no       | stiff, and no more than that
    has M45.6; has M54.50 @ 30 days       | yes      | new pain, last valid moment
    has M45.6; has M54.50 @ 31 days       | no       | pain for longer
    has M45.6; has M54.50                 | no       | pain without a date
    has M45.6; has W18.30XA @ 90 days     | yes      | a fall, last valid moment
    has M45.6; has W18.30XA @ 91 days     | no       | a fall, longer ago
    has M45.6; has 417746004 @ 9 days     | yes      | an injury of any kind
    has M45.6; has S32.010D @ 9 days      | no       | after-care
    has M43.26; has M54.50 @ 9 days       | no       | a fused joint is no ankylosed spine
    """,
    facts_of,
)

test_new_fracture = judges(
    FRACTURE_NEW,
    """
    chart                  | expected | why
    has M80.08XA @ 90 days | yes      | last valid moment
    has M80.08XA @ 91 days | no       | older
    has 42942008           | yes      | without a date
    has M80.08XD @ 9 days  | no       | after-care
    """,
    facts_of,
)

test_fragility = judges(
    FRAGILITY,
    """
    chart                                       | person    | expected | why
    has M54.50 @ 42 days                        |           | no       | new pain, no reason to break
    has M54.50 @ 42 days; has M81.0 @ 900 days  |           | yes      | osteoporosis, last valid moment
    has M54.50 @ 43 days; has M81.0 @ 900 days  |           | no       | pain for longer
    has M54.50; has M81.0                       |           | yes      | nobody knows since when
    has M81.0                                   |           | no       | no pain on record
    has M54.50 @ 9 days; has Z79.52             |           | yes      | long-term steroid
    has M54.50 @ 9 days; has W18.30XA @ 30 days | female 50 | yes      | a fall, last valid moment and age
    has M54.50 @ 9 days; has W18.30XA @ 31 days | female 50 | no       | a fall, longer ago
    has M54.50 @ 9 days; has W18.30XA @ 30 days | female 49 | no       | a fall, too young
    """,
    facts_of,
)

test_old_age = judges(
    OLD_AGE,
    """
    chart                | person    | expected | why
    has M54.50 @ 42 days | female 70 | yes      | last valid moment and age
    has M54.50 @ 43 days | female 70 | no       | pain for longer
    has M54.50 @ 42 days | female 69 | no       | younger
    has M54.50           | female 70 | no       | pain without a date
    """,
    facts_of,
)


@each("""
    chart                                               | person    | order   | rule | advise    | target            | urgency   | indicator | why
    has 407153006 @ 3 days; has M54.50 @ 3 days         |           |         | TRA1 | change    | without           | urgent    | warning   | a crash: CT first
    has 407153006 @ 3 days; has M21.371 @ 2 days        |           |         | NEU3 | for       | without           | immediate | critical  | with a deficit the MRI leads, at once
    has M45.6; has W18.30XA @ 3 days                    | male 50   |         | TRA2 | for       | without           | urgent    | warning   | ankylosed and fallen, priority too low
    has 407153006 @ 9 days; reported 30620-9 @ 8 days; has M54.16 @ 8 days | | | TRA6 | for    | without           | urgent    | info      | after CT, with a sign
    has 407153006 @ 9 days; reported 30620-9 @ 8 days; has M54.50 @ 8 days | | | TRA6 | uncertain | without        | urgent    | info      | after CT, without
    has M80.08XA @ 9 days; has M54.50 @ 9 days          | female 60 |         | TRA4 | for       | without           | routine   | info      | a new fracture, no cancer
    has M80.08XA @ 9 days; has M54.50 @ 9 days          | female 60 | 72158   | TRA4 | change    | without           | routine   | info      | and contrast adds nothing
    has M80.08XA @ 400 days; has Z85.3 @ 6000 days      | female 60 |         | TRA5 | change    | without-and-with  | urgent    | warning   | a fracture and a cancer of any time
    has M80.08XA @ 9 days; has C50.911                  | female 60 |         | ONC1 | change    | without-and-with  | urgent    | warning   | active cancer leads
    has M81.0; has M54.50 @ 9 days                      | female 60 |         | TRA3 | for       | without           | routine   | info      | bone at risk
    has M81.0; has M54.50 @ 9 days                      | female 60 | 72158   | TRA3 | for       | without-and-with  | routine   | info      | contrast is accepted
    has M81.0; has M54.6 @ 9 days                       | female 60 | 72146   | TRA3 | change    | without           | routine   | info      | thoracic: radiograph first
    has M54.50 @ 9 days                                 | female 70 |         | TRA3 | change    | without           | routine   | info      | age alone: radiograph first
    has M81.0; has M54.50 @ 9 days                      | male 12   |         | UNK2 | uncertain | without           | routine   | info      | no rule for adults in a child
    has 407153006 @ 20 days; has M54.50 @ 20 days       |           |         | TRA7 | change    | without           | routine   | info      | weeks after a crash, never imaged
    """)
def test_answers(row: dict[str, str]) -> None:
    """What the rules come to together."""
    assert told(row) == expected(row)
