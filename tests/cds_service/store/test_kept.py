"""Feedback and decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from cds_service.store import kept
from cds_service.store.opening import open_store
from cds_service.store.records import DecisionRecord, FeedbackRecord
from cds_service.store.unavailable import StoreUnavailable, Trouble
from tests.records import ACCEPTED, DECISION, HOUR, NOON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cds_service.store.kept import Kept

OVERRIDDEN = FeedbackRecord(
    card="c-2",
    outcome="overridden",
    at=NOON,
    received=NOON + HOUR,
    service="spine",
    reason_code="cannot-wait",
    reason_system="urn:r",
    comment="kept as it was written: ü",
)


@pytest.fixture
def opened(store_url: str) -> Iterator[Kept]:
    """Open an empty store."""
    store = open_store(store_url)
    yield store.kept
    store.close()


def test_feedback_is_read_as_it_was_kept(opened: Kept) -> None:
    """Both outcomes, whole."""
    assert opened.save_feedback([OVERRIDDEN, ACCEPTED]) == 2

    assert set(opened.feedback(NOON)) == {ACCEPTED, OVERRIDDEN}
    assert opened.feedback(NOON + HOUR + HOUR) == ()


@pytest.mark.fault(54)
def test_feedback_that_repeats_is_kept_once(opened: Kept) -> None:
    """The same card, outcome and instant, in whatever time zone it is told."""
    zone = timezone(timedelta(hours=-5))
    again = replace(ACCEPTED, at=NOON.astimezone(zone), received=NOON + 2 * HOUR)
    later = replace(ACCEPTED, at=NOON + HOUR)

    assert opened.save_feedback([ACCEPTED, ACCEPTED]) == 1
    assert opened.save_feedback([again, later]) == 1
    assert opened.feedback(NOON) == (ACCEPTED, later)


def test_a_batch_is_kept_whole_or_not_at_all(opened: Kept) -> None:
    """An instant without a time zone cannot be written; nor then is the other item."""
    faulty = replace(ACCEPTED, card="c-9", received=datetime(2026, 11, 20))  # noqa: DTZ001 - the fault

    with pytest.raises(StoreUnavailable) as refusal:
        opened.save_feedback([ACCEPTED, faulty])

    assert refusal.value.trouble is Trouble.REFUSED
    assert "c-9" not in str(refusal.value)
    assert opened.feedback(NOON) == ()


def test_decisions_are_read_as_they_were_kept(opened: Kept) -> None:
    """The oldest first, from an instant to before another."""
    bare = DecisionRecord(
        call="call-2",
        at=NOON - HOUR,
        service="spine",
        hook="order-sign",
        hook_instance="",
        latency_ms=0.1,
    )
    opened.save_decisions([DECISION, bare])
    opened.save_decisions([])

    assert list(opened.decisions(NOON - HOUR, NOON + HOUR)) == [bare, DECISION]
    assert list(opened.decisions(NOON - HOUR, NOON)) == [bare]
    assert list(opened.decisions(NOON + HOUR, NOON + 2 * HOUR)) == []


def test_a_decision_written_twice_is_kept_once(opened: Kept) -> None:
    """A writer that was not told of its success tries again."""
    second = replace(DECISION, number=1, card="c-2")
    opened.save_decisions([DECISION])

    opened.save_decisions([DECISION, second])

    assert list(opened.decisions(NOON, NOON + HOUR)) == [DECISION, second]


def test_what_is_old_is_forgotten(
    opened: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A little at a time, and all of it."""
    monkeypatch.setattr(kept, "FORGOTTEN_AT_ONCE", 2)
    opened.save_decisions([replace(DECISION, number=one) for one in range(5)])
    opened.save_decisions([replace(DECISION, number=9, at=NOON + HOUR)])
    opened.save_feedback([ACCEPTED, replace(OVERRIDDEN, received=NOON)])

    assert opened.forget_before(NOON + HOUR) == 6

    assert [one.number for one in opened.decisions(NOON, NOON + 2 * HOUR)] == [9]
    assert opened.feedback(NOON) == (ACCEPTED,)
    assert opened.forget_before(NOON + HOUR) == 0
