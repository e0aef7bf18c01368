"""The target of the fuzzer takes what it is given, and its mutations are JSON."""

from __future__ import annotations

import orjson
import pytest

from tests.fuzz.reading import mutated, read
from tests.vignettes import FOLDERS, load


@pytest.mark.parametrize("folder", FOLDERS[::8], ids=lambda one: one.name)
def test_a_mutation_is_json_and_is_read(folder: object) -> None:
    """One after the other, as the fuzzer makes them."""
    body = load(folder).body  # type: ignore[arg-type]
    for number in range(40):
        body = mutated(body, 65536, number)
        assert orjson.loads(body) is not None
        read(body)


@pytest.mark.parametrize("body", [b"", b"{", b"5", b"[]", b"{}"])
def test_what_cannot_be_changed_is_left(body: bytes) -> None:
    """No JSON, or nothing in it."""
    assert mutated(body, 100, 1) == body
    read(body)
