"""Which tokens were used."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from cds_service.store.address import addresses
from cds_service.store.database import Database
from cds_service.store.opening import open_store
from cds_service.store.replay import PATIENCE, SWEEP_EVERY, Replay, prepare
from cds_service.store.schema import used_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cds_service.store.opening import Store

SOON = datetime.now(UTC) + timedelta(minutes=5)
LONG_AGO = datetime.now(UTC) - timedelta(days=1)
ISSUER = "https://ehr.example.org"


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """Open an empty store."""
    opened = open_store(store_url)
    yield opened
    opened.close()


def test_a_token_is_new_once(store: Store) -> None:
    """Its second use is told from its first."""
    assert store.replay.first_use(ISSUER, "1", SOON)
    assert not store.replay.first_use(ISSUER, "1", SOON)


def test_a_jti_is_its_issuers_own(store: Store) -> None:
    """Two issuers may choose one name, and no split of a name fools the hash."""
    assert store.replay.first_use("a", "bc", SOON)
    assert store.replay.first_use("ab", "c", SOON)
    assert store.replay.first_use("a", "b" * 4000, SOON)


def test_used_tokens_outlast_the_process(store_url: str) -> None:
    """Opened anew, the store still knows."""
    for first in (True, False):
        opened = open_store(store_url)
        assert opened.replay.first_use(ISSUER, "1", SOON) is first
        opened.close()


@pytest.mark.fault(58)
def test_expired_tokens_are_forgotten_now_and_then(store_url: str) -> None:
    """The table does not grow for ever; what may still live is kept."""
    database = Database(addresses(store_url).replay, PATIENCE, durable=False)
    prepare(database)
    replay = Replay(database)
    just_now = datetime.now(UTC) - timedelta(minutes=30)
    for number in range(SWEEP_EVERY):
        until = just_now if number % 2 else LONG_AGO
        assert replay.first_use(ISSUER, str(number), until)

    with database.reading() as connection:
        left = connection.execute(select(func.count()).select_from(used_tokens))
        assert left.scalar_one() == SWEEP_EVERY // 2
    assert replay.first_use(ISSUER, "0", SOON)
    assert not replay.first_use(ISSUER, "1", SOON)
    replay.close()


def test_a_sweep_that_fails_costs_no_token(tmp_path: Path) -> None:
    """The token at hand is stored; the next sweep takes what this one left."""
    url = f"sqlite:///{tmp_path / 'store.sqlite'}"
    store = open_store(url)
    with sqlite3.connect(tmp_path / "store-replay.sqlite") as connection:
        connection.execute(
            "CREATE TRIGGER kept BEFORE DELETE ON used_tokens"
            " BEGIN SELECT RAISE(ABORT, 'not now'); END"
        )
    connection.close()

    uses = [
        store.replay.first_use(ISSUER, str(number), LONG_AGO)
        for number in range(SWEEP_EVERY)
    ]

    assert all(uses)
    store.close()


def test_the_store_can_be_asked(store: Store) -> None:
    """Readiness asks, and leaves nothing behind."""
    store.ask()

    assert store.replay.first_use(ISSUER, "1", SOON)


def test_no_issuer_and_no_jti_is_kept(tmp_path: Path) -> None:
    """What is kept is a hash."""
    store = open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    store.replay.first_use("canary-issuer", "canary-jti", SOON)
    store.close()

    with sqlite3.connect(tmp_path / "store-replay.sqlite") as connection:
        dump = "\n".join(connection.iterdump())
    connection.close()
    assert "used_tokens" in dump
    assert "canary" not in dump
