"""The kind of criterion that looks for coded facts: diagnoses, procedures, reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cds_service.fhir.prefetch import key_of
from cds_service.knowledge.requirement import DataRequirement
from cds_service.knowledge.value_set import Role
from cds_service.reasoning.finding import Finding
from cds_service.reasoning.limit import span
from cds_service.reasoning.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Callable

    from cds_service.facts.model import Fact, Facts
    from cds_service.knowledge.citation import Citation
    from cds_service.knowledge.value_set import ValueSet
    from cds_service.reasoning.finding import Criterion
    from cds_service.reasoning.limit import Window

INCLUDED = frozenset({Role.INCLUDE})
SUPPORTING = frozenset({Role.SUPPORTING})
ANY_STRENGTH = INCLUDED | SUPPORTING
DIAGNOSES = ("Condition",)
# A reason the order states is read like a diagnosis, so it has a sight of its own.
ORDER = "order"
# Among the sites asked for: a fact that names no site counts too.
ANYWHERE = "anywhere"
UNSITED = frozenset({ANYWHERE})
# Referrals count where they are seen, and are not asked for.
REFERRAL = "ServiceRequest"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedCriterion:
    """The chart or the order holds a fact of a value set, in a certain state.

    sources: the resource types it is read from. roles, tags, avoid: which members of
    the value set count. stated: whether a reason of the order counts. sites: parts of
    the body, where only those count; a fact that names no site counts when `anywhere`
    is among them. window: where there is one, a fact without a date may lie in it or
    not, so that it is unseen, unless it ended before.
    """

    id: str
    title: str
    condition: str
    codes: ValueSet
    holds: Callable[[Fact, Facts], bool]
    roles: frozenset[Role] = INCLUDED
    tags: frozenset[str] = frozenset()
    avoid: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    sources: tuple[str, ...] = DIAGNOSES
    window: Window | None = None
    stated: bool = True
    citation: Citation | None = None
    parts: tuple[Criterion, ...] = ()
    keys: tuple[str, ...] = field(init=False, repr=False)
    # Most answers are one of these two, so they are made once.
    quiet: Finding = field(init=False, repr=False, compare=False)
    unseen: Finding = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        keys = (*sorted({key_of(need) for need in self.needs}), ORDER)
        object.__setattr__(self, "keys", keys)
        object.__setattr__(self, "quiet", Finding(self, Truth.NO))
        unseen = Finding(self, Truth.UNKNOWN, unseen=True)
        object.__setattr__(self, "unseen", unseen)

    @property
    def needs(self) -> frozenset[DataRequirement]:
        """One query for each source that is asked for."""
        return frozenset(
            DataRequirement(source, None, self.codes.id)
            for source in self.sources
            if source != REFERRAL
        )

    def assess(self, facts: Facts) -> Finding:
        """YES with the facts that hold; NO only where all was seen."""
        candidates = facts.coded.get(self.codes.id)
        held = self.matching(facts) if candidates else ()
        if held:
            basis = tuple(dict.fromkeys(fact.basis for fact in held))
            return Finding(self, Truth.YES, unseen=False, basis=basis)
        if candidates and self.window and self._may_lie_in(self.window, facts):
            return self.unseen
        return self.quiet if facts.sees(self.keys) else self.unseen

    def _may_lie_in(self, window: Window, facts: Facts) -> bool:
        """Whether one of them would count if it had a date."""
        length = span(window, facts.practice)
        return any(
            fact.when is None
            and (fact.ended is None or fact.ended.age_at_most(facts.as_of, length))
            and fact.role in self.roles
            and self.tags <= fact.tags
            and not self.avoid & fact.tags
            and fact.source in self.sources
            for fact in facts.coded.get(self.codes.id, ())
        )

    def matching(self, facts: Facts) -> tuple[Fact, ...]:
        """The facts that are asked for."""
        return tuple(
            fact
            for fact in facts.coded.get(self.codes.id, ())
            if fact.role in self.roles
            and self.tags <= fact.tags
            and not self.avoid & fact.tags
            and self._told(fact)
            and self._sited(fact)
            and self.holds(fact, facts)
        )

    def _told(self, fact: Fact) -> bool:
        return fact.source in self.sources or (self.stated and fact.source == ORDER)

    def _sited(self, fact: Fact) -> bool:
        if not self.sites:
            return True
        return bool(self.sites & (fact.sites or UNSITED))
