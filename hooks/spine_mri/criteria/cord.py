"""Is the spinal cord compressed, or bleeding into its canal?"""

from __future__ import annotations

from cds_service.reasoning.coded import has, new, recent, undated
from cds_service.reasoning.coded_criterion import SUPPORTING, CodedCriterion
from cds_service.reasoning.combination import all_of, any_of, unless
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.citations import ACR_MYELOPATHY
from hooks.spine_mri.criteria.host import DONE, NEEDLE
from hooks.spine_mri.criteria.myelopathy import MYELOPATHY_NEW
from hooks.spine_mri.criteria.neurology import major
from hooks.spine_mri.definitions import EXPLICIT, HIGH, LOW

CORD_TAG = frozenset({"subset=cord_sign"})
SENSORY_TAG = frozenset({"subset=sensory"})

CORD_SIGN = any_of(
    "cord-sign",
    "Cord sign, new or without a date",
    new(codes.GAIT_OR_SENSORY_SIGN, 90, "cord-sign-new-90d", tags=CORD_TAG),
    undated(codes.GAIT_OR_SENSORY_SIGN, "cord-sign-undated", tags=CORD_TAG),
)
CORD_SUSPECTED = any_of(
    "cord-suspected",
    "Cord compression suspected",
    MYELOPATHY_NEW,
    new(codes.CORD_MOTOR_DEFICIT, 30),
    all_of(
        "cord-sign-high", "Cord sign with a neck or thoracic problem", HIGH, CORD_SIGN
    ),
    unless(
        "sphincter-loss-high",
        "Sphincter loss with a neck or thoracic problem alone",
        all_of(
            "sphincter-loss",
            "Sphincter loss with a neck or thoracic problem",
            HIGH,
            any_of("sphincter-major-30d", "A major feature in 30 days", *major(30)),
        ),
        LOW,
    ),
    citation=ACR_MYELOPATHY,
)
BLEEDING_RISK = any_of(
    "bleeding-risk",
    "Anticoagulant, bleeding disorder, or a needle or knife in 30 days",
    has(codes.ANTICOAGULANT, sources=("Condition", "MedicationRequest")),
    has(codes.COAGULOPATHY),
    recent(codes.PRIOR_SPINE_SURGERY, 30, sources=DONE, stated=False),
    NEEDLE,
)
HAEMATOMA_SUSPECTED = all_of(
    "haematoma-suspected",
    "New deficit in a patient who may bleed",
    BLEEDING_RISK,
    any_of(
        "deficit-7d",
        "Deficit in 7 days",
        new(codes.MOTOR_DEFICIT, 7),
        new(codes.CORD_MOTOR_DEFICIT, 7),
        *major(7),
    ),
    citation=ACR_MYELOPATHY,
)
DEFICIT_UNCLEAR = any_of(
    "deficit-unclear",
    "Weakness or numbness, only vaguely recorded",
    all_of(
        "weakness-vague",
        "Weakness not otherwise described, beside spinal pain",
        any_of(
            "weakness-vague-any",
            "Weakness not otherwise described",
            new(
                codes.MOTOR_DEFICIT,
                90,
                "motor-deficit-supporting-new-90d",
                roles=SUPPORTING,
            ),
            undated(
                codes.MOTOR_DEFICIT,
                "motor-deficit-supporting-undated",
                roles=SUPPORTING,
            ),
        ),
        EXPLICIT,
    ),
    # What an order states is about the scan, even where it names no pain.
    CodedCriterion(
        id="weakness-vague-stated",
        title="Weakness not otherwise described, stated in the order",
        condition=f"{codes.MOTOR_DEFICIT.title}, vague, stated in the order",
        codes=codes.MOTOR_DEFICIT,
        roles=SUPPORTING,
        holds=lambda fact, _: fact.active and fact.stated,
    ),
    unless(
        "numbness",
        "Numbness without radiculopathy",
        new(codes.GAIT_OR_SENSORY_SIGN, 30, "sensory-sign-new-30d", tags=SENSORY_TAG),
        has(codes.RADICULOPATHY),
    ),
    new(
        codes.SADDLE_ANESTHESIA,
        30,
        "saddle-anesthesia-supporting-new-30d",
        roles=SUPPORTING,
    ),
    CORD_SIGN,
)
