"""Markdown that several pages are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hooks.spine_mri.rule import Rule

GENERATED = (
    "<!-- Made from the rules by `cds-service outline --write`: change those, not this "
    "file. -->"
)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; a bar within a cell stays a bar."""
    lines = (head, ["---"] * len(head), *rows)
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |"
        for line in lines
    )


def rule_anchor(rule: Rule) -> str:
    """Give the place of a rule on the clinical page; branches have one each."""
    return f"{rule.id}-{rule.priority:g}".lower().replace(".", "-")


def rule_link(rule: Rule, page: str = "") -> str:
    """Link to a rule."""
    return f"[{rule.id}]({page}#{rule_anchor(rule)})"


def modifier_link(id_: str, page: str = "") -> str:
    """Link to a modifier."""
    return f"[{id_}]({page}#{id_.lower()})"


def heading(anchor: str, title: str, level: int = 2) -> str:
    """Write a heading that can be linked to whatever it says."""
    return f'<a id="{anchor}"></a>\n\n{"#" * level} {title}'
