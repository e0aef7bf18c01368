"""Records to report on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from cds_service.operations.report.tally import Report, summarise
from tests.records import ACCEPTED, DECISION, HOUR, SILENT

SINCE = datetime(2026, 11, 1, tzinfo=UTC)
UNTIL = datetime(2026, 12, 1, tzinfo=UTC)
INPUTS = {"patient": "present", "reports": "none-recorded", "vitals": "stale"}
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
CALL = replace(SILENT, call="0", at=AT, latency_ms=4.0, inputs=INPUTS)
SHOWN = replace(
    DECISION,
    call="0",
    at=AT,
    latency_ms=4.0,
    inputs=INPUTS,
    rule="INF1",
    rules=("INF1", "SAF1"),
)
FEEDBACK = replace(ACCEPTED, at=AT + HOUR, received=AT + HOUR, accepted=("s-1",))

UNSEEN = {"patient": "present", "reports": "failed: timed-out"}
DECISIONS = (
    SHOWN,
    replace(
        SHOWN,
        number=1,
        card="c-2",
        rule="UNK1",
        rules=("UNK1",),
        advise="uncertain",
        protocol=None,
    ),
    replace(SHOWN, call="1", card="c-3", latency_ms=40.0, inputs=UNSEEN),
    replace(SHOWN, call="2", card="c-4", shown=False, latency_ms=2000.0),
    replace(CALL, call="3", at=datetime(2026, 11, 4, 9, tzinfo=UTC), latency_ms=0.5),
)
ANSWERS = (
    replace(FEEDBACK, at=CALL.at),
    replace(FEEDBACK, card="c-3", outcome="overridden", reason_code="cannot-wait"),
    replace(FEEDBACK, card="c-2", outcome="overridden"),
    replace(FEEDBACK, card="of another month"),
)


def report() -> Report:
    """Summarise four calls with four cards and four answers."""
    return summarise(DECISIONS, ANSWERS, SINCE, UNTIL)


def silence() -> Report:
    """Summarise a month in which nobody called."""
    return summarise((), (), SINCE, UNTIL)
