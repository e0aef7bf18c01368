"""The words of the rules: complaint, low, high, new pain, long pain."""

from __future__ import annotations

from hooks.spine_mri.definitions import (
    EXPLICIT,
    HIGH,
    LOW,
    complaint_sites,
    pain_duration,
    pain_new,
    pain_start,
)
from tests.builders import AT
from tests.hooks.spine_mri.stories import facts_of
from tests.tables import each, judges

test_explicit = judges(
    EXPLICIT,
    """
    chart                | reason           | missing    | expected | why
                         |                  |            | no       | an order alone is no complaint
                         |                  | conditions | unknown  | problems were not sent
    has M54.50           |                  |            | yes      | back pain
    has M5450            |                  |            | yes      | without its dot
    has M54.2            |                  |            | yes      | neck pain
    has M54.16           |                  |            | yes      | radiculopathy
    has M48.061          |                  |            | yes      | stenosis
    has M51.26           |                  |            | yes      | displaced disc
    has 279039007        |                  |            | yes      | in SNOMED
    has 724.2            |                  |            | yes      | in ICD-9
    has Low back pain    |                  |            | yes      | in words
    has S39.012A         |                  |            | yes      | a strain of the back is pain, not trauma
    has M54.81           |                  |            | no       | occipital neuralgia is of the head
    has M53.3            |                  |            | no       | a vague code of the sacrum
    had M54.50 @ 10 days |                  |            | no       | over
    suspects M54.50      |                  |            | no       | a pain is had, not suspected
                         | M54.50           |            | yes      | stated by the order
                         | low back pain    |            | yes      | in the words of the order
    has No back pain     |                  |            | no       | denied
    """,
    facts_of,
)

test_low = judges(
    LOW,
    """
    chart       | order   | expected | why
                | 72148   | yes      | lumbar order
                | 36521-3 | yes      | order of the sacrum
                | 30854-4 | yes      | order of the whole spine
                | 36531-2 | yes      | order that names no region
                | 72141   | no       | neck order
                | 72146   | no       | thoracic order
    has M54.50  | 72141   | yes      | lumbar complaint
    has M54.9   | 72141   | yes      | complaint of the back, region not stated
    has M54.6   | 72141   | no       | thoracic complaint
    has M54.2   | 72141   | no       | neck complaint
    has 73589001 | 72141  | yes      | disc disorder, region not stated
    """,
    facts_of,
)

test_high = judges(
    HIGH,
    """
    chart      | order   | expected | why
               | 72148   | no       | lumbar order
               | 30854-4 | yes      | the whole spine holds the neck
               | 36531-2 | no       | an order that names no region says nothing
               | 72141   | yes      | neck order
               | 72146   | yes      | thoracic order
    has M54.2  | 72148   | yes      | neck complaint
    has M54.6  | 72148   | yes      | thoracic complaint
    has M54.9  | 72148   | no       | region not stated
    has M54.15 | 72148   | yes      | a junction reaches into the thoracic spine
    """,
    facts_of,
)

test_pain_new = judges(
    pain_new(90),
    """
    chart                                    | reason | expected | why
                                             |        | yes      | no complaint: unknown counts as new
    has M54.50                               |        | yes      | no date: unknown counts as new
    has M54.50 @ 90 days                     |        | yes      | last valid moment
    has M54.50 @ 90 days 1 second            |        | no       | just too old
    has M54.50 @ 900 days; has M54.2 @ 3 days |       | yes      | the youngest complaint counts
    has M54.50 @ 3 days; had M54.2 @ 900 days |       | yes      | what is over does not
    had M54.50 @ 3 days; has M54.2 @ 900 days |       | no       | nor if it is the younger
    has M54.50 @ 900 days; has M54.2         |        | yes      | one of them may be new
    has M54.50 @ 900 days                    | M54.50 | no       | the order names the pain the chart dates
    has M54.50 @ 2026                        |        | yes      | some day of this year may be today
    has M54.50 @ 2025                        |        | no       | last year is too long ago
    """,
    facts_of,
)

test_pain_duration = judges(
    pain_duration(42),
    """
    chart                                       | order | reason | missing    | expected | unseen | why
                                                |       |        |            | unknown  |        | no complaint, and so no duration
    has M54.50 @ 42 days                        |       |        |            | yes      |        | six weeks to the second
    has M54.50 @ 41 days                        |       |        |            | no       |        | a day less
    has M54.50 @ 41 days                        |       |        | conditions | unknown  | unseen | problems were not sent
    has M54.50                                  |       |        |            | unknown  | unseen | the date may be anything
                                                |       | M54.50 |            | unknown  |        | the order does not say since when
    has M54.50 @ 42 days; has M54.50 @ 3 days   |       |        |            | yes      |        | the oldest counts
    had M54.50 @ 42 days; has M54.50 @ 3 days   |       |        |            | no       |        | what is over does not
    has M54.2 @ 42 days; has M54.50 @ 3 days    |       |        |            | no       |        | nor what lies in another region
    has M54.2 @ 42 days                         |       |        |            | unknown  |        | and with nothing here there is no duration
    has M54.9 @ 42 days                         | 72141 |        |            | yes      |        | without a region it may be this one
    has M54.2 @ 42 days                         | 36531-2 |      |            | yes      |        | an order without a region may be about any
    has M54.2 @ 42 days                         | 30854-4 |      |            | yes      |        | the whole spine holds the neck
    has 278860009 @ 3 days                      |       |        |            | yes      |        | chronic says twelve weeks, whatever its date
    has 278860009                               |       |        |            | yes      |        | and without one
    has M54.50 @ 2026-10                        |       |        |            | yes      |        | counted from the first of the month
    has M54.50 @ 2026-11                        |       |        |            | no       |        | also where that is too late
    """,
    facts_of,
)

test_longer_than_chronic = judges(
    pain_duration(85),
    """
    chart         | expected | why
    has 278860009 | unknown  | chronic says twelve weeks, and no more
    """,
    facts_of,
)


@each(
    """
    chart                                     | days | why
                                              |      | no complaint
    has M54.50                                |      | no date
    has M54.50 @ 90 days; has M54.2 @ 3 days  | 3    | the youngest
    had M54.2 @ 3 days; has M54.50 @ 90 days  | 90   | of those that are active
    """
)
def test_pain_start(row: dict[str, str]) -> None:
    """The pain starts where its youngest complaint does."""
    start = pain_start(facts_of(row))

    days = str((AT - start).days) if start else ""
    assert days == row["days"]


@each(
    """
    chart                    | sites              | why
                             |                    | no complaint
    has M54.50               | lumbar             | in the code
    has M54.9                |                    | not in the code
    has M54.50; has M54.2    | cervical lumbar    | of two
    has M54.15               | lumbar thoracic    | a junction is two regions
    had M54.2                |                    | over
    """
)
def test_complaint_sites(row: dict[str, str]) -> None:
    """The regions of all active complaints."""
    assert complaint_sites(facts_of(row)) == set(row["sites"].split())
