"""Sciatica on both sides: two codes that belong together, or words."""

from __future__ import annotations

from hooks.spine_mri.criteria.bilateral import BILATERAL_SCIATICA
from tests.hooks.spine_mri.stories import facts_of
from tests.tables import judges

test_bilateral_sciatica = judges(
    BILATERAL_SCIATICA,
    """
    chart                                            | reason              | missing    | expected | unseen | why
                                                     |                     |            | no       |        | nothing on record
                                                     |                     | conditions | unknown  | unseen | problems were not sent
    has M54.31 @ 3 days                              |                     |            | no       |        | right alone
    has M54.32 @ 3 days                              |                     |            | no       |        | left alone
    has M54.31 @ 3 days; has M54.32 @ 3 days         |                     |            | yes      |        | right and left
    has M54.41 @ 3 days; has M54.42 @ 3 days         |                     |            | yes      |        | right and left, with back pain
    has M54.31 @ 3 days; has M54.42 @ 3 days         |                     |            | yes      |        | right, and left with back pain
    has M54.31 @ 3 days; has M54.41 @ 3 days         |                     |            | no       |        | right twice
    has M54.31 @ 30 days; has M54.32 @ 3 days        |                     |            | yes      |        | both new, last valid moment
    has M54.31 @ 31 days; has M54.32 @ 3 days        |                     |            | no       |        | one of them is old
    has M54.31; has M54.32                           |                     |            | no       |        | without a date
    had M54.31 @ 3 days; has M54.32 @ 3 days         |                     |            | no       |        | one of them is over
    has M54.31 @ 900 days                            | M54.31; M54.32      |            | yes      |        | stated by the order
                                                     | bilateral sciatica  |            | yes      |        | in words
    has No bilateral sciatica @ 3 days               |                     |            | no       |        | denied
    has Bilateral radiculopathy @ 3 days             |                     |            | yes      |        | in the words of the chart
    """,
    facts_of,
)
