"""Medians with their spread, and how they are printed."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median, quantiles
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

EXACT_BELOW = 100


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of several rounds, with the lowest and the highest."""

    median: float
    lowest: float
    highest: float

    @classmethod
    def of(cls, values: Collection[float]) -> Spread:
        """Sum up the *values* of some rounds, one at least."""
        return cls(median(values), min(values), max(values))

    def __str__(self) -> str:
        low, high = number(self.lowest), number(self.highest)
        return f"{number(self.median)} ({low} to {high})"


def number(value: float) -> str:
    """Write a figure with no more digits than it deserves."""
    return f"{value:.2f}" if value < EXACT_BELOW else f"{value:,.0f}"


def p95(values: Collection[float]) -> float:
    """Give the value that 95 of 100 do not exceed; the highest where there is one."""
    if len(values) == 1:
        return max(values)
    return quantiles(values, n=20, method="inclusive")[-1]


def against(value: float, limit: float) -> str:
    """Say whether a figure keeps to its aim."""
    return f"aim <= {limit:g}: {'met' if value <= limit else 'MISSED'}"


def row(name: str, *columns: object) -> str:
    """Write one line of a table."""
    return f"  {name:<24}" + "".join(f"{column!s:>28}" for column in columns)
