"""What is promised, and the tests that show it, as pages: `python -m tests.traceability`.

The promises are kept in TOML beside the tests; nothing here judges them.
"""

from __future__ import annotations

import ast
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

TESTS = Path(__file__).parent
ROOT = TESTS.parent
CONFORMANCE, FAULTS = ROOT / "docs" / "conformance.md", ROOT / "docs" / "faults.md"
AGAIN = "Made by `python -m tests.traceability`; a test fails when it is stale."


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One thing that is promised.

    id: its number. says: what, in a sentence. tests: those that show it, from tests/
    on. besides: what no test shows, or not alone. fault: what goes wrong, where the
    promise is about that.
    """

    id: str
    says: str
    tests: tuple[str, ...] = ()
    besides: str = ""
    fault: str = ""


def promises(name: str) -> tuple[Promise, ...]:
    """Read those of one file, in its order."""
    lines = tomllib.loads((TESTS / name).read_text(encoding="utf-8"))["line"]
    return tuple(
        Promise(**{**line, "tests": tuple(line.get("tests", ()))}) for line in lines
    )


def specification() -> tuple[Promise, ...]:
    """What the specification asks of a service."""
    return promises("conformance/specification.toml")


def checklist() -> tuple[Promise, ...]:
    """What we ask of ourselves beyond it."""
    return promises("conformance/checklist.toml")


def faults() -> tuple[Promise, ...]:
    """What may go wrong, with the tests that bear the number of its row."""
    marked = tests_by_row()
    return tuple(
        Promise(
            id=one.id,
            says=one.says,
            tests=marked.get(int(one.id), ()),
            besides=one.besides,
            fault=one.fault,
        )
        for one in promises("robustness/faults.toml")
    )


@cache
def all_tests() -> Mapping[str, ast.FunctionDef]:
    """Every test function, by path from tests/ on and name."""
    return {
        f"{path.relative_to(TESTS)}::{node.name}": node
        for path in sorted(TESTS.rglob("test_*.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def tests_by_row() -> Mapping[int, tuple[str, ...]]:
    """Which tests bear the number of a row of the table of faults."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for name, node in all_tests().items():
        for row in sorted(set(_rows(node))):
            found[row].append(name)
    return {row: tuple(names) for row, names in found.items()}


def _rows(node: ast.FunctionDef) -> Iterator[int]:
    for one in node.decorator_list:
        for call in ast.walk(one):
            marks = isinstance(call, ast.Call) and ast.unparse(call.func)
            if isinstance(call, ast.Call) and marks == "pytest.mark.fault":
                yield from map(ast.literal_eval, call.args)


def conformance_page() -> str:
    """Write docs/conformance.md."""
    rows = [
        "# Conformance, line by line",
        "",
        f"{AGAIN} The tests are run by `make test`, each time.",
        "",
        "## What CDS Hooks 2.0.1 asks of a service",
        "",
        "The 73 lines of the specification that say what a service SHALL or SHALL NOT",
        "do, by their numbers in HL7's requirements kit, in our words.",
        "",
        *_table(specification()),
        "",
        "## What we ask of ourselves",
        "",
        "From the versions 1.0 to 3.0-ballot and from what real clients send: what",
        "must, should or may be done, and choices of ours.",
        "",
        *_table(checklist()),
    ]
    return "\n".join(rows) + "\n"


def faults_page() -> str:
    """Write docs/faults.md."""
    rows = [
        "# What may go wrong, and what happens then",
        "",
        AGAIN,
        "",
        "Every test named here is run by `make test`, in CI too, and bears the",
        "number of its row: `pytest -m fault` runs them alone, `-m 'fault and not slow'`",
        "those that take no more than a moment. CI fails when one of them does.",
        "",
        "| row | fault | what we promise | shown by |",
        "|---|---|---|---|",
    ]
    for one in faults():
        shown = _shown(one)
        rows.append(f"| {one.id} | {one.fault} | {one.says} | {shown} |")
    return "\n".join(rows) + "\n"


def _table(lines: Iterable[Promise]) -> Iterator[str]:
    yield "| line | says | shown by |"
    yield "|---|---|---|"
    for one in lines:
        yield f"| {one.id} | {one.says} | {_shown(one)} |"


def _shown(one: Promise) -> str:
    named = [_link(test) for test in one.tests]
    return "<br>".join([*named, *([one.besides] if one.besides else [])])


def _link(test: str) -> str:
    path, name = test.split("::")
    return f"[`{name}`](../tests/{path})"


def main() -> None:
    """Write both pages."""
    CONFORMANCE.write_text(conformance_page(), encoding="utf-8")
    FAULTS.write_text(faults_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
