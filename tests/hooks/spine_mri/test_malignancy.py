"""Cancer that is there or suspected, in the past, or long ago."""

from __future__ import annotations

from hooks.spine_mri.criteria.malignancy import (
    CANCER_ACTIVE,
    CANCER_PAST,
    CANCER_REMOTE,
    SPINE_MALIGNANCY,
)
from tests.builders import concept, condition, facts_from
from tests.hooks.spine_mri.stories import facts_of
from tests.tables import each, judges

test_active = judges(
    CANCER_ACTIVE,
    """
    chart                               | reason                  | missing    | expected | why
                                        |                         |            | no       | nothing on record
                                        |                         | conditions | unknown  | problems were not sent
    has C50.911 @ 900 days              |                         |            | yes      | breast cancer
    has C50911                          |                         |            | yes      | without its dot
    has 363518003                       |                         |            | yes      | in SNOMED
    has 198.5                           |                         |            | yes      | in ICD-9
    has C4A.9                           |                         |            | yes      | Merkel cell carcinoma
    has C7A.00                          |                         |            | yes      | carcinoid
    has C7B.02                          |                         |            | yes      | secondary carcinoid
    has C96.9                           |                         |            | yes      | last of the chapter
    had C50.911 @ 100 days              |                         |            | no       | over
    has C44.91                          |                         |            | no       | skin, other than melanoma
    has C43.9                           |                         |            | yes      | melanoma
    has D05.10                          |                         |            | no       | in situ
    has 92691004                        |                         |            | no       | in situ, in SNOMED
    has D47.2                           |                         |            | no       | monoclonal gammopathy
    has D32.1                           |                         |            | no       | benign
    has D48.0                           |                         |            | no       | behaviour uncertain
    has 126906006                       |                         |            | no       | neoplasm of the prostate, behaviour unstated
    has 162573006                       |                         |            | yes      | suspected lung cancer
    has Z80.3                           |                         |            | no       | in the family
    has Z85.3                           |                         |            | no       | history
    suspects C61 @ 30 days              |                         |            | yes      | suspected
    suspects C61 @ 31 days              |                         |            | no       | suspected and left at that
    has Triple-negative breast cancer   |                         |            | yes      | triple-negative cancer is a cancer
    has HER2-negative breast cancer     |                         |            | yes      | so is HER2-negative
    has Node-negative lung cancer       |                         |            | yes      | and node-negative
    has Basal cell carcinoma of skin    |                         |            | no       | basal cell, in words
    has Family history of breast cancer |                         |            | no       | in the family, in words
    has Screening for colon cancer      |                         |            | no       | a screening
    has Malignant hypertension          |                         |            | no       | not that kind of malignant
                                        | rule out metastases     |            | yes      | a suspicion in the order
                                        | ? metastasis            |            | yes      | a question mark
    has Metastases ruled out            |                         |            | no       | ruled out
    has No history of cancer            |                         |            | no       | denied
    """,
    facts_of,
)

test_verification = judges(
    CANCER_ACTIVE,
    """
    status     | verification     | expected | why
    active     | confirmed        | yes      | confirmed
    recurrence | confirmed        | yes      | come back
    relapse    | confirmed        | yes      | relapsed
               | confirmed        | yes      | no clinical status
    active     |                  | yes      | no verification status
    remission  | confirmed        | no       | in remission
    inactive   | confirmed        | no       | inactive
    resolved   | confirmed        | no       | resolved
    active     | refuted          | no       | refuted
    active     | entered-in-error | no       | entered in error
    active     | differential     | yes      | one of several possibilities
    """,
    lambda row: facts_from(
        [condition("C50.911", "", row["status"], row["verification"])]
    ),
)

test_in_spine_or_bone = judges(
    SPINE_MALIGNANCY,
    """
    chart                             | expected | why
    has C79.51                        | yes      | secondary of bone
    has C90.00                        | yes      | myeloma
    has 94222008                      | yes      | secondary of bone, in SNOMED
    has 203.0                         | yes      | myeloma, in ICD-9
    has Multiple myeloma              | yes      | in words
    has C50.911                       | no       | breast alone
    has C90.10                        | no       | plasma cell leukaemia
    had C79.51 @ 10 days              | no       | over
    """,
    facts_of,
)

PAST_AND_REMOTE = """
    chart                              | past    | remote  | why
                                       | no      | no      | nothing on record
    has Z85.038 @ 100 days             | yes     | no      | colon, recorded recently
    has Z85.038                        | yes     | no      | colon, without a date
    had C18.9 @ 3650 days              | yes     | no      | colon, ten years ago, last valid day
    had C18.9 @ 3651 days              | no      | yes     | colon, longer ago
    had C50.911 @ 9000 days            | yes     | no      | breast: seeks the bone for life
    had C61 @ 9000 days                | yes     | no      | so does prostate
    has Z85.3 @ 9000 days              | yes     | no      | breast, as a history
    has Z85.038 @ 9000 days            | no      | yes     | colon, as a history
    had 363358000 @ 9000 days          | yes     | no      | lung, in SNOMED
    has History of colon cancer        | yes     | no      | in words
    has C18.9 @ 9000 days              | no      | no      | still active
    has Z85.828                        | no      | no      | skin, other than melanoma
    had C44.91 @ 100 days              | no      | no      | the same, over
    has Z86.010                        | no      | no      | polyps
    has Z86.000                        | no      | no      | in situ
    has Z80.3                          | no      | no      | in the family
    has Z92.21                         | no      | no      | chemotherapy says nothing of what for
    has Z85.038 @ 9000 days; has Z85.3 | yes     | yes     | one remote, one that seeks the bone
"""

test_past = judges(
    CANCER_PAST,
    PAST_AND_REMOTE.replace("past   ", "expected"),
    facts_of,
)
test_remote = judges(
    CANCER_REMOTE,
    PAST_AND_REMOTE.replace("remote ", "expected"),
    facts_of,
)

test_latest_date = judges(
    CANCER_PAST,
    """
    ended      | recorded   | verification | expected | why
    2010-01-01 |            | confirmed    | no       | every date is long ago
    2020-01-01 |            | confirmed    | yes      | over for less than ten years
    2010-01-01 | 2020-01-01 | confirmed    | yes      | recorded less than ten years ago
    2020-01-01 |            | provisional  | no       | a suspicion that was dropped is no past cancer
    2020-01-01 |            | refuted      | no       | nor is one that was refuted
    """,
    lambda row: facts_from(
        [
            condition(
                "C18.9",
                "2005-01-01",
                "resolved",
                row["verification"],
                row["recorded"]
                or ("2019-01-01" if row["verification"] == "provisional" else ""),
                abatementDateTime=row["ended"],
            )
        ]
    ),
)

test_unseen = judges(
    CANCER_PAST,
    """
    missing    | expected | unseen | why
    conditions | unknown  | unseen | problems were not sent
    vitals     | no       |        | vital signs have nothing to do with it
    """,
    facts_of,
)


@each("""
    text                                 | expected | why
    Breast cancer, treated 2022          | no       | a code for the past settles the words beside it
    Breast cancer metastatic to the spine | yes     | unless they name the spine
    """)
def test_words_beside_a_code_for_the_past(row: dict[str, str]) -> None:
    """Z85.3 is read as coded, whatever the problem list calls it."""
    code = concept("Z85.3") | {"text": row["text"]}
    facts = facts_from([condition("x", code=code)])

    assert CANCER_ACTIVE.assess(facts).truth.name.lower() == row["expected"]
