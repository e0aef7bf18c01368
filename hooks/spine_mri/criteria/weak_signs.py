"""Are there signs of a tumour that are weak alone?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from cds_service.knowledge.value_set import Role
from cds_service.reasoning.coded import has, new, recent
from cds_service.reasoning.combination import all_of, any_of, unless
from cds_service.reasoning.known import Known
from cds_service.reasoning.measured import always
from cds_service.reasoning.plain import AgeAtLeast
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.citations import ACP_2011
from hooks.spine_mri.conservative_care import care_days
from hooks.spine_mri.criteria.imaging import SCANNED
from hooks.spine_mri.criteria.infection import CRP_RAISED, ESR_RAISED
from hooks.spine_mri.criteria.persistent_pain import CARE_FAILED
from hooks.spine_mri.criteria.weight_loss import UNEXPLAINED_WEIGHT_LOSS
from hooks.spine_mri.definitions import pain_duration

WINDOW = 90
A_MONTH = 28
OVER_50 = AgeAtLeast(id="age-51", title="Older than 50", years=51)

UNCERTAIN_NEOPLASM = has(
    codes.MALIGNANCY_ACTIVE,
    "neoplasm-uncertain",
    "Neoplasm of uncertain or unstated behaviour",
    roles=frozenset({Role.UNCERTAIN}),
    # A cancer that is suspected has a rule of its own.
    avoid=frozenset({"kind=suspicion"}),
    citation=ACP_2011,
)
WEIGHT_LOSS_CARE_FAILED = all_of(
    "weight-loss-care-failed",
    "Unexplained weight loss, and six weeks of care have failed",
    UNEXPLAINED_WEIGHT_LOSS,
    CARE_FAILED,
)
WEIGHT_LOSS_FIRST = unless(
    "weight-loss-first",
    "Unexplained weight loss, care not exhausted",
    UNEXPLAINED_WEIGHT_LOSS,
    CARE_FAILED,
)
NEOPLASM_CARE_FAILED = all_of(
    "neoplasm-care-failed",
    "Neoplasm of uncertain behaviour, and six weeks of care have failed",
    UNCERTAIN_NEOPLASM,
    CARE_FAILED,
)
NEOPLASM_FIRST = unless(
    "neoplasm-first",
    "Neoplasm of uncertain behaviour, care not exhausted",
    UNCERTAIN_NEOPLASM,
    CARE_FAILED,
)

CRP_90 = replace(
    CRP_RAISED,
    id="crp-raised-90d",
    title="C-reactive protein raised in 90 days",
    within=timedelta(days=WINDOW),
    since=always,
)
ESR_90 = replace(
    ESR_RAISED,
    id="esr-raised-90d",
    title="Sedimentation rate raised in 90 days",
    within=timedelta(days=WINDOW),
    since=always,
)
WORKED_UP = all_of(
    "worked-up",
    "Radiograph and marker in 90 days",
    recent(codes.RADIOGRAPH_SPINE_ORDER, WINDOW, sources=SCANNED),
    any_of(
        "marker-known-90d",
        "CRP or ESR known, of 90 days",
        Known(test=CRP_90),
        Known(test=ESR_90),
    ),
)
MONTH_WITHOUT_SUCCESS = unless(
    "month-without-success-over-50",
    "Over 50 with a month of care without success",
    all_of(
        "month-without-success-signs",
        "Over 50, pain for over a month, care for a month",
        OVER_50,
        pain_duration(A_MONTH, over=True),
        care_days(A_MONTH),
        citation=ACP_2011,
    ),
    WORKED_UP,
)
SWEATS = unless(
    "night-sweats-over-50",
    "Over 50 with night sweats",
    all_of(
        "night-sweats-signs",
        "Over 50, and night sweats",
        OVER_50,
        new(codes.NIGHT_SWEATS, WINDOW),
        citation=ACP_2011,
    ),
    WORKED_UP,
)
