"""Three-valued logic, because a chart that says nothing does not say no."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Truth(IntEnum):
    """Kleene truth, ordered so that *and* is the minimum and *or* the maximum."""

    NO = 0
    UNKNOWN = 1
    YES = 2

    @classmethod
    def of(cls, *, value: bool) -> Truth:
        """YES for true, NO for false."""
        return cls.YES if value else cls.NO

    def __invert__(self) -> Truth:
        """Not."""
        return _INVERTED[self]


_INVERTED = (Truth.YES, Truth.UNKNOWN, Truth.NO)


def all_true(truths: Iterable[Truth]) -> Truth:
    """*And*: NO if any is NO, else UNKNOWN if any is UNKNOWN, else YES."""
    return min(truths, default=Truth.YES)


def any_true(truths: Iterable[Truth]) -> Truth:
    """*Or*: YES if any is YES, else UNKNOWN if any is UNKNOWN, else NO."""
    return max(truths, default=Truth.NO)


def count_at_least(needed: int, truths: Sequence[Truth]) -> Truth:
    """At least *needed* of them; with one needed this is *or*."""
    met = truths.count(Truth.YES)
    if met >= needed:
        return Truth.YES
    possible = met + truths.count(Truth.UNKNOWN)
    return Truth.UNKNOWN if possible >= needed else Truth.NO
