"""Criteria about the person and the order, and the odd one out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cds_service.facts.model import once
from cds_service.facts.timing import years_between
from cds_service.knowledge.requirement import DataRequirement
from cds_service.reasoning.finding import Finding
from cds_service.reasoning.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cds_service.facts.model import Basis, Facts
    from cds_service.knowledge.citation import Citation
    from cds_service.reasoning.finding import Criterion

PATIENT = frozenset({DataRequirement("Patient")})


@once
def age_of(facts: Facts) -> tuple[int, int] | None:
    """Give the least and the greatest age, in years; None without a birth date."""
    birth = facts.person.birth
    return None if birth is None else years_between(birth, facts.as_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeAtLeast:
    """The patient has completed so many years. An unknown birth date is unseen."""

    id: str
    title: str
    years: int
    citation: Citation | None = None
    parts: tuple[Criterion, ...] = ()

    @property
    def condition(self) -> str:
        """The age in years."""
        return f"age at least {self.years} years"

    @property
    def needs(self) -> frozenset[DataRequirement]:
        """The Patient."""
        return PATIENT

    def assess(self, facts: Facts) -> Finding:
        """Judge the least and the greatest age the birth date allows."""
        age = age_of(facts)
        if age is None:
            return Finding(self, Truth.UNKNOWN, unseen=True)
        least, greatest = age
        if least >= self.years:
            return Finding(self, Truth.YES)
        if greatest < self.years:
            return Finding(self, Truth.NO)
        return Finding(self, Truth.UNKNOWN, unseen=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCovers:
    """The order covers one of these sites; one that names no site may."""

    id: str
    title: str
    sites: frozenset[str]
    unstated: bool
    citation: Citation | None = None
    parts: tuple[Criterion, ...] = ()
    needs: frozenset[DataRequirement] = frozenset()

    @property
    def condition(self) -> str:
        """The sites."""
        rest = ", or no region" if self.unstated else ""
        return f"the order covers {' or '.join(sorted(self.sites))}{rest}"

    def assess(self, facts: Facts) -> Finding:
        """Compare the sites."""
        covered = facts.order.sites
        value = bool(covered & self.sites) if covered else self.unstated
        return Finding(self, Truth.of(value=value))


class Verdict(NamedTuple):
    """What a judgement comes to; as in Finding."""

    truth: Truth
    basis: tuple[Basis, ...] = ()
    unseen: bool = False


def found_or_seen(
    found: Iterable[Basis], facts: Facts, keys: tuple[str, ...]
) -> Verdict:
    """YES with what was found; NO only where all of *keys* was seen."""
    basis = tuple(found)
    if basis:
        return Verdict(Truth.YES, basis)
    seen = facts.sees(keys)
    return Verdict(Truth.NO if seen else Truth.UNKNOWN, unseen=not seen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A question that none of the other kinds can ask."""

    id: str
    title: str
    condition: str
    needs: frozenset[DataRequirement]
    judge: Callable[[Facts], Verdict]
    citation: Citation | None = None
    parts: tuple[Criterion, ...] = ()

    def assess(self, facts: Facts) -> Finding:
        """Let the judge decide, once about the same facts."""
        made: Finding | None = facts.judged.get(id(self))
        if made is None:
            verdict = self.judge(facts)
            truth, basis, unseen = verdict
            once = tuple(dict.fromkeys(basis)) if basis else ()
            made = Finding(self, truth, unseen, once)
            facts.judged[id(self)] = made
        return made
