"""Criteria joined into one: their truth, whether it was seen, and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.knowledge.citation import Citation
from cds_service.knowledge.requirement import DataRequirement
from cds_service.reasoning.coded import has
from cds_service.reasoning.combination import (
    all_of,
    any_of,
    at_least,
    no_sign_of,
    none_of,
    unless,
)
from cds_service.reasoning.truth import Truth
from hooks.spine_mri import value_sets as codes
from tests.builders import condition, facts_from
from tests.cds_service.reasoning.answers import NOBODY, saying
from tests.tables import each

if TYPE_CHECKING:
    from cds_service.reasoning.finding import Criterion, Finding


def judged(criterion: Criterion) -> Finding:
    """Judge a criterion that looks at nothing."""
    return criterion.assess(NOBODY)


def said(finding: Finding) -> str:
    """Say yes, no, unknown, or unseen."""
    return "unseen" if finding.unseen else finding.truth.name.lower()


@each("""
    parts               | all     | any     | two     | none    | why
    yes yes             | yes     | yes     | yes     | no      | both hold
    yes no              | no      | yes     | no      | no      | one holds
    no no               | no      | no      | no      | yes     | neither holds
    yes unknown         | unknown | yes     | unknown | no      | one never asked
    yes unseen          | unseen  | yes     | unseen  | no      | one could not be read
    no unknown          | no      | unknown | no      | unknown | no, and not asked
    no unseen           | no      | unseen  | no      | unseen  | no, and not read
    unknown unknown     | unknown | unknown | unknown | unknown | nothing was asked
    unknown unseen      | unseen  | unseen  | unseen  | unseen  | one of them unread
    yes yes unseen      | unseen  | yes     | yes     | no      | enough without it
    yes unseen unseen   | unseen  | yes     | unseen  | no      | one short of two
    no no unseen        | no      | unseen  | no      | unseen  | too few for two
    yes no unknown      | no      | yes     | unknown | no      | all three answers
    """)
def test_joined_by_kleene(row: dict[str, str]) -> None:
    """What is settled is seen; what is open is unseen if any part is."""
    parts = saying(row["parts"])

    assert said(judged(all_of("x", "X", *parts))) == row["all"]
    assert said(judged(any_of("x", "X", *parts))) == row["any"]
    assert said(judged(at_least(2, "x", "X", *parts))) == row["two"]
    assert said(judged(none_of("x", "X", *parts))) == row["none"]


@each("""
    parts               | expected | why
    yes no              | no       | there is a sign
    yes unseen          | no       | whatever could not be read
    no no               | yes      | there is none
    no unknown          | yes      | a test never done is no sign
    unknown unknown     | yes      | nor are two
    no unseen           | unseen   | one that could not be read may be
    unknown unseen      | unseen   | never done, and not read
    """)
def test_no_sign(row: dict[str, str]) -> None:
    """As far as anyone has looked."""
    finding = judged(no_sign_of("x", "X", *saying(row["parts"])))

    assert said(finding) == row["expected"]


@each("""
    parts               | expected | why
    yes no              | yes      | no exception
    yes yes             | no       | excused
    yes unknown         | yes      | an unknown exception excuses nothing
    yes unseen          | yes      | nor does one that could not be read
    no unseen           | no       | not the case anyway
    no yes              | no       | not the case, and excused
    unknown no          | unknown  | open, no exception
    unseen no           | unseen   | could not be read, no exception
    unseen yes          | no       | excused whatever it is
    unknown unseen      | unknown  | open, and no exception makes it hold
    unseen unseen       | unseen   | neither could be read
    yes no unknown yes  | no       | one of several exceptions
    """)
def test_unless(row: dict[str, str]) -> None:
    """Only an exception that is known to hold excuses."""
    finding = judged(unless("x", "X", *saying(row["parts"])))

    assert said(finding) == row["expected"]


def test_the_basis_is_that_of_the_parts_that_hold() -> None:
    """What a part denies is no evidence for the whole."""
    finding = judged(any_of("x", "X", *saying("yes no unknown yes")))

    assert [one.reference for one in finding.basis] == ["Condition/a", "Condition/d"]


def test_a_resource_behind_two_parts_is_named_once() -> None:
    """In the order in which it was first met."""
    (part,) = saying("yes")

    assert len(judged(all_of("x", "X", part, part)).basis) == 1


def test_what_is_open_rests_on_nothing() -> None:
    """The parts still show what each of them rests on."""
    finding = judged(all_of("x", "X", *saying("yes unknown")))

    assert finding.truth is Truth.UNKNOWN
    assert finding.basis == ()
    assert [one.truth for one in finding.parts(NOBODY)] == [Truth.YES, Truth.UNKNOWN]


def test_it_needs_what_its_parts_need() -> None:
    """Prefetch follows from the leaves."""
    nested = any_of("x", "X", *saying("yes"), all_of("y", "Y", *saying("no no")))

    assert nested.needs == {
        DataRequirement("Condition", None, "a"),
        DataRequirement("Condition", None, "b"),
    }


def test_it_says_how_it_joins() -> None:
    """The condition is what the clinical page shows before the parts."""
    parts = saying("yes no")
    joined = (
        all_of("x", "X", *parts),
        any_of("x", "X", *parts),
        at_least(2, "x", "X", *parts),
        none_of("x", "X", *parts),
        no_sign_of("x", "X", *parts),
        unless("x", "X", *parts),
    )

    assert [one.condition for one in joined] == [
        "all of",
        "any of",
        "at least 2 of",
        "none of",
        "none of, and a test never done is no sign",
        "the first, unless one of the others is known to hold",
    ]


def test_it_may_cite() -> None:
    """The published statement behind the combination itself."""
    source = Citation("s", "S 2020", "https://example.org")

    assert all_of("x", "X", citation=source).citation is source
    assert any_of("x", "X", citation=source).citation is source


INFECTED = any_of(
    "infected",
    "Infected",
    all_of("both", "Both", has(codes.DIABETES), has(codes.SPINE_INFECTION)),
    has(codes.CAUDA_EQUINA),
)


@each("""
    problems        | missing    | expected | why
                    |            | no       | nothing on record is an answer
    M54.50          |            | no       | what nobody asks for is none either
    G83.4           |            | yes      | one that was asked for
    44054006        |            | no       | half of a pair
    44054006 M46.46 |            | yes      | the pair
                    | conditions | unseen   | problems that nobody sent
    """)
def test_coded_parts(row: dict[str, str]) -> None:
    """Joined criteria of codes say the same whether or not a code of theirs is met."""
    chart = [condition(code) for code in row["problems"].split()]
    facts = facts_from(chart, missing=row["missing"].split())

    first, again = INFECTED.assess(facts), INFECTED.assess(facts)

    assert said(first) == row["expected"]
    assert first == again
    assert [part.criterion.id for part in first.parts(facts)] == [
        "both",
        "cauda-equina",
    ]


def test_what_holds_is_told_without_what_does_not() -> None:
    """Only leaves that carry a part that carries the whole."""
    a, b, c, d = saying("yes no yes unknown")
    finding = judged(any_of("x", "X", all_of("y", "Y", a, b), c, d))

    assert [one.criterion.id for one in finding.held(NOBODY)] == ["c"]
    assert list(judged(b).held(NOBODY)) == []
