"""Bring a database to the present schema, whichever version left it behind."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import text

from cds_service.store.unavailable import StoreUnavailable, Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from cds_service.store.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"
# Any number, as long as every version of this program takes the same.
ADVISORY_LOCK = 5_284_671
OWNER_ALONE = 0o600


class Part(StrEnum):
    """A part of the store: a folder of migrations, a table of their versions."""

    REPLAY = "replay"
    KEPT = "kept"


def upgrade(database: Database, part: Part, revision: str = "head") -> None:
    """Create or upgrade the tables of *part*, all steps or none.

    Raises:
        StoreUnavailable: it cannot be done, or a later version of this program has
            been here.
    """
    if database.path is not None:
        _lay_down(database.path)
    try:
        with database.writing() as connection:
            _keep_others_out(connection)
            command.upgrade(_config(connection, part), revision)
    except CommandError:
        remedy = "a later version wrote it: install that one"
        raise StoreUnavailable(Trouble.SCHEMA, remedy) from None
    finally:
        # Workers are forked after this: nothing may stay open.
        database.close()


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Let one process at a time move files about in *folder*.

    Raises:
        StoreUnavailable: there is no such folder.
    """
    try:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        raise StoreUnavailable(Trouble.MISSING) from None
    try:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)


def _lay_down(path: Path) -> None:
    """Make the file, for its owner alone, if it is not there."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ALONE))
    except FileNotFoundError:
        raise StoreUnavailable(Trouble.MISSING, "make its folder") from None
    except OSError:
        raise StoreUnavailable(Trouble.READ_ONLY) from None


def _keep_others_out(connection: Connection) -> None:
    """Let other processes wait; SQLite's writers do so from their BEGIN on."""
    if connection.dialect.name == "postgresql":
        lock = text("SELECT pg_advisory_xact_lock(:number)")
        connection.execute(lock, {"number": ADVISORY_LOCK})


def _config(connection: Connection, part: Part) -> Config:
    """Tell alembic where the steps are; the URL stays out of it, for its password."""
    config = Config()
    for name, path in (
        ("script_location", MIGRATIONS),
        ("version_locations", MIGRATIONS / part),
    ):
        config.set_main_option(name, str(path).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.attributes.update(connection=connection, part=str(part))
    return config
