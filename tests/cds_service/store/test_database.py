"""A connection belongs to the process that opened it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from cds_service.store import database as module
from cds_service.store.opening import open_store
from cds_service.store.schema import decisions

if TYPE_CHECKING:
    from pathlib import Path


def test_what_a_parent_opened_is_put_aside_and_not_closed(tmp_path: Path) -> None:
    """Closing it would touch the parent's locks; the next use opens anew."""
    store = open_store(f"sqlite:///{tmp_path}/store.sqlite")
    store.kept.ask()
    database = store.kept._database  # noqa: SLF001 - seen from within
    inherited, database._opened_as = database._engine, (0,)  # noqa: SLF001 - as forked
    with database.reading() as connection:
        assert connection.execute(select(decisions)).all() == []
    again = database._engine  # noqa: SLF001 - seen from within
    store.close()

    assert inherited is not again
    assert inherited in module._INHERITED  # noqa: SLF001 - so that nobody closes it
    module._INHERITED.remove(inherited)  # noqa: SLF001 - ours after all
    assert inherited is not None
    inherited.dispose()
