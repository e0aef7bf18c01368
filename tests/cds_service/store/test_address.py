"""Where the parts of the store are."""

from __future__ import annotations

from pathlib import Path

import pytest

from cds_service.store.address import addresses, place
from cds_service.store.unavailable import StoreUnavailable, Trouble


def test_with_sqlite_the_used_tokens_have_a_file_of_their_own() -> None:
    """Beside the other, so that trouble with one leaves the other alone."""
    both = addresses("sqlite:///folder/cds.sqlite")

    assert both.kept.database == str(Path("folder/cds.sqlite").absolute())
    assert both.replay.database == str(Path("folder/cds-replay.sqlite").absolute())


@pytest.mark.parametrize("driver", ["postgresql", "postgresql+psycopg"])
def test_with_postgresql_both_are_one(driver: str) -> None:
    """The driver is psycopg 3, said or not."""
    both = addresses(f"{driver}://user:secret@db/cds")

    assert both.kept == both.replay
    assert both.kept.drivername == "postgresql+psycopg"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "secret",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///a.sqlite?mode=ro",
        "mysql://user:secret@db/cds",
        "nosuch://user:secret@db/cds",
        "postgresql://user:secret@db:port/cds",
    ],
)
def test_what_can_be_no_store_is_refused_unrepeated(url: str) -> None:
    """In memory every worker had its own; a URL may hold a password."""
    with pytest.raises(StoreUnavailable) as refusal:
        addresses(url)

    assert refusal.value.trouble is Trouble.ADDRESS
    assert "secret" not in str(refusal.value)
    assert "sqlite:///FILE" in str(refusal.value)


def test_a_place_is_named_without_who_may_enter() -> None:
    """The whole path of a file; of PostgreSQL host and database."""
    assert place("sqlite:///cds.sqlite") == str(Path("cds.sqlite").absolute())
    assert place("postgresql://user:secret@db:5432/cds?password=secret") == "db/cds"
