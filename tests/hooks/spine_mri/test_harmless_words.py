"""A problem in words alone is known, known to be of no concern, or counts as unread."""

from __future__ import annotations

import pytest

from cds_service.facts.extract.concept import read_words
from hooks.spine_mri.cards import present
from hooks.spine_mri.decision import decide
from hooks.spine_mri.harmless_words import HARMLESS_NAMES
from hooks.spine_mri.headline import GAP, UNKNOWN_REASON, UNKNOWN_WORDS
from hooks.spine_mri.ordinary_words import ORDINARY
from hooks.spine_mri.service import SERVICES
from tests.builders import draft, facts_from
from tests.hooks.spine_mri.stories import advice_for, chart
from tests.tables import each

# "Not walking" is a sign, though "walking" says nothing; "stiff" is one in a child.
READ = frozenset({"sign-in-words", "child-warning-sign"})


@pytest.mark.parametrize("name", sorted(HARMLESS_NAMES))
def test_no_name_is_of_a_red_flag(name: str) -> None:
    """What a pattern reads is for the rules to judge."""
    assert read_words(name, SERVICES[0].lexicon) == []


@each(
    """
    problem                          | rule | understood | why
    Hypertension                     | NON1 | yes        | of no concern
    Essential (primary) hypertension | NON1 | yes        | with its kind
    HTN, stable                      | NON1 | yes        | in short
    No known problems                | NON1 | yes        | none
    Family history of breast cancer  | NON1 | yes        | of somebody else
    Chronic low back pain @ 20 days  | NON1 | yes        | a concept of ours
    Nierentransplantation            | UNK1 | no         | a weak defence, in a language that we do not read
    Nierentransplantation, not otherwise specified | UNK1 | no | a denial of something else
    No improvement of the Krebs      | UNK1 | no         | what is denied is the improvement
    No known problems but Krebs      | UNK1 | no         | the first denies, not the second
    Denied weakness. Krebs           | UNK1 | no         | the same
    No fever. Hypertension           | NON1 | yes        | one denied, one of no concern
    Krebs                            | UNK1 | no         | cancer
    saddle anesthsia                 | UNK1 | no         | written in a hurry
    Low back pain and Krebs          | UNK1 | no         | one half of it is known
    Low back pain with Fieber        | UNK1 | no         | the same
    Low back pain (Krebs)            | UNK1 | no         | the same
    Low back pain post Krebs         | UNK1 | no         | the same, without a joint
    No fever, Krebs                  | UNK1 | no         | whether the second is denied is open
    Low back pain, worse with sitting @ 20 days | NON1 | yes       | how it is
    Muscle spasm of back             | NON1 | yes        | a pain in other words
    follow up                        | UNK1 | no         | of what
    Hypertension with renal failure  | UNK1 | no         | more than the name
    """
)
def test_words_alone(row: dict[str, str]) -> None:
    """Never against where a problem is on record that nobody understood."""
    advice = advice_for({"chart": f"has M54.50 @ 20 days; has {row['problem']}"})

    (card,) = present(advice, "seed")

    understood = "Not understood: 1 problem in words alone" not in card.detail
    assert advice.rule_id.partition("-")[0] == row["rule"]
    assert understood == (row["understood"] == "yes")


@pytest.mark.parametrize("word", sorted(ORDINARY))
def test_no_ordinary_word_is_of_a_red_flag(word: str) -> None:
    """Alone or denied: what a pattern reads is for the rules to judge."""
    lexicon = SERVICES[0].lexicon

    for text in (word, f"no {word}", f"not {word}"):
        assert {
            one.value_set for one in read_words(text, lexicon)
        } <= lexicon.harmless.complaints | READ


