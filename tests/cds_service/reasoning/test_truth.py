"""Three-valued logic, table by table."""

from __future__ import annotations

from itertools import product

import pytest

from cds_service.reasoning.truth import Truth, all_true, count_at_least
from tests.tables import each, rows

TRUTHS = tuple(Truth)


def named(word: str) -> Truth:
    """Give the truth a cell names."""
    return Truth[word.upper()]


BOTH = """
    a       | b       | and     | or      | why
    no      | no      | no      | no      | neither holds
    no      | unknown | no      | unknown | a no settles and
    no      | yes     | no      | yes     | one of each
    unknown | no      | no      | unknown | a no settles and, from the other side
    unknown | unknown | unknown | unknown | nothing is known
    unknown | yes     | unknown | yes     | a yes settles or
    yes     | no      | no      | yes     | one of each, from the other side
    yes     | unknown | unknown | yes     | a yes settles or, from the other side
    yes     | yes     | yes     | yes     | both hold
    """


def test_the_table_is_whole() -> None:
    """Every pair of truths has its row."""
    pairs = {(named(row["a"]), named(row["b"])) for row in rows(BOTH)}

    assert pairs == set(product(TRUTHS, TRUTHS))


@each(BOTH)
def test_and_is_the_minimum(row: dict[str, str]) -> None:
    """A single no is enough to deny; nothing less than all is enough to hold."""
    pair = (named(row["a"]), named(row["b"]))

    assert all_true(pair) is named(row["and"])
    assert all_true(pair) is min(pair, key=lambda one: one.value)


@each(BOTH)
def test_or_is_the_maximum(row: dict[str, str]) -> None:
    """A single yes is enough to hold."""
    pair = (named(row["a"]), named(row["b"]))

    assert count_at_least(1, pair) is named(row["or"])
    assert count_at_least(1, pair) is max(pair, key=lambda one: one.value)


@pytest.mark.parametrize(
    ("one", "inverse"),
    [(Truth.NO, Truth.YES), (Truth.UNKNOWN, Truth.UNKNOWN), (Truth.YES, Truth.NO)],
)
def test_not_leaves_the_unknown_unknown(one: Truth, inverse: Truth) -> None:
    """Not knowing is not knowing the opposite either."""
    assert ~one is inverse


@pytest.mark.parametrize("pair", list(product(TRUTHS, TRUTHS)))
def test_de_morgan_holds(pair: tuple[Truth, Truth]) -> None:
    """Not both is one not; neither is both not."""
    inverse = [~one for one in pair]

    assert ~all_true(pair) is count_at_least(1, inverse)
    assert ~count_at_least(1, pair) is all_true(inverse)


@pytest.mark.parametrize("three", list(product(TRUTHS, TRUTHS, TRUTHS)))
@pytest.mark.parametrize("needed", [0, 1, 2, 3, 4])
def test_a_count_is_the_best_and_the_worst_it_can_be(
    needed: int, three: tuple[Truth, Truth, Truth]
) -> None:
    """It holds where the known are enough, fails where all the unknown would not do."""
    sure = three.count(Truth.YES)
    possible = sure + three.count(Truth.UNKNOWN)
    found = count_at_least(needed, three)

    assert (found is Truth.YES) == (sure >= needed)
    assert (found is Truth.NO) == (possible < needed)


def test_all_of_nothing_holds_and_any_of_nothing_does_not() -> None:
    """As everywhere in logic."""
    assert all_true(()) is Truth.YES
    assert count_at_least(1, ()) is Truth.NO


@pytest.mark.parametrize(("value", "truth"), [(True, Truth.YES), (False, Truth.NO)])
def test_a_boolean_has_its_truth(*, value: bool, truth: Truth) -> None:
    """True is yes, false is no, and neither is unknown."""
    assert Truth.of(value=value) is truth
