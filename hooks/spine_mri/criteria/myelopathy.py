"""Is there a myelopathy, and is it new?

An order for a known myelopathy states it without a date: a dated fact of the chart
then says that it is old.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cds_service.fhir.prefetch import key_of
from cds_service.knowledge.requirement import DataRequirement
from cds_service.reasoning.coded import INCLUDED, ORDER, counted
from cds_service.reasoning.plain import Judgement, Verdict, found_or_seen
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.citations import ACR_MYELOPATHY
from hooks.spine_mri.criteria.neurology import AFTER_CARE

if TYPE_CHECKING:
    from cds_service.facts.model import Fact, Facts

NEEDS = frozenset({DataRequirement("Condition", None, codes.MYELOPATHY.id)})
KEYS = (*(key_of(need) for need in NEEDS), ORDER)
WITHIN = timedelta(days=90)


def myelopathies(facts: Facts) -> list[Fact]:
    """Every active myelopathy, from the chart and from the order."""
    return [
        fact
        for fact in facts.coded.get(codes.MYELOPATHY.id, ())
        if fact.active
        and fact.role in INCLUDED
        and not AFTER_CARE & fact.tags
        and counted(fact, facts.as_of)
    ]


def _new(facts: Facts) -> list[Fact]:
    """The dated facts decide; without any, an undated one counts as new."""
    active = myelopathies(facts)
    dated = [fact for fact in active if fact.when is not None]
    fresh = [
        fact
        for fact in dated
        if fact.when and fact.when.age_at_most(facts.as_of, WITHIN)
    ]
    return fresh if dated else active


def _verdict(found: list[Fact], facts: Facts) -> Verdict:
    return found_or_seen((fact.basis for fact in found), facts, KEYS)


MYELOPATHY_NEW = Judgement(
    id="myelopathy-new",
    title="Myelopathy, new or without a date",
    condition="active myelopathy dated within 90 days, or none of it dated",
    needs=NEEDS,
    judge=lambda facts: _verdict(_new(facts), facts),
    citation=ACR_MYELOPATHY,
)
MYELOPATHY_KNOWN = Judgement(
    id="myelopathy-known",
    title="Known myelopathy",
    condition="active myelopathy of any date",
    needs=NEEDS,
    judge=lambda facts: _verdict(myelopathies(facts), facts),
    citation=ACR_MYELOPATHY,
)
