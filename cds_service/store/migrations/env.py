"""Run the steps on the connection that was handed over; alembic imports this file."""

from __future__ import annotations

from alembic import context

given = context.config.attributes
context.configure(
    connection=given["connection"], version_table=f"{given['part']}_version"
)
with context.begin_transaction():
    context.run_migrations()
