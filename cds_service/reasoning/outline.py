"""Write a criterion out as the page a clinician signs off."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cds_service.facts.model import Facts
    from cds_service.reasoning.finding import Criterion, Finding


def outline(criterion: Criterion, depth: int = 0) -> Iterator[str]:
    """Yield the lines of a nested Markdown list."""
    source = f" [{criterion.citation.label}]" if criterion.citation else ""
    indent = "  " * depth
    name = f"{criterion.title} (`{criterion.id}`)"
    yield f"{indent}- {name}: {criterion.condition}{source}"
    for part in criterion.parts:
        yield from outline(part, depth + 1)


def findings_tree(finding: Finding, facts: Facts, depth: int = 0) -> Iterator[str]:
    """Yield the lines of a tree: each criterion, its answer, and its resources."""
    answer = finding.truth.name.lower() + (" (unseen)" if finding.unseen else "")
    basis = "; ".join(f"{one.display} [{one.reference}]" for one in finding.basis)
    shown = f" <- {basis}" if basis and not finding.criterion.parts else ""
    yield f"{'  ' * depth}{answer:<17} {finding.criterion.title}{shown}"
    for part in finding.parts(facts):
        yield from findings_tree(part, facts, depth + 1)


def tree(criteria: Iterable[Criterion]) -> Iterator[Criterion]:
    """Walk criteria and their parts, from the top down."""
    for criterion in criteria:
        yield criterion
        yield from tree(criterion.parts)
