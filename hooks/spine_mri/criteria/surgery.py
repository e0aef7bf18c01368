"""Does an operated spine hurt again?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.fhir.prefetch import key_of
from cds_service.knowledge.requirement import DataRequirement
from cds_service.reasoning.coded import ORDER
from cds_service.reasoning.coded_criterion import ANY_STRENGTH
from cds_service.reasoning.combination import all_of, unless
from cds_service.reasoning.plain import Judgement, Verdict, found_or_seen
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.citations import ACR_LOW_BACK_PAIN
from hooks.spine_mri.criteria.imaging import overlaps
from hooks.spine_mri.definitions import EXPLICIT, pain_new
from hooks.spine_mri.limits import PAIN_NEW

if TYPE_CHECKING:
    from cds_service.facts.model import Fact, Facts

SOURCES = ("Condition", "Procedure")
NEEDS = frozenset(
    DataRequirement(source, None, codes.PRIOR_SPINE_SURGERY.id) for source in SOURCES
)
KEYS = (*sorted({key_of(need) for need in NEEDS}), ORDER)
# Fused joints of any kind: read as the spine only beside a spinal complaint.


def operations(facts: Facts) -> tuple[Fact, ...]:
    """Every operation that may be of the ordered region, at any time, over or not."""
    return tuple(
        fact
        for fact in facts.coded.get(codes.PRIOR_SPINE_SURGERY.id, ())
        if fact.role in ANY_STRENGTH
        and fact.source in (*SOURCES, ORDER)
        and overlaps(fact.sites, facts.order.sites)
    )


def operated_sites(facts: Facts) -> frozenset[str]:
    """The regions that these operations name."""
    return frozenset[str]().union(*(fact.sites for fact in operations(facts)))


def _operated(facts: Facts) -> Verdict:
    found = operations(facts)
    return found_or_seen((fact.basis for fact in found), facts, KEYS)


SPINE_OPERATED = Judgement(
    id="spine-operated",
    title="Earlier spine surgery",
    condition="spine surgery at any time, in the ordered region or one not named",
    needs=NEEDS,
    judge=_operated,
    citation=ACR_LOW_BACK_PAIN,
)
PAIN_AFTER_SURGERY = all_of(
    "pain-after-surgery",
    "New pain after spine surgery",
    SPINE_OPERATED,
    EXPLICIT,
    pain_new(PAIN_NEW),
)
# The operation may be why the scan is ordered, though no complaint is on record.
OPERATED_WITHOUT_COMPLAINT = unless(
    "operated-without-complaint",
    "Earlier spine surgery, no complaint on record",
    SPINE_OPERATED,
    EXPLICIT,
)
