"""One thing a card offers, before it is given its uuid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cds_service.cds_hooks.response import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What the button says and does.

    rule: the id of the rule that asks for it; "" where none does, so that it is
    never the recommended one.
    """

    label: str
    actions: tuple[Action, ...]
    rule: str = ""
