"""Findings on both sides, or in more than one limb."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cds_service.fhir.prefetch import key_of
from cds_service.knowledge.requirement import DataRequirement
from cds_service.reasoning.coded import ORDER, dated_within
from cds_service.reasoning.plain import Judgement, Verdict, found_or_seen
from hooks.spine_mri import value_sets as codes

if TYPE_CHECKING:
    from cds_service.facts.model import Fact, Facts

NEEDS = frozenset({DataRequirement("Condition", None, codes.BILATERAL_SCIATICA.id)})
KEYS = (*(key_of(need) for need in NEEDS), ORDER)
WITHIN = timedelta(days=30)
PARTNER = "requires="


def _judge(facts: Facts) -> Verdict:
    """Both sides must be new: a code for one side counts beside its partner."""
    fresh = [
        fact
        for fact in facts.coded.get(codes.BILATERAL_SCIATICA.id, ())
        if fact.active and dated_within(fact, WITHIN, facts.as_of)
    ]
    whole = [fact for fact in fresh if not _missing_side(fact)]
    sides = {_missing_side(fact) for fact in fresh} - {""}
    paired = fresh if len(sides) > 1 else whole
    return found_or_seen((fact.basis for fact in paired), facts, KEYS)


def _missing_side(fact: Fact) -> str:
    """The digit of the other side: "2" for "M54.31"; "" for a fact of both sides."""
    return next((tag[-1] for tag in fact.tags if tag.startswith(PARTNER)), "")


BILATERAL_SCIATICA = Judgement(
    id="bilateral-sciatica-new-30d",
    title="Sciatica on both sides, new",
    condition="right and left sciatica, or bilateral by text, within 30 days",
    needs=NEEDS,
    judge=_judge,
)
