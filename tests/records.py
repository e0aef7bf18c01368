"""Records of a call, of the card it got and of what became of that."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cds_service.store.records import DecisionRecord, FeedbackRecord

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SERVICE = "spine-mri-order-select"
SILENT = DecisionRecord(
    call="call-1",
    at=NOON,
    service=SERVICE,
    hook="order-select",
    hook_instance="0" * 64,
    latency_ms=2.5,
    inputs={"conditions": "present", "vitals": "failed: timed-out"},
)
"""A call that was answered without a card, by a client that is not verified."""
DECISION = replace(
    SILENT,
    client="https://ehr.example.org",
    card="c-1",
    shown=True,
    indicator="warning",
    rule="INF1-probable",
    rules=("INF1-probable", "SAF1-renal"),
    advise="change",
    protocol="without-and-with",
    urgency="urgent",
    knowledge_version="1.0.0",
    knowledge_sha256="abcdef0123456789" * 4,
)
"""A call that got a card."""
ACCEPTED = FeedbackRecord(
    card="c-1",
    outcome="accepted",
    at=NOON,
    received=NOON + HOUR,
    service=SERVICE,
    accepted=("s-1", "s-2"),
)
