"""Facts, and how much of the chart stands behind them."""

from __future__ import annotations

import pytest

from cds_service.facts.model import Basis, Facts, Order, once
from cds_service.fhir.sight import Sight, State
from tests.builders import AT

NO_ORDER = Order(references=(), resources=())


@pytest.mark.parametrize(
    ("keys", "seen"),
    [
        pytest.param((), True, id="nothing asked"),
        pytest.param(("whole",), True, id="answered"),
        pytest.param(("empty",), True, id="answered, nothing recorded"),
        pytest.param(("spoilt",), False, id="one entry could not be read"),
        pytest.param(("cut",), False, id="cut short"),
        pytest.param(("other",), False, id="not known at all"),
        pytest.param(("whole", "cut"), False, id="one of two"),
        pytest.param(("whole", "empty"), True, id="both"),
    ],
)
def test_sees(keys: tuple[str, ...], *, seen: bool) -> None:
    """Every query must have been answered whole; asking twice changes nothing."""
    facts = Facts(
        as_of=AT,
        order=NO_ORDER,
        sight={
            "whole": Sight(State.PRESENT),
            "empty": Sight(State.NONE_RECORDED),
            "spoilt": Sight(State.PRESENT, unreadable=1),
            "cut": Sight(State.TRUNCATED),
        },
    )

    assert facts.sees(keys) is seen
    assert facts.sees(keys) is seen


def test_facts_about_nobody_hold_nothing() -> None:
    """What was not read is absent, not guessed at."""
    facts = Facts(as_of=AT, order=NO_ORDER)

    assert (facts.person.birth, facts.person.sex) == (None, None)
    assert not facts.person.deceased
    assert not facts.coded
    assert not facts.measured


def test_what_was_found_out_is_no_part_of_the_facts() -> None:
    """Two charts that say the same are equal, judged or not."""
    one, other = (Facts(as_of=AT, order=NO_ORDER) for _ in range(2))
    one.sees(("x",))

    assert one == other


def test_an_order_is_routine_unless_it_says_otherwise() -> None:
    """As FHIR has it."""
    assert NO_ORDER.priority == "routine"
    assert NO_ORDER.sites == frozenset()


def test_equal_bases_are_one() -> None:
    """So that a resource is shown once."""
    pair = {Basis("Condition/1", "Cancer"), Basis("Condition/1", "Cancer")}

    assert len(pair) == 1


def test_a_question_is_asked_once_about_the_same_facts() -> None:
    """Others are asked anew."""
    asked: list[Facts] = []

    @once
    def question(facts: Facts) -> None:
        asked.append(facts)

    first, second = (Facts(as_of=AT, order=NO_ORDER) for _ in range(2))
    for facts in (first, first, second):
        question(facts)

    assert len(asked) == len([first, second])
