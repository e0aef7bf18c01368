"""Feedback and decisions: what may not be lost once it was acknowledged."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, delete, select, tuple_

from cds_service.store.records import DecisionRecord, FeedbackRecord
from cds_service.store.schema import decisions, feedback

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from sqlalchemy import Column, Insert, Select

    from cds_service.store.database import Database

# Every commit waits for the disk, so a queue of writers takes its time.
PATIENCE = timedelta(seconds=30)
FORGOTTEN_AT_ONCE = 1000
READ_AT_ONCE = 1000


class Kept:
    """Feedback and decisions of every process that shares the database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._add_feedback = database.insert_if_absent(feedback)
        self._add_decision = database.insert_if_absent(decisions)

    def save_feedback(self, records: Iterable[FeedbackRecord]) -> int:
        """Keep all of *records* or none; on return they are on the disk.

        What is known already, by card, outcome and time, is left as it is.

        Returns:
            How many were new.

        Raises:
            StoreUnavailable: they could not be kept.
        """
        # Two batches that overlap would wait for each other in different orders.
        ordered = sorted(records, key=lambda one: (one.card, one.outcome, one.at))
        return self._add(self._add_feedback, [_row(one) for one in ordered])

    def save_decisions(self, records: Iterable[DecisionRecord]) -> None:
        """Keep all of *records* or none; those of a call already kept are left.

        Raises:
            StoreUnavailable: they could not be kept.
        """
        self._add(self._add_decision, [_row(one) for one in records])

    def decisions(self, since: datetime, until: datetime) -> Iterator[DecisionRecord]:
        """Read the decisions from *since* to before *until*, the oldest first.

        Raises:
            StoreUnavailable: they cannot be read.
        """
        at = decisions.c.at
        wanted = select(decisions).where(at >= since, at < until)
        for row in self._read(wanted.order_by(at), stream=True):
            yield DecisionRecord(**{**row, "rules": tuple(row["rules"])})

    def feedback(self, since: datetime) -> tuple[FeedbackRecord, ...]:
        """Read the feedback received from *since* on, the oldest first.

        Raises:
            StoreUnavailable: it cannot be read.
        """
        wanted = select(feedback).where(feedback.c.received >= since)
        return tuple(
            FeedbackRecord(**{**row, "accepted": tuple(row["accepted"])})
            for row in self._read(wanted.order_by(feedback.c.at), stream=False)
        )

    def forget_before(self, instant: datetime) -> int:
        """Delete what came before *instant*, a little at a time; tell how much.

        Raises:
            StoreUnavailable: not everything could be deleted.
        """
        return self._forget(decisions, decisions.c.at, instant) + self._forget(
            feedback, feedback.c.received, instant
        )

    def ask(self) -> None:
        """Look whether feedback and decisions can be asked.

        Raises:
            StoreUnavailable: they cannot.
        """
        with self._database.reading() as connection:
            for table in (feedback, decisions):
                connection.execute(select(table.c.at).limit(1))

    def close(self) -> None:
        """Close what this process has open; the next use opens anew."""
        self._database.close()

    def _add(self, insert: Insert, rows: list[dict[str, Any]]) -> int:
        """Insert rows; where a batch that fails might be logged, one by one."""
        if not rows:
            return 0
        with self._database.writing() as connection:
            if self._database.batches:
                return connection.execute(insert, rows).rowcount
            return sum(connection.execute(insert, row).rowcount for row in rows)

    def _read(self, wanted: Select[Any], *, stream: bool) -> Iterator[dict[str, Any]]:
        with self._database.reading() as connection:
            options = {"yield_per": READ_AT_ONCE} if stream else {}
            found = connection.execute(wanted, execution_options=options)
            for row in found.mappings():
                yield dict(row)

    def _forget(self, table: Table, at: Column[Any], instant: datetime) -> int:
        key = tuple(table.primary_key.columns)
        old = select(*key).where(at < instant).limit(FORGOTTEN_AT_ONCE)
        statement = delete(table).where(tuple_(*key).in_(old))
        forgotten, last = 0, FORGOTTEN_AT_ONCE
        while last == FORGOTTEN_AT_ONCE:
            # A transaction each: others may write in between.
            with self._database.writing() as connection:
                last = connection.execute(statement).rowcount
            forgotten += last
        return forgotten


def _row(record: FeedbackRecord | DecisionRecord) -> dict[str, Any]:
    """Give the columns; `asdict` would copy all that they hold."""
    return {one.name: getattr(record, one.name) for one in fields(record)}
