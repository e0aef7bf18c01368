"""Decision records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "kept_2"
down_revision = "kept_1"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "decisions",
        sa.Column("call", sa.String(64), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("service", sa.String, nullable=False),
        sa.Column("hook", sa.String, nullable=False),
        sa.Column("client", sa.String),
        sa.Column("hook_instance", sa.String(64), nullable=False),
        sa.Column("latency_ms", sa.Float, nullable=False),
        sa.Column("card", sa.String(255)),
        sa.Column("shown", sa.Boolean, nullable=False),
        sa.Column("indicator", sa.String),
        sa.Column("rule", sa.String),
        sa.Column("rules", sa.JSON, nullable=False),
        sa.Column("advise", sa.String),
        sa.Column("protocol", sa.String),
        sa.Column("urgency", sa.String),
        sa.Column("inputs", sa.JSON, nullable=False),
        sa.Column("knowledge_version", sa.String),
        sa.Column("knowledge_sha256", sa.String(64)),
    )
    op.create_index("decisions_at", "decisions", ["at"])
