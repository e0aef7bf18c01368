"""Is the patient pregnant?

Z33.1, Z34.90, 72892002 pregnancy; O80 birth, O03.9 loss; 2106-3, 2118-8 pregnancy test,
21198-7 the amount of hCG.
"""

from __future__ import annotations

from hooks.spine_mri.criteria.pregnancy import PREGNANT
from tests.builders import draft, facts_from
from tests.hooks.spine_mri.stories import chart, facts_of, person
from tests.tables import judges

test_on_record = judges(
    PREGNANT,
    """
    chart                                   | person    | reason | missing    | expected | unseen | why
    has Z33.1 @ 90 days                     | female 30 |        |            | yes      |        | on record
    has Z34.90 @ 300 days                   | female 30 |        |            | yes      |        | last valid moment
    has Z34.90 @ 301 days                   | female 30 |        |            | unknown  |        | longer than any pregnancy
    has Z33.1                               | female 30 |        |            | yes      |        | without a date it is asked about
    has 72892002 @ 90 days                  | female 30 |        |            | yes      |        | SNOMED's code
    has 28 weeks pregnant @ 90 days         | female 30 |        |            | yes      |        | in words alone
    has Pregnancy excluded @ 9 days         | female 30 |        |            | unknown  |        | denied
    had 72892002 @ 90 days                  | female 30 |        |            | unknown  |        | closed
    has 91957002 @ 9 days                   | female 30 |        |            | yes      |        | back pain in pregnancy
    has Z33.1 @ 90 days                     | male 30   |        |            | no       |        | the record of a man is another's
    has Z33.1 @ 90 days                     | other 30  |        |            | yes      |        | any other sex
    has Z34.90 @ 200 days; has O80 @ 20 days | female 30 |       |            | unknown  |        | born since
    has Z34.90 @ 60 days; has O03.9 @ 20 days | female 30 |      |            | unknown  |        | lost since
    has Z34.90 @ 20 days; has O03.9 @ 200 days | female 30 |     |            | yes      |        | pregnant again
    has Z34.90 @ 20 days; has O80 @ 20 days | female 30 |        |            | yes      |        | both of one day: asked about
    has Z34.90 @ 200 days; has O80          | female 30 |        |            | yes      |        | a birth without a date may be an older one
    has O80 @ 20 days                       | female 30 |        |            | unknown  |        | birth alone
    has Z39.1 @ 20 days                     | female 30 |        |            | unknown  |        | breastfeeding
    has O10.03 @ 20 days                    | female 30 |        |            | unknown  |        | after the birth
    has 60001007 @ 1 day                    | female 30 |        |            | unknown  |        | stated not to be
                                            | female 30 | Z33.1  |            | yes      |        | the order says so
                                            | female 30 | LBP, 20 weeks pregnant |            | yes      |        | in words
                                            | female 30 |        |            | unknown  |        | no test
                                            | female 30 |        | conditions | unknown  | unseen | problems were not sent
    """,
    facts_of,
)

test_cited = judges(
    PREGNANT,
    """
    chart                                     | expected | why
    has 91957002 @ 301 days                   | yes      | the order cites it, so it is of now
    had 91957002 @ 301 days                   | unknown  | cited, but closed
    has 91957002 @ 301 days; has O80 @ 9 days | unknown  | cited, but born since
    has M54.50 @ 301 days                     | unknown  | cited, and no pregnancy
    """,
    lambda row: facts_from(
        [*person("female 30"), *chart(row["chart"])], draft(cites=["Condition/2"])
    ),
)

test_tests = judges(
    PREGNANT,
    """
    chart                                                        | person    | expected | unseen | why
    lab 2106-3 Positive @ 9 days                                 | female 30 | yes      |        | a test of the urine
    lab 2118-8 Detected @ 9 days                                 | female 30 | yes      |        | a test of the serum
    lab 2106-3 Negative @ 9 days                                 | female 30 | no       |        | negative
    lab 2106-3 Not detected @ 9 days                             | female 30 | no       |        | in other words
    lab 2106-3 invalid @ 9 days                                  | female 30 | unknown  | unseen | neither
    lab 2106-3 Positive @ 60 days                                | female 30 | yes      |        | last valid moment
    lab 2106-3 Positive @ 61 days                                | female 30 | unknown  |        | older
    lab 2106-3 Positive @ 9 days                                 | male 30   | no       |        | the record of a man is another's
    lab 2106-3 Positive @ 9 days; lab 2106-3 Negative @ 2 days   | female 30 | no       |        | the newest decides
    lab 2106-3 Negative @ 9 days; lab 2106-3 Positive @ 2 days   | female 30 | yes      |        | whatever it says
    lab 21198-7 12000 m[IU]/mL @ 9 days                          | female 30 | yes      |        | the amount
    lab 21198-7 12000 mIU/mL @ 9 days                            | female 30 | yes      |        | the unit in another spelling
    lab 21198-7 120 [IU]/L @ 9 days                              | female 30 | yes      |        | and in another size
    lab 21198-7 6 m[IU]/mL @ 9 days                              | female 30 | yes      |        | just above the limit
    lab 21198-7 5 m[IU]/mL @ 9 days                              | female 30 | no       |        | at the limit
    lab 21198-7 <5 m[IU]/mL @ 9 days                             | female 30 | no       |        | below it
    lab 21198-7 <25 m[IU]/mL @ 9 days                            | female 30 | unknown  | unseen | on either side
    lab 21198-7 12000 @ 9 days                                   | female 30 | unknown  | unseen | no unit
    lab 2106-3 Positive @ 50 days; has O03.9 @ 9 days            | female 30 | yes      |        | lost since, for all we know
    """,
    facts_of,
)
