"""Cauda equina, possible cauda equina, and weakness of limbs."""

from __future__ import annotations

from hooks.spine_mri.criteria.neurology import (
    CAUDA_EQUINA_POSSIBLE,
    CAUDA_EQUINA_SUSPECTED,
    MOTOR_DEFICIT,
)
from tests.builders import condition, draft, facts_from
from tests.hooks.spine_mri.stories import facts_of
from tests.tables import judges

test_diagnosis = judges(
    CAUDA_EQUINA_SUSPECTED,
    """
    chart                        | order | reason              | expected | why
                                 |       |                     | no       | nothing on record
    has G83.4 @ 30 days          |       |                     | yes      | diagnosed, last valid moment
    has G83.4 @ 30 days 1 second |       |                     | no       | diagnosed earlier
    has G83.4                    |       |                     | yes      | active without a date
    has G83.4 @ 900 days         |       | G83.4               | yes      | old, but stated by the order
    has G83.4 @ 3 days           | 72141 |                     | yes      | the diagnosis makes it lumbar, whatever is ordered
    had G83.4 @ 3 days           |       |                     | no       | over
    suspects G83.4 @ 30 days     |       |                     | yes      | suspected
    suspects G83.4 @ 31 days     |       |                     | no       | suspected and left at that
    has S34.3XXA @ 3 days        |       |                     | yes      | injury, first treatment
    has S34.3XXD @ 3 days        |       |                     | no       | injury, after-care
    has S34.3XXS                 |       |                     | no       | injury, late effect
    has 192970008 @ 3 days       |       |                     | yes      | in SNOMED
    has 344.60 @ 3 days          |       |                     | yes      | in ICD-9
                                 |       | cauda equina        | yes      | in the words of the order
                                 |       | r/o CES             | yes      | as a suspicion
    has No cauda equina @ 3 days |       |                     | no       | denied
    has Cauda equina excluded @ 3 days |  |                    | no       | excluded
    has M54.50 @ 900 days; has G83.4 @ 3 days |  |             | yes      | how old the pain is does not matter
    """,
    facts_of,
)

test_major_features = judges(
    CAUDA_EQUINA_SUSPECTED,
    """
    chart                                  | order   | reason                    | expected | why
    has 449813001 @ 30 days                |         |                           | yes      | saddle anaesthesia, last valid moment
    has 449813001 @ 30 days 1 second       |         |                           | no       | older
    has 449813001                          |         |                           | no       | without a date it is no new one
    has 449813001 @ 3 days                 | 72141   |                           | no       | neck order, and nothing lumbar
    has 449813001 @ 3 days; has M54.50     | 72141   |                           | yes      | neck order, but a lumbar complaint
    has 449813001 @ 3 days; has M54.9      | 72141   |                           | yes      | neck order, and a complaint that may be lumbar
    has 449813001 @ 3 days; has M54.2      | 72141   |                           | no       | neck order and neck pain
    has 449813001 @ 3 days                 | 36521-3 |                           | yes      | order of the sacrum
    has 449813001 @ 3 days                 | 36531-2 |                           | yes      | order that names no region
    has 449813001 @ 3 days                 | 30854-4 |                           | yes      | order of the whole spine
    had 449813001 @ 3 days                 |         |                           | no       | over
    has R33.9 @ 3 days                     |         |                           | yes      | retention of urine
    has R15.9 @ 3 days                     |         |                           | yes      | incontinence of stool
    has R15.0 @ 3 days                     |         |                           | no       | incomplete emptying is none
    has R15.2 @ 3 days                     |         |                           | no       | nor is urgency
    has R32 @ 3 days; has M54.50           |         |                           | yes      | incontinence of urine beside a complaint
    has R32 @ 3 days                       |         |                           | no       | incontinence of urine without one
    has N39.3 @ 3 days; has M54.50         |         |                           | no       | stress incontinence is no sign
    has N39.41 @ 3 days; has M54.50        |         |                           | no       | nor is an urge
    has 60389000 @ 3 days                  |         |                           | yes      | both legs weak, by code
    has G82.20 @ 3 days                    |         |                           | yes      | paraplegia
    has 275468009 @ 3 days                 |         |                           | no       | weakness of muscles that is none of the cord
                                           |         | saddle anesthesia         | yes      | in the words of the order
                                           |         | weakness of both legs     | yes      | both legs weak, in words
    has Denies saddle anesthesia @ 3 days  |         |                           | no       | denied
                                           |         | unable to void            | yes      | in plain words
    """,
    facts_of,
)

