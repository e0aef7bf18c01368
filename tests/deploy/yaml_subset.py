"""Read the YAML that deploy/ is written in: a small part of the language.

Block mappings and sequences, `[a, b]`, `{}`, quoted and plain scalars, `>-`. Whatever
else YAML has is refused, so that nothing is read otherwise than an engine reads it:
anchors, tags, tabs, comments behind a value, words like `yes` and `no`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

KEY = re.compile(r"([A-Za-z0-9_./-]+):(?: (.*))?")
AMBIGUOUS = {"yes", "no", "on", "off", "y", "n", "null", "~", ""}


@dataclass(frozen=True, slots=True)
class Line:
    """A line that says something: how far it is indented, and what it says."""

    number: int
    indent: int
    text: str


class Refused(ValueError):
    """Something that this reader does not read."""


def read(path: Path) -> Any:
    """Read a file of one document."""
    lines = [
        Line(number, len(raw) - len(raw.lstrip(" ")), raw.strip())
        for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if raw.strip() and not raw.strip().startswith("#")
    ]
    value, rest = _block(lines, lines[0].indent)
    if rest:
        raise Refused(f"{path.name}:{rest[0].number}: indented otherwise")
    return value


def _block(lines: list[Line], indent: int) -> tuple[Any, list[Line]]:
    if lines[0].text.startswith("- "):
        return _sequence(lines, indent)
    return _mapping(lines, indent)


def _sequence(lines: list[Line], indent: int) -> tuple[list[Any], list[Line]]:
    found = []
    while lines and lines[0].indent == indent and lines[0].text.startswith("- "):
        first, rest = lines[0], lines[1:]
        text = first.text[2:]
        if not KEY.fullmatch(text):
            found.append(_scalar(text, first))
            lines = rest
            continue
        # `- name: x` begins a mapping two columns further in.
        inner = [Line(first.number, indent + 2, text), *rest]
        value, lines = _mapping(inner, indent + 2)
        found.append(value)
    return found, lines


def _mapping(lines: list[Line], indent: int) -> tuple[dict[str, Any], list[Line]]:
    found: dict[str, Any] = {}
    while lines and lines[0].indent == indent and not lines[0].text.startswith("- "):
        line, lines = lines[0], lines[1:]
        match = KEY.fullmatch(line.text)
        if match is None or match[1] in found:
            raise Refused(f"line {line.number}: no `key: value`, or a key twice")
        found[match[1]], lines = _value(match[2], line, lines)
    return found, lines


def _value(text: str | None, line: Line, lines: list[Line]) -> tuple[Any, list[Line]]:
    if text == ">-":
        folded = [one.text for one in _deeper(lines, line.indent)]
        return " ".join(folded), lines[len(folded) :]
    if text:
        return _scalar(text, line), lines
    dashed = lines[0].text.startswith("- ") and lines[0].indent == line.indent
    if lines[0].indent <= line.indent and not dashed:
        raise Refused(f"line {line.number}: a key without a value")
    return _block(lines, lines[0].indent)


def _deeper(lines: list[Line], indent: int) -> list[Line]:
    end = next((n for n, one in enumerate(lines) if one.indent <= indent), len(lines))
    return lines[:end]


def _scalar(text: str, line: Line) -> Any:
    if text == "{}":
        return {}
    if text[0] == "[" and text[-1] == "]":
        return [_scalar(one, line) for one in _listed(text[1:-1])]
    if text[0] == '"':
        return json.loads(text)
    if text in {"true", "false"} or re.fullmatch(r"-?\d+(\.\d+)?", text):
        return json.loads(text)
    # `{{ $labels.x }}` within a plain scalar is plain; at its beginning it is not.
    wrong = text[0] in "&*!|>'%@`{[," or ": " in text or " #" in text or "\t" in text
    if wrong or text.lower() in AMBIGUOUS or text[-1] == ":":
        raise Refused(f"line {line.number}: quote this value")
    return text


def _listed(text: str) -> list[str]:
    return [one[0] for one in re.findall(r'\s*("(?:[^"\\]|\\.)*"|[^,]+)(,|$)', text)]
