"""Why the store could not be asked, in words that hold nothing of what was stored."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import exc

PRIMARY_CODE = 0xFF


class Trouble(StrEnum):
    """What ails the store: few words, so that a metric can count by them."""

    LOCKED = "locked"
    FULL = "full"
    READ_ONLY = "read-only"
    DISK = "disk"
    MISSING = "missing"
    CORRUPT = "corrupt"
    SCHEMA = "schema"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    ADDRESS = "address"


# Primary result codes of https://www.sqlite.org/rescode.html
SQLITE = {
    1: Trouble.SCHEMA,
    5: Trouble.LOCKED,
    6: Trouble.LOCKED,
    8: Trouble.READ_ONLY,
    10: Trouble.DISK,
    11: Trouble.CORRUPT,
    13: Trouble.FULL,
    14: Trouble.MISSING,
    26: Trouble.CORRUPT,
}
# SQLSTATE, the longest beginning that fits:
# https://www.postgresql.org/docs/current/errcodes-appendix.html
POSTGRESQL = {
    "25006": Trouble.READ_ONLY,
    "3F": Trouble.SCHEMA,
    "42": Trouble.SCHEMA,
    "53100": Trouble.FULL,
    "55P03": Trouble.LOCKED,
    "57014": Trouble.LOCKED,
    "XX001": Trouble.CORRUPT,
    "XX002": Trouble.CORRUPT,
}


class StoreUnavailable(Exception):
    """The store could not be asked, or could not keep what it was given.

    Attributes:
        trouble: what ails it.
    """

    def __init__(self, trouble: Trouble, remedy: str = "") -> None:
        super().__init__(
            f"the store is unavailable: {trouble}{remedy and '; '}{remedy}"
        )
        self.trouble = trouble


def trouble_of(error: exc.SQLAlchemyError) -> Trouble:
    """Tell what ails the store by an error's code, never by its text."""
    if isinstance(error, exc.TimeoutError):
        return Trouble.LOCKED
    # What is no error of the driver's is a value that was never sent to it.
    unsent = not isinstance(error, exc.DBAPIError)
    if unsent or isinstance(error, exc.DataError | exc.IntegrityError):
        return Trouble.REFUSED
    cause = getattr(error, "orig", None)
    code = getattr(cause, "sqlite_errorcode", None)
    if isinstance(code, int):
        return SQLITE.get(code & PRIMARY_CODE, Trouble.DISK)
    state = getattr(cause, "sqlstate", None) or ""
    fitting = (state[:length] for length in (5, 2))
    return next(
        (POSTGRESQL[one] for one in fitting if one in POSTGRESQL), Trouble.UNREACHABLE
    )
