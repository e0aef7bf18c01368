"""The tables as they are now; migrations/ says how they came to be.

Two parts: `replay` may begin empty at any time, `kept` may not be lost. With SQLite
each is a file of its own, so that trouble with one leaves the other alone.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Index,
    LargeBinary,
    MetaData,
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
    ) -> datetime | None:
        """Write an instant; one without a time zone is a fault of the program."""
        if value is None:
            return None
        if value.tzinfo is None:
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
