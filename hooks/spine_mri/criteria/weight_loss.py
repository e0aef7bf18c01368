"""Is weight lost without an explanation?"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from cds_service.knowledge.value_set import Role
from cds_service.reasoning.coded import (
    CodedCriterion,
    has,
    new,
    old,
    recent,
    undated,
)
from cds_service.reasoning.coded_criterion import SUPPORTING
from cds_service.reasoning.combination import any_of, unless
from cds_service.reasoning.fall import MeasuredFall
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.citations import HARRISON

if TYPE_CHECKING:
    from cds_service.facts.model import Fact, Facts

WINDOW = 365
YEAR = timedelta(days=WINDOW)
# What the value sets leave out is known too: it explains the loss.
LEFT_OUT = frozenset({Role.EXCLUDE})

WEIGHT_FALL = MeasuredFall(
    id="weight-fall",
    title="Measured weight down by 5 %",
    codes=codes.BODY_WEIGHT,
    fraction=Decimal("0.05"),
    within=YEAR,
    fresh=timedelta(days=90),
    apart=timedelta(days=14),
    category="vital-signs",
    citation=HARRISON,
)


def _ended_within_a_year(fact: Fact, facts: Facts) -> bool:
    end = fact.ended or fact.when
    return not fact.active and end is not None and end.age_at_most(facts.as_of, YEAR)


PREGNANCY_ENDED = any_of(
    "pregnancy-ended",
    "Pregnancy over within a year",
    CodedCriterion(
        id="pregnancy-over",
        title="Pregnancy, over",
        condition=f"Pregnancy, over since no more than {WINDOW} days",
        codes=codes.PREGNANCY,
        holds=_ended_within_a_year,
    ),
    recent(
        codes.PREGNANCY,
        WINDOW,
        "delivery-recent",
        "Delivery or loss of a pregnancy, recent",
        roles=LEFT_OUT,
        avoid=frozenset({"kind=never"}),
    ),
)
EXPLAINED = any_of(
    "weight-loss-explained-any",
    "A reason for the loss: operation, drug, advice or a pregnancy that ended",
    has(
        codes.WEIGHT_LOSS_EXPLAINED,
        sources=("Condition", "Procedure", "MedicationRequest"),
    ),
    new(
        codes.WEIGHT_LOSS,
        WINDOW,
        "weight-loss-advised",
        "Advised to lose weight",
        roles=LEFT_OUT,
    ),
    PREGNANCY_ENDED,
)
WEIGHT_LOSS = any_of(
    "weight-loss-any",
    "Weight loss, noted or measured",
    new(codes.WEIGHT_LOSS, WINDOW),
    undated(codes.WEIGHT_LOSS),
    # The rule sets no window for these.
    has(
        codes.WEIGHT_LOSS,
        "weight-loss-intent-unstated",
        "Weight loss, intent not stated",
        roles=SUPPORTING,
    ),
    WEIGHT_FALL,
)
UNEXPLAINED_WEIGHT_LOSS = unless(
    "weight-loss-unexplained",
    "Weight loss without an explanation",
    WEIGHT_LOSS,
    EXPLAINED,
)
OLD_WEIGHT_LOSS = unless(
    "weight-loss-old-unexplained",
    "Weight loss noted over a year ago, without an explanation",
    old(codes.WEIGHT_LOSS, WINDOW),
    EXPLAINED,
)
