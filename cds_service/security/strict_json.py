"""Read a JSON object that can only be read in one way."""

from __future__ import annotations

import json
from typing import Any

import orjson


def read_object(text: bytes) -> dict[str, Any]:
    """Decode *text*, an object of which no member, at any depth, is given twice.

    orjson refuses what is not JSON in UTF-8: NaN, numbers past any float, a byte
    order mark, lone surrogates. It keeps the last of two members of one name, and so
    do the libraries that read tokens; only the standard library lets one see both.

    Raises:
        ValueError: it is none; the message quotes nothing of it.
    """
    try:
        orjson.loads(text)
        decoded = json.loads(text, object_pairs_hook=_without_duplicates)
    except (ValueError, RecursionError):
        raise ValueError("no JSON object, or one with a member twice") from None
    if not isinstance(decoded, dict):
        raise ValueError("no JSON object")  # noqa: TRY004 - what was sent is wrong
    return decoded


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object of *pairs*."""
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a member twice")
    return members
