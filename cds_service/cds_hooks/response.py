"""The CDS Hooks response: cards, and how they are written to the wire.

Source: CDS Hooks 2.0.1, section "CDS Service Response". What is emitted is the
intersection that 1.0, 2.0 and the 3.0 ballot all allow: no nulls, no empties, one
suggestion to choose, Markdown without HTML.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SUMMARY_LIMIT = 139


class Indicator(StrEnum):
    """How urgent a card is; `critical` is for danger to life or limb alone."""

    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"


class SelectionBehavior(StrEnum):
    """How many suggestions of a card may be taken; 1.0 knows only AT_MOST_ONE."""

    AT_MOST_ONE = "at-most-one"
    ANY = "any"


class ActionType(StrEnum):
    """What an action does to the order list."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Coding:
    """A code with its system (URI) and the words to show for it."""

    code: str
    system: str
    display: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a card's knowledge comes from; *url* and *icon* are absolute."""

    label: str
    url: str = ""
    icon: str = ""
    topic: Coding | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A way to read on; *url* is absolute."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One change to the orders.

    Attributes:
        resource: the whole resource to create or to put in place of the old one; for
            an update the raw order as received, changed. Written as it stands.
        resource_id: relative reference of what to delete.
        as_before: write that reference as `resource`, which is its place in 1.0.

    Raises:
        ValueError: the description is empty, or the member its type needs is missing.
    """

    type: ActionType
    description: str
    resource: Mapping[str, Any] | None = None
    resource_id: str = ""
    as_before: bool = False

    def __post_init__(self) -> None:
        deletes = self.type is ActionType.DELETE
        if not self.description:
            raise ValueError("an action needs a description")
        if deletes != bool(self.resource_id) or deletes == bool(self.resource):
            raise ValueError("a delete needs resource_id, other actions a resource")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Actions to take together with one press of a button.

    Raises:
        ValueError: there is no action.
    """

    label: str
    uuid: str
    actions: tuple[Action, ...]
    is_recommended: bool = False

    def __post_init__(self) -> None:
        if not self.actions:
            raise ValueError("a suggestion needs an action")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One message to the ordering clinician.

    Attributes:
        summary: one plain sentence of at most 139 characters.
        detail: GitHub-flavoured Markdown without HTML.
        uuid: lower case, no prefix; what feedback names the card by.
        extension: agreed members beyond the specification, written as they stand.
        orders: references of the drafts it is about; not written.
        agrees: it only says that the order is right as it stands, so that a site may
            leave it out; not written.
        undecided: it only tells what could not be seen; not written.
        faults: rules that failed, each as rule, exception and line; not written.

    Raises:
        ValueError: the summary is empty, too long or of several lines, or more than
            one suggestion is recommended where only one can be taken.
    """

    summary: str
    indicator: Indicator
    source: Source
    uuid: str
    detail: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    selection_behavior: SelectionBehavior = SelectionBehavior.AT_MOST_ONE
    override_reasons: tuple[Coding, ...] = ()
    links: tuple[Link, ...] = ()
    extension: Mapping[str, Any] | None = None
    orders: tuple[str, ...] = ()
    agrees: bool = False
    undecided: bool = False
    faults: tuple[tuple[str, str, str], ...] = ()

    def __post_init__(self) -> None:
        one_line = len(self.summary.splitlines()) == 1 and self.summary.strip()
        if not one_line or len(self.summary) > SUMMARY_LIMIT:
            message = f"a summary is one line of 1 to {SUMMARY_LIMIT} characters"
            raise ValueError(message)
        recommended = sum(suggestion.is_recommended for suggestion in self.suggestions)
        if recommended > 1 and self.selection_behavior is SelectionBehavior.AT_MOST_ONE:
            raise ValueError("at most one suggestion can be recommended")


def render_cards(
    cards: Iterable[Card], unasked: Iterable[Action] = ()
) -> dict[str, Any]:
    """Write the JSON object of a response; `cards` may be empty.

    Args:
        cards: what is shown.
        unasked: actions for the client itself. They stand in two places: where the
            specification has them, and where "CDS Hooks for PAMA" had them before.
    """
    told: dict[str, Any] = {"cards": [_card(card) for card in cards]}
    actions = [_action(action) for action in unasked]
    if actions:
        told |= {"systemActions": actions, "extension": {"systemActions": actions}}
    return told


def _filled(members: dict[str, Any]) -> dict[str, Any]:
    """Leave out members without a value: the specification forbids null and empty.

    Only the members themselves are looked at, so a raw resource stays as it was.
    """
    return {name: value for name, value in members.items() if value or value is False}


def _card(card: Card) -> dict[str, Any]:
    suggestions = [_suggestion(suggestion) for suggestion in card.suggestions]
    return _filled(
        {
            "uuid": card.uuid,
            "summary": card.summary,
            "detail": card.detail,
            "indicator": card.indicator.value,
            "source": _source(card.source),
            "suggestions": suggestions,
            "selectionBehavior": suggestions and card.selection_behavior.value,
            "overrideReasons": [_coding(reason) for reason in card.override_reasons],
            "links": [_link(link) for link in card.links],
            "extension": card.extension,
        }
    )


def _source(source: Source) -> dict[str, Any]:
    return _filled(
        {
            "label": source.label,
            "url": source.url,
            "icon": source.icon,
            "topic": source.topic and _coding(source.topic),
        }
    )


def _coding(coding: Coding) -> dict[str, Any]:
    return {"code": coding.code, "system": coding.system, "display": coding.display}


def _link(link: Link) -> dict[str, Any]:
    return {"label": link.label, "url": link.url, "type": "absolute"}


def _suggestion(suggestion: Suggestion) -> dict[str, Any]:
    return _filled(
        {
            "label": suggestion.label,
            "uuid": suggestion.uuid,
            "isRecommended": suggestion.is_recommended,
            "actions": [_action(action) for action in suggestion.actions],
        }
    )


def _action(action: Action) -> dict[str, Any]:
    return _filled(
        {
            "type": action.type.value,
            "description": action.description,
            "resource": action.resource_id if action.as_before else action.resource,
            "resourceId": "" if action.as_before else action.resource_id,
        }
    )
