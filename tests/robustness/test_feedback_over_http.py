"""Feedback as clients send it: twice, about nothing we know, too long, with names."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from cds_service.app import create_app
from cds_service.settings import Settings
from cds_service.store.opening import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cds_service.store.opening import Store

PATH = "/cds-services/spine-mri-order-select/feedback"
CANARY = "Canary4711"
ITEM = {
    "card": "a-card-nobody-sent",
    "outcome": "overridden",
    "overrideReason": {"userComment": CANARY},
    "outcomeTimestamp": "2026-11-20T10:00:00Z",
}
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """Open an empty store."""
    opened = open_store(store_url)
    yield opened
    opened.close()


@pytest.fixture
def post(store: Store) -> Callable[[Any], int]:
    """Send a body; give the status."""
    client = create_app(settings=Settings(auth="none"), store=store).test_client()
    return lambda body: client.post(PATH, json=body).status_code


@pytest.mark.fault(54)
def test_what_is_told_twice_is_kept_once(
    store: Store, post: Callable[[Any], int]
) -> None:
    """Of a card nobody knows, without the words that came along."""
    told = [post({"feedback": [ITEM, ITEM]}), post({"feedback": [ITEM]})]
    (kept,) = store.kept.feedback(LONG_AGO)

    assert told == [200, 200]
    assert kept.card == ITEM["card"]
    assert kept.comment is None


@pytest.mark.fault(54)
def test_what_is_too_long_or_no_feedback_is_refused(
    store: Store, post: Callable[[Any], int]
) -> None:
    """With 413 and 400, and nothing of it is kept."""
    long = {"feedback": [{**ITEM, "extension": {"x": "y" * 10_000_000}}]}
    told = [post(long), post({"feedback": [{**ITEM, "outcome": "lost"}]}), post([])]

    assert told == [413, 400, 400]
    assert store.kept.feedback(LONG_AGO) == ()
