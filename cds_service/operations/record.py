"""What is kept of a call: pure functions from the wire's types to plain records.

No more is taken than what stands below: nothing of the patient, the orders, the words
of a card or the resources behind it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from cds_service.fhir.sight import State
from cds_service.store.records import DecisionRecord, FeedbackRecord

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from cds_service.answer import Answer
    from cds_service.cds_hooks.feedback import Feedback
    from cds_service.cds_hooks.response import Card
    from cds_service.fhir.sight import Sight


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredCall:
    """A call and how it was answered, but for the cards.

    Attributes:
        call: its correlation id, at most 64 characters.
        at: when it came, with a time zone.
        hook_instance: the client's name for it; only its hash is kept.
        client: the verified issuer, if there is one.
    """

    call: str
    at: datetime
    service: str
    hook: str
    hook_instance: str
    latency_ms: float
    client: str | None = None


def decision_records(
    answered: AnsweredCall, answer: Answer, shown: Iterable[Card]
) -> tuple[DecisionRecord, ...]:
    """Record an answer: a record for each of its cards, or one that there is none.

    Args:
        answered: the call.
        answer: what was decided.
        shown: the cards that were sent.
    """
    sent = {card.uuid for card in shown}
    told = [
        _told(card) | {"number": number, "shown": card.uuid in sent}
        for number, card in enumerate(answer.cards)
    ]
    call: dict[str, Any] = {
        "call": answered.call,
        "at": answered.at,
        "service": answered.service,
        "hook": answered.hook,
        "client": answered.client,
        "hook_instance": sha256(answered.hook_instance.encode()).hexdigest(),
        "latency_ms": answered.latency_ms,
        "inputs": {key: _state(sight) for key, sight in answer.sight.items()},
    }
    return tuple(DecisionRecord(**call, **one) for one in told or [{}])


def feedback_records(
    items: Iterable[Feedback], received: datetime, service: str
) -> tuple[FeedbackRecord, ...]:
    """Record what clinicians did with cards, as *service* was told at *received*."""
    return tuple(
        FeedbackRecord(
            card=item.card,
            outcome=item.outcome.value,
            at=item.at,
            received=received,
            service=service,
            accepted=item.accepted,
            reason_code=item.reason.code if item.reason else None,
            reason_system=item.reason.system if item.reason else None,
            comment=item.comment,
        )
        for item in items
    )


def _told(card: Card) -> dict[str, Any]:
    """Take what a card says for machines."""
    advice = _advice(card)
    knowledge = advice.get("knowledge", {})
    return {
        "card": card.uuid,
        "indicator": card.indicator.value,
        "rule": advice.get("rule"),
        "rules": tuple(advice.get("rules", ())),
        "advise": advice.get("advise"),
        "protocol": advice.get("protocol"),
        "urgency": advice.get("urgency"),
        "knowledge_version": knowledge.get("version"),
        "knowledge_sha256": knowledge.get("sha256"),
    }


def _state(sight: Sight) -> str:
    """Say in a word or two how much of a query was seen, and why not more."""
    if sight.cause:
        return f"{sight.state.value}: {sight.cause.value}"
    if sight.state is State.PRESENT and not sight.complete:
        return "present: unreadable entries"
    return sight.state.value


def _advice(card: Card) -> Mapping[str, Any]:
    """Find the advice for machines: the extension that names a rule, whatever its key.

    Each content has a key of its own, and the engine knows none of them.
    """
    members = (card.extension or {}).values()
    found = (one for one in members if isinstance(one, Mapping) and "rule" in one)
    return next(found, {})
