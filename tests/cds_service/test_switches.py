"""Which cards are sent: off, in the shadow, for a share, or only what disagrees."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from cds_service.app import create_app
from cds_service.operations.metrics import Metrics
from cds_service.registry import register
from cds_service.settings import Settings
from cds_service.store.opening import open_store
from cds_service.switches import Switches
from tests.toy import draft, toy, toy_call

CALL = "/cds-services/toy-order-select"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
FAR_AWAY = datetime(2100, 1, 1, tzinfo=UTC)
USERS = [f"Practitioner/{number}" for number in range(2000)]


def answered(body: Any = None, **settings: Any) -> tuple[int, str]:
    """Call, and tell how many cards came and what was counted."""
    metrics = Metrics()
    given = Settings(auth="none", **settings)
    app = create_app(register([toy("order-select")]), given, None, metrics)
    told = app.test_client().post(CALL, json=body or toy_call())
    assert told.status_code == 200
    return len(told.get_json()["cards"]), metrics.text().decode()


def test_a_service_that_is_off_decides_nothing() -> None:
    """No cards, even for a call that could not be read; and it is counted."""
    cards, counted = answered({"hook": "none"}, off=True)

    assert cards == 0
    assert 'cds_switched_total{switch="off"} 1.0' in counted
    assert "cds_advice_total{" not in counted


def test_in_the_shadow_all_is_decided_and_nothing_shown(tmp_path: Any) -> None:
    """The record says that it was not sent."""
    store = open_store(f"sqlite:///{tmp_path}/store.sqlite")
    settings = Settings(auth="none", shadow=True)
    app = create_app(register([toy("order-select")]), settings, store)
    told = app.test_client().post(CALL, json=toy_call())
    view: Any = app.view_functions["refuse"]
    view.__self__.journal.recorder.close()
    (record,) = store.kept.decisions(LONG_AGO, FAR_AWAY)
    store.close()

    assert told.get_json() == {"cards": []}
    assert record.card is not None
    assert record.shown is False


def test_a_share_is_of_users_and_stays() -> None:
    """About as many as asked for, always the same, and more when it grows."""
    chosen = {
        share: {user for user in USERS if Switches(share=share).includes(user)}
        for share in (0, 10, 50, 100)
    }

    assert chosen[0] == set()
    assert 0.07 < len(chosen[10]) / len(USERS) < 0.13
    assert 0.45 < len(chosen[50]) / len(USERS) < 0.55
    assert chosen[10] < chosen[50] < chosen[100] == set(USERS)


@pytest.mark.parametrize(("share", "cards"), [(0, 0), (100, 1)])
def test_who_is_not_in_the_share_sees_no_card(share: int, cards: int) -> None:
    """And it is counted."""
    shown, counted = answered(share=share)

    assert shown == cards
    assert ('cds_switched_total{switch="share"} 1.0' in counted) is (cards == 0)


def test_quiet_is_counted_too() -> None:
    """Only where something was left out."""
    agreeing = toy_call(draft(priority="urgent"))

    assert answered(agreeing, quiet=True)[0] == 0
    assert 'switch="quiet"' in answered(agreeing, quiet=True)[1]
    assert 'switch="quiet"' not in answered(quiet=True)[1]
