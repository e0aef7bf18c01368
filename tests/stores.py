"""Stores for tests: SQLite always, PostgreSQL when TEST_POSTGRESQL names a server.

The URL's user may create schemas in the database; each test gets one of its own.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

POSTGRESQL = os.environ.get("TEST_POSTGRESQL")
NO_SERVER = "TEST_POSTGRESQL names no PostgreSQL server"
KINDS = ("sqlite", "postgresql")


@contextmanager
def fresh_store(kind: str, folder: Path) -> Iterator[str]:
    """Give the URL of a store that nobody has used."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'store.sqlite'}"
        return
    if not POSTGRESQL:
        pytest.skip(NO_SERVER)
    url = make_url(POSTGRESQL).set(drivername="postgresql+psycopg")
    schema = f"test_{uuid4().hex}"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    inside = url.update_query_dict({"options": f"-csearch_path={schema}"})
    yield inside.render_as_string(hide_password=False)
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()
