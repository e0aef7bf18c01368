"""Write ratings by appropriate use criteria on orders: those drafted and offered.

An offered order is rated as it will be judged once it is taken: it is read and decided
about like any draft, so that the next call says the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cds_service.cds_hooks.drafts import DraftOrder
from cds_service.cds_hooks.pama import can_be_rated
from cds_service.cds_hooks.response import ActionType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from cds_service.cds_hooks.pama import Consultation, Rating
    from cds_service.cds_hooks.response import Action, Card, Suggestion
    from cds_service.facts.model import Facts, Order
    from cds_service.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class Rater:
    """Rates the orders of one call.

    Attributes:
        service: it decides, and rates what it decided.
        consultation: what is written beside a rating.
        drafts: every draft of the session.
        about: the facts about an order of this patient.
    """

    service: Service[Any]
    consultation: Consultation
    drafts: tuple[DraftOrder, ...]
    about: Callable[[Order], Facts]

    def actions(self, facts: Facts) -> Iterator[Action]:
        """Rate each draft the order stands for; none where that is undetermined."""
        rating = self._rating(facts)
        order = facts.order
        for reference, resource in zip(order.references, order.resources, strict=True):
            if rating is not None and can_be_rated(resource):
                yield self.consultation.action(resource, reference, rating)

    def card(self, card: Card) -> Card:
        """Rate what a card offers.

        An update without a rating breaks the one client that shows ratings, and what
        is undetermined must not be rated: so it is not offered.
        """
        offered = (self._suggestion(one) for one in card.suggestions)
        return replace(card, suggestions=tuple(one for one in offered if one))

    def _suggestion(self, suggestion: Suggestion) -> Suggestion | None:
        updates = {
            _reference(one.resource): one.resource
            for one in suggestion.actions
            if one.type is ActionType.UPDATE and one.resource
        }
        if not updates:
            return suggestion
        found = self._ratings_with(suggestion, updates)
        if not found.keys() >= updates.keys():
            return None
        actions = tuple(self._action(one, found) for one in suggestion.actions)
        return replace(suggestion, actions=actions)

    def _action(self, action: Action, found: Mapping[str, Rating]) -> Action:
        if action.type is not ActionType.UPDATE or action.resource is None:
            return action
        name = _reference(action.resource)
        resource = self.consultation.rated(action.resource, name, found[name])
        return replace(action, resource=resource)

    def _ratings_with(
        self, suggestion: Suggestion, updates: Mapping[str, Mapping[str, Any]]
    ) -> dict[str, Rating]:
        """Rate the orders as they stand when *suggestion* is taken whole."""
        kept = (
            replace(one, resource=updates.get(one.reference, one.resource))
            for one in self.drafts
        )
        created = (
            DraftOrder(
                "$", f"{action.resource['resourceType']}#{number}", action.resource
            )
            for number, action in enumerate(suggestion.actions)
            if action.type is ActionType.CREATE and action.resource
        )
        found: dict[str, Rating] = {}
        for order in self.service.orders((*kept, *created)):
            rating = self._rating(self.about(order)) if _is_in(order, updates) else None
            if rating is not None:
                found |= dict.fromkeys(order.references, rating)
        return found

    def _rating(self, facts: Facts) -> Rating | None:
        return self.service.rate(self.service.decide(facts))


def _reference(resource: Mapping[str, Any]) -> str:
    return f"{resource['resourceType']}/{resource.get('id')}"


def _is_in(order: Order, updates: Mapping[str, object]) -> bool:
    return not updates.keys().isdisjoint(order.references)
