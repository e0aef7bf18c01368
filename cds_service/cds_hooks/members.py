"""Read a JSON body, and its members one by one, each of the type it is due.

Every function raises BadRequest with the JSON path of what is amiss, and never
with a value from the body.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from cds_service.cds_hooks.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Mapping

NODE_LIMIT = 50_000
# The shortest value takes two bytes ("0,"), so a shorter body cannot pass the limit.
COUNTED_FROM = 2 * NODE_LIMIT
ROOT = "$"


def read_object(body: bytes) -> dict[str, Any]:
    """Decode *body*, one JSON object in UTF-8 without a byte order mark.

    orjson refuses NaN, infinities, lone surrogates and more than 1,024 levels; of
    members that bear one name, the last counts.
    """
    try:
        decoded = orjson.loads(body)
    except orjson.JSONDecodeError:
        # Its message may quote the body, so the cause is not passed on.
        what = "The body is not JSON in UTF-8"
        raise BadRequest(what, ROOT, "Send one JSON object.") from None
    if not isinstance(decoded, dict):
        raise BadRequest("The body is not a JSON object", ROOT, "Send one JSON object.")
    if len(body) > COUNTED_FROM and _nodes_pass_limit(body, decoded):
        what = f"The body holds more than {NODE_LIMIT:,} JSON values"
        raise BadRequest(what, ROOT, "Send only what the prefetch templates ask for.")
    return decoded


def _nodes_pass_limit(body: bytes, decoded: dict[str, Any]) -> bool:
    """Tell whether *decoded* holds too many values, walking it only in doubt."""
    at_most = 1 + body.count(b",") + body.count(b"{") + body.count(b"[")
    return at_most > NODE_LIMIT and _count(decoded) > NODE_LIMIT


def _count(root: dict[str, Any]) -> int:
    """Count the values of *root* without recursion."""
    count, open_values = 0, [root]
    while open_values:
        value: Any = open_values.pop()
        count += 1
        if isinstance(value, dict):
            open_values.extend(value.values())
        elif isinstance(value, list):
            open_values.extend(value)
    return count


def text(parent: Mapping[str, Any], name: str, where: str) -> str:
    """Read a string that must be there and not be empty."""
    value = optional_text(parent, name, where)
    if value is None:
        raise _missing(name, where, "a string")
    return value


def optional_text(parent: Mapping[str, Any], name: str, where: str) -> str | None:
    """Read a string; None where it is absent, null or empty."""
    value = parent.get(name)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise _mistyped(name, where, "a string")
    return value


def mapping(parent: Mapping[str, Any], name: str, where: str) -> dict[str, Any]:
    """Read an object that must be there."""
    value = optional_mapping(parent, name, where)
    if value is None:
        raise _missing(name, where, "an object")
    return value


def optional_mapping(
    parent: Mapping[str, Any], name: str, where: str
) -> dict[str, Any] | None:
    """Read an object; None where it is absent or null."""
    value = parent.get(name)
    if value is not None and not isinstance(value, dict):
        raise _mistyped(name, where, "an object")
    return value


def array(parent: Mapping[str, Any], name: str, where: str) -> list[Any]:
    """Read an array that must be there."""
    value = optional_array(parent, name, where)
    if value is None:
        raise _missing(name, where, "an array")
    return value


def optional_array(
    parent: Mapping[str, Any], name: str, where: str
) -> list[Any] | None:
    """Read an array; None where it is absent or null."""
    value = parent.get(name)
    if value is not None and not isinstance(value, list):
        raise _mistyped(name, where, "an array")
    return value


def _missing(name: str, where: str, due: str) -> BadRequest:
    what = f"Member `{name}` is missing"
    return BadRequest(what, f"{where}.{name}", f"Send `{name}` as {due}.")


def _mistyped(name: str, where: str, due: str) -> BadRequest:
    what = f"Member `{name}` is not {due}"
    return BadRequest(what, f"{where}.{name}", f"Send `{name}` as {due}.")
