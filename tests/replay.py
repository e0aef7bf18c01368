"""Answer a request as the service does, without HTTP."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import orjson

from cds_service.answer import answer
from cds_service.cds_hooks.errors import CallError
from cds_service.cds_hooks.request import parse_call
from cds_service.cds_hooks.response import render_cards
from cds_service.registry import load

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from cds_service.service import Service

ADVICE = ".advice"
"""How the name of every content's advice for machines ends: `spine-mri.advice`."""


@cache
def services() -> Mapping[str, Service[Any]]:
    """Load the services, once."""
    return load()


def replay(service_id: str, body: bytes, at: datetime) -> Any:
    """Answer *body* at the instant *at*: the response as a client decodes it.

    Raises:
        CallError: the service refuses the call.
    """
    service = services()[service_id]
    cards = answer(service, parse_call(body, service.hook), at).cards
    return orjson.loads(orjson.dumps(render_cards(cards)))


def attempt(service_id: str, body: bytes, at: datetime) -> Any:
    """Answer *body* as replay does, or give the CallError it was refused with."""
    try:
        return replay(service_id, body, at)
    except CallError as refusal:
        return refusal


def advice(response: Any) -> list[Any]:
    """List the advice for machines of a response, card by card; {} where there is none.

    No card has two.
    """
    return [_advice_of(card) for card in response["cards"]]


def _advice_of(card: Any) -> Any:
    members = card.get("extension", {}).items()
    found = [told for name, told in members if name.endswith(ADVICE)]
    assert len(found) <= 1, f"which is it? {sorted(card['extension'])}"
    return found[0] if found else {}


def advised(response: Any) -> set[str]:
    """Collect what a response advises: for, change, against, uncertain."""
    return {one["advise"] for one in advice(response) if "advise" in one}
