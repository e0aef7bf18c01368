"""Rules about injury and fracture of the spine."""

from __future__ import annotations

from cds_service.reasoning.combination import all_of, unless
from hooks.spine_mri.citations import (
    ACR_AXSPA,
    ACR_LOW_BACK_PAIN,
    ACR_SPINE_TRAUMA,
    ACR_THORACIC,
    ACR_VCF,
)
from hooks.spine_mri.criteria.malignancy import CANCER_EVER
from hooks.spine_mri.criteria.persistent_pain import ONLY_THORACIC
from hooks.spine_mri.criteria.trauma import (
    ANKYLOSED_AND_HURT,
    FRACTURE,
    FRACTURE_NEW,
    FRAGILITY,
    NEUROLOGICAL_SIGN,
    OLD_AGE,
    TRAUMA_ACUTE,
    TRAUMA_AFTER_CT,
    TRAUMA_NOT_IMAGED,
)
from hooks.spine_mri.rule import (
    Advise,
    Appropriateness,
    ContrastRow,
    Rule,
    Tone,
    Urgency,
)

TRA5 = Rule(
    id="TRA5-vcf-cancer",
    priority=44,
    criterion=all_of(
        "fracture-with-cancer",
        "Vertebral fracture and cancer, now or in the past",
        FRACTURE,
        CANCER_EVER,
    ),
    advise=Advise.FOR,
    contrast=ContrastRow.ENHANCED,
    urgency=Urgency.URGENT,
    summary="Vertebral fracture with a cancer history: consider contrast to look for "
    "tumour",
    line="vertebral fracture with a cancer history",
    citations=(ACR_VCF,),
    appropriateness=Appropriateness.USUALLY,
    strength="ACR consensus",
    statements=("S21",),
)
TRA1 = Rule(
    id="TRA1-high-energy",
    priority=50,
    criterion=TRAUMA_ACUTE,
    advise=Advise.CHANGE,
    contrast=ContrastRow.PLAIN,
    urgency=Urgency.URGENT,
    summary="Acute spine trauma: consider CT first; MRI without contrast if deficit or "
    "ligament injury",
    line="acute spine trauma: CT first if it causes no delay",
    detail="In the neck of an alert adult under 65 without a deficit, NEXUS or the "
    "Canadian C-spine rule says whether imaging is needed at all.",
    citations=(ACR_SPINE_TRAUMA,),
    appropriateness=None,
    strength="ACR consensus",
    statements=("S20", "S34"),
)
TRA2 = Rule(
    id="TRA2-ankylosed",
    priority=51,
    criterion=ANKYLOSED_AND_HURT,
    advise=Advise.FOR,
    contrast=ContrastRow.PLAIN,
    urgency=Urgency.URGENT,
    tone=Tone.UNTIL_RIGHT,
    summary="Ankylosed spine with new pain: treat as fracture until CT or MRI shows "
    "otherwise",
    line="ankylosed spine with new pain",
    citations=(ACR_AXSPA,),
    appropriateness=Appropriateness.USUALLY,
    strength="ACR consensus, case series",
    statements=("S34",),
)
TRA6 = Rule(
    id="TRA6-after-ct",
    priority=52,
    criterion=all_of(
        "after-ct-with-sign",
        "After CT, with a neurological sign",
        TRAUMA_AFTER_CT,
        NEUROLOGICAL_SIGN,
    ),
    advise=Advise.FOR,
    contrast=ContrastRow.PLAIN,
    urgency=Urgency.URGENT,
    summary="Injury, CT done, neurological sign: consider urgent MRI without contrast "
    "for cord, disc and ligament",
    line="injury already seen by CT",
    citations=(ACR_SPINE_TRAUMA,),
    appropriateness=Appropriateness.USUALLY,
    strength="ACR consensus",
    statements=("S20", "S34"),
)
TRA6_NO_SIGN = Rule(
    id="TRA6-after-ct",
    priority=52.5,
    criterion=TRAUMA_AFTER_CT,
    unless=("TRA6-after-ct",),
    advise=Advise.UNCERTAIN,
    contrast=ContrastRow.PLAIN,
    urgency=Urgency.URGENT,
    tone=Tone.CALM,
    summary="After CT without a neurological sign on record: MRI helps if cord or "
    "ligament injury is suspected",
    line="injury already seen by CT",
    citations=(ACR_SPINE_TRAUMA,),
    appropriateness=None,
    strength="ACR consensus",
    statements=("S20", "S34"),
)
TRA4 = Rule(
    id="TRA4-known-vcf",
    priority=54,
    criterion=unless(
        "fracture-without-cancer",
        "New vertebral fracture, no cancer",
        FRACTURE_NEW,
        CANCER_EVER,
    ),
    unless=("TRA1-high-energy",),
    advise=Advise.FOR,
    contrast=ContrastRow.PLAIN,
    summary="New vertebral fracture without cancer: MRI without contrast is enough",
    line="new vertebral fracture",
    citations=(ACR_VCF,),
    appropriateness=Appropriateness.USUALLY,
    strength="ACR consensus",
    statements=("S20",),
)
FRAGILITY_SUMMARY = "Fracture risk: radiograph first, or MRI without contrast"
TRA3 = Rule(
    id="TRA3-fragility",
    priority=55,
    criterion=unless(
        "fragility-not-thoracic",
        "New pain with bone at risk, not thoracic alone",
        FRAGILITY,
        ONLY_THORACIC,
    ),
    adults_only=True,
    advise=Advise.FOR,
    contrast=ContrastRow.EITHER,
    tone=Tone.CALM,
    summary=FRAGILITY_SUMMARY,
    line="bone at risk of fracture",
    citations=(ACR_LOW_BACK_PAIN,),
    appropriateness=Appropriateness.USUALLY,
    strength="ACR consensus",
    statements=("S20",),
)
TRA3_THORACIC = Rule(
    id="TRA3-fragility",
    priority=55.5,
    criterion=all_of(
        "fragility-thoracic",
        "New thoracic pain with bone at risk",
        FRAGILITY,
        ONLY_THORACIC,
    ),
    adults_only=True,
    advise=Advise.CHANGE,
    contrast=ContrastRow.EITHER,
    tone=Tone.CALM,
    summary="Fracture risk in the thoracic spine: consider a radiograph first",
    line="bone at risk of fracture",
    citations=(ACR_THORACIC,),
    appropriateness=Appropriateness.USUALLY,
    strength="ACR consensus",
    statements=("S20",),
)
TRA7 = Rule(
    id="TRA7-recent-trauma",
    priority=56,
    criterion=TRAUMA_NOT_IMAGED,
    advise=Advise.CHANGE,
    contrast=ContrastRow.PLAIN,
    tone=Tone.CALM,
    summary="Recent significant trauma, no imaging: consider radiograph or CT first",
    line="significant trauma, never imaged",
    citations=(ACR_SPINE_TRAUMA,),
    appropriateness=None,
    strength="ACR consensus",
    statements=("S34",),
)
TRA3_AGE = Rule(
    id="TRA3-fragility",
    priority=66.5,
    criterion=OLD_AGE,
    unless=("TRA3-fragility", "PER1"),
    adults_only=True,
    advise=Advise.CHANGE,
    contrast=ContrastRow.EITHER,
    tone=Tone.CALM,
    summary="New pain at 70 or older: consider a radiograph first, MRI is accepted",
    line="new pain at 70 or older",
    citations=(ACR_LOW_BACK_PAIN, ACR_THORACIC),
    appropriateness=Appropriateness.USUALLY,
    strength="ACR consensus",
    statements=("S20",),
)
TRAUMA = (
    TRA5,
    TRA1,
    TRA2,
    TRA6,
    TRA6_NO_SIGN,
    TRA4,
    TRA3,
    TRA3_THORACIC,
    TRA7,
    TRA3_AGE,
)
