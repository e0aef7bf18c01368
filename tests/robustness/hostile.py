"""Whole requests that mean ill: real ones, spoilt in many places at once.

Values of every JSON type and of every unpleasant kind are put anywhere in the request
of a vignette; parts are dropped, doubled, nested or swapped; the bytes are spoilt too.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import orjson
from hypothesis import strategies as st

from tests.vignettes import FOLDERS, load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import DrawFn

CANARY = "Canary4711"
REQUESTS = tuple(load(folder) for folder in FOLDERS)
BUNDLE: dict[str, Any] = {"resourceType": "Bundle", "entry": [{"resource": {}}]}
UNPLEASANT: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 2**63 - 1, 1e308, -0.0, 5e-324),
    *("", " ", "null", "{}", "0", CANARY, CANARY * 500, "\u202e\u200b\x00\ufeff"),
    *("2026-02-30", "9999-12-31T23:59:60Z", "0000", "20261120", "2026-11-20T25:00Z"),
    *(
        "Patient/other",
        "#contained",
        "urn:uuid:0",
        "../../etc",
        "http://169.254.169.254/",
    ),
    *([], {}, [[]], [None], [{}], {"": ""}, {"$ref": "#"}, [CANARY] * 50),
    *({"resourceType": "Patient", "id": "other"}, {"resourceType": CANARY}, BUNDLE),
    {"coding": [{"system": "http://loinc.org", "code": None}]},
    {"value": "86", "unit": CANARY, "code": {}},
    {"reference": "Patient/other"},
    {"start": 5, "end": []},
    {"contained": [BUNDLE], "extension": [{"url": CANARY, "valueString": CANARY}]},
)


def nested(value: Any, depth: int) -> Any:
    """Put a value into that many lists and objects by turns."""
    for level in range(depth):
        value = [value] if level % 2 else {"extension": value}
    return value


VALUES = st.one_of(
    st.sampled_from(UNPLEASANT),
    st.builds(nested, st.sampled_from(UNPLEASANT), st.integers(1, 60)),
    st.text(max_size=12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(2**63), 2**63 - 1),
)


def places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a JSON value: what holds it, and under which key."""
    keys = node.keys() if isinstance(node, dict) else range(len(node))
    for key in list(keys):
        yield node, key
        if isinstance(node[key], dict | list):
            yield from places(node[key])


@st.composite
def requests(draw: DrawFn) -> tuple[str, bytes]:
    """Give the service that is called, and the body."""
    vignette = draw(st.sampled_from(REQUESTS))
    request = orjson.loads(vignette.body)
    for _ in range(draw(st.integers(1, 6))):
        held = list(places(request))
        holder, key = held[draw(st.integers(0, len(held) - 1))] if held else (None, 0)
        if holder is not None:
            _spoil(draw, holder, key)
    body = orjson.dumps(request)
    if draw(st.integers(0, 9)):
        return vignette.service, body
    return vignette.service, _broken(draw, body)


def _spoil(draw: DrawFn, holder: Any, key: Any) -> None:
    how = draw(st.sampled_from(["put", "put", "put", "drop", "double", "wrap", "swap"]))
    if how == "put":
        # A copy, since the next mutation may change what is inside.
        holder[key] = deepcopy(draw(VALUES))
    elif how == "drop":
        del holder[key]
    elif how == "double":
        holder[key] = [holder[key], orjson.loads(orjson.dumps(holder[key]))]
    elif how == "wrap":
        holder[key] = nested(holder[key], draw(st.integers(1, 30)))
    elif isinstance(holder[key], dict):
        holder[key] = dict(reversed(holder[key].items()))


def _broken(draw: DrawFn, body: bytes) -> bytes:
    """Spoil bytes: cut, put in, or write a name a second time."""
    at = draw(st.integers(0, len(body)))
    return draw(
        st.sampled_from(
            [
                body[:at],
                body[:at] + b"\xff" + body[at:],
                body[:at] + b"," + body[at:],
                b'{"hook":"x",' + body[1:],
                body[:-1] + b',"prefetch":null}',
                b"\xef\xbb\xbf" + body,
                body.decode().encode("utf-16"),
            ]
        )
    )
