"""A phrase is stated, suspected or denied by the words around it."""

from __future__ import annotations

import pytest

from cds_service.knowledge.wording import (
    LIMIT,
    Claim,
    claim,
    readable,
    sentence_around,
)


def judged(text: str) -> Claim:
    """Judge the phrase `foot drop` in a text."""
    plain = readable(text)
    start = plain.index("foot drop")
    return claim(plain, start, start + len("foot drop"))


@pytest.mark.parametrize(
    "text",
    [
        "Foot drop",
        "New foot drop on the left",
        "No fever but foot drop",
        "No fever. Foot drop",
        "No fever; foot drop",
        "Pain has not improved, foot drop",
        "no relief from ibuprofen, foot drop",
        "not only pain: foot drop",
        "nothing else, foot drop",
        "no pain " + "and much else to tell of this patient, " + "foot drop",
        "foot drop, fever ruled out",
        "no doubt foot drop",
        "no fever, chills, night sweats, loss of weight, has foot drop",
        "no fever, chills, night sweats, loss of weight, new foot drop",
        "no fever, chills, night sweats, loss of weight, since 3 days foot drop",
    ],
)
def test_a_phrase_alone_is_stated(text: str) -> None:
    """A denial of something else, or far away, does not reach the phrase."""
    assert judged(text) is Claim.STATED


@pytest.mark.parametrize(
    "text",
    [
        "No foot drop",
        "Denies weakness or foot drop",
        "Without fever, foot drop",
        "Negative for foot drop",
        "Family history of foot drop",
        "FH foot drop",
        "Ruled out foot drop",
        "foot drop ruled out",
        "foot drop was excluded",
        "foot drop not seen",
        "foot drops excluded",
        "No concern for foot drop",
        "Denies fever, chills, night sweats, weight loss, bladder/bowel trouble, foot drop",
        "No red flags: no fever, weight loss, bladder or bowel trouble, foot drop",
    ],
)
def test_a_denied_phrase_does_not_count(text: str) -> None:
    """A denial before the phrase, or right behind it, holds."""
    assert judged(text) is Claim.DENIED


@pytest.mark.parametrize(
    "text",
    [
        "Rule out foot drop",
        "r/o foot drop",
        "? foot drop",
        "?foot drop",
        "foot drop?",
        "Suspected foot drop",
        "Possible foot drop",
        "concern for foot drop",
        "query foot drop",
        "exclude foot drop",
        "could not exclude foot drop",
        "foot drop not ruled out",
        "foot drop cannot be excluded",
        "foot drop to be ruled out",
        "foot drop suspected",
        "evaluate for foot drop",
    ],
)
def test_a_question_is_a_suspicion(text: str) -> None:
    """What the order wants excluded is suspected, not denied."""
    assert judged(text) is Claim.SUSPECTED


def test_long_text_is_cut() -> None:
    """Only the first 256 characters are read, in small letters."""
    assert readable("A" * 1000) == "a" * LIMIT


def test_typographic_signs_become_plain() -> None:
    """A curly apostrophe and a hard blank match like the plain ones."""
    assert readable("can\u2019t\u00a0void") == "can't void"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("fever. foot drop. pain", " foot drop"),
        ("foot drop at l4.5 level", "foot drop at l4.5 level"),
        ("one; two foot drop\nthree", " two foot drop"),
    ],
)
def test_a_sentence_ends_at_its_signs(text: str, sentence: str) -> None:
    """A point inside a number ends nothing."""
    start = text.index("foot drop")
    assert sentence_around(text, start, start + len("foot drop")) == sentence
