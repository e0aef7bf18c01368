"""One database, opened by each process for itself.

gunicorn forks its workers from a loaded application, so an object made before the
fork finds out here that it is in another process and opens connections of its own.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from cds_service.store.unavailable import StoreUnavailable, Trouble, trouble_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta

    from sqlalchemy import URL

# Closed in a child, a connection would touch locks and files of its parent.
_INHERITED: list[Engine] = []
READING = "reading"


class Database:
    """A database and how it is asked.

    Args:
        url: where it is.
        patience: longest wait for a lock, a connection, a statement.
        durable: a commit outlasts a loss of power, at the price of a disk's wait.
    """

    def __init__(self, url: URL, patience: timedelta, *, durable: bool) -> None:
        self.url = url
        self.patience = patience
        self.durable = durable
        on_disk = url.get_backend_name() == "sqlite"
        self.path = Path(url.database or "") if on_disk else None
        self._lock = Lock()
        self._engine: Engine | None = None
        self._opened_as: tuple[int, ...] = ()

    @property
    def batches(self) -> bool:
        """Whether rows may go in many at once: psycopg logs values if one fails."""
        return self.path is not None

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that is committed at the end, or not at all.

        Raises:
            StoreUnavailable: it could not be done.
        """
        with self._transaction(reading=False) as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that sees one state and keeps no writer waiting.

        Raises:
            StoreUnavailable: it could not be done.
        """
        with self._transaction(reading=True) as connection:
            yield connection

    def insert_if_absent(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """Begin an INSERT that leaves a row alone that is already there.

        Its rowcount tells which it was.
        """
        insert: sqlite.Insert | postgresql.Insert
        if self.path is None:
            insert = postgresql.insert(table).on_conflict_do_nothing()
        else:
            insert = sqlite.insert(table).on_conflict_do_nothing()
        return insert.execution_options(preserve_rowcount=True)

    def close(self) -> None:
        """Close what this process has open; the next use opens anew."""
        with self._lock:
            self._let_go()

    @contextmanager
    def _transaction(self, *, reading: bool) -> Iterator[Connection]:
        engine = self._here()
        try:
            with (
                engine.connect() as connection,
                connection.execution_options(**{READING: reading}).begin(),
            ):
                yield connection
        except SQLAlchemyError as error:
            # Whatever a connection remembers of the trouble goes with it.
            engine.dispose()
            raise StoreUnavailable(trouble_of(error)) from None

    def _here(self) -> Engine:
        """Give the engine of this process and of the file as it lies there now."""
        now = (os.getpid(), *self._identity())
        with self._lock:
            if now != self._opened_as:
                self._let_go()
            if self._engine is None:
                self._engine, self._opened_as = self._create(), now
            return self._engine

    def _let_go(self) -> None:
        engine, self._engine = self._engine, None
        if engine is None:
            return
        if self._opened_as[0] == os.getpid():
            engine.dispose()
        else:
            _INHERITED.append(engine)

    def _identity(self) -> tuple[int, ...]:
        """Tell which file it is: SQLite goes on writing into one that was deleted."""
        if self.path is None:
            return ()
        try:
            found = self.path.stat()
        except OSError:
            raise StoreUnavailable(Trouble.MISSING) from None
        return found.st_dev, found.st_ino

    def _create(self) -> Engine:
        seconds = self.patience.total_seconds()
        shared = {"hide_parameters": True, "pool_timeout": seconds}
        if self.path is not None:
            engine = create_engine(self.url, creator=self._connect, **shared)
            event.listen(engine, "begin", _begin)
            return engine
        limit = int(seconds * 1000)
        given = self.url.query.get("options", "")
        limits = f"{given} -c statement_timeout={limit} -c lock_timeout={limit}"
        arguments = {"connect_timeout": max(2, int(seconds)), "options": limits}
        return create_engine(
            self.url, connect_args=arguments, pool_pre_ping=True, **shared
        )

    def _connect(self) -> sqlite3.Connection:
        # mode=rw: a lost file is noticed, not made anew without its tables.
        connection = sqlite3.connect(
            f"file:{quote(str(self.path))}?mode=rw",
            uri=True,
            timeout=self.patience.total_seconds(),
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            level = "FULL" if self.durable else "NORMAL"
            connection.execute(f"PRAGMA synchronous = {level}")
        except sqlite3.Error:
            connection.close()
            raise
        return connection


def _begin(connection: Connection) -> None:
    """Begin as SQLAlchemy asks: a writer locks at once, so it never fails halfway."""
    options: dict[str, Any] = dict(connection.get_execution_options())
    kind = "BEGIN" if options.get(READING) else "BEGIN IMMEDIATE"
    connection.exec_driver_sql(kind)
