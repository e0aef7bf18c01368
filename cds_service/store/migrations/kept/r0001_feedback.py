"""Feedback."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "kept_1"
down_revision = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "feedback",
        sa.Column("card", sa.String(255), primary_key=True),
        sa.Column("outcome", sa.String(16), primary_key=True),
        sa.Column("at", sa.DateTime, primary_key=True),
        sa.Column("received", sa.DateTime, nullable=False),
        sa.Column("service", sa.String, nullable=False),
        sa.Column("accepted", sa.JSON, nullable=False),
        sa.Column("reason_code", sa.String),
        sa.Column("reason_system", sa.String),
        sa.Column("comment", sa.String),
    )
    op.create_index("feedback_received", "feedback", ["received"])
