"""What is found where a chart holds nothing of interest, worked out once.

Hundreds of criteria are asked on every call, and a chart bears on a few of them. The
others come to what they come to in any chart with the same gaps. So those answers
are laid down first; then only what the chart may change is asked again, and only
what stands above a changed answer is joined again: once for all charts that answer
alike, but for the evidence. No answer depends on it: without it, the same findings are
made one by one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cds_service.knowledge.practice import AS_PUBLISHED
from cds_service.reasoning.guard import guarded
from cds_service.reasoning.outline import tree
from cds_service.reasoning.plain import AgeAtLeast, OrderCovers
from cds_service.reasoning.truth import Truth
from cds_service.reasoning.watched import ANYTHING, ask_about_nothing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cds_service.facts.model import Facts
    from cds_service.knowledge.practice import Practice
    from cds_service.reasoning.finding import Criterion, Finding

    # The queries that were answered whole, and what the plain questions came to.
    Outset = tuple[frozenset[str], tuple[Truth, ...]]
    # What each criterion that was asked came to: truth, and whether it is unseen.
    Pattern = frozenset[tuple[int, Truth, bool]]

# They have no evidence, hence few answers: each set of them has a prior of its own.
_PLAIN = (AgeAtLeast, OrderCovers)
_REMEMBERED = 256
# Of each such set; a pattern takes some kilobytes.
_PATTERNS = 512


@dataclass(frozen=True, slots=True)
class _Laid:
    """The findings about an empty chart, by the identity of the criterion.

    asking: by value set, the criteria whose answer may change where it is held.
    always: those that look at more than value sets.
    """

    findings: Mapping[int, Finding]
    asking: Mapping[str, tuple[Criterion, ...]]
    always: tuple[Criterion, ...]
    joined: dict[Pattern, _Joined] = field(default_factory=dict)

    def concerned(self, facts: Facts) -> dict[int, Criterion]:
        """Give the criteria that these facts may change, each once."""
        found = {id(one): one for one in self.always}
        for value_set in (*facts.coded, *facts.measured):
            for one in self.asking.get(value_set, ()):
                found[id(one)] = one
        return found


@dataclass(frozen=True, slots=True)
class _Joined:
    """What the wholes come to where their parts do so.

    settled: those that do not hold, which rest on no evidence. held: those that do, the
    lower ones first.
    """

    settled: Mapping[int, Finding]
    held: tuple[Criterion, ...]


class Prior:
    """The criteria of a service, prepared to be asked about chart after chart.

    All charts are of one practice. The findings kept between them tell nothing of any
    patient.
    """

    __slots__ = (
        "_above",
        "_every",
        "_kept",
        "_leaves",
        "_next",
        "_plain",
        "_practice",
        "_wholes",
    )

    def __init__(
        self, criteria: Iterable[Criterion], practice: Practice = AS_PUBLISHED
    ) -> None:
        self._practice = practice
        self._every = {id(one): one for one in tree(criteria)}
        every = self._every.values()
        wholes = sorted((one for one in every if one.parts), key=_height)
        leaves = [one for one in every if not one.parts]
        self._wholes = tuple((id(one), one) for one in wholes)
        self._plain = tuple(one for one in leaves if isinstance(one, _PLAIN))
        self._leaves = tuple(one for one in leaves if not isinstance(one, _PLAIN))
        self._next = _wholes_of((one, one.parts) for one in every)
        self._above = _wholes_of((one, tree(one.parts)) for one in every)
        self._kept: dict[Outset, _Laid] = {}

    def lay_down(self, facts: Facts) -> None:
        """Put the finding of every criterion into *facts*."""
        plain = {id(one): _asked(one, facts) for one in self._plain}
        laid = self._laid(facts.complete, plain)
        concerned = laid.concerned(facts)
        doubtful = set(concerned).union(*[self._above[one] for one in concerned])
        judged = facts.judged
        judged.update(laid.findings)
        # Taken away first, since those that are asked may ask for one another.
        for one in doubtful:
            del judged[one]
        for key, leaf in concerned.items():
            judged[key] = _asked(leaf, facts)
        self._join(facts, laid, concerned, doubtful)

    def _join(
        self,
        facts: Facts,
        laid: _Laid,
        concerned: Mapping[int, Criterion],
        doubtful: set[int],
    ) -> None:
        """Settle the wholes above what was asked."""
        asked = [(key, facts.judged[key]) for key in concerned]
        pattern = frozenset([(key, one.truth, one.unseen) for key, one in asked])
        joined = laid.joined.get(pattern)
        if joined is not None:
            facts.judged.update(joined.settled)
            for whole in joined.held:
                whole.assess(facts)
            return
        moved: set[int] = set()
        for key, found in asked:
            if found != laid.findings[key]:
                moved |= self._next[key]
        self._join_again(facts, laid.findings, doubtful, moved)
        if len(laid.joined) >= _PATTERNS:
            laid.joined.clear()
        laid.joined[pattern] = self._joined(facts, doubtful.difference(concerned))

    def _joined(self, facts: Facts, wholes: set[int]) -> _Joined:
        """Take what holds for every chart of a pattern."""
        settled = {key: facts.judged[key] for key in wholes}
        settled = {k: one for k, one in settled.items() if one.truth is not Truth.YES}
        held = wholes - settled.keys()
        return _Joined(settled, tuple(one for key, one in self._wholes if key in held))

    def _join_again(
        self,
        facts: Facts,
        before: Mapping[int, Finding],
        doubtful: set[int],
        moved: set[int],
    ) -> None:
        """Settle what is *doubtful*, upwards from what stands on a *moved* answer."""
        judged = facts.judged
        for key, whole in self._wholes:
            if key in moved:
                found = judged[key] = whole.assess(facts)
                moved |= self._next[key] if found != before[key] else frozenset()
            elif key in doubtful:
                judged[key] = before[key]

    def _laid(self, complete: frozenset[str], plain: Mapping[int, Finding]) -> _Laid:
        outset = (complete, tuple([one.truth for one in plain.values()]))
        laid = self._kept.get(outset)
        if laid is None:
            laid = self._lay(complete, plain)
            if len(self._kept) >= _REMEMBERED:
                self._kept.clear()
            self._kept[outset] = laid
        return laid

    def _lay(self, complete: frozenset[str], plain: Mapping[int, Finding]) -> _Laid:
        """Ask everything about an empty chart that is seen as far as *complete*."""
        findings, always = dict(plain), []
        asking: defaultdict[str, list[Criterion]] = defaultdict(list)
        for leaf in self._leaves:
            found, looked = ask_about_nothing(leaf, complete, plain, self._practice)
            findings[id(leaf)] = found
            if ANYTHING in looked:
                always.append(leaf)
            for value_set in looked - {ANYTHING}:
                asking[value_set].append(leaf)
        for key, whole in self._wholes:
            asked = ask_about_nothing(whole, complete, findings, self._practice)
            findings[key] = asked[0]
        by_value_set = {name: tuple(ones) for name, ones in asking.items()}
        return _Laid(findings, by_value_set, tuple(always))


def _asked(leaf: Criterion, facts: Facts) -> Finding:
    """Ask; what fails is unknown to all that rest on it, and noted."""
    found, fault = guarded(leaf.id, leaf, facts)
    if fault is not None:
        facts.faults.append(fault)
    return found


def _height(criterion: Criterion) -> int:
    """Count the levels of parts below, so that a whole can come after its parts."""
    return 1 + max(map(_height, criterion.parts), default=0)


def _wholes_of(
    pairs: Iterable[tuple[Criterion, Iterable[Criterion]]],
) -> Mapping[int, frozenset[int]]:
    """Turn wholes with their parts around: of each, which wholes it is a part of."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for whole, parts in pairs:
        found[id(whole)].update(())
        for part in parts:
            found[id(part)].add(id(whole))
    return {one: frozenset(wholes) for one, wholes in found.items()}
