"""What might be a red flag and no rule settles is named, never passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cds_service.reasoning.combination import any_of
from hooks.spine_mri.cards import present
from hooks.spine_mri.decision import decide
from hooks.spine_mri.rules.unsettled import UNSETTLED
from tests.builders import condition, draft, facts_from, patient
from tests.hooks.spine_mri.stories import chart, person
from tests.tables import each, judges

if TYPE_CHECKING:
    from cds_service.facts.model import Facts


def story(row: dict[str, str]) -> Facts:
    """Read the chart of a row, beside ten days of back pain."""
    pain = condition("M54.50", "10 days")
    return facts_from([*person(row["person"]), pain, *chart(row["chart"])])


test_unjudged = judges(
    any_of("unjudged", "Asked about", *(rule.criterion for rule in UNSETTLED)),
    """
    person  | chart                  | expected | why
            |                        | no       | back pain and nothing else
            | has G83.4 @ 91 days    | yes      | cauda equina syndrome, old
            | has R33.9 @ 400 days   | yes      | retention, old
            | has M21.371 @ 91 days  | yes      | foot drop, old
            | has R32 @ 91 days      | yes      | incontinence, old
            | has N39.46 @ 900 days  | no       | incontinence of a kind that is no flag
            | has Spastic paraparesis @ 91 days | yes | both legs, old, in words
            | has R78.81 @ 91 days   | yes      | bacteraemia, old
            | suspects C61 @ 40 days | yes      | a suspicion nobody settled
            | suspects M46.46 @ 31 days | yes   | the same of an infection
            | suspects G95.20 @ 31 days | yes   | the same of the cord
            | suspects R33.9 @ 31 days | yes    | the same of retention
            | suspects A41.9 @ 31 days | yes    | the same of sepsis
            | suspects C61 @ 30 days | no       | a fresh suspicion has its own rule
            | has G95.20 @ 3 days    | no       | cord compression has its own rule
            | has S32.010A @ 2 days  | no       | so has a broken vertebra
            | has S32.010A           | yes      | but when did it break?
            | has 805.4 @ 2 days     | yes      | an injury, how hard is not stated
            | has 407153006          | yes      | a crash without a date
            | has W18.30XA @ 2 days  | no       | a fall from standing
            | has 22325002 @ 2 days  | yes      | an odd gait, not described
            | has M84.48XA @ 9 days  | yes      | a pathological fracture, site not stated
            | has S32.010S @ 2 days  | no       | its late effect
            | has S32.010A @ 3 years | no       | a fracture of years ago
            | has R50.9              | yes      | a fever without a date
            | has R70.0              | yes      | a raised marker without a date
            | has R20.2              | yes      | tingling without a date
            | has R20.2; has M54.16  | no       | of a root that is known
            | has R33.0              | yes      | retention under a drug, without a date
            | has R63.4 @ 20 days    | no       | weight loss has its own rule
            | has R63.4 @ 366 days   | yes      | but not that of over a year ago
            | has M81.0 @ 900 days   | no       | osteoporosis is judged with the pain
            | has E11.9 @ 900 days   | no       | diabetes is judged with the pain
            | has R73.03 @ 900 days  | no       | prediabetes is no diabetes
            | has M45.6 @ 900 days   | no       | spondyloarthritis has its own rule
            | has D49.2 @ 20 days    | no       | a neoplasm nobody has named has its own rule
            | has R53.1 @ 5 days     | no       | weakness, not described, has its own rule
            | has R20.0 @ 5 days     | no       | so has numbness, site not stated
            | has M96.1 @ 400 days   | no       | so has an operated spine
            | has Weakness @ 9 days  | yes      | weakness, in words alone
            | has Fall from horse @ 90 days | yes | an injury in words, last valid moment
            | has Fall from horse @ 91 days | no  | longer ago
            | has Numb feet          | yes      | without a date
            | ended Numb feet @ 90 days | unknown | over, last day on which it may count
            | ended Numb feet @ 91 days | no    | over for longer
            | ended G83.4 @ 30 days  | yes      | closed with a visit, last day on which it may count
            | ended G83.4 @ 31 days  | no       | over for longer
            | ended M21.371          | yes      | over, and nobody knows since when
            | ended R33.9 @ 1 day    | yes      | a bladder that failed until yesterday
            | ended S34.3XXD @ 1 day | no       | after-care
            | has High fall risk     | no       | a risk of falling is no fall
            | has No numbness @ 9 days | no     | denied
            | has Long-term steroid use @ 900 days | yes | a lasting risk in words
            | has Kidney transplant @ 900 days | yes | another one
            | takes carboplatin @ 20 days | yes    | what is it given for?
            | took carboplatin @ 20 days | no     | no longer taken
            | did Haemodialysis session @ 9 days | yes | as a procedure
            | did Mastectomy @ 9 days  | no       | what the operation was for is not said
            | has Ca prostate          | yes      | a cancer in short
            | has Not immunosuppressed | no       | denied
            | has Wedge fracture of T12 @ 90 days | yes | a vertebra in words
            | has Wedge fracture of T12 @ 91 days | no  | longer ago
            | has Wedge fracture of T12 | yes     | without a date
    male 8  |                        | no       | children have a rule of their own
    male 8  | has M81.0              | yes      | but not for weak bone
    """.replace("3 years", "1095 days"),
    story,
)


@each("""
    code     | why
    22325002 | an odd gait
    805.4    | an injury
    M84.48XA | a fracture
    """)
def test_never_against(row: dict[str, str]) -> None:
    """The answer asks, and names what is on record."""
    advice = decide(
        facts_from([condition("M54.50", "10 days"), condition(row["code"], "3 days")])
    )
    (card,) = present(advice, "seed")

    assert advice.advise == "uncertain"
    assert advice.rule_id == "UNK2-undated-flag"
    assert card.detail.startswith("- ")


def test_a_red_flag_speaks_for_itself() -> None:
    """Beside a rule that matched, what is not judged adds nothing."""
    chart_ = [condition("G83.4", "2 days"), condition("E11.9", "900 days")]
    advice = decide(facts_from(chart_))

    assert advice.lead.rule.id == "NEU1-cauda-equina"
    assert all(one.rule.id != "UNK2-undated-flag" for one in advice.added)


@each("""
    person  | chart                                       | why
    male 70 | has M21.371 @ 400 days                      | an old foot drop beside age alone
    male 40 | had C18.9 @ 4000 days; has M21.371 @ 400 days | and beside a cancer of long ago
    """)
def test_a_later_branch_does_not_hide_it(row: dict[str, str]) -> None:
    """A branch of a pressing rule that comes after this one does not answer it."""
    advice = decide(story(row))

    assert advice.rule_id == "UNK2-undated-flag"


@pytest.mark.parametrize(
    ("code", "order"),
    [("G82.50", "72141"), ("R33.9", "72141")],
    ids=["tetraplegia", "sphincter loss with neck pain"],
)
def test_the_cord_cannot_wait(code: str, order: str) -> None:
    """Signs of the cord with a neck order are an emergency, whichever rule leads."""
    chart_ = [condition("M54.2", "10 days"), condition(code, "2 days")]
    advice = decide(facts_from(chart_, order=draft(order)))

    assert advice.urgency.word == "immediate"
    assert advice.indicator == "critical"


def test_a_patient_nobody_sent() -> None:
    """Without the patient's record a child could be meant: not against."""
    facts = facts_from([condition("M54.50", "10 days")], missing=["patient"])

    assert decide(facts).advise == "uncertain"


def test_a_child_is_not_judged_as_an_adult() -> None:
    """Under eighteen the rule is one for children."""
    child = patient() | {"birthDate": "2018-05-01"}
    advice = decide(facts_from([child, condition("M54.50", "10 days")]))

    assert advice.rule_id == "PED1"
