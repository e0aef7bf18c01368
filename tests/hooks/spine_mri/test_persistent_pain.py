"""Six weeks of care, a reason to operate or inject, and arm pain of less."""

from __future__ import annotations

from hooks.spine_mri.criteria.persistent_pain import (
    ARM_PAIN_EARLY,
    CARE_FAILED,
    CARE_MISSING,
    CARE_WITHOUT_PLAN,
    ONLY_CERVICAL,
    ONLY_THORACIC,
    SURGICAL_CANDIDATE,
    THORACIC_PAIN,
)
from tests.hooks.spine_mri.stories import expected, facts_of, told
from tests.tables import each, judges

CARE = "did 91251008 @ 50 days; "

test_surgical_candidate = judges(
    SURGICAL_CANDIDATE,
    """
    chart                             | missing    | expected | why
                                      |            | no       | nothing on record
                                      | procedures | unknown  | procedures were not sent
    referred 308482002 @ 180 days     |            | yes      | sent to a neurosurgeon, last valid moment
    referred 308482002 @ 181 days     |            | no       | earlier
    referred 306265007 @ 10 days      |            | yes      | sent to a pain clinic
    referred 306290009 @ 10 days      |            | no       | sent to a rheumatologist
    referred 62323 @ 10 days          |            | yes      | an injection is planned
    did 62323 @ 180 days              |            | yes      | an injection was done
    did 62326 @ 10 days               |            | no       | an anaesthetic catheter
    did 27151001 @ 10 days            |            | yes      | spine surgery was done
    did 27151001 @ 181 days           |            | no       | earlier
    referred 27151001 @ 10 days       |            | yes      | spine surgery is planned
    """,
    facts_of,
)

test_care_failed = judges(
    CARE_FAILED,
    """
    chart                                                  | order   | missing    | expected | why
    has M54.16 @ 50 days                                   |         |            | yes      | radiculopathy
    has M48.061 @ 50 days                                  |         |            | yes      | stenosis
    has M54.50 @ 50 days                                   |         |            | no       | neither, and no plan
    has M54.50 @ 50 days; referred 308482002 @ 10 days     |         |            | yes      | a plan
    has M54.16 @ 41 days                                   |         |            | no       | pain for less than six weeks
    has M54.16                                             |         |            | unknown  | pain since when?
    has M54.14 @ 50 days                                   | 72146   |            | yes      | thoracic, with radiculopathy
    has M54.6 @ 50 days; referred 308482002 @ 10 days      | 72146   |            | no       | thoracic, without
    has M54.9 @ 50 days; referred 308482002 @ 10 days      | 30854-4 |            | yes      | not the thoracic spine alone
    has M54.6 @ 50 days; referred 308482002 @ 10 days      | 72146   | conditions | unknown  | problems were not sent
    """,
    lambda row: facts_of(row | {"chart": CARE + row["chart"]}),
)

test_care_missing = judges(
    CARE_MISSING,
    """
    chart                                            | missing     | expected | why
    has M54.50 @ 42 days                             |             | yes      | no care at all
    has M54.50 @ 50 days; did 91251008 @ 41 days     |             | yes      | care for less than six weeks
    has M54.50 @ 50 days; did 91251008 @ 42 days     |             | no       | care for six weeks
    has M54.50 @ 41 days                             |             | no       | pain for less than six weeks
    has M54.50 @ 42 days                             | medications | unknown  | care may not have been seen
    """,
    facts_of,
)

test_care_without_plan = judges(
    CARE_WITHOUT_PLAN,
    """
    chart                                            | expected | why
    has M54.50 @ 50 days; did 91251008 @ 42 days     | yes      | both long enough
    has M54.50 @ 50 days; did 91251008 @ 41 days     | no       | care for less
    has M54.50 @ 41 days; did 91251008 @ 41 days     | no       | both for less
    """,
    facts_of,
)

test_arm_pain_early = judges(
    ARM_PAIN_EARLY,
    """
    chart                          | order   | expected | why
    has M54.12 @ 10 days           | 72141   | yes      | neck order, root of the neck
    has M54.12 @ 41 days 23 hours  | 72141   | yes      | an hour less than six weeks
    has M54.12 @ 50 days           | 72141   | no       | longer
    has M54.12                     | 72141   | yes      | since when is not known
    has M54.2 @ 10 days            | 72141   | no       | neck pain alone
    has M54.16 @ 10 days           | 72148   | no       | another region
    has M54.12 @ 10 days           | 30854-4 | no       | the whole spine
    """,
    facts_of,
)

test_thoracic_pain = judges(
    THORACIC_PAIN,
    """
    chart                                            | order   | expected | why
    has M54.6 @ 42 days                              | 72146   | yes      | last valid moment
    has M54.6 @ 41 days                              | 72146   | no       | pain for less
    has M54.6                                        | 72146   | unknown  | pain since when?
    has M54.6 @ 50 days                              | 94088-2 | no       | thoracic and lumbar
    has M54.6 @ 50 days; has M54.14 @ 9 days         | 72146   | no       | radiculopathy
    has M54.6 @ 50 days; has R53.1 @ 9 days          | 72146   | no       | weakness, however vague
    has M54.6 @ 50 days; has R20.2 @ 900 days        | 72146   | no       | tingling, however old
    has M54.6 @ 50 days; has R33.0 @ 9 days          | 72146   | no       | retention, whatever its cause
    has M54.6 @ 50 days; did 91251008 @ 45 days      | 72146   | yes      | care has failed, no plan
    has M54.6 @ 50 days; did 91251008 @ 45 days; referred 308482002 @ 9 days | 72146 | no | to be operated
    has M54.6 @ 50 days; referred 308482002 @ 9 days | 72146   | yes      | to be operated without care
    """,
    facts_of,
)

test_only_cervical = judges(
    ONLY_CERVICAL,
    """
    order   | expected | why
    72141   | yes      | cervical
    43457-1 | no       | cervical and thoracic
    36531-2 | no       | no region
    """,
    facts_of,
)

test_only_thoracic = judges(
    ONLY_THORACIC,
    """
    order   | expected | why
    72146   | yes      | thoracic
    94088-2 | no       | thoracic and lumbar
    36531-2 | no       | no region
    """,
    facts_of,
)


@each("""
    chart                                                 | order | rule | advise    | target  | region   | indicator | why
    has M54.6 @ 70 days                                   | 72146 | PER3 | change    | without | thoracic | warning   | radiograph first
    has M54.6 @ 70 days                                   | 72157 | PER3 | change    | without | thoracic | warning   | contrast or not
    has M54.6 @ 70 days; did 91251008 @ 60 days           | 72146 | PER3 | change    | without | thoracic | warning   | care or not
    has M54.6 @ 70 days; did 91251008 @ 60 days; referred 308482002 @ 9 days | 72146 | PER4 | uncertain | without | thoracic | info | to be operated
    has M54.14 @ 70 days; did 91251008 @ 60 days          | 72146 | PER1 | for       | without | thoracic | info      | with a root
    has M54.6 @ 70 days; has R20.2 @ 900 days             | 72146 | PER2 | change    | without | thoracic | warning   | a sign of long ago, no care
    """)
def test_thoracic_answers(row: dict[str, str]) -> None:
    """What the rules come to together, where vital signs are normal."""
    normal = "; temp 37 Cel @ 1 day"
    assert told(row | {"chart": row["chart"] + normal}) == expected(row)
