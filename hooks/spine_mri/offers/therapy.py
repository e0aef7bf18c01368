"""Physical therapy, and never where something else may be behind the pain."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cds_service.knowledge.coding import SNOMED
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.advice import DATA_GAP
from hooks.spine_mri.definitions import complaints
from hooks.spine_mri.offers.creation import creations, in_session
from hooks.spine_mri.offers.offered import Offered
from hooks.spine_mri.order_codes import OrderCode

if TYPE_CHECKING:
    from cds_service.facts.model import Facts
    from hooks.spine_mri.advice import Advice

LEADS = ("PER2", "NON1")
SOMETHING_ELSE = ("NEU", "INF", "ONC", "TRA", "UNK2")
# A course begun within this time is the one the patient is in.
UNDER_WAY = timedelta(days=180)
PHYSICAL_THERAPY = OrderCode("91251008", "Physical therapy")
LABEL = "Order physical therapy"
SPINAL_PAIN = "Spinal pain"


def therapy(advice: Advice) -> tuple[Offered, ...]:
    """Offer it for pain alone, seen whole and not in treatment yet."""
    rule = advice.lead.rule.id
    other = any(one.rule.id.startswith(SOMETHING_ELSE) for one in advice.matched)
    if not rule.startswith(LEADS) or other or DATA_GAP in advice.modifiers:
        return ()
    if _is_under_way(advice.facts):
        return ()
    named = (PHYSICAL_THERAPY,)
    actions = creations(advice, SNOMED, named, _complaint(advice.facts))
    return (Offered(label=LABEL, actions=actions, rule=rule),) if actions else ()


def _is_under_way(facts: Facts) -> bool:
    """Whether it was begun, asked for, or is being ordered."""
    begun = any(
        one.when is None or one.when.age_at_most(facts.as_of, UNDER_WAY)
        for one in facts.coded.get(codes.PHYSICAL_THERAPY.id, ())
    )
    return begun or in_session(facts.order, codes.PHYSICAL_THERAPY)


def _complaint(facts: Facts) -> str:
    named = (codes.VOCABULARY.by_id[one.value_set].title for one in complaints(facts))
    return next(named, SPINAL_PAIN)
