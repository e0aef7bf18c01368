"""Is the cauda equina, the cord or a nerve root failing?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.reasoning.coded import has, new, undated
from cds_service.reasoning.coded_criterion import SUPPORTING
from cds_service.reasoning.combination import all_of, any_of, at_least
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.citations import GIRFT_CAUDA_EQUINA
from hooks.spine_mri.criteria.bilateral import BILATERAL_SCIATICA
from hooks.spine_mri.definitions import EXPLICIT, HIGH, LOW

if TYPE_CHECKING:
    from cds_service.reasoning.finding import Criterion

# An injury coded as after-care or late effect is an old one.
AFTER_CARE = frozenset({"encounter=subsequent", "encounter=sequela"})
# The cauda equina serves the legs.
ARM = frozenset({"limb=arm"})
MAJOR_ELEMENTS = (
    codes.SADDLE_ANESTHESIA,
    codes.URINARY_RETENTION,
    codes.FECAL_INCONTINENCE,
)

CAUDA_EQUINA_ACTIVE = has(codes.CAUDA_EQUINA, avoid=AFTER_CARE)
CAUDA_EQUINA_NEW = new(codes.CAUDA_EQUINA, 30, avoid=AFTER_CARE)
CAUDA_EQUINA_UNDATED = undated(codes.CAUDA_EQUINA, avoid=AFTER_CARE)


def major(days: int) -> tuple[Criterion, ...]:
    """The features of which one is enough, each new within *days*."""
    return (
        *(new(one, days, citation=GIRFT_CAUDA_EQUINA) for one in MAJOR_ELEMENTS),
        all_of(
            f"incontinence-with-complaint-{days}d",
            "New urinary incontinence beside spinal pain",
            new(codes.URINARY_INCONTINENCE_NEW, days),
            EXPLICIT,
        ),
        new(codes.BILATERAL_LEG_WEAKNESS, days),
    )


def minor_without_weakness(days: int) -> tuple[Criterion, ...]:
    """The features of which two are needed, but for weakness of one leg."""
    vague = (
        codes.URINARY_RETENTION,
        codes.URINARY_INCONTINENCE_NEW,
        codes.FECAL_INCONTINENCE,
    )
    return (
        new(codes.URINARY_INCONTINENCE_NEW, days),
        *(
            new(one, days, f"{one.id}-supporting-new-{days}d", roles=SUPPORTING)
            for one in vague
        ),
        BILATERAL_SCIATICA,
        new(codes.SEXUAL_DYSFUNCTION, days),
    )


def minor(days: int) -> tuple[Criterion, ...]:
    """The features of which two are needed, each new within *days*."""
    leg = new(
        codes.MOTOR_DEFICIT,
        days,
        f"leg-weakness-new-{days}d",
        "Weakness of a leg, new",
        avoid=ARM,
    )
    return (*minor_without_weakness(days), leg)


CAUDA_EQUINA_SUSPECTED = all_of(
    "cauda-equina-suspected",
    "Cauda equina syndrome suspected",
    any_of(
        "cauda-equina-level", "Lumbar problem or diagnosis", LOW, CAUDA_EQUINA_ACTIVE
    ),
    any_of(
        "cauda-equina-signs",
        "Diagnosis or signs of cauda equina syndrome",
        CAUDA_EQUINA_NEW,
        CAUDA_EQUINA_UNDATED,
        all_of(
            "cauda-equina-features",
            "Features of cauda equina syndrome",
            LOW,
            any_of(
                "features-enough",
                "One major or two minor features",
                any_of("major-30d", "A major feature in 30 days", *major(30)),
                at_least(2, "minor-30d", "Two minor features in 30 days", *minor(30)),
            ),
        ),
    ),
    citation=GIRFT_CAUDA_EQUINA,
)
CAUDA_EQUINA_POSSIBLE = all_of(
    "cauda-equina-possible",
    "Possible sign of cauda equina syndrome",
    any_of("spinal-level", "Order or complaint of a known level", LOW, HIGH),
    any_of(
        "cauda-equina-single-sign",
        "One feature, or a feature of older or unknown date",
        *major(90),
        *(undated(one) for one in MAJOR_ELEMENTS),
        undated(codes.BILATERAL_LEG_WEAKNESS),
        all_of(
            "incontinence-undated-with-complaint",
            "Urinary incontinence without a date beside spinal pain",
            undated(codes.URINARY_INCONTINENCE_NEW),
            EXPLICIT,
        ),
        *minor_without_weakness(30),
        new(codes.CAUDA_EQUINA, 90, avoid=AFTER_CARE),
    ),
    citation=GIRFT_CAUDA_EQUINA,
)

WEAK_LIMB = (new(codes.MOTOR_DEFICIT, 90), undated(codes.MOTOR_DEFICIT))
WEAK_LIMBS = (new(codes.CORD_MOTOR_DEFICIT, 90), undated(codes.CORD_MOTOR_DEFICIT))
MOTOR_DEFICIT = any_of(
    "motor-deficit",
    "Motor weakness, new or without a date",
    *WEAK_LIMB,
    *WEAK_LIMBS,
)
