"""Cards and how they are written."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.cds_hooks.response import (
    Action,
    ActionType,
    Card,
    Coding,
    Indicator,
    Link,
    SelectionBehavior,
    Source,
    Suggestion,
    render_cards,
)

UPDATE = Action(
    type=ActionType.UPDATE,
    description="Change the order",
    resource={"resourceType": "ServiceRequest", "reasonCode": [], "note": None},
)
SUGGESTION = Suggestion(label="Change", uuid="s-1", actions=(UPDATE,))


def card(**members: Any) -> Card:
    """Make the smallest card, with *members* put in."""
    least: dict[str, Any] = {
        "summary": "All is well.",
        "indicator": Indicator.INFO,
        "source": Source(label="We"),
        "uuid": "c-1",
    }
    return Card(**(least | members))


def test_the_smallest_card_has_no_empty_member() -> None:
    """Whatever has no value is left out."""
    assert render_cards([card()]) == {
        "cards": [
            {
                "uuid": "c-1",
                "summary": "All is well.",
                "indicator": "info",
                "source": {"label": "We"},
            }
        ]
    }


def test_no_cards_are_an_empty_list() -> None:
    """`cards` alone may be empty."""
    assert render_cards([]) == {"cards": []}


def test_the_largest_card_has_every_member() -> None:
    """Names and shapes are those of the specification."""
    topic = Coding("guideline", "urn:t", "Guideline")
    full = card(
        indicator=Indicator.CRITICAL,
        detail="- one",
        source=Source(label="We", url="https://a", icon="https://b", topic=topic),
        suggestions=(SUGGESTION,),
        override_reasons=(Coding("too-costly", "urn:r", "Too costly"),),
        links=(Link(label="More", url="https://c"),),
        extension={"x.y": {"kept": []}},
    )

    (written,) = render_cards([full])["cards"]

    assert written == {
        "uuid": "c-1",
        "summary": "All is well.",
        "detail": "- one",
        "indicator": "critical",
        "source": {
            "label": "We",
            "url": "https://a",
            "icon": "https://b",
            "topic": {
                "code": "guideline",
                "system": "urn:t",
                "display": "Guideline",
            },
        },
        "suggestions": [
            {
                "label": "Change",
                "uuid": "s-1",
                "isRecommended": False,
                "actions": [
                    {
                        "type": "update",
                        "description": "Change the order",
                        "resource": UPDATE.resource,
                    }
                ],
            }
        ],
        "selectionBehavior": "at-most-one",
        "overrideReasons": [
            {"code": "too-costly", "system": "urn:r", "display": "Too costly"}
        ],
        "links": [{"label": "More", "url": "https://c", "type": "absolute"}],
        "extension": {"x.y": {"kept": []}},
    }


def test_a_raw_order_is_written_as_it_stands() -> None:
    """Its empty lists and nulls are the client's own."""
    written = render_cards([card(suggestions=(SUGGESTION,))])["cards"][0]

    assert written["suggestions"][0]["actions"][0]["resource"] is UPDATE.resource


def test_a_delete_names_what_goes() -> None:
    """By reference, never with a resource."""
    gone = Action(
        type=ActionType.DELETE, description="Drop it", resource_id="ServiceRequest/1"
    )
    suggestion = Suggestion(label="Drop", uuid="s", actions=(gone,))

    written = render_cards([card(suggestions=(suggestion,))])["cards"][0]

    assert written["suggestions"][0]["actions"] == [
        {
            "type": "delete",
            "description": "Drop it",
            "resourceId": "ServiceRequest/1",
        }
    ]


def test_a_summary_may_have_139_characters() -> None:
    """The specification says fewer than 140."""
    assert len(card(summary="x" * 139).summary) == 139


@pytest.mark.parametrize("summary", ["", " ", "x" * 140, "a\nb", "a\u2028b"], ids=ascii)
def test_a_summary_is_one_line_of_text(summary: str) -> None:
    """Empty, too long or broken over lines: refused when the card is made."""
    with pytest.raises(ValueError, match="summary"):
        card(summary=summary)


def test_at_most_one_suggestion_is_recommended() -> None:
    """Where one can be taken, one can be recommended."""
    both = tuple(
        Suggestion(label="x", uuid="s", actions=(UPDATE,), is_recommended=True)
        for _ in range(2)
    )

    with pytest.raises(ValueError, match="recommended"):
        card(suggestions=both)
    behavior = SelectionBehavior.ANY
    free = card(suggestions=both, selection_behavior=behavior)
    assert render_cards([free])["cards"][0]["selectionBehavior"] == "any"


@pytest.mark.parametrize(
    "members",
    [
        {"type": ActionType.UPDATE},
        {"type": ActionType.CREATE, "resource": {}},
        {"type": ActionType.DELETE},
        {"type": ActionType.DELETE, "resource_id": "A/1", "resource": {"id": "1"}},
        {"type": ActionType.UPDATE, "resource_id": "A/1", "resource": {"id": "1"}},
    ],
    ids=str,
)
def test_an_action_carries_what_its_type_needs(members: dict[str, Any]) -> None:
    """A delete the reference, the others the whole resource."""
    with pytest.raises(ValueError, match="needs"):
        Action(description="x", **members)


def test_an_action_says_what_it_does() -> None:
    """The description is the text clients show."""
    with pytest.raises(ValueError, match="description"):
        Action(type=ActionType.UPDATE, description="", resource={"id": "1"})


def test_a_suggestion_does_something() -> None:
    """A button without effect is none."""
    with pytest.raises(ValueError, match="action"):
        Suggestion(label="x", uuid="s", actions=())
