"""Read a JSON body, and its members one by one, each of the type it is due.

Every function raises BadRequest with the JSON path of what is amiss, and never
with a value from the body.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from cds_service.cds_hooks.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

NODE_LIMIT = 50_000
DEPTH_LIMIT = 1_024
"""The levels at which orjson gives up."""
ROOT = "$"
# What orjson says is not told, so all is named that it refuses and others let pass.
STRICT = (
    "Send one JSON object: no byte order mark, lone surrogate or number beyond a "
    f"double's, at most {DEPTH_LIMIT:,} levels."
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a body may hold.

    Attributes:
        nodes: most JSON values.
        depth: most levels of objects and arrays, the root's included.
    """

    nodes: int = NODE_LIMIT
    depth: int = DEPTH_LIMIT


USUAL = Limits()


def read_object(body: bytes, limits: Limits = USUAL) -> dict[str, Any]:
    """Decode *body*, one JSON object in UTF-8 without a byte order mark.

    orjson refuses NaN, infinities, lone surrogates and more than 1,024 levels; of
    members that bear one name, the last counts.
    """
    try:
        decoded = orjson.loads(body)
    except orjson.JSONDecodeError:
        # Its message may quote the body, so the cause is not passed on.
        what = "The body is not JSON in UTF-8"
        raise BadRequest(what, ROOT, STRICT) from None
    if not isinstance(decoded, dict):
        raise BadRequest("The body is not a JSON object", ROOT, "Send one JSON object.")
    over = _passed(body, decoded, limits)
    if over:
        what = f"The body holds more than {over}"
        raise BadRequest(what, ROOT, "Send only what the prefetch templates ask for.")
    return decoded


def _passed(body: bytes, decoded: dict[str, Any], limits: Limits) -> str:
    """Name the limit that *decoded* passes; it is walked only in doubt."""
    # The shortest value takes two bytes: "0,".
    if len(body) > 2 * limits.nodes and values_at_most(body) > limits.nodes:
        nodes = sum(len(level) for level in _levels(decoded))
        if nodes > limits.nodes:
            return f"{limits.nodes:,} JSON values"
    if limits.depth < DEPTH_LIMIT and _depth(decoded) > limits.depth:
        return f"{limits.depth:,} levels"
    return ""


def values_at_most(body: bytes) -> int:
    """Count the JSON values a body can hold, by its commas and opening brackets."""
    return 1 + len(body) - len(body.translate(None, b",{["))


def _depth(decoded: dict[str, Any]) -> int:
    """Count the levels that have an object or an array."""
    opened = (
        any(isinstance(one, dict | list) for one in at) for at in _levels(decoded)
    )
    return sum(opened)


def _levels(root: dict[str, Any]) -> Iterator[list[Any]]:
    """Yield the values level by level, without recursion."""
    level: list[Any] = [root]
    while level:
        yield level
        level = [value for parent in level for value in _children(parent)]


def _children(value: Any) -> Iterable[Any]:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


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
