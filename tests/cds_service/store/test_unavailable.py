"""Why the store could not be asked."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy import exc

from cds_service.store.unavailable import StoreUnavailable, Trouble, trouble_of


class Failed(Exception):
    """A driver's error, by its code."""

    def __init__(self, **code: object) -> None:
        super().__init__("Mr. Smith")
        self.__dict__.update(code)


def wrapped(cause: BaseException) -> exc.OperationalError:
    """Wrap a driver's error, as SQLAlchemy does."""
    return exc.OperationalError("INSERT", {"name": "Mr. Smith"}, cause)


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (wrapped(Failed(sqlite_errorcode=sqlite3.SQLITE_BUSY)), Trouble.LOCKED),
        (wrapped(Failed(sqlite_errorcode=5 | 2 << 8)), Trouble.LOCKED),
        (wrapped(Failed(sqlite_errorcode=sqlite3.SQLITE_FULL)), Trouble.FULL),
        (wrapped(Failed(sqlite_errorcode=sqlite3.SQLITE_IOERR)), Trouble.DISK),
        (wrapped(Failed(sqlite_errorcode=99)), Trouble.DISK),
        (wrapped(Failed(sqlite_errorcode=sqlite3.SQLITE_NOTADB)), Trouble.CORRUPT),
        (wrapped(Failed(sqlstate="53100")), Trouble.FULL),
        (wrapped(Failed(sqlstate="25006")), Trouble.READ_ONLY),
        (wrapped(Failed(sqlstate="57014")), Trouble.LOCKED),
        (wrapped(Failed(sqlstate="42P01")), Trouble.SCHEMA),
        (wrapped(Failed(sqlstate="57P01")), Trouble.UNREACHABLE),
        (wrapped(Failed(sqlstate=None)), Trouble.UNREACHABLE),
        (exc.DataError("INSERT", {}, Failed()), Trouble.REFUSED),
        (exc.IntegrityError("INSERT", {}, Failed()), Trouble.REFUSED),
        (exc.StatementError("", "INSERT", {}, ValueError()), Trouble.REFUSED),
        (exc.TimeoutError("the pool is empty"), Trouble.LOCKED),
    ],
)
def test_trouble_is_told_by_its_code(
    error: exc.SQLAlchemyError, trouble: Trouble
) -> None:
    """In words of ours; what a driver writes may hold what was to be stored."""
    assert trouble_of(error) is trouble
    assert "Smith" not in str(StoreUnavailable(trouble_of(error), "wait"))
