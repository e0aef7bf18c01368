"""The shape of the code: short files, short flat functions, frozen data, names."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
FILE_LINES = 250
FUNCTION_LINES = 25
NESTING = 2
EMPTY_WORDS = {
    "manager",
    "processor",
    "handler",
    "helper",
    "helpers",
    "util",
    "utils",
    "data",
    "info",
    "base",
    "common",
    "engine",
    "misc",
}
FHIR_TERMS = {"DataRequirement"}

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
SOURCES = sorted(
    path.relative_to(ROOT)
    for folder in ("cds_service", "hooks")
    for path in (ROOT / folder).rglob("*.py")
)
SHAPED = pytest.mark.parametrize("path", SOURCES, ids=str)


def nodes(path: Path) -> Iterator[ast.AST]:
    """Walk the nodes of a file."""
    return ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8")))


def functions(path: Path) -> Iterator[Function]:
    """Walk the functions of a file."""
    return (node for node in nodes(path) if isinstance(node, Function))


def code_lines(function: Function, text: list[str]) -> int:
    """Count the lines of a body that hold code: no docstring, blank or comment."""
    first = function.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    start = (first.end_lineno or 0) + 1 if documented else first.lineno
    lines = (line.strip() for line in text[start - 1 : function.end_lineno])
    return sum(bool(line) and not line.startswith("#") for line in lines)


def nesting(node: ast.AST, depth: int = 0) -> int:
    """Measure how deep blocks stand in blocks; elif counts as its if."""
    blocks = ast.If | ast.For | ast.While | ast.With | ast.Try | ast.Match
    deepest = depth
    for child in ast.iter_child_nodes(node):
        chained = isinstance(node, ast.If) and node.orelse == [child]
        chained = chained and isinstance(child, ast.If)
        inside = isinstance(child, blocks) and not chained
        if not isinstance(child, Function):
            deepest = max(deepest, nesting(child, depth + inside))
    return deepest


@SHAPED
def test_a_file_is_short(path: Path) -> None:
    """At most 250 lines."""
    assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) <= FILE_LINES


@SHAPED
def test_functions_are_short(path: Path) -> None:
    """At most 25 lines of code."""
    text = (ROOT / path).read_text(encoding="utf-8").splitlines()
    long = {
        function.name: lines
        for function in functions(path)
        if (lines := code_lines(function, text)) > FUNCTION_LINES
    }

    assert not long


@SHAPED
def test_functions_are_flat(path: Path) -> None:
    """Blocks stand at most two deep."""
    deep = {
        function.name: depth
        for function in functions(path)
        if (depth := nesting(function)) > NESTING
    }

    assert not deep


@SHAPED
def test_dataclasses_are_frozen(path: Path) -> None:
    """Every dataclass is frozen and has slots."""
    loose = {
        node.name
        for node in nodes(path)
        if isinstance(node, ast.ClassDef)
        for decorator in map(ast.unparse, node.decorator_list)
        if re.match(r"(dataclasses\.)?dataclass\b", decorator)
        and not {"frozen=True", "slots=True"} <= set(re.findall(r"\w+=\w+", decorator))
    }

    assert not loose


@SHAPED
def test_names_explain(path: Path) -> None:
    """No module, class or function is named by a word that explains nothing."""
    definitions = Function | ast.ClassDef
    named = {node.name for node in nodes(path) if isinstance(node, definitions)}
    words = {
        word.lower()
        for name in {path.stem, *named} - FHIR_TERMS
        for word in re.findall(r"[A-Z]?[a-z]+", name)
    }

    assert not words & EMPTY_WORDS


@SHAPED
def test_annotations_are_postponed(path: Path) -> None:
    """Every module with code begins in the same way."""
    text = (ROOT / path).read_text(encoding="utf-8")
    statements = ast.parse(text).body

    assert len(statements) <= 1 or "from __future__ import annotations" in text


def test_no_path_of_a_machine_is_named() -> None:
    """Nothing tracked speaks of where it was written."""
    written = [
        *SOURCES,
        *(Path(name) for name in ("Makefile", "pyproject.toml", ".ci/run")),
        Path("requirements.lock"),
    ]
    named = re.compile(r"/(work|opt|root|home)/|://|find-links|index-url")
    found = {
        str(path)
        for path in written
        if path.suffix != ".py"
        and path.name != "Makefile"
        and named.search((ROOT / path).read_text(encoding="utf-8"))
    }

    assert not found
