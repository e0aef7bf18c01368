"""What a payer's client wants: Da Vinci Coverage Requirements Discovery.

Source: Da Vinci CRD 2.2, "Hooks", "Cards and System Actions". On only where a setting
says so: discovery lists what may be configured, a request configures it, a card names
its order, and links never stand on a card with suggestions.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from cds_service.cds_hooks.response import Indicator

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cds_service.cds_hooks.request import ServiceCall
    from cds_service.cds_hooks.response import Card

VERSION = "2.2"
CONFIGURATION = "davinci-crd.configuration"
ASSOCIATED = "davinci-crd.associated-resource"
NAMESPACE = UUID("d8bb0a6b-2f2c-5c51-9d2c-5a3f5d5b6f77")
MAX_CARDS, MOST = "max-cards", 10
SOURCES = "Sources of the advice on this order"
LOUDNESS = (Indicator.CRITICAL, Indicator.WARNING, Indicator.INFO)
OPTIONS = (
    ("guideline", "Advice from guidelines", "What published guidelines advise"),
    ("off-guideline", "Off guideline", "Where an order goes against guidelines"),
)


def crd_discovery() -> dict[str, Any]:
    """Write the extension of a service's entry: version, and what may be set."""
    options: list[dict[str, Any]] = [
        {
            "code": code,
            "type": "boolean",
            "name": name,
            "description": description,
            "default": True,
        }
        for code, name, description in OPTIONS
    ]
    most = {
        "code": MAX_CARDS,
        "type": "integer",
        "name": "Maximum of cards",
        "description": "The most pressing cards are sent, and no more than these",
        "default": MOST,
    }
    return {
        "davinci-crd.version": [VERSION],
        "davinci-crd.configuration-options": [*options, most],
    }


def as_crd(cards: Sequence[Card], call: ServiceCall) -> tuple[Card, ...]:
    """Write *cards* as CRD has them, as far as its client wants them."""
    sent = call.extension.get(CONFIGURATION)
    wanted: Mapping[str, Any] = sent if isinstance(sent, dict) else {}
    named = (_about(card) for card in cards if _is_wanted(card, wanted))
    parts = [part for card in named for part in _apart(card)]
    most = wanted.get(MAX_CARDS)
    if type(most) is not int or most < 0 or most >= len(parts):
        return tuple(parts)
    return tuple(sorted(parts, key=_rank)[:most])


def _is_wanted(card: Card, wanted: Mapping[str, Any]) -> bool:
    topic = card.source.topic
    return topic is None or wanted.get(topic.code) is not False


def _rank(card: Card) -> tuple[int, bool]:
    """The most pressing first; what only tells sources last of its kind."""
    return LOUDNESS.index(card.indicator), not card.detail


def _about(card: Card) -> Card:
    if not card.orders:
        return card
    named = [{"reference": reference} for reference in card.orders]
    return replace(card, extension={**(card.extension or {}), ASSOCIATED: named})


def _apart(card: Card) -> Iterator[Card]:
    """Put links onto a card of their own where there are suggestions too."""
    if not (card.links and card.suggestions):
        yield card
        return
    yield replace(card, links=())
    told = card.extension or {}
    yield replace(
        card,
        uuid=str(uuid5(NAMESPACE, card.uuid)),
        summary=SOURCES,
        detail="",
        indicator=Indicator.INFO,
        suggestions=(),
        override_reasons=(),
        extension={name: one for name, one in told.items() if name == ASSOCIATED},
        faults=(),
    )
