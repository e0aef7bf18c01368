"""Rules about tumours of the spine."""

from __future__ import annotations

from cds_service.reasoning.combination import none_of
from hooks.spine_mri.citations import ACP_2011, ACR_LOW_BACK_PAIN, NICE_NG234
from hooks.spine_mri.criteria.malignancy import (
    CANCER_ACTIVE,
    CANCER_PAST,
    CANCER_REMOTE,
)
from hooks.spine_mri.definitions import pain_new
from hooks.spine_mri.limits import PAIN_NEW
from hooks.spine_mri.rule import (
    Advise,
    Appropriateness,
    ContrastRow,
    Rule,
    Tone,
    Urgency,
    UrgencyWhen,
)

ONC1 = Rule(
    id="ONC1-active",
    priority=40,
    criterion=CANCER_ACTIVE,
    advise=Advise.FOR,
    contrast=ContrastRow.ENHANCED,
    urgency=Urgency.URGENT,
    tone=Tone.UNTIL_RIGHT,
    summary="Cancer with spine pain: consider MRI without and with contrast within a "
    "week",
    emergency="Cancer with spine pain beside another red flag: consider emergency MRI "
    "without and with contrast",
    line="active or suspected cancer",
    detail="Pain that suggests spinal metastases: scanned within a week; with "
    "neurological signs the whole spine within 24 hours. Radiographs do not rule it "
    "out.",
    citations=(ACR_LOW_BACK_PAIN, NICE_NG234),
    appropriateness=Appropriateness.USUALLY,
    strength="strong, observational evidence",
    statements=("S1", "S6", "S7", "S21", "S24", "S26", "S29"),
)
ONC2 = Rule(
    id="ONC2-history",
    priority=45,
    criterion=CANCER_PAST,
    advise=Advise.FOR,
    contrast=ContrastRow.ENHANCED,
    urgency=Urgency.URGENT,
    urgencies=(
        UrgencyWhen(
            none_of("pain-not-new", "Pain for over 90 days", pain_new(PAIN_NEW)),
            Urgency.ROUTINE,
        ),
    ),
    summary="Past cancer with back pain: consider MRI without and with contrast",
    line="cancer in the past",
    detail="A past cancer is the strongest single predictor of a tumour behind back "
    "pain. ACR rates MRI usually appropriate; ACP 2011 starts with a radiograph and "
    "ESR.",
    citations=(ACR_LOW_BACK_PAIN, ACP_2011),
    appropriateness=Appropriateness.USUALLY,
    strength="strong, low-quality evidence (ACR); ACP differs",
    statements=("S6", "S29"),
)
ONC2_REMOTE = Rule(
    id="ONC2-history",
    priority=66,
    criterion=CANCER_REMOTE,
    unless=("ONC2-history",),
    advise=Advise.CHANGE,
    contrast=ContrastRow.EITHER,
    tone=Tone.CALM,
    summary="Cancer over ten years ago: consider radiograph and ESR first; MRI if "
    "abnormal, or if suspicion stays",
    line="cancer more than ten years ago",
    detail="ACR rates MRI usually appropriate; ACP 2011 starts with a radiograph and "
    "ESR. MRI is accepted where suspicion remains after them.",
    citations=(ACP_2011, ACR_LOW_BACK_PAIN),
    appropriateness=Appropriateness.USUALLY,
    strength="weak; ACP and ACR differ",
    statements=("S6", "S29"),
)
MALIGNANCY = (ONC1, ONC2, ONC2_REMOTE)
