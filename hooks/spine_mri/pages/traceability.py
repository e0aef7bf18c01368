"""Every statement of the commissioning summary: carried by what, shown by what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cds_service.presentation.markdown import plain
from hooks.spine_mri.modifiers import MODIFIERS
from hooks.spine_mri.pages.layout import (
    GENERATED,
    modifier_link,
    rule_link,
    table,
)
from hooks.spine_mri.pages.shown_by import VIGNETTES, short
from hooks.spine_mri.statements import STATEMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hooks.spine_mri.rule import Rule
    from hooks.spine_mri.statements import Statement

PAGE = "README.md"
SHOWN = 5
ABOUT = (
    "The statements are those of the summary that commissioned these rules, in our "
    "own short words. The summary awaits review by its own board, so no rule rests on "
    "it alone: each cites primary sources. What shows a rule, whole, is listed below."
)


@dataclass(frozen=True, slots=True)
class Trace:
    """What became of one statement.

    Attributes:
        rules: the ids of the rules and modifiers that carry it.
        links: the same as links to the clinical page.
    """

    statement: Statement
    rules: tuple[str, ...]
    links: tuple[str, ...]

    @property
    def settled(self) -> bool:
        """Whether it is carried, or its absence has a reason."""
        said = self.statement
        return bool(self.rules or said.place or said.note or said.waits_for)


def traces(rules: Sequence[Rule]) -> tuple[Trace, ...]:
    """Find for each statement the rules and modifiers that carry it."""
    return tuple(_trace(statement, rules) for statement in STATEMENTS)


def _trace(statement: Statement, rules: Sequence[Rule]) -> Trace:
    linked = {
        one.id: modifier_link(one.id, PAGE)
        for one in MODIFIERS
        if statement.id in one.statements
    }
    for rule in rules:
        if statement.id in rule.statements:
            linked.setdefault(rule.id, rule_link(rule, PAGE))
    return Trace(statement, tuple(linked), tuple(linked.values()))


def traceability_page(
    rules: Sequence[Rule], shown: Mapping[str, tuple[str, ...]]
) -> str:
    """Write the whole page."""
    parts = (
        GENERATED,
        "# From the summary to rules and tests",
        ABOUT,
        "## Statements",
        table(
            ("", "statement", "carried by", "remark", "shown by"),
            (_row(trace, shown) for trace in traces(rules)),
        ),
        "## Rules and modifiers, and what shows them",
        table(("rule", "vignettes and tables of tests"), _shown(rules, shown)),
    )
    return "\n\n".join(parts) + "\n"


def _row(trace: Trace, shown: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    said = trace.statement
    carried = [*trace.links, said.place]
    if not trace.rules and said.waits_for:
        carried.append(f"not yet: waits for rule {said.waits_for}")
    where = ", ".join(filter(None, carried)) or "set aside"
    return (
        f'<a id="{said.id.lower()}"></a>{said.id}',
        plain(said.words),
        where,
        said.note,
        _listed(files_showing(trace, shown)),
    )


def files_showing(
    trace: Trace, shown: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """Give what shows a statement: its own tests, then what shows its rules."""
    of_rules = (file for id_ in trace.rules for file in shown.get(short(id_), ()))
    return tuple(dict.fromkeys((*trace.statement.tests, *of_rules)))


def _shown(
    rules: Sequence[Rule], shown: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, str]]:
    names = {one.id: rule_link(one, PAGE) for one in reversed(rules)}
    ids = dict.fromkeys((*(one.id for one in rules), *(one.id for one in MODIFIERS)))
    for id_ in ids:
        link = names.get(id_) or modifier_link(id_, PAGE)
        files = shown.get(short(id_), ())
        yield link, _listed(files, len(files))


def _listed(paths: Sequence[str], most: int = SHOWN) -> str:
    """Link files of the project by their last name, vignettes before tests."""
    ordered = sorted(paths, key=lambda path: not path.startswith(VIGNETTES))
    linked = [f"[{one.rpartition('/')[2]}](../../{one})" for one in ordered[:most]]
    more = [f"and {len(paths) - most} more"] if len(paths) > most else []
    return ", ".join((*linked, *more))
