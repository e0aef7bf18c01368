"""Which cards are sent: an installation may be off, in the shadow, or for a share.

Everything is decided and recorded all the same, but for one that is off.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cds_service.cds_hooks.response import Card

HUNDREDTHS = 100


class Switch(StrEnum):
    """Why cards were not sent: a label with few values."""

    OFF = "off"
    SHADOW = "shadow"
    SHARE = "share"
    QUIET = "quiet"


# Nothing at all is sent, neither cards nor actions of the client's own.
SILENT = frozenset({Switch.OFF, Switch.SHADOW, Switch.SHARE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Switches:
    """What an installation has set.

    Attributes:
        off: nothing is decided; every call is answered without cards.
        shadow: everything is decided and recorded, nothing is shown.
        share: to how many users of a hundred cards are shown.
        quiet: cards that only agree are left out.
    """

    off: bool = False
    shadow: bool = False
    share: int = HUNDREDTHS
    quiet: bool = False

    def shown(
        self, cards: Sequence[Card], user_id: str
    ) -> tuple[tuple[Card, ...], Switch | None]:
        """Choose what is sent of *cards*, and say by which switch something is not."""
        if self.shadow:
            return (), Switch.SHADOW
        if not self.includes(user_id):
            return (), Switch.SHARE
        shown = tuple(one for one in cards if not (self.quiet and one.agrees))
        return shown, Switch.QUIET if len(shown) < len(cards) else None

    def includes(self, user_id: str) -> bool:
        """Whether a user is among the share, always the same ones.

        A share that grows only adds users: nobody who saw cards loses them.
        """
        if self.share >= HUNDREDTHS:
            return True
        digest = sha256(user_id.encode(errors="replace")).digest()
        return int.from_bytes(digest[:8]) % HUNDREDTHS < self.share
