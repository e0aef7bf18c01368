"""How reading a client's keys went: what a metric counts."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Outcome(StrEnum):
    """How a reading of keys went: a label with few values."""

    READ = "read"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    OVERSIZE = "oversize"
    NO_KEYS = "no-keys"


Report = Callable[[Outcome], None]


def unreported(_outcome: Outcome) -> None:
    """Count nothing."""
