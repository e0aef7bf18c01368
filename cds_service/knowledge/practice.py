"""How one site judges, where it differs from the content as it is published.

Made once, when the services are built, and carried with the facts: whatever a decision
depends on can be seen there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalChange:
    """One difference, for whoever reads a card or the page about the service.

    Attributes:
        kind: "limit", "rule" or "order code".
        name: what is changed.
        before, now: in words, with the unit.
        why: as the site says.
        approved_by: who answers for it, where that has to be said.
    """

    kind: str
    name: str
    before: str
    now: str
    why: str
    approved_by: str = ""

    def __str__(self) -> str:
        return f"{self.name}: {self.now} (standard: {self.before})"


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalOrder:
    """A local order code, and what it orders.

    Attributes:
        system: canonical address of the local code system.
        sites: parts of the body it covers.
        technique: how it is done, in the content's words.
        display: what the site calls it.
    """

    system: str
    code: str
    sites: frozenset[str]
    technique: str
    display: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """Everything a site does differently.

    Attributes:
        site: its name; empty for the content as published.
        limits: by the name of a limit, the number that holds there, in its unit.
        off: ids of the rules that do not speak there.
        orders: its own order codes.
        changes: the same as a reader is told.
    """

    site: str = ""
    limits: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    off: frozenset[str] = frozenset()
    orders: tuple[LocalOrder, ...] = ()
    changes: tuple[LocalChange, ...] = ()


AS_PUBLISHED = Practice()
