"""What tests read of a response is there whichever content made it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.replay import advice, advised

SPINE = {"extension": {"spine-mri.advice": {"advise": "for", "rule": "ONC1"}}}
HEAD = {"extension": {"head-ct.advice": {"advise": "against"}, "other": {"a": 1}}}
BARE = {"summary": "Head CT: state the reason"}


@pytest.mark.parametrize(
    ("cards", "expected"),
    [
        ([], set()),
        ([SPINE], {"for"}),
        ([SPINE, HEAD], {"for", "against"}),
        ([BARE, HEAD], {"against"}),
    ],
)
def test_advice_is_known_by_how_its_name_ends(
    cards: list[Any], expected: set[str]
) -> None:
    """A service of another name has its own; a card may do without."""
    response = {"cards": cards}

    assert len(advice(response)) == len(cards)
    assert advised(response) == expected


def test_two_on_one_card_are_a_mistake() -> None:
    """Nobody could tell which of them a vignette is about."""
    card = {"extension": {**SPINE["extension"], **HEAD["extension"]}}

    with pytest.raises(AssertionError, match="head-ct"):
        advice({"cards": [card]})
