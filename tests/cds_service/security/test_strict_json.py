"""A token's JSON is read in one way or not at all."""

from __future__ import annotations

import pytest

from cds_service.security.strict_json import read_object


@pytest.mark.fault(8)
@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"null",
        b"[]",
        b'"text"',
        b'{"a": 1} {"b": 1}',
        b'{"a": 1, "a": 1}',
        b'{"a": 1, "\\u0061": 2}',
        b'{"x": [{"a": 1, "a": 2}]}',
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1e400}',
        b'{"a": ' + b"9" * 5_000 + b"}",
        b'{"a": "\\ud800"}',
        b'\xef\xbb\xbf{"a": 1}',
        b'{"a": "\xff"}',
        '{"a": 1}'.encode("utf-16"),
        b'{"a": ' * 2_000 + b"1" + b"}" * 2_000,
    ],
)
def test_what_can_be_read_in_two_ways_is_refused(text: bytes) -> None:
    """The error quotes nothing."""
    with pytest.raises(
        ValueError, match=r"^no JSON object(, or one with a member twice)?$"
    ):
        read_object(text)


def test_an_object_is_read() -> None:
    """Equal names in different objects are no duplicates."""
    assert read_object(b'{"a": {"a": [1.5]}, "b": {"a": "\\u00e9"}}') == {
        "a": {"a": [1.5]},
        "b": {"a": "é"},
    }


def test_depth_ends_in_an_error_at_most() -> None:
    """Where one reader still reads and the other does not, it is refused too."""
    for depth in (900, 995, 1_020):
        text = b'{"a": ' * depth + b"1" + b"}" * depth
        try:
            assert read_object(text)
        except ValueError:
            assert depth > 900
