"""Reading a body and its members."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from cds_service.cds_hooks import members
from cds_service.cds_hooks.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Callable

HOSTILE = {
    "empty": b"",
    "cut short": b'{"a":',
    "no object": b"[]",
    "null": b"null",
    "byte order mark": b"\xef\xbb\xbf{}",
    "utf-16": '{"a":1}'.encode("utf-16"),
    "latin-1": b'{"a":"\xe9"}',
    "lone surrogate": b'{"a":"\\ud800"}',
    "not a number": b'{"a":NaN}',
    "infinity": b'{"a":Infinity}',
    "too large a number": b'{"a":1e400}',
    "100,000 levels of arrays": b"[" * 100_000,
    "100,000 levels, closed": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "60,000 values in an array": b'{"a":[' + b"0," * 60_000 + b"0]}",
    "60,000 objects": b'{"a":[' + b"{}," * 60_000 + b"0]}",
}


@pytest.mark.fault(42)
@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_body_is_refused_at_the_root(body: bytes) -> None:
    """Whatever is no modest JSON object is refused, and the place is the root."""
    with pytest.raises(BadRequest) as refused:
        members.read_object(body)

    assert refused.value.where == "$"


@pytest.mark.parametrize(
    "trap", ["byte order mark", "lone surrogate", "number", "1,024 levels"]
)
def test_what_other_readers_let_pass_is_named(trap: str) -> None:
    """Whoever sends a mark before the text sees nothing wrong with it."""
    with pytest.raises(BadRequest) as refused:
        members.read_object(HOSTILE["byte order mark"])

    assert trap in refused.value.remedy


def test_five_thousand_digits_do_no_harm() -> None:
    """A number no machine word holds is refused or read, but raises nothing else."""
    with pytest.raises(BadRequest):
        members.read_object(b'{"a":' + b"9" * 5_000 + b"}")


def test_commas_in_text_are_not_values() -> None:
    """A long text full of commas is one value."""
    body = b'{"a":"' + b"," * 120_000 + b'"}'

    assert members.read_object(body) == {"a": "," * 120_000}


def test_of_members_with_one_name_the_last_counts() -> None:
    """A repeated name is tolerated."""
    assert members.read_object(b'{"a":1,"a":2}') == {"a": 2}


@pytest.mark.fault(42)
@pytest.mark.parametrize(
    ("body", "limits", "told"),
    [
        (b'{"a":[1,2]}', members.Limits(nodes=4), ""),
        (b'{"a":[1,2,3]}', members.Limits(nodes=4), "4 JSON values"),
        (b'{"a":",,,,,,,,,,,,,,,,"}', members.Limits(nodes=4), ""),
        (b'{"a":[{"b":1},2]}', members.Limits(depth=3), ""),
        (b'{"a":[{"b":[]},2]}', members.Limits(depth=3), "3 levels"),
        (b'{"a":[{"b":{}},2]}', members.Limits(depth=3), "3 levels"),
        (b"{}", members.Limits(depth=1), ""),
    ],
)
def test_a_site_may_set_the_limits(
    body: bytes, limits: members.Limits, told: str
) -> None:
    """At the limit all is well; past it, the refusal names it."""
    if not told:
        assert members.read_object(body, limits) is not None
        return
    with pytest.raises(BadRequest, match=told) as refused:
        members.read_object(body, limits)
    assert refused.value.where == "$"


REQUIRED: list[Callable[..., object]] = [members.text, members.mapping, members.array]
OPTIONAL: list[Callable[..., object]] = [
    members.optional_text,
    members.optional_mapping,
    members.optional_array,
]


@pytest.mark.parametrize("read", REQUIRED)
@pytest.mark.parametrize("parent", [{}, {"name": None}], ids=["absent", "null"])
def test_a_missing_member_is_named(
    read: Callable[..., object], parent: dict[str, object]
) -> None:
    """Absent and null are the same: missing, and the path says what."""
    with pytest.raises(BadRequest, match=re.escape("$.at.name")):
        read(parent, "name", "$.at")


@pytest.mark.parametrize("read", OPTIONAL)
@pytest.mark.parametrize("parent", [{}, {"name": None}], ids=["absent", "null"])
def test_an_optional_member_may_be_missing(
    read: Callable[..., object], parent: dict[str, object]
) -> None:
    """Absent and null read as None."""
    assert read(parent, "name", "$") is None


@pytest.mark.parametrize("read", REQUIRED + OPTIONAL)
def test_a_member_of_another_type_is_named(read: Callable[..., object]) -> None:
    """A wrong type is refused and the value is not repeated."""
    with pytest.raises(BadRequest, match=re.escape("$.name")) as refused:
        read({"name": 4711}, "name", "$")

    assert "4711" not in str(refused.value)


@pytest.mark.parametrize(
    ("read", "value"),
    [(members.text, "a"), (members.mapping, {"a": 1}), (members.array, [1])],
    ids=["text", "mapping", "array"],
)
def test_a_member_of_its_type_is_read(
    read: Callable[..., object], value: object
) -> None:
    """What is of its type comes back as it is."""
    assert read({"name": value}, "name", "$") == value


def test_empty_text_is_missing() -> None:
    """CDS Hooks knows no empty strings."""
    with pytest.raises(BadRequest, match="missing"):
        members.text({"name": ""}, "name", "$")
