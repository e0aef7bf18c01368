"""What is kept of an answer and of what became of it: nothing about the patient."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackRecord:
    """What a clinician did with one card.

    Attributes:
        card: the card's uuid as reported.
        outcome: `accepted` or `overridden`.
        at: when that was.
        received: when it was told.
        service: the service it was told to.
        accepted: uuids of the suggestions taken.
        reason_code: why the card was overridden, if said by code.
        reason_system: the code's system, if said.
        comment: the clinician's words, where the installation keeps them.
    """

    card: str
    outcome: str
    at: datetime
    received: datetime
    service: str
    accepted: tuple[str, ...] = ()
    reason_code: str | None = None
    reason_system: str | None = None
    comment: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRecord:
    """One card of an answer, or an answer without cards.

    Attributes:
        call: id of the call; every card of one answer has the same.
        number: of the card within the answer, from 0.
        at: when the call came.
        client: the issuer that called, where that is verified.
        hook_instance: SHA-256 of the client's name for the call, in hex.
        card: the card's uuid; None for an answer without cards.
        shown: whether the card was sent.
        rule: id of the rule that led; None without a card.
        rules: ids of all that fired.
        inputs: the state of every query of the chart, by prefetch key; empty where
            the chart was not looked at.
    """

    call: str
    number: int = 0
    at: datetime
    service: str
    hook: str
    client: str | None = None
    hook_instance: str
    latency_ms: float
    card: str | None = None
    shown: bool = False
    indicator: str | None = None
    rule: str | None = None
    rules: tuple[str, ...] = ()
    advise: str | None = None
    protocol: str | None = None
    urgency: str | None = None
    inputs: Mapping[str, str] = field(default_factory=dict)
    knowledge_version: str | None = None
    knowledge_sha256: str | None = None
