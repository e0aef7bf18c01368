"""Rules about signs of a tumour that are weak alone: other tests come first."""

from __future__ import annotations

from hooks.spine_mri.citations import ACP_2011
from hooks.spine_mri.criteria.weak_signs import (
    MONTH_WITHOUT_SUCCESS,
    NEOPLASM_CARE_FAILED,
    NEOPLASM_FIRST,
    SWEATS,
    WEIGHT_LOSS_CARE_FAILED,
    WEIGHT_LOSS_FIRST,
)
from hooks.spine_mri.rule import Advise, ContrastRow, Rule, Tone, Urgency

SUPPORTED = "Possible cancer sign, and six weeks of care on record: MRI is supported"
FIRST = (
    "Possible cancer sign: consider ESR and radiograph first; MRI if abnormal, or if "
    "suspicion stays"
)
LOSS_LINE, NEOPLASM_LINE = (
    "unexplained weight loss",
    "a neoplasm of uncertain behaviour",
)
LOSS_DETAIL = (
    "Weight loss by itself makes a tumour of the spine only a little more likely; with "
    "it, images before and after contrast are preferred."
)

ONC3_LOSS_CARE = Rule(
    id="ONC3-weak",
    priority=65,
    criterion=WEIGHT_LOSS_CARE_FAILED,
    adults_only=True,
    advise=Advise.FOR,
    contrast=ContrastRow.WEIGHT_LOSS,
    urgency=Urgency.URGENT,
    tone=Tone.CALM,
    summary=SUPPORTED,
    line=LOSS_LINE,
    detail=LOSS_DETAIL,
    citations=(ACP_2011,),
    appropriateness=None,
    strength="weak",
    statements=("S8", "S18"),
)
ONC3_LOSS = Rule(
    id="ONC3-weak",
    priority=65.1,
    criterion=WEIGHT_LOSS_FIRST,
    adults_only=True,
    advise=Advise.CHANGE,
    contrast=ContrastRow.WEIGHT_LOSS,
    urgency=Urgency.URGENT,
    tone=Tone.CALM,
    summary=FIRST,
    line=LOSS_LINE,
    detail=LOSS_DETAIL,
    citations=(ACP_2011,),
    appropriateness=None,
    strength="weak",
    statements=("S8",),
)
ONC3_NEOPLASM_CARE = Rule(
    id="ONC3-weak",
    priority=65.2,
    criterion=NEOPLASM_CARE_FAILED,
    adults_only=True,
    advise=Advise.FOR,
    contrast=ContrastRow.EITHER,
    tone=Tone.CALM,
    summary=SUPPORTED,
    line=NEOPLASM_LINE,
    citations=(ACP_2011,),
    appropriateness=None,
    strength="weak",
    statements=("S8", "S18"),
)
ONC3_NEOPLASM = Rule(
    id="ONC3-weak",
    priority=65.3,
    criterion=NEOPLASM_FIRST,
    adults_only=True,
    advise=Advise.CHANGE,
    contrast=ContrastRow.EITHER,
    tone=Tone.CALM,
    summary=FIRST,
    line=NEOPLASM_LINE,
    citations=(ACP_2011,),
    appropriateness=None,
    strength="weak",
    statements=("S8",),
)
ABNORMAL_NEXT = "MRI is next where either is abnormal, or where suspicion stays."
ONC3B_SWEATS = Rule(
    id="ONC3b-weak-pair",
    priority=73,
    criterion=SWEATS,
    unless=("PER1",),
    adults_only=True,
    advise=Advise.CHANGE,
    contrast=ContrastRow.EITHER,
    tone=Tone.CALM,
    summary="Over 50 with night sweats: consider ESR and radiograph first",
    line="over 50 with night sweats",
    detail=ABNORMAL_NEXT,
    citations=(ACP_2011,),
    appropriateness=None,
    strength="weak",
    statements=("S8",),
)
ONC3B_MONTH = Rule(
    id="ONC3b-weak-pair",
    priority=73.1,
    criterion=MONTH_WITHOUT_SUCCESS,
    unless=("PER1", "ONC3b-weak-pair"),
    adults_only=True,
    advise=Advise.CHANGE,
    contrast=ContrastRow.EITHER,
    tone=Tone.CALM,
    summary="Over 50 and not better after a month of care: consider ESR and "
    "radiograph first",
    line="over 50 and not better after a month of care",
    detail=ABNORMAL_NEXT,
    citations=(ACP_2011,),
    appropriateness=None,
    strength="weak",
    statements=("S8",),
)
WEAK_SIGNS = (
    ONC3_LOSS_CARE,
    ONC3_LOSS,
    ONC3_NEOPLASM_CARE,
    ONC3_NEOPLASM,
    ONC3B_SWEATS,
    ONC3B_MONTH,
)
