"""Cards as Epic reads them.

Source: Epic's published description of its CDS Hooks client. Suggestions are ticked
one by one (`any`), each holds one action, and an order is created or deleted: only the
client's own system may update one. A topic's code has letters and digits alone.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from cds_service.cds_hooks.response import (
    Action,
    ActionType,
    Coding,
    SelectionBehavior,
    Suggestion,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cds_service.cds_hooks.request import ServiceCall
    from cds_service.cds_hooks.response import Card

NAMESPACE = UUID("8a1f6a52-2f0e-5f4b-8f11-5f0b7f3f6f0c")
# A code that lost its hyphen is no longer one of its system.
TOPICS = "urn:cds-service:card-topic"
TOPIC_LIMIT = 100
NOT_ALPHANUMERIC = re.compile(r"[^A-Za-z0-9]+")
# What names one order cannot name the one in its place.
IDENTITY = frozenset({"id", "meta", "identifier", "requisition"})
REPLACED = "Remove the order it replaces"
# Of an order, what another order is worth being written for.
SUBSTANCE = ("code", "priority")
# Stands for no place among the actions: what goes has a name of its own.
_PAST = -1


def as_epic(cards: Sequence[Card], call: ServiceCall) -> tuple[Card, ...]:
    """Write *cards* for Epic."""
    drafted = {one.reference: one.resource for one in call.context.drafts}
    return tuple(_card(card, drafted) for card in cards)


def _card(card: Card, drafted: Mapping[str, Mapping[str, Any]]) -> Card:
    topic = card.source.topic
    source = replace(card.source, topic=_topic(topic)) if topic else card.source
    return replace(
        card,
        source=source,
        suggestions=tuple(_suggestions(card, drafted)),
        selection_behavior=SelectionBehavior.ANY,
    )


def _topic(topic: Coding) -> Coding:
    code = NOT_ALPHANUMERIC.sub("", topic.code)[:TOPIC_LIMIT]
    return topic if code == topic.code else replace(topic, code=code, system=TOPICS)


def _suggestions(
    card: Card, drafted: Mapping[str, Mapping[str, Any]]
) -> Iterator[Suggestion]:
    """Yield what can be added, then each draft that can go, once."""
    removals: dict[str, Suggestion] = {}
    for suggestion in card.suggestions:
        actions = [one for one in suggestion.actions if _is_of_use(one, drafted)]
        yield from _additions(suggestion, actions)
        removals = {**_removals(suggestion, actions, drafted), **removals}
    yield from removals.values()


def _additions(suggestion: Suggestion, actions: list[Action]) -> Iterator[Suggestion]:
    for place, action in enumerate(actions):
        if action.type is not ActionType.DELETE:
            label = suggestion.label if len(actions) == 1 else action.description
            yield _single(suggestion, place, label, _created(action))


def _is_of_use(action: Action, drafted: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether it does more than add a reason: that is no reason for another order."""
    if action.type is not ActionType.UPDATE or action.resource is None:
        return True
    sent = drafted.get(_reference(action.resource), {})
    return any(action.resource.get(name) != sent.get(name) for name in SUBSTANCE)


def _created(action: Action) -> Action:
    if action.type is not ActionType.UPDATE or action.resource is None:
        return action
    fresh = {key: one for key, one in action.resource.items() if key not in IDENTITY}
    return replace(action, type=ActionType.CREATE, resource=fresh)


def _removals(
    suggestion: Suggestion,
    actions: list[Action],
    drafted: Mapping[str, Mapping[str, Any]],
) -> dict[str, Suggestion]:
    """Take away each draft that an action deletes, or replaces."""
    removals: dict[str, Suggestion] = {}
    for action in actions:
        if action.type is ActionType.DELETE:
            removal = _single(suggestion, _PAST, suggestion.label, action)
            removals[action.resource_id] = removal
        name = _reference(action.resource or {})
        if action.type is ActionType.UPDATE and name in drafted:
            gone = Action(
                type=ActionType.DELETE, description=REPLACED, resource_id=name
            )
            removals[name] = _single(suggestion, _PAST, REPLACED, gone)
    return removals


def _single(
    suggestion: Suggestion, place: int, label: str, action: Action
) -> Suggestion:
    """Make a suggestion of one action; the first keeps the name for feedback."""
    named = f"{suggestion.uuid}|{place}|{action.resource_id}"
    uuid = str(uuid5(NAMESPACE, named)) if place else suggestion.uuid
    return replace(suggestion, label=label, uuid=uuid, actions=(action,))


def _reference(resource: Mapping[str, Any]) -> str:
    return f"{resource.get('resourceType')}/{resource.get('id')}"
