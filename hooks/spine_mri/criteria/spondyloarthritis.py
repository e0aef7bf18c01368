"""Is inflammatory disease of the spine known or suspected, and where to look for it?"""

from __future__ import annotations

from cds_service.reasoning.coded import CodedCriterion, has, recent
from cds_service.reasoning.coded_criterion import SUPPORTING
from cds_service.reasoning.combination import all_of, any_of, none_of, unless
from cds_service.reasoning.plain import AgeAtLeast, Judgement, Verdict
from cds_service.reasoning.truth import Truth
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.citations import ACR_AXSPA
from hooks.spine_mri.criteria.neurology import AFTER_CARE
from hooks.spine_mri.orders import shows_joints

YOUNG_BELOW = 45
INJURY = recent(codes.RECENT_TRAUMA, 90, avoid=AFTER_CARE)
EVIDENCE = any_of(
    "spondyloarthritis-evidence",
    "Axial spondyloarthritis, or a weaker sign of it in the young",
    has(codes.AXIAL_SPONDYLOARTHRITIS),
    all_of(
        "spondyloarthritis-young",
        f"Sacroiliitis or the like under {YOUNG_BELOW}",
        has(
            codes.AXIAL_SPONDYLOARTHRITIS,
            "axial-spondyloarthritis-supporting",
            roles=SUPPORTING,
        ),
        none_of(
            "young",
            f"Age under {YOUNG_BELOW}",
            AgeAtLeast(id="age-45", title="Age 45 or older", years=YOUNG_BELOW),
        ),
    ),
    citation=ACR_AXSPA,
)
SPONDYLOARTHRITIS = unless(
    "spondyloarthritis", "Axial spondyloarthritis, no recent injury", EVIDENCE, INJURY
)
KNOWN_SPONDYLOARTHRITIS = unless(
    "spondyloarthritis-known",
    "Confirmed axial spondyloarthritis, no recent injury",
    CodedCriterion(
        id="axial-spondyloarthritis-confirmed",
        title="Axial spondyloarthritis, confirmed",
        condition="Axial spondyloarthritis, active, not merely suspected",
        codes=codes.AXIAL_SPONDYLOARTHRITIS,
        holds=lambda fact, _: fact.active and not fact.suspected,
        citation=ACR_AXSPA,
    ),
    INJURY,
)
# Where the spine is not fused, no other rule speaks for the two together.
INJURED_SPONDYLOARTHRITIS = all_of(
    "spondyloarthritis-injured",
    "Axial spondyloarthritis with a recent injury",
    EVIDENCE,
    INJURY,
)


JOINTS_ORDERED = Judgement(
    id="sacroiliac-ordered",
    title="The sacroiliac joints are ordered",
    condition="an order of this session covers the sacroiliac joints",
    needs=frozenset(),
    judge=lambda facts: Verdict(Truth.of(value=shows_joints(facts.order))),
)
JOINTS_INCLUDED = all_of(
    "spondyloarthritis-joints-ordered",
    "Axial spondyloarthritis, sacroiliac joints ordered",
    SPONDYLOARTHRITIS,
    JOINTS_ORDERED,
)
