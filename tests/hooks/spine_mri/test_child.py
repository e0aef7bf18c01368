"""Back pain of children, judged by signs of their own."""

from __future__ import annotations

import pytest

from hooks.spine_mri.cards import present
from hooks.spine_mri.criteria.child import CHILD_WITH_SIGN, CHILD_WITH_WEAK_BONE
from hooks.spine_mri.decision import decide
from tests.builders import draft, facts_from, patient
from tests.hooks.spine_mri.stories import chart, expected, facts_of, told
from tests.tables import each, judges

test_child_with_sign = judges(
    CHILD_WITH_SIGN,
    """
    chart                                  | person  | reason | missing    | expected | unseen | why
    has M54.50 @ 9 days                    | male 12 |        |            | unknown  |        | new pain, never weighed
    weighs 40 kg @ 1 day; weighs 40 kg @ 60 days; has M54.50 @ 9 days | male 12 | | | no | | weighed, and no sign
    has M54.50 @ 9 days                    | male 12 |        | conditions | unknown  | unseen | the problem list was not supplied
    has M54.50 @ 9 days                    | male 4  |        |            | yes      |        | last year of being small
    has M54.50 @ 9 days                    | male 5  |        |            | unknown  |        | no longer
    has M54.50 @ 28 days                   | male 12 |        |            | yes      |        | pain of four weeks, first valid day
    has M54.50 @ 27 days                   | male 12 |        |            | unknown  |        | pain for less
    has M54.50 @ 28 days                   | male 17 |        |            | yes      |        | last valid age
    has M54.50 @ 28 days                   | male 18 |        |            | no       |        | grown up
    has M54.50 @ 28 days                   | male    |        |            | no       |        | without a birth date an adult
    has M54.16 @ 9 days                    | male 12 |        |            | yes      |        | radiculopathy
    has M54.50 @ 9 days; has R20.2         | male 12 |        |            | yes      |        | tingling
    has M54.50 @ 9 days; has R20.0         | male 12 |        |            | unknown  |        | numbness nobody has placed has a rule of its own
    has M54.50 @ 9 days                    | male 12 | pain at night |     | yes      |        | the order says when
    has M54.50 @ 9 days; has Constant pain | male 12 |        |            | yes      |        | the chart says so
    has M54.50 @ 9 days                    | male 12 | stiff back |        | yes      |        | stiff
    has M54.50 @ 9 days                    | male 12 | no stiffness |      | unknown  |        | denied
    has M54.50 @ 9 days; has E10.9         | male 12 |        |            | yes      |        | diabetes
    has M54.50 @ 9 days; has R63.4         | male 12 |        |            | yes      |        | weight loss
    has M54.50 @ 9 days; has R63.4; takes semaglutide | male 12 | |          | yes      |        | explained or not
    weighs 38 kg @ 1 day; weighs 40 kg @ 60 days | male 12 |   |           | yes      |        | weight that was lost, measured
    has M54.50 @ 9 days; has D48.0         | male 12 |        |            | yes      |        | a neoplasm nobody has named
    """,
    facts_of,
)

test_child_with_weak_bone = judges(
    CHILD_WITH_WEAK_BONE,
    """
    chart     | person  | expected | why
              | male 12 | no       | nothing on record
    has M81.0 | male 17 | yes      | last valid age
    has M81.0 | male 18 | no       | grown up: the rule for adults judges it
    """,
    facts_of,
)


@each("""
    chart                                          | person  | order | missing | rule | advise    | target  | urgency   | indicator | why
    has M54.50 @ 9 days                            | male 12 | 72148 |         | PED1 | against   | without | routine   | warning   | a child without a sign
    has M54.50 @ 9 days                            | male 12 | 72158 |         | PED1 | against   | without-and-with | routine | warning | contrast makes it no better
    has M54.50 @ 9 days                            | male 12 | 72148 | vitals  | UNK1 | uncertain | without | routine   | info      | vital signs were not supplied
    has M54.50 @ 9 days                            | male 3  | 72148 |         | PED1 | change    | without | routine   | info      | a small child: radiograph first
    has M54.50 @ 60 days                           | male 12 | 72148 |         | PED1 | change    | without | routine   | info      | pain for long
    has M54.50 @ 60 days                           | male 12 | 72158 |         | PED1 | change    | without-and-with | routine | info | contrast is accepted
    has M54.50 @ 60 days; did 91251008 @ 50 days; referred 308482002 | male 12 | 72148 | | PED1 | change | without | routine | info  | six weeks of care are for adults
    has M54.12 @ 9 days                            | male 12 | 72141 |         | PED1 | change    | without | routine   | info      | so is early arm pain
    has M54.50 @ 9 days; has E10.9                 | male 12 | 72148 |         | PED1 | change    | without | routine   | info      | diabetes in a child
    has E10.9                                      | male 12 | 72148 |         | PED1 | change    | without | routine   | info      | whether or not a complaint is on record
    has M54.50 @ 9 days; has M81.0                 | male 12 | 72148 |         | UNK2 | uncertain | without | routine   | info      | weak bone is a rule for adults
    has G83.4 @ 3 days                             | male 12 | 72148 |         | NEU1 | for       | without | immediate | critical  | an emergency at any age
    has M46.46                                     | male 12 | 72158 |         | INF1 | for       | without-and-with | urgent | warning | infection at any age
    has C41.2                                      | male 12 | 72158 |         | ONC1 | change    | without-and-with | urgent | warning | tumour at any age
    has M54.50 @ 9 days; has 713777005             | male 12 | 72148 |         | AXS1 | change    | without | routine   | info      | spondyloarthritis at any age
    has M54.50 @ 9 days; has G95.0                 | male 12 | 72148 |         | OUT1 | uncertain | without | routine   | info      | a syrinx is another story
    has M54.50 @ 9 days; scanned 30679-5 @ 20 days | male 12 | 72148 |         | PED1 | against   | without | routine   | warning   | the child's own rule comes before the scan of last month
    """)
def test_answers(row: dict[str, str]) -> None:
    """What the rules come to together, where vital signs are normal."""
    normal = "; temp 37 Cel @ 1 day"
    assert told(row | {"chart": row["chart"] + normal}) == expected(row)


@pytest.mark.parametrize(("birth", "told"), [("", True), ("1980-01-01", False)])
def test_an_unknown_age_is_told(birth: str, *, told: bool) -> None:
    """Without a birth date the rules are those for adults, and the card says so."""
    someone = patient(None, birth=birth)
    facts = facts_from([someone, *chart("has M54.50 @ 9 days")], draft())
    (card,) = present(decide(facts), "seed")

    assert ("date of birth: judged as an adult" in card.detail) is told


def test_a_patient_nobody_sent_has_no_age_to_tell() -> None:
    """The patient is what was not seen."""
    facts = facts_from(chart("has M54.50 @ 9 days"), missing=["patient"])
    (card,) = present(decide(facts), "seed")

    assert "date of birth" not in card.detail
