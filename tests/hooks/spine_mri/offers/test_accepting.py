"""A client that accepts what is offered and calls again gets a calm answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cds_service.answer import answer
from cds_service.cds_hooks.response import render_cards
from tests.builders import AT, call, draft, spine
from tests.hooks.spine_mri.stories import chart, split
from tests.tables import each

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.builders import Resource

ADVICE = "spine-mri.advice"


def cards_about(story: str, orders: Sequence[Resource]) -> list[Any]:
    """Answer a call that selects every order, as the client reads it."""
    made = answer(spine(), call(chart(story), orders), AT).cards
    cards: list[Any] = render_cards(made)["cards"]
    return cards


def accept(actions: Sequence[Any], orders: Sequence[Resource]) -> list[Resource]:
    """Do what a suggestion says to the drafts of the session."""
    drafts = {one["id"]: one for one in orders}
    for place, action in enumerate(actions):
        resource = action.get("resource", {})
        if action["type"] == "delete":
            del drafts[action["resourceId"].partition("/")[2]]
        else:
            identity = resource.get("id", f"new-{place}")
            drafts[identity] = {"id": identity, **resource}
    return list(drafts.values())


def labels(card: Any) -> list[str]:
    """List what a card offers."""
    return [one["label"] for one in card.get("suggestions", [])]


@each(
    """
    chart                      | order           | accepts        | then    | left                        | why
    has M46.46                 | 72148           | Order MRI      | for     | Order ESR, CRP and two sets of blood cultures | contrast and priority put right, tests still to do
    has M46.46                 | 72148           | Order ESR      | change  | Order MRI lumbar spine without and with contrast, urgent | tests ordered, the scan still to do
    has M46.43                 | 72148           | Order MRI      | for for | Order ESR, CRP and two sets of blood cultures; Order ESR, CRP and two sets of blood cultures | two regions in CPT, each with its card
    has M46.43                 | 30679-5         | Order MRI      | for     | Order ESR, CRP and two sets of blood cultures | and one in LOINC
    has C79.51                 | 72148           | Order MRI      | for     |                             | the whole spine in CPT is read as one
    has 449813001 @ 3 days     | 72148           | Set priority   | for     |                             | an emergency ordered at once
    has M54.16 @ 50 days; did 91251008 @ 45 days | 72158 | Order MRI | for   |                             | contrast left out
    has M54.50 @ 20 days       | 72148           | Remove         |         |                             | nothing to advise about
    """
)
def test_accepting(row: dict[str, str]) -> None:
    """What was put right is not brought up again."""
    orders = [draft(row["order"])]
    (card,) = cards_about(row["chart"], orders)
    accepted = next(
        one for one in card["suggestions"] if one["label"].startswith(row["accepts"])
    )

    remaining = accept(accepted["actions"], orders)
    then = cards_about(row["chart"], remaining) if remaining else []

    assert [one["extension"][ADVICE]["advise"] for one in then] == row["then"].split()
    assert [label for one in then for label in labels(one)] == split(row["left"])


def test_two_scans_of_another_contrast_are_told_apart() -> None:
    """What is ordered without contrast does not show what is needed with it."""
    orders = [draft("72156", id="1"), draft("72146", id="2")]

    cards = cards_about("has M46.43", orders)

    assert [one["extension"][ADVICE]["advise"] for one in cards] == ["change"] * 2


def test_therapy_accepted_is_not_offered_again() -> None:
    """The draft of it is seen."""
    orders = [draft()]
    story = "has M54.50 @ 20 days"
    (card,) = cards_about(story, orders)
    accepted = card["suggestions"][0]

    (then,) = cards_about(story, accept(accepted["actions"], orders))

    assert accepted["label"] == "Order physical therapy"
    assert accepted["label"] not in labels(then)
