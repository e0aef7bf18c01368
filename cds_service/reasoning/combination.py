"""Criteria joined into one: all of, any of, at least, none of, unless."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING

from cds_service.knowledge.requirement import DataRequirement
from cds_service.reasoning.finding import Finding
from cds_service.reasoning.truth import Truth, all_true, any_true, count_at_least

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cds_service.facts.model import Basis, Facts
    from cds_service.knowledge.citation import Citation
    from cds_service.reasoning.finding import Criterion


def _any_unseen(parts: Sequence[Finding]) -> bool:
    return any(part.unseen for part in parts)


_truth = attrgetter("truth")


def _as_seen(part: Finding) -> Truth:
    """A test never done is no sign; one that was not seen may be."""
    never_done = part.truth is Truth.UNKNOWN and not part.unseen
    return Truth.NO if never_done else part.truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """Several criteria joined into one by Kleene logic.

    weigh: what a part counts as. hidden: whether what was not seen might make the
    whole hold.
    """

    id: str
    title: str
    condition: str
    parts: tuple[Criterion, ...]
    join: Callable[[Sequence[Truth]], Truth]
    citation: Citation | None = None
    weigh: Callable[[Finding], Truth] = _truth
    hidden: Callable[[Sequence[Finding]], bool] = _any_unseen

    @property
    def needs(self) -> frozenset[DataRequirement]:
        """What the parts need."""
        return frozenset[DataRequirement]().union(*(part.needs for part in self.parts))

    def assess(self, facts: Facts) -> Finding:
        """Join the parts; what holds rests on what its parts that hold rest on."""
        judged = facts.judged
        made: Finding | None = judged.get(id(self))
        if made is None:
            parts = [judged.get(id(one)) or one.assess(facts) for one in self.parts]
            made = judged[id(self)] = self._joined(parts)
        return made

    def _joined(self, parts: Sequence[Finding]) -> Finding:
        truth = self.join([*map(self.weigh, parts)])
        if truth is Truth.YES:
            return Finding(self, truth, unseen=False, basis=_basis(parts))
        return Finding(self, truth, truth is Truth.UNKNOWN and self.hidden(parts))


def _basis(parts: Sequence[Finding]) -> tuple[Basis, ...]:
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
        join=all_true,
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
        join=any_true if needed == 1 else partial(count_at_least, needed),
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
        join=lambda truths: ~any_true(truths),
    )


def no_sign_of(id_: str, title: str, *parts: Criterion) -> Combination:
    """No part may hold, as far as anyone has looked."""
    condition = "none of, and a test never done is no sign"
    return replace(none_of(id_, title, *parts), condition=condition, weigh=_as_seen)


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


def _first_unseen(parts: Sequence[Finding]) -> bool:
    return parts[0].unseen


def _first_unless_rest(truths: Sequence[Truth]) -> Truth:
    asked, *exceptions = truths
    return Truth.NO if Truth.YES in exceptions else asked