@each(
    """
    reason                                          | rule | why
    LBP x 6 wks, failed PT and NSAIDs               | NON1 | how long, and what was done
    back pain, r/o HNP                              | NON1 | a disc is no red flag
    63 y/o M with LBP, denies bowel/bladder dysfunction | NON1 | denied
    Low back pain, no red flags, neuro intact       | NON1 | nothing found
    lumbago with sciatica left side, worse with sitting | NON1 | how it is
    LBP w/ radic, considering surgery               | NON1 | what for
    strained back at work 2 weeks ago               | NON1 | a strain
    dolor de espalda                                | UNK1 | a language that we do not read
    LBP and Krebs                                   | UNK1 | one half is known
    LBP, worse at night                             | UNK1 | may be half of a red flag
    back pain, pain at night                        | UNK1 | that a rule for children knows it settles nothing
    T12 wedge deformity, back pain                  | UNK1 | the same
    LBP, on warfarin, after Spritze                 | UNK1 | a drug that warns of nothing by itself
    LBP, T 38.9                                     | INF1 | a fever
    LBP, pt requests MRI                            | NON1 | whose wish it is
    LBP, normal gait, motor 5/5, no b/b sx          | NON1 | found well
    LBP, new neurological symptoms                  | UNK1 | which ones
    LBP, no feeling in the legs                     | UNK2 | what is denied is the feeling
    LBP, not urinating                              | UNK2 | the same
    LBP, no relief from PT                          | NON1 | what is denied is the relief
    """
)
def test_a_reason_in_words(row: dict[str, str]) -> None:
    """All of it has to be known, or the answer is no advice against."""
    advice = advice_for({"reason": row["reason"]})

    assert advice.rule_id.partition("-")[0] == row["rule"]


@each(
    """
    note                                                | rule | why
    please schedule for next Friday                     | NON1 | about the appointment
    claustrophobic, needs open MRI; call the patient    | NON1 | the same
    no red flags                                        | NON1 | denied
    LBP, failed PT                                      | NON1 | a reason
    Fieber seit gestern                                 | UNK1 | a language that we do not read
    see letter of Dr Smith                              | UNK1 | what it says is not here
    pt reports saddle numbness                          | NEU1 | a finding
    """
)
def test_a_note(row: dict[str, str]) -> None:
    """It need not say anything, but must hide nothing."""
    order = draft("72148", note=row["note"])

    advice = decide(facts_from(chart("has M54.50 @ 20 days"), order))

    assert advice.rule_id.partition("-")[0] == row["rule"]


def test_a_reason_that_was_not_understood_is_told_as_such() -> None:
    """Nothing is missing from the chart, and the clinician knows what he wrote."""
    pain = "has M54.50 @ 20 days"
    (alone,) = present(advice_for({"chart": pain, "reason": "Krebs"}), "seed")
    beside = {"chart": f"{pain}; has Krebs", "reason": "LBP und Fieber"}
    (both,) = present(advice_for(beside), "seed")

    assert alone.summary == UNKNOWN_REASON
    assert "Not understood: the order's reason or note, or part of it. " in alone.detail
    assert both.summary == UNKNOWN_WORDS
    told = "the order's reason or note, or part of it; 1 problem in words alone"
    assert f"Not understood: {told}, without a code." in both.detail
    assert "Not seen" not in alone.detail + both.detail


def test_a_long_text_is_not_read_to_its_end() -> None:
    """Nor is it taken for what it begins with."""
    tail = " as noted before" * 20

    for begins in ("Low back pain", "No known problems", "Hypertension"):
        advice = advice_for({"chart": f"has M54.50 @ 20 days; has {begins}{tail}"})
        assert advice.rule_id == "UNK1-data-gap"


def test_two_problems_are_counted() -> None:
    """No word of a chart is repeated."""
    story = "has M54.50 @ 20 days; has Krebs; has Fieber"

    (card,) = present(advice_for({"chart": story}), "seed")

    assert "Not understood: 2 problems in words alone, without a code." in card.detail
    assert "Not seen" not in card.detail
    assert card.summary == UNKNOWN_WORDS


def test_what_is_missing_besides_comes_first() -> None:
    """The problem list itself was seen."""
    story = {"chart": "has M54.50 @ 20 days; has Krebs", "missing": "vitals"}

    (card,) = present(advice_for(story), "seed")

    assert card.summary == GAP
    assert "Not seen: vital signs (not supplied)." in card.detail


def test_a_code_says_what_is_meant() -> None:
    """Of a code that can be looked up the words are not needed."""
    advice = advice_for({"chart": "has M54.50 @ 20 days; has I10"})

    assert advice.rule_id == "NON1"
