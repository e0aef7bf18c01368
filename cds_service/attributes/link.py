"""The way from a card to what its service says of itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cds_service.cds_hooks.response import Link

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cds_service.cds_hooks.response import Card, Source
    from cds_service.presentation.source_attributes import SourceAttributes

LABEL = "About this advice"


def address(public_url: str, service_id: str) -> str:
    """Give where the source attributes are found."""
    return f"{public_url}/cds-services/{service_id}/source-attributes"


def linked(
    cards: Iterable[Card], content: SourceAttributes, url: str
) -> tuple[Card, ...]:
    """Let *cards* lead to *url*: by their source, and by a link of its own.

    Where a card's source is a publication, its link opens the page at that entry, from
    where the publication is one step further. The other links stay as they are.
    """
    about = Link(label=LABEL, url=url)
    return tuple(
        replace(
            card,
            source=replace(card.source, url=url + _place(card.source, content)),
            links=(*card.links, about),
        )
        for card in cards
    )


def _place(source: Source, content: SourceAttributes) -> str:
    found = (one.id for one in content.citations if one.label == source.label)
    return next((f"#{one}" for one in found), "")
