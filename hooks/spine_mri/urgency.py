"""How soon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.reasoning.truth import Truth
from hooks.spine_mri.rule import Urgency

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cds_service.facts.model import Facts, Order
    from hooks.spine_mri.advice import Judged
    from hooks.spine_mri.rule import Rule

DEFICITS = ("NEU1", "NEU2", "NEU3", "NEU4", "NEU6")
SPREADING = ("INF1", "INF2", "ONC1")
# A past cancer too makes a failing cord an emergency.
CORD, CANCER = ("NEU2",), ("ONC1", "ONC2", "TRA5")
ANY_NEUROLOGY, INJURY = ("NEU",), ("TRA1", "TRA2")
PRESSING_PAIRS = ((DEFICITS, SPREADING), (CORD, CANCER), (ANY_NEUROLOGY, INJURY))
# FHIR request priorities that meet an urgency.
MEETS = {
    Urgency.ROUTINE: frozenset({"routine", "urgent", "asap", "stat"}),
    Urgency.URGENT: frozenset({"urgent", "asap", "stat"}),
    Urgency.IMMEDIATE: frozenset({"stat"}),
}
PRIORITY = {
    Urgency.ROUTINE: "routine",
    Urgency.URGENT: "urgent",
    Urgency.IMMEDIATE: "stat",
}


def urgency_of(red_flags: Sequence[Judged], facts: Facts) -> Urgency:
    """Give the greatest urgency of all red flags, and of certain pairs of them."""
    ids = [judged.rule.id for judged in red_flags]
    for pair in PRESSING_PAIRS:
        if all(any(one.startswith(half) for one in ids) for half in pair):
            return Urgency.IMMEDIATE
    own = (own_urgency(judged.rule, facts) for judged in red_flags)
    return max(own, default=Urgency.ROUTINE)


def own_urgency(rule: Rule, facts: Facts) -> Urgency:
    """Give the first special urgency that holds, else the rule's own."""
    for special in rule.urgencies:
        if special.criterion.assess(facts).truth is Truth.YES:
            return special.urgency
    return rule.urgency


def priority_fits(order: Order, urgency: Urgency) -> bool:
    """Whether the draft's priority is as high as the findings ask for."""
    return order.priority in MEETS[urgency]
