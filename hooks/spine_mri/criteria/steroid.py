"""Is a steroid taken for long, by diagnosis or by prescription?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cds_service.fhir.prefetch import key_of
from cds_service.knowledge.requirement import DataRequirement
from cds_service.reasoning.coded import INCLUDED, has
from cds_service.reasoning.combination import any_of
from cds_service.reasoning.plain import Judgement, Verdict, found_or_seen
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.citations import HEDIS

if TYPE_CHECKING:
    from cds_service.facts.model import Fact, Facts

PRESCRIBED = "MedicationRequest"
NEED = DataRequirement(PRESCRIBED, None, codes.CHRONIC_STEROID.id)
KEYS = (key_of(NEED),)
LONG = timedelta(days=90)
WINDOW = timedelta(days=365)
# Two may be two short courses; three over so long are one treatment.
RENEWED = 3


def _judge(facts: Facts) -> Verdict:
    """Prescriptions seldom say how long they last, so renewals are read as well."""
    given = [
        fact
        for fact in facts.coded.get(codes.CHRONIC_STEROID.id, ())
        if fact.source == PRESCRIBED and fact.role in INCLUDED
    ]
    standing = [fact for fact in given if _stands(fact, facts)]
    found = standing or _long_enough(given, facts)
    return found_or_seen((fact.basis for fact in found), facts, KEYS)


def _stands(fact: Fact, facts: Facts) -> bool:
    """Whether it is taken now, and for so long, or nobody knows since when."""
    long = fact.when is None or fact.when.age_at_least(facts.as_of, LONG)
    return fact.active and long


def _long_enough(given: list[Fact], facts: Facts) -> list[Fact]:
    """The prescriptions of a year, where together they last for so long."""
    found = [
        fact
        for fact in given
        if fact.when and fact.when.age_at_most(facts.as_of, WINDOW)
    ]
    supply = sum((fact.supply for fact in found if fact.supply), timedelta())
    return found if supply >= LONG or _spans(found, facts) else []


def _spans(found: list[Fact], facts: Facts) -> bool:
    starts = [fact.when.first for fact in found if fact.when]
    if len(starts) < RENEWED:
        return False
    last = facts.as_of if any(fact.active for fact in found) else max(starts)
    return last - min(starts) >= LONG


LONG_PRESCRIPTION = Judgement(
    id="steroid-prescribed-long",
    title="Systemic steroid prescribed for 90 days or more",
    condition=(
        f"prescription that stands since {LONG.days} days or without a date; or, in "
        f"{WINDOW.days} days, supply for {LONG.days} days in all, or {RENEWED} "
        f"prescriptions or more over {LONG.days} days"
    ),
    needs=frozenset({NEED}),
    judge=_judge,
    citation=HEDIS,
)
LONG_TERM_STEROID = any_of(
    "long-term-steroid",
    "Steroid taken for long",
    has(codes.CHRONIC_STEROID),
    LONG_PRESCRIPTION,
)