test_minor_features = judges(
    CAUDA_EQUINA_SUSPECTED,
    """
    chart                                               | reason                   | expected | why
    has R33.0 @ 3 days                                  |                          | no       | retention caused by a drug, alone
    has R33.0 @ 3 days; has M21.371 @ 3 days            |                          | yes      | and a dropped foot
    has R33.0 @ 3 days; has M21.371 @ 31 days           |                          | no       | the foot dropped earlier
    has R33.0 @ 3 days; has G83.21 @ 3 days             |                          | no       | a weak arm is not of the cauda
    has R33.0 @ 3 days; has M62.81 @ 3 days             |                          | no       | weakness all over is not of a leg
    has R33.0 @ 3 days; has R15.1 @ 3 days              |                          | yes      | two vague signs
    has R33.0 @ 3 days; has R39.14 @ 3 days             |                          | no       | the same sign twice is one
    has R33.0 @ 3 days; has N31.8 @ 3 days              |                          | yes      | retention and a neurogenic bladder
    has M54.31 @ 3 days; has M54.32 @ 3 days; has R33.0 @ 3 days |                 | yes      | sciatica on both sides and a vague sign
    has M54.31 @ 3 days; has R33.0 @ 3 days             |                          | no       | sciatica on one side
    has R33.0 @ 3 days                                  | new erectile dysfunction | yes      | new sexual dysfunction, in words
    has R33.0 @ 3 days; has Erectile dysfunction @ 3 days |                        | no       | not called new
    has R32 @ 3 days; has M21.371 @ 3 days              |                          | yes      | incontinence without a complaint, and a weak leg
    """,
    facts_of,
)

test_possible = judges(
    CAUDA_EQUINA_POSSIBLE,
    """
    chart                                    | order | reason | expected | why
                                             |       |        | no       | nothing on record
    has 449813001 @ 90 days                  |       |        | yes      | a major feature, last valid moment
    has 449813001 @ 90 days 1 second         |       |        | no       | older
    has 449813001                            |       |        | yes      | without a date
    had 449813001                            |       |        | no       | over, without a date
    has 449813001 @ 3 days                   | 72141 |        | yes      | a neck order is of a known level too
    has G82.20                               |       |        | yes      | both legs weak, without a date
    has R32; has M54.50                      |       |        | yes      | incontinence without a date, beside a complaint
    has R32                                  |       |        | no       | incontinence without a date or a complaint
    has R32 @ 3 days                         |       |        | yes      | new incontinence alone
    has R32 @ 31 days                        |       |        | no       | older incontinence alone
    has R32 @ 31 days; has M54.50            |       |        | yes      | older incontinence beside a complaint
    has R33.0 @ 30 days                      |       |        | yes      | one vague sign, last valid moment
    has R33.0 @ 30 days 1 second             |       |        | no       | older
    has R33.0                                |       |        | no       | a vague sign without a date
    has M54.31 @ 3 days; has M54.32 @ 3 days |       |        | yes      | sciatica on both sides alone
    has M21.371 @ 3 days                     |       |        | no       | a weak leg alone is another matter
    has G83.4 @ 90 days                      |       |        | yes      | diagnosed within three months
    has G83.4 @ 90 days 1 second             |       |        | no       | diagnosed earlier
    has N39.3 @ 3 days; has M54.50           |       |        | no       | stress incontinence is no sign
    has R33.0 @ 3 days                       |       | no urinary retention | yes | a denial does not undo what the chart holds
    """,
    facts_of,
)

test_motor_deficit = judges(
    MOTOR_DEFICIT,
    """
    chart                        | reason                    | missing    | expected | unseen | why
                                 |                           |            | no       |        | nothing on record
                                 |                           | conditions | unknown  | unseen | problems were not sent
    has M21.371 @ 90 days        |                           |            | yes      |        | dropped foot, last valid moment
    has M21.371 @ 90 days 1 second |                         |            | no       |        | older
    has M21.371 @ 900 days       | M21.371                   |            | yes      |        | old, but stated by the order
    has M21.371                  |                           |            | yes      |        | without a date
    had M21.371 @ 3 days         |                           |            | no       |        | over
    suspects M21.371 @ 30 days   |                           |            | yes      |        | suspected
    suspects M21.371 @ 31 days   |                           |            | no       |        | suspected and left at that
    has 6077001 @ 3 days         |                           |            | yes      |        | in SNOMED
    has 713512009 @ 3 days       |                           |            | yes      |        | a weak arm
    has G83.81 @ 3 days          |                           |            | yes      |        | half the cord
    has G83.81                   |                           |            | yes      |        | without a date
    has M62.81 @ 3 days          |                           |            | no       |        | weakness all over
    has R53.1 @ 3 days           |                           |            | no       |        | feeling weak
    has R29.810 @ 3 days         |                           |            | no       |        | a weak face
    has 249939004 @ 3 days       |                           |            | no       |        | proximal weakness is mostly of the muscle
                                 | progressive weakness      |            | yes      |        | in the words of the order
    has No leg weakness @ 3 days |                           |            | no       |        | denied
    has Facial weakness @ 3 days |                           |            | no       |        | a weak face, in words
    """,
    facts_of,
)

test_what_the_order_cites = judges(
    MOTOR_DEFICIT,
    """
    cites         | expected | why
    Condition/old | yes      | an old deficit the order cites is its reason
                  | no       | an old deficit it does not cite
    """,
    lambda row: facts_from(
        [condition("M21.371", "900 days", id="old")],
        draft(cites=[row["cites"]] if row["cites"] else []),
    ),
)

test_partial_dates = judges(
    MOTOR_DEFICIT,
    """
    chart                 | expected | why
    has M21.371 @ 2026    | yes      | some day of this year may be today
    has M21.371 @ 2026-08 | yes      | its last day is 85 days ago
    has M21.371 @ 2026-07 | no       | its last day is too long ago
    has M21.371 @ 2025    | no       | last year is too long ago
    """,
    facts_of,
)
