"""Criteria as they are made: what each word asks, and how it says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from cds_service.reasoning import coded
from cds_service.reasoning.combination import at_least, no_sign_of, none_of, unless
from cds_service.reasoning.truth import Truth, any_true
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.criteria.infection import ESR_RAISED
from hooks.spine_mri.criteria.weight_loss import WEIGHT_FALL
from tests.builders import condition, draft, facts_from
from tests.cds_service.reasoning.answers import NOBODY, saying

if TYPE_CHECKING:
    from collections.abc import Callable

    from cds_service.facts.model import Facts
    from cds_service.reasoning.coded_criterion import CodedCriterion

GOUT = "G83.4"
SET = codes.CAUDA_EQUINA
# One chart for each column of the table below.
CHARTS: dict[str, Callable[[], Facts]] = {
    "now": lambda: facts_from([condition(GOUT, "3 days")]),
    "long": lambda: facts_from([condition(GOUT, "90 days")]),
    "undated": lambda: facts_from([condition(GOUT)]),
    "over": lambda: facts_from([condition(GOUT, "3 days", status="resolved")]),
    "long over": lambda: facts_from([condition(GOUT, "90 days", status="resolved")]),
    "perhaps": lambda: facts_from(
        [condition(GOUT, "3 days", verification="provisional", recorded="3 days")]
    ),
    "perhaps long ago": lambda: facts_from(
        [condition(GOUT, "90 days", verification="provisional", recorded="90 days")]
    ),
    "ordered for": lambda: facts_from([], draft(reasons=[GOUT])),
    "none": lambda: facts_from([]),
}
WORDS: dict[str, tuple[Callable[[], CodedCriterion], str, str, str, set[str]]] = {
    "has": (
        lambda: coded.has(SET),
        SET.id,
        SET.title,
        f"{SET.title}, active",
        {"now", "long", "undated", "perhaps", "ordered for"},
    ),
    "new": (
        lambda: coded.new(SET, 30),
        f"{SET.id}-new-30d",
        f"{SET.title}, new",
        f"{SET.title}, active, dated within 30 days or in the order",
        {"now", "perhaps", "ordered for"},
    ),
    "recent": (
        lambda: coded.recent(SET, 30),
        f"{SET.id}-recent-30d",
        f"{SET.title}, recent",
        f"{SET.title}, over or not, dated within 30 days",
        {"now", "over", "perhaps", "ordered for"},
    ),
    "undated": (
        lambda: coded.undated(SET),
        f"{SET.id}-undated",
        f"{SET.title}, without a date",
        f"{SET.title}, active, without any date",
        {"undated"},
    ),
    "old": (
        lambda: coded.old(SET, 30),
        f"{SET.id}-old-30d",
        f"{SET.title}, old",
        f"{SET.title}, active, dated more than 30 days ago",
        {"long", "perhaps long ago"},
    ),
    "resolved": (
        lambda: coded.resolved(SET, 30),
        f"{SET.id}-resolved-30d",
        f"{SET.title}, resolved",
        f"{SET.title}, over since no more than 30 days",
        {"over"},
    ),
    "past": (
        lambda: coded.past(SET),
        f"{SET.id}-past",
        f"{SET.title}, past",
        f"{SET.title}, inactive, in remission or resolved",
        {"over", "long over"},
    ),
    "suspected": (
        lambda: coded.suspected(SET),
        f"{SET.id}-suspected",
        f"{SET.title}, suspected",
        f"{SET.title}, suspected within 30 days",
        {"perhaps"},
    ),
}


@pytest.mark.parametrize("word", WORDS)
def test_a_word_asks_and_says_what_it_means(word: str) -> None:
    """By each chart, and on the clinical page."""
    make, id_, title, condition_, held = WORDS[word]
    criterion = make()
    yes = {
        name
        for name, chart in CHARTS.items()
        if criterion.assess(chart()).truth is Truth.YES
    }

    assert (criterion.id, criterion.title) == (id_, title)
    assert criterion.condition == condition_
    assert criterion.codes is SET
    assert criterion.window == (timedelta(days=30) if word == "recent" else None)
    assert criterion.quiet.criterion is criterion.unseen.criterion is criterion
    assert yes == held


@pytest.mark.parametrize(
    "make", [coded.has, coded.undated, coded.past, coded.suspected]
)
def test_a_word_may_have_a_name_of_its_own(
    make: Callable[..., CodedCriterion],
) -> None:
    """And what narrows it down is kept."""
    criterion = make(SET, "mine", "Mine", sources=("Procedure",))

    assert (criterion.id, criterion.title) == ("mine", "Mine")
    assert criterion.sources == ("Procedure",)


@pytest.mark.parametrize("make", [coded.new, coded.recent, coded.old, coded.resolved])
def test_a_word_with_days_may_have_a_name_of_its_own(
    make: Callable[..., CodedCriterion],
) -> None:
    """And what narrows it down is kept."""
    criterion = make(SET, 30, "mine", "Mine", sources=("Procedure",))

    assert (criterion.id, criterion.title) == ("mine", "Mine")
    assert criterion.sources == ("Procedure",)


def test_a_criterion_knows_its_queries() -> None:
    """By the keys under which what it needs comes, whatever it is made of."""
    assert replace(ESR_RAISED).key == "observations"
    assert replace(WEIGHT_FALL).key == "vitals"
    assert coded.has(SET, sources=("Condition",)).keys == ("conditions", "order")


def test_joined_criteria_bear_their_names() -> None:
    """Id, title, and how they are joined."""
    a, b = saying("yes no")
    joined = [
        none_of("n", "N", a),
        no_sign_of("s", "S", b),
        unless("u", "U", a, b),
        at_least(1, "o", "O", a, b),
        at_least(2, "t", "T", a, b),
    ]

    assert [(one.id, one.title) for one in joined] == [
        *(("n", "N"), ("s", "S"), ("u", "U")),
        *(("o", "O"), ("t", "T")),
    ]
    assert [one.condition for one in joined] == [
        "none of",
        "none of, and a test never done is no sign",
        "the first, unless one of the others is known to hold",
        "any of",
        "at least 2 of",
    ]
    assert [one.assess(NOBODY).truth.name for one in joined] == [
        *("NO", "YES", "YES", "YES", "NO")
    ]
    assert any_true([]) is Truth.NO
