"""One lookup tells every concept of a code, one reading those of a text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cds_service.knowledge import vocabulary as vocabulary_module
from cds_service.knowledge.coding import ICD10CM, SNOMED
from cds_service.knowledge.value_set import Match, Member, Role, ValueSet
from cds_service.knowledge.vocabulary import Hit, TextHit, Vocabulary

PREFIX, RANGE = Match.PREFIX, Match.RANGE
MEMBERS = (
    Member(ICD10CM, "C44", RANGE),
    Member(ICD10CM, "C44", PREFIX, Role.EXCLUDE),
    Member(ICD10CM, "C44.5", PREFIX, Role.UNCERTAIN),
    Member(ICD10CM, "C44.51", PREFIX, Role.EXCLUDE),
    Member(ICD10CM, "C44.51"),
    Member(ICD10CM, "D10", RANGE, Role.EXCLUDE),
    Member(ICD10CM, "D10", PREFIX),
    Member(SNOMED, "279039007"),
    Member(SNOMED, "2790", PREFIX),
)
TOY = Vocabulary(
    (
        ValueSet(
            "ache",
            "Ache",
            members=MEMBERS,
            pattern=re.compile(r"\baches?\b"),
            veto=re.compile("headache pill"),
            stems=("ache",),
        ),
        ValueSet("other", "Other", members=(Member(ICD10CM, "C44.5", PREFIX),)),
        ValueSet("mute", "Stems and no words", stems=("quiet",)),
        ValueSet("open", "Open", pattern=re.compile("xx")),
    )
)


def role(system: str, code: str) -> str | None:
    """Return the role that the toy set gives a code."""
    hits = {hit.value_set: hit.member for hit in TOY.lookup(system, code)}
    return hits["ache"].role.value if "ache" in hits else None


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("C44", "exclude"),
        ("C44.1", "exclude"),
        ("C44.59", "uncertain"),
        ("C44.510", "exclude"),
        ("C44.51", "exclude"),
        ("D10.3", "include"),
        ("D11", None),
        ("C4", None),
        ("C440", "exclude"),
    ],
)
def test_the_longest_match_wins(code: str, expected: str | None) -> None:
    """Longer beats shorter, a range loses a tie, an exclusion wins one."""
    assert role(ICD10CM, code) == expected


def test_prefixes_hold_only_where_codes_nest() -> None:
    """SNOMED codes have no order: the start of one means nothing."""
    assert role(SNOMED, "279039007") == "include"
    assert role(SNOMED, "279040009") is None


def test_every_value_set_answers() -> None:
    """One code may belong to several concepts."""
    assert [hit.value_set for hit in TOY.lookup(ICD10CM, "C44.5")] == ["ache", "other"]


@pytest.mark.parametrize(
    ("system", "code", "known"),
    [
        ("", "279039007", True),
        ("", "C44.1", True),
        ("  ", "C44.1", True),
        ("http://acme.example", "C44.1", False),
        (ICD10CM, "C44" + "0" * 100, False),
        (ICD10CM + "/" * 300, "C44", False),
    ],
)
def test_only_a_missing_system_is_guessed(
    system: str, code: str, *, known: bool
) -> None:
    """A local system stays unknown, and a monstrous code or system is not read."""
    assert bool(TOY.lookup(system, code)) is known


def test_a_hit_names_its_member() -> None:
    """The member tells role, sites and marks."""
    assert TOY.lookup(SNOMED, "279039007") == (Hit("ache", MEMBERS[7]),)


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("An ache", (TextHit("ache"),)),
        ("no ache", ()),
        ("? ache", (TextHit("ache", suspected=True),)),
        ("? ache. Aches for weeks", (TextHit("ache"),)),
        ("No ache. Possible ache", (TextHit("ache", suspected=True),)),
        ("moustache", ()),
        ("ache, ache, headache pill", ()),
        ("xx", (TextHit("open"),)),
        ("x", ()),
        ("quiet", ()),
        ("", ()),
        (" " * 300 + "ache", ()),
    ],
)
def test_a_text_names_concepts(text: str, hits: tuple[TextHit, ...]) -> None:
    """A statement outweighs a doubt; vetoes and denials hold in their sentence."""
    assert TOY.read_text(text) == hits


def test_an_id_stands_once() -> None:
    """Two value sets of one id are a mistake of the content."""
    with pytest.raises(ValueError, match="used twice: twin"):
        Vocabulary((ValueSet("twin", "A"), ValueSet("twin", "B")))


@given(st.text(max_size=300), st.text(max_size=80))
def test_nothing_sent_makes_it_fail(system: str, code: str) -> None:
    """Any text is a code of some system, or none of ours."""
    assert isinstance(TOY.lookup(system, code), tuple)
    assert isinstance(TOY.read_text(system), tuple)


def test_a_text_is_remembered_by_its_digest_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was read is read alike again; nothing of it is kept, nor too much."""
    monkeypatch.setattr(vocabulary_module, "_REMEMBERED_TEXTS", 2)
    pattern = re.compile("foot drop")
    vocabulary = Vocabulary([ValueSet("weak", "Weakness", pattern=pattern)])

    for text in ("foot drop", "no foot drop", "Foot\tdrop?", "foot drop"):
        first = vocabulary.read_text(text)
        assert vocabulary.read_text(text) is first
        assert len(vocabulary._texts) <= 2  # noqa: SLF001 - it is no answer

    assert vocabulary.read_text("foot drop") == (TextHit("weak"),)
    assert vocabulary.read_text("no foot drop") == ()
    assert all(len(key) == 16 for key in vocabulary._texts)  # noqa: SLF001 - same
