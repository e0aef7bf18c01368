"""Where the parts of the store are, by the one URL of the settings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from cds_service.store.unavailable import StoreUnavailable, Trouble

REMEDY = "write sqlite:///FILE or postgresql+psycopg://USER@HOST/DATABASE"


@dataclass(frozen=True, slots=True)
class Addresses:
    """The URLs of both parts; with PostgreSQL they are one."""

    kept: URL
    replay: URL


def addresses(url: str) -> Addresses:
    """Find both parts.

    Raises:
        StoreUnavailable: no such store can be; the message does not repeat the URL,
            which may hold a password.
    """
    try:
        parsed = make_url(url)
        backend, path = parsed.get_backend_name(), parsed.database
    except (ArgumentError, ValueError):
        raise StoreUnavailable(Trouble.ADDRESS, REMEDY) from None
    if backend == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
        return Addresses(parsed, parsed)
    # A store in memory would be another one in every worker.
    if backend != "sqlite" or not path or path == ":memory:" or parsed.query:
        raise StoreUnavailable(Trouble.ADDRESS, REMEDY)
    kept = Path(path).absolute()
    beside = kept.with_name(f"{kept.stem}-replay{kept.suffix}")
    return Addresses(_file(kept), _file(beside))


def place(url: str) -> str:
    """Name the file, or the host and the database there: nothing a secret can be in.

    Raises:
        StoreUnavailable: no such store can be.
    """
    kept = addresses(url).kept
    return "/".join(filter(None, (kept.host, kept.database)))


def _file(path: Path) -> URL:
    return URL.create("sqlite+pysqlite", database=str(path))
