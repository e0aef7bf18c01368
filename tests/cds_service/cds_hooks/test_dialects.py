"""Which dialect a call is answered in, and what CDS Hooks 1.0 reads otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cds_service.cds_hooks.dialects import CRD, EPIC, FIRST, translate
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
from tests.builders import call, draft

DELETE = Action(
    type=ActionType.DELETE, description="Remove", resource_id="ServiceRequest/103"
)
UPDATE = Action(
    type=ActionType.UPDATE, description="Change", resource=draft("72158", id="103")
)
CREATE = Action(
    type=ActionType.CREATE,
    description="Add",
    resource={"resourceType": "ServiceRequest"},
)
TOPIC = Coding("off-guideline", "urn:t", "Off")
CARD = Card(
    summary="A card.",
    indicator=Indicator.INFO,
    source=Source(label="We", topic=TOPIC),
    uuid="c-1",
    suggestions=(Suggestion(label="Both", uuid="s-1", actions=(UPDATE, CREATE)),),
    links=(Link(label="More", url="https://a.example"),),
)
EPIC_MARK = {"com.epic.cdshooks.request.any": "1"}


def told(card: Card = CARD, named: str | None = None, **members: Any) -> list[Card]:
    """Translate a card for a call with these members."""
    asked = replace(call(), **members)
    return list(translate([card], asked, named, None))


def test_a_client_like_others_reads_the_card_as_it_is() -> None:
    """Names in its extension that nobody knows change nothing."""
    assert told(extension={"org.example": 1, "xcom.epic.cdshooks.request.": 1}) == [
        CARD
    ]


@pytest.mark.parametrize(
    ("named", "extension", "behavior"),
    [
        (None, EPIC_MARK, SelectionBehavior.ANY),
        (EPIC, {}, SelectionBehavior.ANY),
        (FIRST, EPIC_MARK, SelectionBehavior.AT_MOST_ONE),
    ],
)
def test_settings_come_before_what_a_call_carries(
    named: str | None, extension: Any, behavior: SelectionBehavior
) -> None:
    """What an installation says about an issuer is meant."""
    (card,) = told(named=named, extension=extension)

    assert card.selection_behavior is behavior


def test_1_0_finds_what_to_delete_under_resource() -> None:
    """Where it had it; the other actions stay."""
    both = Suggestion(label="Go", uuid="s-1", actions=(DELETE, CREATE))
    card = replace(CARD, suggestions=(both,))

    (written,) = render_cards(told(card, FIRST))["cards"]

    (suggestion,) = written["suggestions"]
    assert suggestion["actions"] == [
        {
            "type": "delete",
            "description": "Remove",
            "resource": "ServiceRequest/103",
        },
        {"type": "create", "description": "Add", "resource": CREATE.resource},
    ]


def test_epic_reads_several_actions_as_suggestions_of_their_own() -> None:
    """Each labelled by what it does; the first keeps its name."""
    (card,) = told(named=EPIC)

    assert [one.label for one in card.suggestions] == [
        "Change",
        "Add",
        "Remove the order it replaces",
    ]
    assert card.suggestions[0].uuid == "s-1"
    assert card.source.topic == Coding(
        "offguideline", "urn:cds-service:card-topic", "Off"
    )


def test_epic_is_told_to_remove_only_what_it_sent() -> None:
    """An update of something else is created, and nothing goes for it."""
    stranger = replace(UPDATE, resource=draft("72158", id="999"))
    lone = Suggestion(label="Other", uuid="s-2", actions=(stranger,))
    source = Source(label="We")

    (card,) = told(replace(CARD, suggestions=(lone,), source=source), EPIC)

    assert [one.label for one in card.suggestions] == ["Other"]
    assert card.source is source


def test_crd_needs_no_order_and_no_topic() -> None:
    """A card about nothing in particular is let through."""
    bare = replace(CARD, source=Source(label="We"), suggestions=())
    off = {"davinci-crd.configuration": {"off-guideline": False}}

    assert told(bare, CRD, extension=off) == [bare]
    assert told(CARD, CRD, extension=off) == []
