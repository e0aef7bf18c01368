"""The small YAML reader refuses what it cannot read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.deploy.yaml_subset import Refused, read

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """
# said of a file
name: one
numbers: [1, "a, b", c]
none: {}
list:
  - plain
  - name: x
    more:
      deep: true
  - "quoted: yes"
folded: >-
  a
  b
last: "8000:8000"
"""


def test_it_reads_what_yaml_reads(tmp_path: Path) -> None:
    """Everything deploy/ uses."""
    file = tmp_path / "a.yaml"
    file.write_text(TEXT, encoding="utf-8")

    assert read(file) == {
        "name": "one",
        "numbers": [1, "a, b", "c"],
        "none": {},
        "list": ["plain", {"name": "x", "more": {"deep": True}}, "quoted: yes"],
        "folded": "a b",
        "last": "8000:8000",
    }


@pytest.mark.parametrize(
    "text",
    [
        "a: yes",
        "a: &x 1",
        "a: b: c",
        "a: x # y",
        "a: 1\na: 2",
        "a:\nb: 1",
        "a: 'x'",
        "a: 1\n   b: 2",
        "just words",
    ],
)
def test_it_refuses_the_rest(text: str, tmp_path: Path) -> None:
    """Rather than read it otherwise than others do."""
    file = tmp_path / "a.yaml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(Refused):
        read(file)
