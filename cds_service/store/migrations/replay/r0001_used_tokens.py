"""Used tokens."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "replay_1"
down_revision = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "used_tokens",
        sa.Column("digest", sa.LargeBinary(32), primary_key=True),
        sa.Column("until", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("used_tokens_until", "used_tokens", ["until"])
