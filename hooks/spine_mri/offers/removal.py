"""To give up the order, offered last and only where we advise against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.cds_hooks.response import Action, ActionType
from hooks.spine_mri.offers.offered import Offered
from hooks.spine_mri.rule import Advise

if TYPE_CHECKING:
    from hooks.spine_mri.advice import Advice

LABEL = "Remove this MRI order"


def removal(advice: Advice) -> tuple[Offered, ...]:
    """Delete every draft the order stands for; one without an id cannot be named."""
    order = advice.facts.order
    named = all(_is_named(resource.get("id")) for resource in order.resources)
    if advice.advise is not Advise.AGAINST or not named:
        return ()
    actions = tuple(
        Action(
            type=ActionType.DELETE,
            description="Remove the draft order",
            resource_id=reference,
        )
        for reference in order.references
    )
    return (Offered(label=LABEL, actions=actions),)


def _is_named(identity: object) -> bool:
    """Whether it is an id; of a number is left what would name every order."""
    return isinstance(identity, str) and bool(identity)
