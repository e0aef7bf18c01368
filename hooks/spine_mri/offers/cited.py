"""What is on record and may be of now: a click cites it as a reason of the order.

What an order gives as its reason counts as new, so that the next call can judge it.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from cds_service.cds_hooks.response import Action, ActionType
from hooks.spine_mri.criteria.unjudged import MAY_BE_NEW
from hooks.spine_mri.definitions import complaints
from hooks.spine_mri.offers.creation import is_r4
from hooks.spine_mri.offers.offered import Offered
from hooks.spine_mri.offers.reported import ADD, with_more
from hooks.spine_mri.rules.unsettled import UNK2

if TYPE_CHECKING:
    from cds_service.facts.model import Basis, Facts
    from hooks.spine_mri.advice import Advice

# What ServiceRequest.reasonReference may lead to, of what we read; FHIR: the type id.
CITABLE = re.compile(r"(Condition|Observation)/[A-Za-z0-9\-.]{1,64}")
SHOWN = 2


def cited(advice: Advice) -> tuple[Offered, ...]:
    """Offer to say that what no rule settles is new, where that would settle it."""
    return tuple(_citing(advice, one) for one in _shown(advice))


def named_by_citing(advice: Advice) -> frozenset[str]:
    """The value sets of what is offered: nobody should be asked for them twice."""
    resources = {one.reference for one in _shown(advice)}
    facts = chain.from_iterable(advice.facts.coded.values())
    return frozenset(
        fact.value_set for fact in facts if fact.basis.reference in resources
    )


def _shown(advice: Advice) -> list[Basis]:
    source = advice.facts.order.resources[0]
    if advice.lead.rule.id != UNK2.id or not is_r4(source):
        return []
    found = [one for one in _may_be_new(advice.facts) if _is_citable(one)]
    return found[:SHOWN]


def _may_be_new(facts: Facts) -> list[Basis]:
    """What no rule settles for its date, each resource once.

    What the order cites already did not settle it, and a complaint beside it would not.
    """
    known = {
        fact.basis.reference
        for fact in chain.from_iterable(facts.coded.values())
        if fact.stated
    } | {fact.basis.reference for fact in complaints(facts)}
    open_ = {one.reference: one for one in MAY_BE_NEW.assess(facts).basis}
    return [one for reference, one in open_.items() if reference not in known]


def _is_citable(basis: Basis) -> bool:
    return CITABLE.fullmatch(basis.reference) is not None


def _citing(advice: Advice, basis: Basis) -> Offered:
    source = advice.facts.order.resources[0]
    words = basis.name or basis.display
    return Offered(
        label=f"{ADD} as new: {words}",
        actions=(
            Action(
                type=ActionType.UPDATE,
                description=f"Cite as a reason: {words}",
                resource=with_more(
                    source, "reasonReference", {"reference": basis.reference}
                ),
            ),
        ),
    )
