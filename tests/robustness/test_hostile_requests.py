"""Requests made to do harm: too deep, too long, badly encoded, slow to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
import pytest

from cds_service.app import create_app
from cds_service.cds_hooks.members import NODE_LIMIT
from cds_service.registry import load
from cds_service.settings import Settings
from tests.replay import services
from tests.robustness.mutations import named, paths, replacements, shape
from tests.vignettes import FIXTURES
from tests.vignettes import load as load_vignette

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.robustness.mutations import Path

VIGNETTE = load_vignette(FIXTURES / "suspected-discitis")
PATH = f"/cds-services/{VIGNETTE.service}"
CLIENT = create_app(load(), Settings(auth="none")).test_client()
REQUEST = VIGNETTE.body.rstrip()
DEEP = 100_000
MEGABYTE = 1024 * 1024
LENGTH = MEGABYTE // 4


def within(value: bytes) -> bytes:
    """Put a value into a good request, where nobody looks."""
    return REQUEST[:-1] + b',"extension":{"x":' + value + b"}}"


WEAPONS = {
    "lists in lists": within(b"[" * DEEP + b"]" * DEEP),
    "objects in objects": within(b'{"a":' * DEEP + b"1" + b"}" * DEEP),
    "lists that never end": REQUEST[:-1] + b',"x":' + b"[" * DEEP,
    "not a number": within(b"NaN"),
    "infinity": within(b"Infinity"),
    "less than all": within(b"-Infinity"),
    "past any float": within(b"1e400"),
    "5,000 digits": within(b"9" * 5_000),
    "half a pair of surrogates": within(b'"\\ud800"'),
    "surrogates in UTF-8": within(b'"\xed\xa0\x80"'),
    "overlong UTF-8": within(b'"\xc0\xaf"'),
    "a byte order mark": b"\xef\xbb\xbf" + REQUEST,
    "UTF-16": REQUEST.decode().encode("utf-16"),
    "UTF-16 without mark": REQUEST.decode().encode("utf-16-le"),
    "UTF-32": REQUEST.decode().encode("utf-32"),
    "latin-1": within('"é"'.encode("latin-1")),
    "a NUL": within(b'"\0"'),
    "too many values": within(b"[" + b"0," * NODE_LIMIT + b"0]"),
    "too many members": within(
        b"{" + b",".join(b'"%d":0' % one for one in range(NODE_LIMIT)) + b"}"
    ),
    "two requests": REQUEST + REQUEST,
    "a comment": b"/* */" + REQUEST,
}
HARMLESS = {
    "five thousand digits behind the point": within(b"0." + b"9" * 5_000),
    "one member a thousand times": within(b"{" + b'"a":1,' * 1000 + b'"a":1}'),
    "a megabyte of text": within(b'"' + b"a" * MEGABYTE + b'"'),
    "a megabyte of space": REQUEST + b" " * MEGABYTE,
    "a megabyte of escapes": within(b'"' + b"\\u00e9" * (MEGABYTE // 6) + b'"'),
    "as deep as may be": within(b"[" * 1000 + b"]" * 1000),
}
AGREED = CLIENT.post(PATH, data=REQUEST, content_type="application/json").get_json()


def sent(body: bytes) -> Any:
    """Call with these bytes."""
    return CLIENT.post(PATH, data=body, content_type="application/json")


@pytest.mark.fault(42)
@pytest.mark.parametrize("weapon", WEAPONS)
def test_a_weapon_is_refused(weapon: str) -> None:
    """As no JSON that anyone has to read; the next call is answered."""
    told = sent(WEAPONS[weapon])

    assert told.status_code == 400
    assert told.get_json()["issue"][0]["expression"] == ["$"]
    assert sent(REQUEST).get_json() == AGREED


@pytest.mark.fault(42)
@pytest.mark.parametrize("odd", HARMLESS)
def test_what_is_merely_odd_does_no_harm(odd: str) -> None:
    """Nobody looks at it, so the advice is what it was."""
    told = sent(HARMLESS[odd])

    assert told.status_code == 200
    assert len(told.get_json()["cards"]) == len(AGREED["cards"])


# Each makes a pattern that tries all ways to divide a text try very many of them; at
# this length a square would take many minutes: that the test ends is what it shows.
LONG = {
    "letters": "a" * LENGTH,
    "blanks": " " * LENGTH,
    "digits": "1" * LENGTH,
    "dots": "1." * (LENGTH // 2),
    "dashes": "2026-" * (LENGTH // 5),
    "denials": "no " * (LENGTH // 3),
    "doubts": "rule out " * (LENGTH // 9),
    "phrases": "metastatic cancer of the spine " * (LENGTH // 31),
    "slashes": "a/" * (LENGTH // 2),
    "zeros and a letter": "0" * LENGTH + "x",
    "blanks and a letter": "mri" + " " * LENGTH + "x",
    "words": "not very much " * (LENGTH // 14),
    "accents": "e\u0301" * (LENGTH // 2),
}


def long_texts(request: Any, text: str) -> Iterator[tuple[Path, Any]]:
    """Yield each kind of string in a request, *text* behind it or, by turns, instead."""
    firsts = {shape(path): path for path in reversed(list(paths(request)))}
    for at, path in enumerate(firsts.values()):
        value = request
        for step in path:
            value = value[step]
        if isinstance(value, str):
            yield path, f"{value}{text}" if at % 3 else text


@pytest.mark.parametrize("kind", LONG)
def test_no_text_takes_long_to_read(kind: str) -> None:
    """Wherever it stands, a quarter of a megabyte is read once and not over and over."""
    request = orjson.loads(REQUEST)
    changes = replacements(request, long_texts(request, LONG[kind]))

    told = {
        f"{named(path)}": sent(orjson.dumps(changed)).status_code
        for path, changed, _ in changes
    }

    assert set(told.values()) <= {200, 400, 412}
    assert len(told) > 30


@pytest.mark.parametrize("kind", LONG)
def test_no_text_takes_long_to_understand(kind: str) -> None:
    """For the vocabulary the first 256 characters stand for all of it."""
    vocabulary = services()[VIGNETTE.service].vocabulary

    for before in ("", "no ", "back pain, ", "cancer "):
        whole = vocabulary.read_text(before + LONG[kind])
        assert whole == vocabulary.read_text((before + LONG[kind])[:256])
