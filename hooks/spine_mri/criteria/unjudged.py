"""Is something on record that might be a red flag and that no rule settles?

What is old, undated in its way, or too vague for any rule must not be passed over as
"no red flag": it is named, and a clinician is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.reasoning.coded import counted, has, old, recent, resolved, undated
from cds_service.reasoning.coded_criterion import (
    ANY_STRENGTH,
    SUPPORTING,
    CodedCriterion,
)
from cds_service.reasoning.combination import all_of, any_of, none_of, unless
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.criteria.child import CHILD_WITH_WEAK_BONE
from hooks.spine_mri.criteria.cord import SENSORY_TAG
from hooks.spine_mri.criteria.host import DIAGNOSED_OR_DONE, PRESCRIBED, STRONG_HOST
from hooks.spine_mri.criteria.injury import OSTEOPOROSIS
from hooks.spine_mri.criteria.neurology import AFTER_CARE, MAJOR_ELEMENTS
from hooks.spine_mri.criteria.spondyloarthritis import INJURED_SPONDYLOARTHRITIS
from hooks.spine_mri.criteria.surgery import OPERATED_WITHOUT_COMPLAINT
from hooks.spine_mri.criteria.weak_host import WEAK_HOST_WITHOUT_COMPLAINT
from hooks.spine_mri.criteria.weight_loss import OLD_WEIGHT_LOSS
from hooks.spine_mri.definitions import EXPLICIT, pain_new
from hooks.spine_mri.limits import PAIN_NEW

if TYPE_CHECKING:
    from cds_service.knowledge.value_set import ValueSet
    from cds_service.reasoning.finding import Criterion

WINDOW = 90
CORD_SIGN = frozenset({"subset=cord_sign"})
HIGH_ENERGY, LOW_ENERGY = frozenset({"energy=high"}), frozenset({"energy=low"})

OLD_FLAGS: tuple[Criterion, ...] = (
    old(codes.CAUDA_EQUINA, WINDOW, avoid=AFTER_CARE),
    old(codes.CORD_MOTOR_DEFICIT, WINDOW),
    old(codes.MOTOR_DEFICIT, WINDOW),
    *(old(one, WINDOW) for one in MAJOR_ELEMENTS),
    old(codes.BILATERAL_LEG_WEAKNESS, WINDOW),
    all_of(
        "incontinence-old-with-complaint",
        "Urinary incontinence, old, beside spinal pain",
        old(codes.URINARY_INCONTINENCE_NEW, WINDOW),
        EXPLICIT,
    ),
    old(codes.GAIT_OR_SENSORY_SIGN, WINDOW, tags=CORD_SIGN),
    old(codes.BLOODSTREAM_INFECTION, WINDOW),
)


# Some records close a diagnosis with the visit at which it was made.
LATELY = 30
OVER_LATELY = any_of(
    "flag-over-lately",
    f"A neurological red flag that ended within {LATELY} days",
    *(
        resolved(one, LATELY, avoid=AFTER_CARE)
        for one in (
            codes.CAUDA_EQUINA,
            codes.CORD_MOTOR_DEFICIT,
            codes.MOTOR_DEFICIT,
            codes.BILATERAL_LEG_WEAKNESS,
            *MAJOR_ELEMENTS,
        )
    ),
)


def _stale(value_set: ValueSet) -> CodedCriterion:
    """A suspicion that nobody confirmed or dropped; a fresh one has its own rule."""
    return CodedCriterion(
        id=f"{value_set.id}-suspicion-stale",
        title=f"{value_set.title}, once suspected",
        condition=f"{value_set.title}, suspected and never settled",
        codes=value_set,
        holds=lambda fact, facts: fact.active and not counted(fact, facts.as_of),
    )


# Without a date nobody knows whether these are of today.
UNDATED_SIGNS = (
    undated(codes.FEVER),
    undated(codes.ABNORMAL_INFLAMMATORY_MARKER_DX),
    # A root explains it.
    unless(
        "sensory-sign-undated-alone",
        "Tingling or numbness, without a date or a root",
        undated(codes.GAIT_OR_SENSORY_SIGN, tags=SENSORY_TAG),
        has(codes.RADICULOPATHY),
    ),
    *(
        undated(one, f"{one.id}-vague-undated", roles=ANY_STRENGTH)
        for one in (
            codes.URINARY_RETENTION,
            codes.URINARY_INCONTINENCE_NEW,
            codes.FECAL_INCONTINENCE,
            codes.SADDLE_ANESTHESIA,
            codes.SEXUAL_DYSFUNCTION,
            codes.BILATERAL_SCIATICA,
        )
    ),
)
STALE = tuple(
    _stale(one)
    for one in (
        codes.CAUDA_EQUINA,
        codes.MYELOPATHY,
        codes.MOTOR_DEFICIT,
        codes.CORD_MOTOR_DEFICIT,
        codes.BILATERAL_LEG_WEAKNESS,
        *MAJOR_ELEMENTS,
        codes.URINARY_INCONTINENCE_NEW,
        codes.SPINE_INFECTION,
        codes.EPIDURAL_ABSCESS,
        codes.BLOODSTREAM_INFECTION,
        codes.MALIGNANCY_ACTIVE,
        codes.SPINE_OR_BONE_MALIGNANCY,
        codes.VERTEBRAL_COMPRESSION_FRACTURE,
    )
)
HOST_WITH_OLD_PAIN = all_of(
    "host-with-old-pain",
    "High risk of infection with pain of over 90 days",
    STRONG_HOST,
    none_of("pain-old", "Pain for over 90 days", pain_new(PAIN_NEW)),
)


def _vague(value_set: ValueSet) -> tuple[CodedCriterion, ...]:
    return (
        recent(
            value_set,
            WINDOW,
            f"{value_set.id}-vague-{WINDOW}d",
            value_set.title,
            roles=SUPPORTING,
            avoid=AFTER_CARE,
        ),
        undated(
            value_set,
            f"{value_set.id}-vague-undated",
            value_set.title,
            roles=SUPPORTING,
            avoid=AFTER_CARE,
        ),
    )


# Concepts, or vague forms of them, that no rule asks for.
VAGUE = any_of(
    "flag-vague",
    "On record, and too vague or too odd for any rule",
    has(codes.MYELOPATHY, "myelopathy-vague", roles=SUPPORTING),
    recent(
        codes.RECENT_TRAUMA,
        WINDOW,
        "injury-of-unknown-energy",
        "Injury, how hard is not stated",
        avoid=AFTER_CARE | HIGH_ENERGY | LOW_ENERGY,
    ),
    undated(codes.RECENT_TRAUMA, avoid=AFTER_CARE | HIGH_ENERGY | LOW_ENERGY),
    *_vague(codes.VERTEBRAL_COMPRESSION_FRACTURE),
    *_vague(codes.GAIT_OR_SENSORY_SIGN),
    recent(codes.SIGN_IN_WORDS, WINDOW),
    undated(codes.SIGN_IN_WORDS),
    recent(codes.FRACTURE_IN_WORDS, WINDOW),
    undated(codes.FRACTURE_IN_WORDS),
    has(codes.LASTING_RISK_IN_WORDS),
    has(codes.CANCER_IN_WORDS),
    # The cancer it is given for may stand in no list of problems.
    has(codes.ANTINEOPLASTIC_MYELOSUPPRESSIVE, sources=PRESCRIBED),
    has(codes.RISK_IN_WORDS, sources=DIAGNOSED_OR_DONE),
    OLD_WEIGHT_LOSS,
    INJURED_SPONDYLOARTHRITIS,
    CHILD_WITH_WEAK_BONE,
)
# These count where it hurts, and no complaint is on record.
WITHOUT_COMPLAINT = any_of(
    "risk-without-complaint",
    "A weak defence, a weak bone or an operation, and no complaint on record",
    WEAK_HOST_WITHOUT_COMPLAINT,
    OPERATED_WITHOUT_COMPLAINT,
    unless(
        "weak-bone-without-complaint",
        "Bone that breaks easily, no complaint on record",
        any_of(
            "bone-breaks-easily",
            "Osteoporosis or an ankylosed spine",
            OSTEOPOROSIS,
            has(codes.ANKYLOSED_SPINE),
        ),
        EXPLICIT,
    ),
)


# A rule would judge them if they were known to be of now.
MAY_BE_NEW = any_of(
    "flag-of-another-time",
    "On record, old or without a date",
    *OLD_FLAGS,
    *UNDATED_SIGNS,
    *STALE,
    undated(
        codes.RECENT_TRAUMA,
        "high-energy-injury-undated",
        "High-energy injury, without a date",
        tags=HIGH_ENERGY,
        avoid=AFTER_CARE,
    ),
)
