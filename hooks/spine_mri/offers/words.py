"""How the offers are worded."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def listed(names: Sequence[str]) -> str:
    """Write "ESR", "ESR and CRP", "ESR, CRP and two sets of blood cultures"."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def sentence(words: str) -> str:
    """Begin with a capital, and leave the rest as it is: "CT", "MRI"."""
    return words[:1].upper() + words[1:]


def clause(words: str) -> str:
    """Go on after a colon with a small letter."""
    return words[:1].lower() + words[1:]
