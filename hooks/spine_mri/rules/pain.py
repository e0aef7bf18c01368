"""Rules about pain without a red flag."""

from __future__ import annotations

from cds_service.reasoning.plain import Judgement, Verdict
from cds_service.reasoning.truth import Truth
from hooks.spine_mri.citations import (
    ACP_2011,
    ACR_CERVICAL,
    ACR_LOW_BACK_PAIN,
    ACR_THORACIC,
    CHOOSING_WISELY,
    NICE_NG59,
)
from hooks.spine_mri.criteria.persistent_pain import (
    ARM_PAIN_EARLY,
    CARE_FAILED,
    CARE_MISSING,
    CARE_WITHOUT_PLAN,
    THORACIC_PAIN,
)
from hooks.spine_mri.rule import Advise, Appropriateness, ContrastRow, Rule, Tone

NOTHING_FOUND = Judgement(
    id="nothing-found",
    title="No other rule matched",
    condition="no rule above this one matched",
    needs=frozenset(),
    judge=lambda _: Verdict(Truth.YES),
)

PER1 = Rule(
    id="PER1",
    priority=70,
    criterion=CARE_FAILED,
    adults_only=True,
    advise=Advise.FOR,
    contrast=ContrastRow.PLAIN,
    tone=Tone.CALM,
    summary="Six weeks of care on record: MRI without contrast is reasonable before "
    "surgery or injection",
    line="six weeks of care on record",
    citations=(ACR_LOW_BACK_PAIN, ACP_2011),
    neck_citations=(ACR_CERVICAL,),
    appropriateness=Appropriateness.USUALLY,
    strength="ACR consensus",
    statements=("S18", "S19"),
)
PER2 = Rule(
    id="PER2",
    priority=74,
    criterion=CARE_MISSING,
    adults_only=True,
    advise=Advise.CHANGE,
    contrast=ContrastRow.PLAIN,
    summary="Pain over six weeks but no six weeks of treatment on record: consider "
    "conservative care first",
    line="less than six weeks of treatment on record",
    citations=(ACR_LOW_BACK_PAIN, NICE_NG59),
    appropriateness=Appropriateness.USUALLY_NOT,
    rated_for_neck=False,
    strength="ACR consensus",
    statements=("S16", "S18"),
)
PER3 = Rule(
    id="PER3-thoracic",
    priority=72,
    criterion=THORACIC_PAIN,
    adults_only=True,
    advise=Advise.CHANGE,
    contrast=ContrastRow.PLAIN,
    summary="Thoracic pain without a neurological sign: consider a radiograph first",
    line="thoracic pain without a neurological sign",
    detail="For chronic thoracic pain the ACR rates MRI usually not appropriate, and "
    "did not agree on the radiograph.",
    citations=(ACR_THORACIC,),
    appropriateness=Appropriateness.USUALLY_NOT,
    strength="ACR consensus",
    statements=("S18",),
)
PER4 = Rule(
    id="PER4-no-candidate",
    priority=75,
    criterion=CARE_WITHOUT_PLAN,
    unless=("PER1", "PER3-thoracic"),
    adults_only=True,
    advise=Advise.UNCERTAIN,
    contrast=ContrastRow.PLAIN,
    tone=Tone.CALM,
    summary="Six weeks of care done: MRI helps only if surgery or injection is an "
    "option",
    line="no surgery or injection planned",
    citations=(ACR_LOW_BACK_PAIN, ACP_2011),
    appropriateness=Appropriateness.USUALLY_NOT,
    rated_for_neck=False,
    strength="ACR consensus",
    statements=("S18", "S19"),
)
NON1_ARM = Rule(
    id="NON1",
    priority=89,
    criterion=ARM_PAIN_EARLY,
    adults_only=True,
    advise=Advise.UNCERTAIN,
    contrast=ContrastRow.PLAIN,
    tone=Tone.CALM,
    summary="Neck and arm pain under six weeks without red flags: MRI may be "
    "appropriate, radiograph too",
    line="neck and arm pain under six weeks",
    citations=(ACR_CERVICAL,),
    appropriateness=Appropriateness.MAY_BE,
    strength="ACR 2024 rates MRI as may be appropriate",
    statements=("S15", "S16"),
)
NON1 = Rule(
    id="NON1",
    priority=90,
    criterion=NOTHING_FOUND,
    advise=Advise.AGAINST,
    contrast=ContrastRow.PLAIN,
    summary="No red flags found in the record: MRI is not advised before six weeks of "
    "care",
    line="no red flags found",
    detail="Most back pain settles within weeks; early MRI finds harmless changes and "
    "leads to avoidable procedures. Order anyway if you know of a red flag that is not "
    "in the record.",
    citations=(ACR_LOW_BACK_PAIN, CHOOSING_WISELY, NICE_NG59),
    appropriateness=Appropriateness.USUALLY_NOT,
    rated_for_neck=False,
    strength="strong",
    statements=("S15", "S16", "S17", "S28"),
)
PAIN = (PER1, PER3, PER2, PER4, NON1_ARM, NON1)
