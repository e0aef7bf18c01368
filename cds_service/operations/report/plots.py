"""The plots of the page: only where things go; the template draws them.

Lengths are in the units of an SVG view box, which the browser scales.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, HEIGHT = 720, 160
GAP = 0.2
# So many labels stand side by side without touching.
LABELS = 11
SHADES = 5


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a column chart; *label* is "" where there is no room for it."""

    x: float
    y: float
    width: float
    height: float
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Columns:
    """A column chart with the value of its tallest column."""

    top: int
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar, of the kind that colours it."""

    x: float
    width: float
    kind: str


def columns(named: Sequence[tuple[str, int]]) -> Columns:
    """Lay out a column chart; a count above zero is never invisible."""
    top = max((count for _, count in named), default=0)
    step = WIDTH / max(1, len(named))
    every = -(-len(named) // LABELS) or 1
    laid = []
    for at, (name, count) in enumerate(named):
        height = max(1.5, HEIGHT * count / top) if count else 0.0
        laid.append(
            Column(
                x=round(step * (at + GAP / 2), 2),
                y=round(HEIGHT - height, 2),
                width=round(step * (1 - GAP), 2),
                height=round(height, 2),
                label=name if at % every == 0 else "",
                title=f"{name}: {count:,}",
            )
        )
    return Columns(top, tuple(laid))


def bar(counts: Sequence[tuple[str, int]], whole: int) -> tuple[Piece, ...]:
    """Lay the pieces of a bar side by side, *whole* being 100 wide."""
    pieces, x = [], 0.0
    for kind, count in counts:
        if not count:
            continue
        width = max(0.5, 100 * count / max(whole, count))
        pieces.append(Piece(round(x, 2), round(width, 2), kind))
        x += width
    return tuple(pieces)


def shade(part: int, most: int) -> int:
    """Grade a cell of a heat table, from 0 for none to SHADES for the most.

    By the root, so that the small ones differ, too.
    """
    return ceil(SHADES * sqrt(part / most)) if most else 0
