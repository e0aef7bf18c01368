"""Weak risks of infection, and procedures for a pain that was there before."""

from __future__ import annotations

from hooks.spine_mri.criteria.host import PROCEDURE_BEFORE_PAIN, PROCEDURE_FOR_PAIN
from hooks.spine_mri.criteria.weak_host import (
    WEAK_HOST_UNTESTED,
    WEAK_HOST_WITHOUT_COMPLAINT,
)
from tests.hooks.spine_mri.stories import expected, facts_of, told
from tests.tables import each, judges

test_procedure_before_pain = judges(
    PROCEDURE_BEFORE_PAIN,
    """
    chart                                                  | reason | missing    | expected | why
                                                           |        |            | no       | nothing on record
    did 62323 @ 20 days                                    |        |            | yes      | an injection, no pain on record
    did 62323 @ 20 days; has M54.50 @ 10 days              |        |            | yes      | the pain came after
    did 62323 @ 20 days; has M54.50 @ 21 days              |        |            | no       | the pain was there
    did 62323 @ 20 days; has M54.50 @ 20 days              |        |            | yes      | both of one moment: who knows
    did 62323 @ 20 days; has M54.50                        |        |            | yes      | pain since when?
    did 62323 @ 20 days; has M54.50 @ 21 days; has M54.16  |        |            | yes      | one of two without a date
    did 62323 @ 20 days; has M54.50 @ 21 days              | M54.50 |            | no       | the order names the pain that the chart dates
    did 62323 @ 20 days; has M54.50 @ 90 days; has M54.16 @ 3 days | |           | yes      | worse, or another pain, since
    did 62323 @ 20 days; did 50172003 @ 80 days; has M54.50 @ 50 days | |        | yes      | between two procedures
    did 62323 @ 20 days; did 50172003 @ 80 days; has M54.50 @ 85 days | |        | no       | before both
    """,
    facts_of,
)

test_procedure_for_pain = judges(
    PROCEDURE_FOR_PAIN,
    """
    chart                                     | missing    | expected | unseen | why
                                              |            | no       |        | nothing on record
    did 62323 @ 30 days; has M54.50 @ 31 days |            | yes      |        | last valid moment
    did 62323 @ 31 days; has M54.50 @ 32 days |            | no       |        | longer ago
    did 62323 @ 30 days; has M54.50 @ 10 days |            | no       |        | the pain came after
    did 62323 @ 30 days                       | conditions | unknown  | unseen | pain since when?
    """,
    facts_of,
)

test_weak_host_untested = judges(
    WEAK_HOST_UNTESTED,
    """
    chart                                                  | reason | missing      | expected | unseen | why
    has M54.50 @ 90 days                                   |        |              | no       |        | new pain, no risk
    has E11.9 @ 900 days                                   |        |              | no       |        | a risk, no complaint on record
    has M54.50 @ 90 days; has E11.9                        |        |              | yes      |        | diabetes, last valid moment
    has M54.50 @ 91 days; has E11.9                        |        |              | no       |        | pain for longer
    has M54.50; has E11.9                                  |        |              | yes      |        | nobody knows since when
    has E11.9                                              | M54.50 |              | yes      |        | the order states the complaint
    has M54.50 @ 9 days; has R73.03                        |        |              | no       |        | prediabetes
    has M54.50 @ 9 days; has O24.419                       |        |              | no       |        | diabetes of pregnancy
    has M54.50 @ 9 days; has Z79.52                        |        |              | yes      |        | steroid, long
    has M54.50 @ 9 days; takes prednisone @ 90 days        |        |              | yes      |        | by prescription
    has M54.50 @ 9 days; takes prednisone @ 9 days         |        |              | no       |        | a short course
    has M54.50 @ 9 days; has F11.90                        |        |              | yes      |        | drug use, not stated as dependence
    has M54.50 @ 9 days; takes methotrexate                |        |              | yes      |        | low-dose methotrexate
    has M54.50 @ 9 days; has Z90.81                        |        |              | yes      |        | no spleen
    has M54.50 @ 9 days; has I38                           |        |              | yes      |        | endocarditis, not stated as infective
    has M54.50 @ 9 days; has G07                           |        |              | yes      |        | an abscess that may be of the spine
    has M54.50 @ 50 days; did 62323 @ 30 days              |        |              | yes      |        | injected for a pain that was there
    has M54.50 @ 400 days; did 62323 @ 30 days             |        |              | yes      |        | however long
    has M54.50 @ 9 days; has E11.9; lab 1988-5 5 mg/L @ 9 days |    |              | no       |        | CRP known, drawn on the day of onset
    has M54.50 @ 9 days; has E11.9; lab 4537-7 5 mm/h @ 8 days |    |              | no       |        | ESR known
    has M54.50 @ 9 days; has E11.9; lab 1988-5 5 mg/L @ 10 days |   |              | yes      |        | drawn before the pain began
    has M54.50 @ 60 days; has E11.9; lab 1988-5 5 mg/L @ 30 days |  |              | no       |        | last valid moment
    has M54.50 @ 60 days; has E11.9; lab 1988-5 5 mg/L @ 31 days |  |              | yes      |        | longer ago
    has M54.50; has E11.9; lab 1988-5 5 mg/L @ 7 days      |        |              | no       |        | onset not known: of the last week
    has M54.50; has E11.9; lab 1988-5 5 mg/L @ 8 days      |        |              | yes      |        | before that
    has M54.50 @ 9 days; has E11.9; lab 1988-5 5 @ 1 day   |        |              | yes      |        | a number without a unit settles nothing
    has M54.50 @ 9 days; has E11.9; lab 1988-5 >5 mg/L @ 1 day |    |              | yes      |        | nor does a bound
    has M54.50 @ 9 days; has E11.9; lab 1988-5 5 mg/L @ 2 days; lab 1988-5 <20 mg/L @ 1 day | | | no |        | which undoes no earlier one
    has M54.50 @ 9 days; has E11.9; lab 4537-7 5 mm/h @ 2 days; lab 4537-7 80 @ 1 day | |       | no       |        | of ESR neither
    has M54.50 @ 9 days; has E11.9                         |        | observations | yes      |        | a test that nobody saw settles nothing
    has M54.50 @ 9 days                                    |        | medications  | unknown  | unseen | medications were not supplied
    """,
    facts_of,
)

