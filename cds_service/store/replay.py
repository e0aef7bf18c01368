"""Which tokens were used: each may be used once, by whichever process sees it first.

A token is known by a hash of issuer and jti. Whoever cannot be sure that a token is
new gets StoreUnavailable and has to refuse it.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, text

from cds_service.store.migrating import Part, alone_in, upgrade
from cds_service.store.schema import used_tokens
from cds_service.store.unavailable import StoreUnavailable, Trouble

if TYPE_CHECKING:
    from pathlib import Path

    from cds_service.store.database import Database

PATIENCE = timedelta(seconds=5)
# A sweep takes more than came since the last, so that the table does not grow.
SWEEP_EVERY = 200
SWEPT_AT_ONCE = 500
# A clock that was set ahead and back must not have forgotten tokens that still live.
CLOCK_MARGIN = timedelta(hours=1)
BEGINS_AGAIN = frozenset({Trouble.MISSING, Trouble.CORRUPT, Trouble.SCHEMA})


class Replay:
    """The used tokens of every process that shares the database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._insert = database.insert_if_absent(used_tokens)
        self._uses = count(1)
        self._beginning_again = Lock()

    def first_use(self, issuer: str, jti: str, until: datetime) -> bool:
        """Tell whether this is the first use of a token, and remember it.

        Args:
            issuer: the token's `iss`, as verified.
            jti: its name among the issuer's tokens.
            until: when it expires, leeway included; it may be forgotten after that.

        Raises:
            StoreUnavailable: nobody knows; refuse the token.
        """
        digest = sha256(f"{issuer}\0{jti}".encode()).digest()
        row = {"digest": digest, "until": int(until.timestamp()) + 1}
        try:
            with self._database.writing() as connection:
                first = connection.execute(self._insert, row).rowcount == 1
        except StoreUnavailable as unavailable:
            if unavailable.trouble in BEGINS_AGAIN:
                self._begin_again()
            raise
        if next(self._uses) % SWEEP_EVERY == 0:
            self._sweep()
        return first

    def ask(self) -> None:
        """Look whether the used tokens can be asked.

        Raises:
            StoreUnavailable: they cannot.
        """
        with self._database.reading() as connection:
            connection.execute(select(used_tokens.c.until).limit(1))

    def close(self) -> None:
        """Close what this process has open; the next use opens anew."""
        self._database.close()

    def _sweep(self) -> None:
        """Forget some tokens that have expired; what it misses, the next one takes."""
        before = int(time.time() - CLOCK_MARGIN.total_seconds())
        expired = (
            select(used_tokens.c.digest)
            .where(used_tokens.c.until < before)
            .limit(SWEPT_AT_ONCE)
        )
        statement = delete(used_tokens).where(used_tokens.c.digest.in_(expired))
        try:
            with self._database.writing() as connection:
                connection.execute(statement)
        except StoreUnavailable:
            # The token at hand is stored: its caller need not know.
            return

    def _begin_again(self) -> None:
        """Mend a lost or broken file, by one thread at a time, for the next caller."""
        if not self._beginning_again.acquire(blocking=False):
            return
        try:
            prepare(self._database)
        except StoreUnavailable:
            return
        finally:
            self._beginning_again.release()


def prepare(database: Database) -> Path | None:
    """Make the used tokens ready; a corrupt file is moved aside for an empty one.

    Returns:
        Where a corrupt file was moved to.

    Raises:
        StoreUnavailable: they cannot be made ready.
    """
    if database.path is None:
        upgrade(database, Part.REPLAY)
        return None
    with alone_in(database.path.parent):
        if _is_sound(database):
            return None
        aside = _move_aside(database.path)
        upgrade(database, Part.REPLAY)
    return aside


def _is_sound(database: Database) -> bool:
    """Upgrade, and look through the whole file: a wrong answer lets a thief in."""
    try:
        upgrade(database, Part.REPLAY)
        with database.reading() as connection:
            found = connection.execute(text("PRAGMA quick_check(1)")).scalar_one()
    except StoreUnavailable as unavailable:
        if unavailable.trouble is not Trouble.CORRUPT:
            raise
        return False
    finally:
        database.close()
    return bool(found == "ok")


def _move_aside(path: Path) -> Path:
    aside = path.with_name(f"{path.name}.corrupt-{datetime.now(UTC):%Y%m%dT%H%M%S%f}Z")
    # The journal belongs to the file; under the old name it would spoil the new one.
    for suffix in ("-wal", "-shm", ""):
        beside = path.with_name(path.name + suffix)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + suffix))
    return aside
