"""Is the spine injured, and has that been looked at?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cds_service.fhir.prefetch import key_of
from cds_service.knowledge.requirement import DataRequirement
from cds_service.reasoning.coded import (
    ORDER,
    has,
    new,
    recent,
    undated,
)
from cds_service.reasoning.coded_criterion import ANY_STRENGTH
from cds_service.reasoning.combination import all_of, any_of
from cds_service.reasoning.plain import (
    AgeAtLeast,
    Judgement,
    Verdict,
    found_or_seen,
)
from cds_service.reasoning.truth import Truth
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.citations import ACR_SPINE_TRAUMA
from hooks.spine_mri.criteria.imaging import (
    IMAGING_KEYS,
    imaging_needs,
    scans_since,
)
from hooks.spine_mri.criteria.injury import (
    OSTEOPOROSIS,
    RECENT,
    SOUND_BONE_BELOW,
    high_energy,
    of_unknown_day,
)
from hooks.spine_mri.criteria.neurology import AFTER_CARE
from hooks.spine_mri.criteria.steroid import LONG_TERM_STEROID
from hooks.spine_mri.definitions import (
    EXPLICIT,
    complaints,
    pain_new,
)

if TYPE_CHECKING:
    from cds_service.facts.model import Fact, Facts
    from cds_service.knowledge.value_set import ValueSet

LOW_ENERGY = "energy=low"
ACUTE = timedelta(days=7)
TRAUMA_NEEDS = frozenset(
    DataRequirement("Condition", None, one.id)
    for one in (codes.RECENT_TRAUMA, codes.OSTEOPOROSIS)
) | {DataRequirement("Patient")}
TRAUMA_KEYS = (key_of(DataRequirement("Condition")), ORDER)


def _imaged(
    facts: Facts, injuries: tuple[Fact, ...], *scans: ValueSet
) -> tuple[bool, ...]:
    """Tell for each injury whether it was scanned on its day or later.

    One that the order states is of the last days: an older scan did not show it.
    """
    if not injuries:
        return ()
    lately = facts.as_of - ACUTE
    starts = (fact.when.first if fact.when else lately for fact in injuries)
    return tuple(bool(scans_since(facts, scans, start)) for start in starts)


def _verdict(facts: Facts, injuries: tuple[Fact, ...], *, holds: bool) -> Verdict:
    if injuries:
        basis = tuple(fact.basis for fact in injuries)
        return Verdict(Truth.of(value=holds), basis if holds else ())
    undated = of_unknown_day(facts)
    if facts.sees(TRAUMA_KEYS) and not undated:
        return Verdict(Truth.NO)
    return Verdict(Truth.UNKNOWN, unseen=True)


def _acute_without_ct(facts: Facts) -> Verdict:
    injuries = high_energy(facts, ACUTE)
    imaged = _imaged(facts, injuries, codes.CT_SPINE_ORDER)
    return _verdict(facts, injuries, holds=not all(imaged))


def _after_ct(facts: Facts) -> Verdict:
    injuries = high_energy(facts, RECENT)
    imaged = any(_imaged(facts, injuries, codes.CT_SPINE_ORDER))
    if injuries and not imaged and not facts.sees(IMAGING_KEYS):
        return Verdict(Truth.UNKNOWN, unseen=True)
    return _verdict(facts, injuries, holds=imaged)


def _never_imaged(facts: Facts) -> Verdict:
    injuries = high_energy(facts, RECENT)
    imaged = _imaged(
        facts,
        injuries,
        codes.CT_SPINE_ORDER,
        codes.RADIOGRAPH_SPINE_ORDER,
        codes.MRI_SPINE_ORDER,
    )
    acute = bool(high_energy(facts, ACUTE))
    return _verdict(facts, injuries, holds=not all(imaged) and not acute)


CT_NEEDS = imaging_needs(codes.CT_SPINE_ORDER)
TRAUMA_ACUTE = Judgement(
    id="trauma-acute",
    title="High-energy injury of the spine in 7 days, no CT since",
    condition=(
        "high-energy spine injury, not after-care, within 7 days; a vertebral fracture "
        f"alone only under {SOUND_BONE_BELOW} without osteoporosis; no CT since"
    ),
    needs=TRAUMA_NEEDS | CT_NEEDS,
    judge=_acute_without_ct,
    citation=ACR_SPINE_TRAUMA,
)
TRAUMA_AFTER_CT = Judgement(
    id="trauma-after-ct",
    title="High-energy injury of the spine in 90 days, CT done",
    condition="high-energy spine injury within 90 days and a spine CT since",
    needs=TRAUMA_NEEDS | CT_NEEDS,
    judge=_after_ct,
    citation=ACR_SPINE_TRAUMA,
)
TRAUMA_NOT_IMAGED = Judgement(
    id="trauma-not-imaged",
    title="High-energy injury of the spine 8 to 90 days ago, never imaged",
    condition=(
        "high-energy spine injury 8 to 90 days ago, no radiograph, CT or MRI since"
    ),
    needs=TRAUMA_NEEDS
    | CT_NEEDS
    | imaging_needs(codes.RADIOGRAPH_SPINE_ORDER, codes.MRI_SPINE_ORDER),
    judge=_never_imaged,
    citation=ACR_SPINE_TRAUMA,
)


def pain_dated_within(days: int) -> Judgement:
    """The youngest complaint has a date, and it is within *days*."""
    within = timedelta(days=days)

    def judge(facts: Facts) -> Verdict:
        fresh = [
            one
            for one in complaints(facts)
            if one.when and one.when.age_at_most(facts.as_of, within)
        ]
        return found_or_seen((one.basis for one in fresh), facts, TRAUMA_KEYS)

    return Judgement(
        id=f"pain-dated-{days}d",
        title=f"Pain began in the last {days} days",
        condition=f"youngest complaint dated within {days} days",
        needs=EXPLICIT.needs,
        judge=judge,
    )


ANKYLOSED_AND_HURT = all_of(
    "ankylosed-and-hurt",
    "Ankylosed spine with trauma or new pain",
    has(codes.ANKYLOSED_SPINE),
    any_of(
        "hurt",
        "Any injury in 90 days, or pain begun in 30",
        recent(codes.RECENT_TRAUMA, 90, roles=ANY_STRENGTH, avoid=AFTER_CARE),
        pain_dated_within(30),
    ),
)
FRACTURE = has(codes.VERTEBRAL_COMPRESSION_FRACTURE, avoid=AFTER_CARE)
FRACTURE_NEW = any_of(
    "vertebral-fracture-new",
    "Vertebral fracture, new or without a date",
    new(codes.VERTEBRAL_COMPRESSION_FRACTURE, 90, avoid=AFTER_CARE),
    undated(codes.VERTEBRAL_COMPRESSION_FRACTURE, avoid=AFTER_CARE),
)
BONE_AT_RISK = any_of(
    "bone-at-risk",
    "Osteoporosis, long-term steroid, or a fall from 50",
    OSTEOPOROSIS,
    LONG_TERM_STEROID,
    all_of(
        "fall-from-50",
        "Low-energy fall in 30 days at 50 or older",
        recent(
            codes.RECENT_TRAUMA,
            30,
            tags=frozenset({LOW_ENERGY}),
            avoid=AFTER_CARE,
        ),
        AgeAtLeast(id="age-50", title="Age 50 or older", years=50),
    ),
)
FRAGILITY = all_of(
    "fragility",
    "New pain with bone at risk",
    EXPLICIT,
    pain_new(42),
    BONE_AT_RISK,
)
OLD_AGE = all_of(
    "old-age",
    "New pain at 70 or older",
    AgeAtLeast(id="age-70", title="Age 70 or older", years=70),
    pain_dated_within(42),
)
NEUROLOGICAL_SIGN = any_of(
    "neurological-sign",
    "Any neurological sign",
    has(codes.MOTOR_DEFICIT, "motor-any", roles=ANY_STRENGTH),
    has(codes.CORD_MOTOR_DEFICIT),
    has(codes.GAIT_OR_SENSORY_SIGN, "gait-or-sensory-any", roles=ANY_STRENGTH),
    has(codes.RADICULOPATHY),
)
