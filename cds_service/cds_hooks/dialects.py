"""Clients that want the same answer in another shape.

A request carries no version of CDS Hooks, so what is sent to everyone is what all of
them read. A few read less or want more: the table has one row for each. A client is
known by its issuer's settings, or by the names it puts into `extension`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cds_service.cds_hooks.crd import as_crd
from cds_service.cds_hooks.epic import as_epic
from cds_service.cds_hooks.response import ActionType

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cds_service.cds_hooks.request import ServiceCall
    from cds_service.cds_hooks.response import Action, Card

EPIC_KEYS = re.compile(r"com\.epic\.cdshooks\.request\.", re.ASCII)
CRD, EPIC, FIRST = "davinci-crd", "epic", "cds-hooks-1.0"


@dataclass(frozen=True, slots=True)
class Dialect:
    """One way of writing cards; `known_by` is how names in its `extension` begin."""

    name: str
    translate: Callable[[Sequence[Card], ServiceCall], tuple[Card, ...]]
    known_by: re.Pattern[str] | None = None


def as_first(cards: Sequence[Card], _: ServiceCall) -> tuple[Card, ...]:
    """Write for CDS Hooks 1.0, where a delete names its target under `resource`."""
    return tuple(
        replace(
            card,
            suggestions=tuple(
                replace(one, actions=tuple(map(_as_first, one.actions)))
                for one in card.suggestions
            ),
        )
        for card in cards
    )


def _as_first(action: Action) -> Action:
    return replace(action, as_before=action.type is ActionType.DELETE)


DIALECTS = (
    Dialect(EPIC, as_epic, EPIC_KEYS),
    Dialect(CRD, as_crd),
    Dialect(FIRST, as_first),
)
_BY_NAME = {one.name: one for one in DIALECTS}


def translate(
    cards: Sequence[Card], call: ServiceCall, named: str | None, otherwise: str | None
) -> tuple[Card, ...]:
    """Write *cards* as the client of *call* reads them.

    Args:
        cards: what is to be shown.
        call: what the client sent.
        named: the dialect that its settings name; else what it sent decides.
        otherwise: the dialect of clients that nothing is known about, if any.
    """
    name = named or _known(call.extension) or otherwise
    return _BY_NAME[name].translate(cards, call) if name else tuple(cards)


def _known(extension: Mapping[str, Any]) -> str | None:
    found = (
        dialect.name
        for dialect in DIALECTS
        for key in extension
        if dialect.known_by and dialect.known_by.match(key)
    )
    return next(found, None)
