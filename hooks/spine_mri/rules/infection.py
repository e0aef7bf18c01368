"""Rules about infection of the spine."""

from __future__ import annotations

from cds_service.reasoning.combination import all_of, unless
from hooks.spine_mri.citations import ACR_SPINE_INFECTION, DAVIS_2011, IDSA_2015
from hooks.spine_mri.criteria.faint_infection import ONLY_FAINT_SIGNS
from hooks.spine_mri.criteria.host import DRUG_USE, DRUG_USE_PROXY
from hooks.spine_mri.criteria.infection import (
    ABSCESS_OR_SEPSIS,
    HIGH_RISK_HOST,
    SPINE_INFECTION_PROBABLE,
)
from hooks.spine_mri.criteria.reassurance import REASSURING
from hooks.spine_mri.criteria.weak_host import WEAK_HOST_UNTESTED
from hooks.spine_mri.rule import (
    Advise,
    Appropriateness,
    ContrastRow,
    Rule,
    Tone,
    Urgency,
    UrgencyWhen,
)

INF1 = Rule(
    id="INF1-probable",
    priority=20,
    criterion=SPINE_INFECTION_PROBABLE,
    advise=Advise.FOR,
    contrast=ContrastRow.ENHANCED,
    urgency=Urgency.URGENT,
    urgencies=(
        UrgencyWhen(ABSCESS_OR_SEPSIS, Urgency.IMMEDIATE),
        UrgencyWhen(ONLY_FAINT_SIGNS, Urgency.ROUTINE),
    ),
    tone=Tone.UNTIL_RIGHT,
    summary="Suspected or known spine infection: consider MRI without and with "
    "contrast within 24 hours",
    emergency="Suspected or known spine infection: consider emergency MRI without and "
    "with contrast",
    line="suspected spine infection",
    detail="Contrast shows the extent of an abscess, and the images before it are "
    "needed for comparison; a scan without contrast is acceptable where contrast would "
    "delay it. Two sets of blood cultures before antibiotics if the patient is "
    "stable; in sepsis or with a new deficit antibiotics do not wait. Radiographs miss "
    "early disease.",
    citations=(IDSA_2015, ACR_SPINE_INFECTION),
    appropriateness=Appropriateness.USUALLY,
    strength="strong, low-quality evidence (IDSA)",
    statements=(
        *("S1", "S2", "S3", "S4", "S5", "S21", "S22", "S24", "S26", "S27", "S29"),
    ),
)
INF2 = Rule(
    id="INF2-high-risk-host",
    priority=30,
    criterion=unless(
        "high-risk-host-not-reassured",
        "High risk of infection, and no normal markers to reassure",
        HIGH_RISK_HOST,
        unless(
            "reassured",
            "Normal markers reassure, but not in injecting drug use",
            REASSURING,
            DRUG_USE,
            DRUG_USE_PROXY,
        ),
    ),
    unless=("INF1-probable",),
    advise=Advise.FOR,
    contrast=ContrastRow.ENHANCED,
    urgency=Urgency.URGENT,
    urgencies=(UrgencyWhen(REASSURING, Urgency.ROUTINE),),
    tone=Tone.UNTIL_RIGHT,
    summary="High infection risk with new spine pain: consider MRI without and with "
    "contrast",
    line="high risk of infection with new pain",
    detail="Fever is absent in many spinal infections.",
    untested="ESR and CRP today make the decision safer.",
    citations=(ACR_SPINE_INFECTION,),
    appropriateness=Appropriateness.USUALLY,
    strength="ACR consensus",
    statements=("S3", "S24", "S29"),
)
INF2_REASSURED = Rule(
    id="INF2-high-risk-host",
    priority=61,
    criterion=all_of(
        "high-risk-host-reassured",
        "High risk of infection, but normal markers",
        HIGH_RISK_HOST,
        REASSURING,
    ),
    unless=("INF1-probable", "INF2-high-risk-host"),
    advise=Advise.UNCERTAIN,
    contrast=ContrastRow.ENHANCED,
    tone=Tone.CALM,
    summary="High infection risk but normal markers: MRI is a judgement call, contrast "
    "if infection is suspected",
    line="high risk of infection, but normal markers",
    detail="A normal CRP makes infection less likely in a patient without recent "
    "antibiotics or procedures, but about one abscess in eight had one.",
    citations=(ACR_SPINE_INFECTION,),
    appropriateness=Appropriateness.USUALLY,
    strength="ACR consensus; diagnostic cohort",
    statements=("S3", "S29"),
)
INF3 = Rule(
    id="INF3-diabetes-only",
    priority=71,
    criterion=WEAK_HOST_UNTESTED,
    unless=("INF1-probable", "INF2-high-risk-host", "PER1"),
    adults_only=True,
    advise=Advise.CHANGE,
    contrast=ContrastRow.EITHER,
    tone=Tone.CALM,
    summary="Diabetes or another risk of infection: consider ESR and CRP first, then "
    "decide on MRI",
    line="a weak risk of infection, no recent ESR or CRP",
    detail="The ACR accepts MRI at once. An emergency department that tested ESR first "
    "in anyone at risk brought delayed diagnoses of abscess down from 84 % to 10 %.",
    citations=(ACR_SPINE_INFECTION, DAVIS_2011),
    appropriateness=Appropriateness.USUALLY,
    strength="ACR consensus; a prospective guideline tests first",
    statements=("S3",),
)
INFECTION = (INF1, INF2, INF2_REASSURED, INF3)
