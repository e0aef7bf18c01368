"""A number a rule turns on, with a name under which a site may set another."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

from cds_service.facts.quantity import Quantity

if TYPE_CHECKING:
    from decimal import Decimal

    from cds_service.facts.model import Facts
    from cds_service.knowledge.practice import Practice

DAY = "d"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A threshold or, in days, a window.

    Attributes:
        name: as a site file writes it.
        title: what it is, for the page.
        value: what holds where no site says otherwise.
        unit: UCUM.
        lowest, highest: how far a site may go.
        why: the reason for these bounds.
    """

    name: str
    title: str
    value: Decimal
    unit: str
    lowest: Decimal
    highest: Decimal
    why: str
    window: timedelta | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        window = timedelta(days=self.days) if self.unit == DAY else None
        object.__setattr__(self, "window", window)

    @property
    def days(self) -> int:
        """A window's published length."""
        return int(self.value)

    def under(self, practice: Practice) -> Decimal:
        """Give the number that holds in a practice."""
        return practice.limits.get(self.name, self.value)

    def at(self, facts: Facts) -> Decimal:
        """Give the number these facts are judged by."""
        return self.under(facts.practice)

    def __str__(self) -> str:
        return str(Quantity(self.value, self.unit))


Window: TypeAlias = timedelta | Limit
Days: TypeAlias = int | Limit


def window_of(days: Days) -> Window:
    """Make a window of a number of days; a named one stays what it is."""
    return days if isinstance(days, Limit) else timedelta(days=days)


def count_of(days: Days) -> int:
    """Give the published number of days."""
    return days.days if isinstance(days, Limit) else days


def span(window: Window, practice: Practice) -> timedelta:
    """Give the length that holds in a practice."""
    if not isinstance(window, Limit):
        return window
    own = practice.limits.get(window.name)
    if own is None and window.window is not None:
        return window.window
    return timedelta(days=int(window.under(practice)))
