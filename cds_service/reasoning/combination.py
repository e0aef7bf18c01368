"""Criteria joined into one: all of, any of, at least, none of, unless."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cds_service.knowledge.requirement import DataRequirement
from cds_service.reasoning.coded_criterion import CodedCriterion
from cds_service.reasoning.finding import Finding
from cds_service.reasoning.truth import Truth, all_true, count_at_least

if TYPE_CHECKING:
    from collections.abc import Callable

    from cds_service.facts.model import Basis, Facts
    from cds_service.knowledge.citation import Citation
    from cds_service.reasoning.finding import Criterion


def _any_unseen(parts: tuple[Finding, ...]) -> bool:
    return any(part.unseen for part in parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """Several criteria joined into one by Kleene logic.

    hidden: whether what was not seen might make the whole hold.
    """

    id: str
    title: str
    condition: str
    parts: tuple[Criterion, ...]
    join: Callable[[tuple[Finding, ...]], Truth]
    citation: Citation | None = None
    hidden: Callable[[tuple[Finding, ...]], bool] = _any_unseen

    # The answer, made once, where the facts hold nothing of what the parts look for.
    quiet: Finding | None = field(init=False, repr=False, compare=False)
    value_sets: frozenset[str] = field(init=False, repr=False, compare=False)
    keys: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        coded = [part for part in self.parts if isinstance(part, _CODED)]
        sets = frozenset[str]().union(*(part.value_sets for part in coded))
        keys = {key for part in coded for key in part.keys}
        object.__setattr__(self, "value_sets", sets)
        object.__setattr__(self, "keys", tuple(sorted(keys)))
        quiet = [part.quiet for part in coded if part.quiet is not None]
        whole = len(quiet) == len(self.parts)
        made = self._joined(tuple(quiet)) if whole else None
        object.__setattr__(self, "quiet", made)

    @property
    def needs(self) -> frozenset[DataRequirement]:
        """What the parts need."""
        return frozenset[DataRequirement]().union(*(part.needs for part in self.parts))

    def assess(self, facts: Facts) -> Finding:
        """Join the parts; the basis is that of the parts that settled it."""
        if self.quiet is not None and self._is_quiet(facts):
            return self.quiet
        made: Finding | None = facts.judged.get(id(self))
        if made is None:
            parts = tuple([part.assess(facts) for part in self.parts])
            made = facts.judged[id(self)] = self._joined(parts)
        return made

    def _is_quiet(self, facts: Facts) -> bool:
        return self.value_sets.isdisjoint(facts.coded) and facts.sees(self.keys)

    def _joined(self, parts: tuple[Finding, ...]) -> Finding:
        truth = self.join(parts)
        if truth is Truth.UNKNOWN:
            return Finding(self, truth, self.hidden(parts), (), parts)
        return Finding(self, truth, unseen=False, basis=_basis(parts), parts=parts)


_CODED = (CodedCriterion, Combination)


def _basis(parts: tuple[Finding, ...]) -> tuple[Basis, ...]:
    """The resources behind the parts that hold, each named once."""
    held = [part.basis for part in parts if part.truth is Truth.YES and part.basis]
    if len(held) < 2:  # noqa: PLR2004 - nothing to merge
        return held[0] if held else ()
    return tuple(dict.fromkeys(basis for bases in held for basis in bases))


def all_of(
    id_: str, title: str, *parts: Criterion, citation: Citation | None = None
) -> Combination:
    """Every part must hold."""
    return Combination(
        id=id_,
        title=title,
        condition="all of",
        parts=parts,
        join=lambda found: all_true(part.truth for part in found),
        citation=citation,
    )


def at_least(
    needed: int,
    id_: str,
    title: str,
    *parts: Criterion,
    citation: Citation | None = None,
) -> Combination:
    """At least *needed* of the parts must hold."""
    return Combination(
        id=id_,
        title=title,
        condition="any of" if needed == 1 else f"at least {needed} of",
        parts=parts,
        join=lambda found: count_at_least(needed, (part.truth for part in found)),
        citation=citation,
    )


def any_of(
    id_: str, title: str, *parts: Criterion, citation: Citation | None = None
) -> Combination:
    """One part is enough."""
    return at_least(1, id_, title, *parts, citation=citation)


def none_of(id_: str, title: str, *parts: Criterion) -> Combination:
    """No part may hold, and none may be unknown."""
    return Combination(
        id=id_,
        title=title,
        condition="none of",
        parts=parts,
        join=lambda found: ~count_at_least(1, (part.truth for part in found)),
    )


def unless(id_: str, title: str, asked: Criterion, *exceptions: Criterion) -> Criterion:
    """What is asked holds, unless an exception is known to hold.

    An exception that is unknown excuses nothing: hiding it never lowers a flag, and
    it makes nothing hold either.
    """
    return Combination(
        id=id_,
        title=title,
        condition="the first, unless one of the others is known to hold",
        parts=(asked, *exceptions),
        join=_first_unless_rest,
        hidden=_first_unseen,
    )


def _first_unseen(parts: tuple[Finding, ...]) -> bool:
    return parts[0].unseen


def _first_unless_rest(found: tuple[Finding, ...]) -> Truth:
    asked, *exceptions = found
    excused = any(part.truth is Truth.YES for part in exceptions)
    return Truth.NO if excused else asked.truth
