"""Conservative care: what counts, since when, and for this pain."""

from __future__ import annotations

from hooks.spine_mri.conservative_care import care_days
from tests.builders import facts_from, medication_request, procedure, referral
from tests.hooks.spine_mri.stories import chart, facts_of
from tests.tables import judges

PAIN = "has M54.50 @ 100 days; "

test_what_counts = judges(
    care_days(42),
    """
    chart                                      | missing     | expected | unseen | why
                                               |             | no       |        | nothing on record
                                               | medications | unknown  | unseen | medications were not sent
                                               | procedures  | unknown  | unseen | procedures were not sent
    did 91251008 @ 42 days                     |             | yes      |        | physical therapy, six weeks to the second
    did 91251008 @ 41 days                     |             | no       |        | a day less
    did 91251008 @ 42 days                     | medications | yes      |        | what is seen is enough
    did 91251008                               |             | unknown  | unseen | without a date it may be as long ago
    did 91251008 @ 100 days                    |             | yes      |        | begun on the day of the pain
    did 91251008 @ 101 days                    |             | no       |        | begun before it: for something else
    did 91251008 @ 101 days; did 91251008 @ 3 days |         | no       |        | nor does a later one make it older
    did 97161 @ 50 days                        |             | yes      |        | by its billing code
    did 97110 @ 50 days                        |             | yes      |        | exercise, with a complaint of the spine
    did 98940 @ 50 days                        |             | yes      |        | chiropractic
    did 229065009 @ 50 days                    |             | yes      |        | exercise
    did 62323 @ 50 days                        |             | yes      |        | injection
    did 62326 @ 50 days                        |             | no       |        | an anaesthetic catheter is no treatment
    did 426309005 @ 50 days                    |             | no       |        | nor is an epidural for surgery
    did Physiotherapy @ 50 days                |             | yes      |        | in words
    did No physiotherapy @ 50 days             |             | no       |        | denied
    referred 91251008 @ 50 days                |             | yes      |        | sent to physical therapy
    takes ibuprofen @ 50 days                  |             | yes      |        | anti-inflammatory, by name
    takes Gabapentin 300 MG Oral Capsule @ 50 days |         | yes      |        | by the name of the product
    takes M01AE01 @ 50 days                    |             | yes      |        | by its ATC code
    takes diclofenac 1 % topical gel @ 50 days |             | no       |        | a gel is no treatment of a spine
    takes ketorolac eye drops @ 50 days        |             | no       |        | nor are eye drops
    takes aspirin @ 50 days                    |             | no       |        | aspirin is for the blood
    takes amoxicillin @ 50 days                |             | no       |        | another drug
    """,
    lambda row: facts_of(row | {"chart": PAIN + row["chart"]}),
)

test_onset = judges(
    care_days(42),
    """
    chart                                              | order | expected | why
    has M54.50; did 91251008 @ 50 days                 |       | yes      | pain without a date: any care may be for it
    has M54.50 @ 2026-09; did 91251008 @ 50 days       |       | yes      | a partial date counts from its first day
    has M54.2 @ 900 days; has M54.50 @ 45 days; did 91251008 @ 50 days | | no | the pain of another region is another pain
    has M54.50 @ 900 days; has M54.50 @ 45 days; did 91251008 @ 50 days | | yes | the oldest pain of this region counts
    has M54.50 @ 900 days; did 91251008 @ 2026-10      |       | yes      | care dated to the month, from its first day
    """,
    facts_of,
)

test_status = judges(
    care_days(42),
    """
    kind       | status           | expected | why
    procedure  | completed        | yes      | done
    procedure  | in-progress      | yes      | going on
    procedure  | not-done         | no       | not done
    procedure  | preparation      | no       | planned
    procedure  | entered-in-error | no       | entered in error
    referral   | active           | yes      | sent
    referral   | completed        | yes      | sent and done
    referral   | draft            | no       | drafted only
    referral   | revoked          | no       | revoked
    referral   | entered-in-error | no       | entered in error
    medication | active           | yes      | taken
    medication | completed        | yes      | taken and finished
    medication | stopped          | yes      | tried and stopped
    medication | draft            | no       | drafted only
    medication | cancelled        | no       | never taken
    medication | entered-in-error | no       | entered in error
    """,
    lambda row: facts_from(
        [
            *chart(PAIN),
            {
                "procedure": procedure("91251008", "50 days", row["status"]),
                "referral": referral("91251008", "50 days", row["status"]),
                "medication": medication_request("ibuprofen", "50 days", row["status"]),
            }[row["kind"]],
        ]
    ),
)
