"""The tables as they are now; migrations/ says how they came to be.

Two parts: `replay` may begin empty at any time, `kept` may not be lost. With SQLite
each is a file of its own, so that trouble with one leaves the other alone.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
)

if TYPE_CHECKING:
    from sqlalchemy import Dialect


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, kept in UTC: SQLite has no time zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - the same for each
    ) -> datetime:
        """Write an instant; one without a time zone is a fault of the program."""
        if value is None or value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - the same for each
    ) -> datetime | None:
        """Read an instant."""
        return None if value is None else value.replace(tzinfo=UTC)


REPLAY = MetaData()
KEPT = MetaData()

used_tokens = Table(
    "used_tokens",
    REPLAY,
    Column("digest", LargeBinary(32), primary_key=True),
    # Seconds since 1970.
    Column("until", BigInteger, nullable=False),
    Index("used_tokens_until", "until"),
    sqlite_with_rowid=False,
)

# What is known of one card is known once, however often it is sent.
feedback = Table(
    "feedback",
    KEPT,
    Column("card", String(255), primary_key=True),
    Column("outcome", String(16), primary_key=True),
    Column("at", UtcDateTime, primary_key=True),
    Column("received", UtcDateTime, nullable=False),
    Column("service", String, nullable=False),
    Column("accepted", JSON, nullable=False),
    Column("reason_code", String),
    Column("reason_system", String),
    Column("comment", String),
    Index("feedback_received", "received"),
)

# One row a card, and one without a card for a call that got none.
decisions = Table(
    "decisions",
    KEPT,
    Column("call", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("service", String, nullable=False),
    Column("hook", String, nullable=False),
    Column("client", String),
    Column("hook_instance", String(64), nullable=False),
    Column("latency_ms", Float, nullable=False),
    Column("card", String(255)),
    Column("shown", Boolean, nullable=False),
    Column("indicator", String),
    Column("rule", String),
    Column("rules", JSON, nullable=False),
    Column("advise", String),
    Column("protocol", String),
    Column("urgency", String),
    Column("inputs", JSON, nullable=False),
    Column("knowledge_version", String),
    Column("knowledge_sha256", String(64)),
    Index("decisions_at", "at"),
)