test_weak_host_without_complaint = judges(
    WEAK_HOST_WITHOUT_COMPLAINT,
    """
    chart                                   | expected | why
                                            | no       | nothing on record
    has E11.9                               | yes      | what is the scan for?
    has E11.9; has M54.50 @ 200 days        | no       | for a pain of long standing
    has E11.9; lab 1988-5 5 mg/L @ 1 day    | no       | no infection, whatever it is for
    has E11.9; lab 1988-5 5 mg/L @ 6 days; lab 1988-5 <20 mg/L @ 2 days | no | a later bound takes nothing from that
    """,
    facts_of,
)


@each("""
    chart                                                  | person  | order | rule | advise    | target           | urgency | indicator | why
    has M54.50 @ 9 days; has E11.9                         | male 40 | 72148 | INF3 | change    | without          | routine | info      | diabetes: markers first
    has M54.50 @ 9 days; has E11.9                         | male 40 | 72158 | INF3 | change    | without-and-with | routine | info      | contrast is accepted
    has M54.50 @ 9 days; has E11.9                         | male 40 | 72149 | INF3 | change    | without          | routine | warning   | contrast alone
    has M54.50 @ 9 days; has E11.9; lab 1988-5 5 mg/L @ 1 day | male 40 | 72148 | NON1 | against | without         | routine | warning   | a normal CRP settles it
    has M54.50 @ 9 days; has E11.9; lab 1988-5 5 mg/L @ 2 days; lab 1988-5 <20 mg/L @ 1 day | male 40 | 72148 | UNK1 | uncertain | without | routine | info | unless a later one leaves it open
    has M54.50 @ 9 days; has E11.9; lab 1988-5 88 mg/L @ 1 day | male 40 | 72158 | INF1 | for    | without-and-with | urgent  | warning   | a raised one does too
    has M54.16 @ 50 days; did 91251008 @ 45 days; has E11.9 | male 40 | 72148 | PER1 | for       | without          | routine | info      | six weeks of care come first
    has M54.50 @ 50 days; has E11.9                        | male 40 | 72148 | INF3 | change    | without          | routine | info      | and no care comes after
    has M54.50 @ 100 days; has E11.9                       | male 40 | 72148 | PER2 | change    | without          | routine | warning   | in old pain it is no lead
    has E11.9                                              | male 40 | 72148 | UNK2 | uncertain | without          | routine | info      | no complaint on record
    has M54.50 @ 9 days; did 62323 @ 20 days               | male 40 | 72148 | INF2 | change    | without-and-with | urgent  | warning   | pain since an injection
    has M54.50 @ 40 days; did 62323 @ 20 days              | male 40 | 72148 | INF3 | change    | without          | routine | info      | an injection for the pain
    has M54.16 @ 400 days; did 62323 @ 20 days; did 91251008 @ 90 days | male 40 | 72148 | PER1 | for | without     | routine | info      | for a pain whose care has failed
    has M54.50 @ 40 days; did 62323 @ 20 days; has Z99.2   | male 40 | 72148 | INF2 | change    | without-and-with | urgent  | warning   | and on dialysis
    has M54.50 @ 9 days; has E11.9; has M81.0              | male 40 | 72148 | TRA3 | for       | without          | routine | info      | bone at risk leads
    """)
def test_answers(row: dict[str, str]) -> None:
    """What the rules come to together, where vital signs are normal."""
    normal = "; temp 37 Cel @ 1 day"
    assert told(row | {"chart": row["chart"] + normal}) == expected(row)
