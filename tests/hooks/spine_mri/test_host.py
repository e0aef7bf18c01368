"""Who is at risk of infection, strongly or weakly."""

from __future__ import annotations

from hooks.spine_mri.criteria.host import STRONG_HOST, WEAK_HOST
from hooks.spine_mri.criteria.infection import HIGH_RISK_HOST
from tests.builders import condition, facts_from
from tests.hooks.spine_mri.stories import facts_of
from tests.tables import judges

test_strong_host = judges(
    STRONG_HOST,
    """
    chart                                                | expected | why
                                                         | no       | nothing on record
    has 226034001                                        | yes      | injects drugs
    has 228388006 @ 900 days                             | yes      | injects drugs, for long
    had 226034001 @ 365 days                             | yes      | stopped a year ago, last valid day
    had 226034001 @ 366 days                             | no       | stopped longer ago
    has PWID                                             | yes      | in words
    has F11.20                                           | yes      | opioid dependence stands for injecting
    has F15.20                                           | yes      | so does dependence on stimulants
    has 304.01                                           | yes      | and either in an old list
    has 304.91                                           | yes      | even if the drug is not stated
    has 304.03                                           | no       | in remission, in an old list
    has 304.21                                           | no       | cocaine in an old list
    has 305.51                                           | yes      | opioid abuse in an old list
    has 079.53                                           | yes      | HIV in an old list
    has 250.00                                           | no       | diabetes is a weak sign
    has T40.1X1A                                         | yes      | so does poisoning by heroin
    had F11.20 @ 10 days                                 | no       | but not once it is over
    has F11.21                                           | no       | in remission
    has F11.90                                           | no       | use alone is a weak sign
    has F14.20                                           | no       | cocaine is mostly not injected
    has Z72.2                                            | no       | there is no such code
    has Z99.2                                            | yes      | dialysis
    has N18.6                                            | yes      | end-stage kidney disease
    did 302497006 @ 900 days                             | yes      | haemodialysis as a procedure
    has 161693006                                        | no       | dialysis in the past
    has B20                                              | yes      | HIV
    has D70.9                                            | yes      | neutropenia
    has Z94.0                                            | yes      | transplanted kidney
    did 70536003 @ 900 days                              | yes      | a kidney was transplanted
    has 70536003 @ 900 days                              | yes      | the same among problems
    did 86553008 @ 900 days                              | no       | treated once, and nobody knows until when
    has Z94.5                                            | no       | transplanted skin
    has Z94.6                                            | no       | transplanted bone
    has Z94.7                                            | no       | transplanted cornea
    has D84.1                                            | no       | hereditary angio-oedema
    suspects B20 @ 10 days                               | no       | a suspected host risk is hearsay
    had D70.9 @ 10 days                                  | no       | neutropenia that is over
    takes infliximab                                     | yes      | immunosuppressant by name
    takes Tacrolimus 1 MG Oral Capsule                   | yes      | by the name of the product
    takes tacrolimus 0.1 % topical ointment              | no       | an ointment does not suppress
    takes methotrexate                                   | no       | low-dose methotrexate is a weak sign
    did 62323 @ 30 days                                  | yes      | epidural injection, last valid moment
    did 62323 @ 30 days 1 second                         | no       | just too long ago
    did 62326 @ 10 days                                  | yes      | an epidural catheter is a needle too
    did 50172003 @ 0 days                                | yes      | spine surgery today
    did 27151001 @ 90 days                               | yes      | spine surgery, last valid moment
    did 27151001 @ 90 days 1 second                      | no       | just too long ago
    did 63030 @ 20 days                                  | yes      | a discectomy by its CPT code
    did 27151001                                         | unknown  | surgery without a date may be recent
    has L89.153                                          | yes      | pressure ulcer of the sacrum, stage 3
    has L89.150                                          | yes      | not stageable
    has L89.159                                          | yes      | stage not stated
    has L89.152                                          | no       | stage 2
    has A15.0                                            | yes      | active tuberculosis
    has Z22.7                                            | no       | latent tuberculosis
    has Z86.11                                           | no       | tuberculosis in the past
    has E11.9                                            | no       | diabetes is a weak sign
    """,
    facts_of,
)

test_weak_host = judges(
    WEAK_HOST,
    """
    chart              | missing     | expected | why
    has E11.9          |             | yes      | diabetes
    has 15777000       |             | no       | prediabetes
    has Z79.52         |             | yes      | steroids for long
    has F11.90         |             | yes      | opioid use
    has F14.20         |             | yes      | cocaine dependence
    takes methotrexate |             | yes      | low-dose methotrexate
    has D73.0          |             | yes      | no working spleen
                       |             | no       | nothing on record
                       | medications | unknown  | medications were not sent
    """,
    facts_of,
)

test_high_risk_host = judges(
    HIGH_RISK_HOST,
    """
    chart                                   | expected | why
    has Z99.2; has M54.50 @ 90 days         | yes      | pain of 90 days
    has Z99.2; has M54.50 @ 91 days         | no       | older pain
    has Z99.2; has M54.50                   | yes      | pain without a date counts as new
    has Z99.2                               | yes      | the order implies a pain
    has M54.50 @ 20 days                    | no       | no risk
    """,
    facts_of,
)

test_drug_use_that_stopped = judges(
    STRONG_HOST,
    """
    ended      | expected | why
    2026-05-01 | yes      | begun long ago, and stopped within a year
    2025-11-24 | yes      | last valid day
    2025-11-23 | no       | stopped longer ago
    """,
    lambda row: facts_from(
        [
            condition(
                "226034001", "3000 days", "remission", abatementDateTime=row["ended"]
            )
        ]
    ),
)

test_no_procedure_by_the_order = judges(
    STRONG_HOST,
    """
    chart                 | reason   | expected | why
                          | M96.1    | no       | the order names an operated spine, not when that was
                          | 62323    | no       | nor is an injection done because it is named
    did 50172003 @ 9 days | M96.1    | yes      | an operation of last week
                          | PWID     | yes      | who the patient is can be stated
    """,
    facts_of,
)
