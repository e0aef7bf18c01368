"""Is the patient a child, whose back pain is judged by other signs?"""

from __future__ import annotations

from cds_service.knowledge.requirement import DataRequirement
from cds_service.reasoning.coded import has
from cds_service.reasoning.combination import all_of, any_of, none_of
from cds_service.reasoning.plain import AgeAtLeast, Judgement, Verdict
from cds_service.reasoning.truth import Truth
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.citations import ACR_CHILD
from hooks.spine_mri.criteria.cord import SENSORY_TAG
from hooks.spine_mri.criteria.host import WEAK_HOST
from hooks.spine_mri.criteria.injury import OSTEOPOROSIS
from hooks.spine_mri.criteria.weak_signs import UNCERTAIN_NEOPLASM
from hooks.spine_mri.criteria.weight_loss import WEIGHT_LOSS
from hooks.spine_mri.definitions import ADULT_FROM, is_child, pain_duration

SMALL_UNTIL = 5
FOUR_WEEKS = 28

CHILD = Judgement(
    id="child",
    title=f"Patient under {ADULT_FROM}",
    condition=f"age under {ADULT_FROM} years",
    needs=frozenset({DataRequirement("Patient")}),
    judge=lambda facts: Verdict(Truth.of(value=is_child(facts))),
)
CHILD_WITH_SIGN = all_of(
    "child-with-sign",
    "Back pain of a child with a warning sign",
    CHILD,
    any_of(
        "child-sign",
        "Any warning sign of back pain in a child",
        none_of(
            "small-child",
            f"Age under {SMALL_UNTIL}",
            AgeAtLeast(id="age-5", title="Age 5 or older", years=SMALL_UNTIL),
        ),
        pain_duration(FOUR_WEEKS),
        has(codes.RADICULOPATHY),
        has(
            codes.GAIT_OR_SENSORY_SIGN,
            "sensory-sign",
            "Tingling or numbness",
            tags=SENSORY_TAG,
        ),
        has(codes.CHILD_WARNING_SIGN),
        WEAK_HOST,
        # No child should lose weight, whatever the reason.
        WEIGHT_LOSS,
        UNCERTAIN_NEOPLASM,
    ),
    citation=ACR_CHILD,
)
# The rule about weak bone is one for adults.
CHILD_WITH_WEAK_BONE = all_of(
    "child-with-weak-bone", "Osteoporosis in a child", CHILD, OSTEOPOROSIS
)
