"""What is kept of a call."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest

from cds_service.answer import Answer, answer
from cds_service.cds_hooks.feedback import Feedback, Outcome, OverrideReason
from cds_service.cds_hooks.request import parse_call
from cds_service.cds_hooks.response import Card, Indicator, Source
from cds_service.fhir.sight import Cause, Sight, State
from cds_service.operations.record import (
    AnsweredCall,
    decision_records,
    feedback_records,
)
from cds_service.store.records import DecisionRecord, FeedbackRecord
from tests.replay import services
from tests.vignettes import FIXTURES, load

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
ANSWERED = AnsweredCall(
    call="call-1",
    at=NOW,
    service="spine",
    hook="order-select",
    hook_instance="instance-1",
    latency_ms=2.5,
    client="https://ehr.example.org",
)
HASH = sha256(b"instance-1").hexdigest()


def card(extension: dict[str, Any] | None = None, uuid: str = "c-1") -> Card:
    """Make a card."""
    return Card(
        summary="Mr. Smith",
        indicator=Indicator.INFO,
        source=Source(label="x"),
        uuid=uuid,
        extension=extension,
    )


def decided_on(vignette: str) -> tuple[DecisionRecord, ...]:
    """Answer a vignette and record it."""
    story = load(FIXTURES / vignette)
    service = services()[story.service]
    told = answer(service, parse_call(story.body, service.hook), story.at)
    return decision_records(ANSWERED, told, told.cards)


def test_a_card_is_recorded_by_its_advice() -> None:
    """A vignette's, whole."""
    (record,) = decided_on("suspected-discitis")

    assert record.knowledge_version
    assert len(record.knowledge_sha256 or "") == 64
    assert record == DecisionRecord(
        call="call-1",
        at=NOW,
        service="spine",
        hook="order-select",
        client="https://ehr.example.org",
        hook_instance=HASH,
        latency_ms=2.5,
        card=record.card,
        shown=True,
        indicator="warning",
        rule=record.rules[0],
        rules=record.rules,
        advise="change",
        protocol="without-and-with",
        urgency="urgent",
        inputs=record.inputs,
        knowledge_version=record.knowledge_version,
        knowledge_sha256=record.knowledge_sha256,
    )


@pytest.mark.parametrize(
    ("sight", "state"),
    [
        (Sight(State.PRESENT), "present"),
        (Sight(State.NONE_RECORDED), "none-recorded"),
        (Sight(State.PRESENT, unreadable=2), "present: unreadable entries"),
        (Sight(State.TRUNCATED, unreadable=2), "truncated"),
        (Sight(State.FAILED, cause=Cause.TIMED_OUT), "failed: timed-out"),
    ],
)
def test_the_state_of_an_input_says_why(sight: Sight, state: str) -> None:
    """In a few words that can be counted."""
    (record,) = decision_records(ANSWERED, Answer((), {"vitals": sight}), ())

    assert record.inputs == {"vitals": state}


def test_what_was_not_seen_is_recorded_by_query() -> None:
    """A chart that was not supplied, but for the patient."""
    (record,) = decided_on("chart-not-supplied")

    assert record.inputs["patient"] == "present"
    assert record.inputs["observations"] == "not-supplied"
    assert record.advise == "uncertain"


def test_an_answer_without_cards_is_recorded() -> None:
    """A call is a call."""
    (record,) = decision_records(ANSWERED, Answer(()), ())

    assert (record.call, record.number, record.card) == ("call-1", 0, None)
    assert (record.rule, record.rules, record.shown) == (None, (), False)


def test_cards_are_numbered_and_marked_as_shown() -> None:
    """A site that wants it quiet, or a rule in the shadow, leaves some out."""
    cards = (card(uuid="c-1"), card(uuid="c-2"))

    first, second = decision_records(ANSWERED, Answer(cards), cards[1:])

    assert (first.number, first.card, first.shown) == (0, "c-1", False)
    assert (second.number, second.card, second.shown) == (1, "c-2", True)


@pytest.mark.parametrize(
    "extension", [None, {}, {"a": "Mr. Smith"}, {"a": {"b": "Mr. Smith"}}], ids=str
)
def test_a_card_without_advice_is_recorded(extension: dict[str, Any] | None) -> None:
    """By its uuid and indicator."""
    (record,) = decision_records(ANSWERED, Answer((card(extension),)), ())

    assert (record.card, record.indicator, record.rule) == ("c-1", "info", None)


def test_nothing_of_the_patient_is_recorded() -> None:
    """Neither words nor references."""
    advice = {
        "rule": "R1",
        "orders": ["ServiceRequest/canary"],
        "reasons": [{"basis": [{"reference": "Observation/canary"}]}],
        "knowledge": {"version": "1", "sha256": "0", "site": "canary"},
    }

    (record,) = decision_records(ANSWERED, Answer((card({"any.advice": advice}),)), ())

    assert record.rule == "R1"
    assert "canary" not in repr(record)
    assert "Smith" not in repr(record)
    assert "instance-1" not in repr(record)


def test_feedback_is_recorded() -> None:
    """With a reason and without."""
    overridden = Feedback(
        card="c-1",
        outcome=Outcome.OVERRIDDEN,
        accepted=(),
        reason=OverrideReason("cannot-wait", "urn:r"),
        at=NOW,
        comment="why",
    )
    accepted = Feedback(
        card="c-2", outcome=Outcome.ACCEPTED, accepted=("s",), reason=None, at=NOW
    )

    assert feedback_records([overridden, accepted], NOW, "spine") == (
        FeedbackRecord(
            card="c-1",
            outcome="overridden",
            at=NOW,
            received=NOW,
            service="spine",
            reason_code="cannot-wait",
            reason_system="urn:r",
            comment="why",
        ),
        FeedbackRecord(
            card="c-2",
            outcome="accepted",
            at=NOW,
            received=NOW,
            service="spine",
            accepted=("s",),
        ),
    )
