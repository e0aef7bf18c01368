"""Orders to create, made from the draft: for the same patient, in the same visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cds_service.cds_hooks.response import Action, ActionType
from cds_service.facts.extract.concept import codings_of
from hooks.spine_mri.orders import hits
from hooks.spine_mri.rule import Urgency
from hooks.spine_mri.urgency import PRIORITY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cds_service.facts.model import Order
    from cds_service.knowledge.value_set import ValueSet
    from hooks.spine_mri.advice import Advice
    from hooks.spine_mri.order_codes import OrderCode

# What a new order shares with the draft it is offered beside.
SHARED = ("subject", "encounter", "requester")


def creations(
    advice: Advice, system: str, named: tuple[OrderCode, ...], reason: str
) -> tuple[Action, ...]:
    """Create one order for each code; none where the draft is no R4 order of a patient.

    The date is left to the client: the order is written when it is accepted.
    """
    source = advice.facts.order.resources[0]
    shared = dict(_shared(source))
    if not is_r4(source) or "subject" not in shared:
        return ()
    made = {"resourceType": "ServiceRequest", "status": "draft", "intent": "order"}
    soon = advice.urgency is not Urgency.ROUTINE
    priority = {"priority": PRIORITY[advice.urgency]} if soon else {}
    return tuple(
        Action(
            type=ActionType.CREATE,
            description=f"Add {one.display}",
            resource={
                **made,
                **priority,
                "code": _concept(system, one),
                **shared,
                "reasonCode": [{"text": reason}],
            },
        )
        for one in named
    )


def is_r4(resource: Mapping[str, Any]) -> bool:
    """Whether it is a ServiceRequest as R4 writes it; R5 wraps the code."""
    code = resource.get("code")
    wrapped = isinstance(code, dict) and "concept" in code
    return resource["resourceType"] == "ServiceRequest" and not wrapped


def _shared(source: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name in SHARED:
        member = source.get(name)
        reference = member.get("reference") if isinstance(member, dict) else None
        if isinstance(reference, str) and reference:
            yield name, {"reference": reference}


def _concept(system: str, code: OrderCode) -> dict[str, Any]:
    coding = {"system": system, "code": code.code, "display": code.display}
    return {"coding": [coding], "text": code.display}


def in_session(order: Order, value_set: ValueSet, code: str = "") -> bool:
    """Whether another draft of the session is one of these; or of this one code."""
    return any(
        hit.value_set == value_set.id and code in {"", hit.member.code}
        for draft in order.beside
        for coding in codings_of(draft.get("code"))
        for hit in hits(coding)
    )
