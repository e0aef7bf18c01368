"""The schema, from whichever version it comes."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, text

from cds_service.store.address import addresses
from cds_service.store.database import Database
from cds_service.store.kept import Kept
from cds_service.store.migrating import Part, alone_in, upgrade
from cds_service.store.opening import open_store
from cds_service.store.records import FeedbackRecord
from cds_service.store.schema import KEPT, REPLAY
from cds_service.store.unavailable import StoreUnavailable, Trouble

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = timedelta(seconds=5)
OLD = FeedbackRecord(
    card="c-1",
    outcome="accepted",
    at=datetime(2026, 11, 20, 10, tzinfo=UTC),
    received=datetime(2026, 11, 20, 10, 1, tzinfo=UTC),
    service="s",
)
PARTS = {Part.REPLAY: REPLAY, Part.KEPT: KEPT}


def database_of(url: str, part: Part) -> Database:
    """Name the database of a part."""
    at = addresses(url)
    found = at.replay if part is Part.REPLAY else at.kept
    return Database(found, PATIENCE, durable=part is Part.KEPT)


@pytest.mark.parametrize("part", PARTS)
def test_the_steps_lead_to_the_schema(store_url: str, part: Part) -> None:
    """What the steps make is what the program asks for; twice is as once."""
    database = database_of(store_url, part)
    upgrade(database, part)
    upgrade(database, part)

    with database.reading() as connection:
        options = {"version_table": f"{part}_version"}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, PARTS[part]) == []
    database.close()


@pytest.mark.parametrize("part", PARTS)
def test_a_later_schema_is_refused(store_url: str, part: Part) -> None:
    """An older program does not touch what it cannot know."""
    database = database_of(store_url, part)
    upgrade(database, part)
    with database.writing() as connection:
        later = f"UPDATE {part}_version SET version_num = 'later'"  # noqa: S608 - ours
        connection.execute(text(later))

    with pytest.raises(StoreUnavailable, match="a later version wrote it"):
        upgrade(database, part)


@pytest.mark.fault(55)
def test_a_database_of_an_older_version_is_upgraded(store_url: str) -> None:
    """What it held is there; what came later is there, too."""
    database = database_of(store_url, Part.KEPT)
    upgrade(database, Part.KEPT, "kept_1")
    Kept(database).save_feedback([OLD])

    store = open_store(store_url)

    assert store.kept.feedback(OLD.received) == (OLD,)
    assert list(store.kept.decisions(OLD.at, OLD.received)) == []
    database.close()
    store.close()


def test_a_step_that_fails_leaves_nothing_behind(store_url: str) -> None:
    """All steps or none."""
    database = database_of(store_url, Part.REPLAY)
    upgrade(database, Part.REPLAY, "base")
    in_the_way = MetaData()
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE used_tokens_until (x INTEGER)"))

    with pytest.raises(StoreUnavailable) as refusal:
        upgrade(database, Part.REPLAY)

    assert refusal.value.trouble is Trouble.SCHEMA
    with database.reading() as connection:
        in_the_way.reflect(connection)
    assert "used_tokens" not in in_the_way.tables
    database.close()


def test_no_password_is_logged(
    store_url: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Even where everything is logged."""
    caplog.set_level(logging.DEBUG)
    database = database_of(store_url, Part.REPLAY)

    upgrade(database, Part.REPLAY)

    said = caplog.text + "".join(capfd.readouterr())
    assert str(database.url.password) not in said.replace("None", "")
    assert "postgresql+psycopg://" not in said


def test_a_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    """Whatever the umask."""
    database = database_of(f"sqlite:///{tmp_path / 'a.sqlite'}", Part.REPLAY)

    upgrade(database, Part.REPLAY)

    assert (tmp_path / "a-replay.sqlite").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    """It is not made: a disk that is not mounted looks the same."""
    url = f"sqlite:///{tmp_path / 'none' / 'a.sqlite'}"

    with pytest.raises(StoreUnavailable, match="missing; make its folder"):
        upgrade(database_of(url, Part.REPLAY), Part.REPLAY)
    with pytest.raises(StoreUnavailable, match="missing"), alone_in(tmp_path / "none"):
        pass


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    """A wrong path is told, too."""
    with pytest.raises(StoreUnavailable):
        upgrade(database_of(f"sqlite:///{tmp_path}", Part.KEPT), Part.KEPT)
