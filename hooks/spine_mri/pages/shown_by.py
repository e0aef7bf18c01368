"""Which vignettes and which tables of tests show a rule."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import defaultdict
from importlib import import_module
from typing import TYPE_CHECKING

from cds_service.reasoning.outline import tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from hooks.spine_mri.rule import Rule

VIGNETTES = "fixtures/spine_mri"
TESTS = "tests/hooks/spine_mri"
CRITERIA = "hooks.spine_mri.criteria."
# A rule as a row of a table names it: NEU1, ONC3b.
NAMED = re.compile(r"\b[A-Z]{3}\d[a-z]?\b")


def short(rule_id: str) -> str:
    """Give the part of a rule's id that tables use: "NEU1"."""
    return rule_id.partition("-")[0]


def shown_by(root: Path, rules: Sequence[Rule]) -> Mapping[str, tuple[str, ...]]:
    """Give what shows a rule, relative to *root*, by its short id; vignettes first.

    A vignette whose answer the rule gives; a test with the rule in a table, or with a
    table of one of its criteria.
    """
    asks: defaultdict[str, set[str]] = defaultdict(set)
    for rule in rules:
        asks[short(rule.id)] |= {one.id for one in tree((rule.criterion,))}
    found: defaultdict[str, list[str]] = defaultdict(list)
    for folder, rule_id in _vignettes(root):
        found[rule_id].append(folder)
    for file in sorted((root / TESTS).glob("test_*.py")):
        text = file.read_text(encoding="utf-8")
        judged = _judged(text)
        of_criteria = {id_ for id_, asked in asks.items() if asked & judged}
        for rule_id in _in_tables(text) | of_criteria:
            found[rule_id].append(f"{TESTS}/{file.name}")
    return {rule_id: tuple(files) for rule_id, files in found.items()}


def _vignettes(root: Path) -> Iterator[tuple[str, str]]:
    for case in sorted((root / VIGNETTES).glob("*/case.toml")):
        expected = tomllib.loads(case.read_text(encoding="utf-8"))["expect"]
        folder = f"{VIGNETTES}/{case.parent.name}"
        yield folder, short(str(expected.get("rule", "")))


def _in_tables(text: str) -> set[str]:
    rows = (line for line in text.splitlines() if "|" in line)
    return {rule for row in rows for rule in NAMED.findall(row)}


def _judged(text: str) -> set[str]:
    """Give the ids of the criteria that a test imports."""
    taken = (
        getattr(import_module(node.module), alias.name, None)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(CRITERIA)
        for alias in node.names
        if node.module
    )
    return {str(one.id) for one in taken if one is not None and hasattr(one, "assess")}
