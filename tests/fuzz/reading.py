"""What is fuzzed: a call is read, its chart becomes facts, its facts a card."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime
from random import Random

import orjson

from cds_service.answer import facts_for
from cds_service.cds_hooks.errors import CallError
from cds_service.cds_hooks.request import parse_call
from cds_service.registry import load
from tests.robustness.hostile import UNPLEASANT, places

AT = datetime(2026, 11, 20, tzinfo=UTC)
SERVICE = load()["spine-mri-order-select"]


def read(body: bytes) -> None:
    """Answer, or refuse by a CallError; anything else that is raised is a find."""
    try:
        call = parse_call(body, SERVICE.hook)
        for facts in facts_for(SERVICE, call, AT):
            SERVICE.respond(facts, "seed")
    except CallError:
        return


def mutated(body: bytes, longest: int, number: int) -> bytes:
    """Change a JSON text somewhere, so that it stays one; leave what is none.

    The fuzzer chooses the number. A byte changed at random is hardly ever JSON.
    """
    chance = Random(number)  # noqa: S311 - no secret
    try:
        request = orjson.loads(body)
    except orjson.JSONDecodeError:
        return body
    held = list(places(request)) if isinstance(request, dict | list) else []
    if not held:
        return body
    (holder, key), (donor, donated) = chance.choice(held), chance.choice(held)
    other = donor[donated]
    holder[key] = deepcopy(chance.choice([*UNPLEASANT, *[other] * 20, [holder[key]]]))
    changed = orjson.dumps(request)
    return changed if len(changed) <= longest else body
