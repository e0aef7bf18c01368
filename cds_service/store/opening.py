"""Open the store: migrated, and ready for every process forked from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cds_service.store import kept, replay
from cds_service.store.address import addresses
from cds_service.store.database import Database
from cds_service.store.kept import Kept
from cds_service.store.migrating import Part, upgrade
from cds_service.store.replay import Replay

if TYPE_CHECKING:
    from datetime import timedelta
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Store:
    """What outlives a process.

    Attributes:
        replay: which tokens were used.
        kept: feedback and decisions.
        moved_aside: where a corrupt file of used tokens was moved to at the opening.
    """

    replay: Replay
    kept: Kept
    moved_aside: Path | None = None

    def ask(self) -> None:
        """Look whether every part of the store can be asked.

        Raises:
            StoreUnavailable: one cannot.
        """
        self.replay.ask()
        self.kept.ask()

    def close(self) -> None:
        """Close what this process has open; the next use opens anew."""
        self.replay.close()
        self.kept.close()


def kept_at(url: str) -> Kept:
    """Name what is kept at *url*, for who only reads; nothing is made or migrated.

    Raises:
        StoreUnavailable: no such store can be.
    """
    return Kept(Database(addresses(url).kept, kept.PATIENCE, durable=True))


def open_store(url: str, *, patience: timedelta = replay.PATIENCE) -> Store:
    """Open the store at *url* and bring it to the present schema.

    Nothing stays open: call it before workers are forked, each opens its own.

    Args:
        url: `sqlite:///FILE` or `postgresql+psycopg://...`.
        patience: how long a call may wait to learn whether its token was used.

    Raises:
        StoreUnavailable: it cannot be opened; says why, without the URL. Feedback
            that cannot be read is for a person to repair: it is never moved aside.
    """
    at = addresses(url)
    lasting = Database(at.kept, kept.PATIENCE, durable=True)
    upgrade(lasting, Part.KEPT)
    used = Database(at.replay, patience, durable=False)
    moved_aside = replay.prepare(used)
    return Store(Replay(used), Kept(lasting), moved_aside)
