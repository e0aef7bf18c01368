"""Rules about pain without a red flag."""

from __future__ import annotations

from cds_service.reasoning.plain import Judgement, Verdict
from cds_service.reasoning.truth import Truth
from hooks.spine_mri.citations import (
    ACP_2011,
    ACR_LOW_BACK_PAIN,
    CHOOSING_WISELY,
    NICE_NG59,
)
from hooks.spine_mri.criteria.persistent_pain import (
    ARM_PAIN_EARLY,
    CARE_FAILED,
    CARE_MISSING,
    CARE_WITHOUT_PLAN,
)
from hooks.spine_mri.criteria.unjudged import UNJUDGED
from hooks.spine_mri.rule import Advise, Appropriateness, ContrastRow, Rule, Tone

NOTHING_FOUND = Judgement(
    id="nothing-found",
    title="No other rule matched",
    condition="no rule above this one matched",
    needs=frozenset(),
    judge=lambda _: Verdict(Truth.YES),
)

UNK2 = Rule(
    id="UNK2-undated-flag",
    priority=62,
    criterion=UNJUDGED,
    unless=(
        *("NEU1-cauda-equina", "NEU6-possible-cauda-equina", "NEU3-motor"),
        *("INF1-probable", "INF2-high-risk-host", "ONC1-active", "ONC2-history"),
        "PER1",
    ),
    advise=Advise.UNCERTAIN,
    contrast=ContrastRow.EITHER,
    tone=Tone.CALM,
    summary="A possible red flag is on record that these rules cannot settle: confirm "
    "whether it matters now",
    line="a possible red flag that no rule settles",
    detail="What is old, undated or of a kind not judged here is no reason for or "
    "against the scan until a clinician has looked at it.",
    citations=(ACR_LOW_BACK_PAIN,),
    appropriateness=None,
    strength="safety default",
    statements=("S29",),
)
PER1 = Rule(
    id="PER1",
    priority=70,
    criterion=CARE_FAILED,
    advise=Advise.FOR,
    contrast=ContrastRow.PLAIN,
    tone=Tone.CALM,
    summary="Six weeks of care have failed: MRI without contrast is reasonable before "
    "surgery or injection",
    line="six weeks of care have failed",
    citations=(ACR_LOW_BACK_PAIN, ACP_2011),
    appropriateness=Appropriateness.USUALLY,
    strength="ACR consensus",
    statements=("S18", "S19"),
)
PER2 = Rule(
    id="PER2",
    priority=74,
    criterion=CARE_MISSING,
    advise=Advise.CHANGE,
    contrast=ContrastRow.PLAIN,
    summary="Pain over six weeks but no six weeks of treatment on record: consider "
    "conservative care first",
    line="less than six weeks of treatment on record",
    citations=(ACR_LOW_BACK_PAIN, NICE_NG59),
    appropriateness=Appropriateness.USUALLY_NOT,
    strength="ACR consensus",
    statements=("S16", "S18"),
)
PER4 = Rule(
    id="PER4-no-candidate",
    priority=75,
    criterion=CARE_WITHOUT_PLAN,
    unless=("PER1", "PER3-thoracic"),
    advise=Advise.UNCERTAIN,
    contrast=ContrastRow.PLAIN,
    tone=Tone.CALM,
    summary="Six weeks of care done: MRI helps only if surgery or injection is an "
    "option",
    line="no surgery or injection planned",
    citations=(ACR_LOW_BACK_PAIN, ACP_2011),
    appropriateness=Appropriateness.MAY_BE,
    strength="ACR consensus",
    statements=("S18", "S19"),
)
NON1_ARM = Rule(
    id="NON1",
    priority=89,
    criterion=ARM_PAIN_EARLY,
    advise=Advise.UNCERTAIN,
    contrast=ContrastRow.PLAIN,
    tone=Tone.CALM,
    summary="Neck and arm pain under six weeks without red flags: MRI may be "
    "appropriate, radiograph too",
    line="neck and arm pain under six weeks",
    citations=(ACR_LOW_BACK_PAIN,),
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
    strength="strong",
    statements=("S15", "S16", "S17", "S28"),
)
PAIN = (UNK2, PER1, PER2, PER4, NON1_ARM, NON1)
