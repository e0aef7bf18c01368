"""Rules about the cauda equina, the cord and nerve roots."""

from __future__ import annotations

from hooks.spine_mri.citations import (
    ACP_2011,
    ACR_LOW_BACK_PAIN,
    GIRFT_CAUDA_EQUINA,
)
from hooks.spine_mri.criteria.multifocal import MULTIFOCAL
from hooks.spine_mri.criteria.neurology import (
    CAUDA_EQUINA_POSSIBLE,
    CAUDA_EQUINA_SUSPECTED,
    MOTOR_DEFICIT,
)
from hooks.spine_mri.rule import (
    Advise,
    Appropriateness,
    ContrastRow,
    Rule,
    Tone,
    Urgency,
    UrgencyWhen,
)

NEU1 = Rule(
    id="NEU1-cauda-equina",
    priority=10,
    criterion=CAUDA_EQUINA_SUSPECTED,
    advise=Advise.FOR,
    contrast=ContrastRow.EITHER,
    urgency=Urgency.IMMEDIATE,
    summary="Possible cauda equina syndrome: consider emergency MRI now, not delayed "
    "for contrast",
    line="possible cauda equina syndrome",
    detail="Bladder, bowel or saddle symptoms with back or leg pain: emergency MRI "
    "(UK standard: scanned within four hours of the request) and a spine surgeon. A "
    "scan without contrast answers the question.",
    citations=(ACR_LOW_BACK_PAIN, GIRFT_CAUDA_EQUINA),
    appropriateness=Appropriateness.USUALLY,
    strength="strong recommendation, observational evidence",
    statements=("S9", "S11", "S20"),
)
NEU6 = Rule(
    id="NEU6-possible-cauda-equina",
    priority=14,
    criterion=CAUDA_EQUINA_POSSIBLE,
    unless=("NEU1-cauda-equina", "NEU2-cord"),
    advise=Advise.FOR,
    contrast=ContrastRow.EITHER,
    urgency=Urgency.URGENT,
    tone=Tone.UNTIL_RIGHT,
    summary="Possible cauda equina sign: check perineum, anal tone and bladder "
    "residual today",
    emergency="Possible cauda equina sign beside another red flag: consider emergency "
    "MRI; check anal tone and bladder now",
    line="a possible sign of cauda equina syndrome",
    detail="MRI the same day, and at once if any of these is abnormal. Bladder "
    "symptoms with back pain are cauda equina until the patient has been examined.",
    citations=(GIRFT_CAUDA_EQUINA, ACR_LOW_BACK_PAIN),
    appropriateness=Appropriateness.USUALLY,
    strength="expert pathway",
    statements=("S9",),
)
NEU3 = Rule(
    id="NEU3-motor",
    priority=15,
    criterion=MOTOR_DEFICIT,
    unless=(
        "NEU1-cauda-equina",
        "NEU2-cord",
        "NEU4-haematoma",
        "NEU6-possible-cauda-equina",
    ),
    advise=Advise.FOR,
    contrast=ContrastRow.EITHER,
    urgency=Urgency.URGENT,
    urgencies=(UrgencyWhen(MULTIFOCAL, Urgency.IMMEDIATE),),
    tone=Tone.UNTIL_RIGHT,
    summary="New motor weakness with spine pain: consider urgent MRI now, not after "
    "six weeks of treatment",
    emergency="New motor weakness with spine pain: consider emergency MRI",
    line="new motor weakness",
    detail="Severe or progressive weakness is an exception to the six-week rule.",
    citations=(ACP_2011, ACR_LOW_BACK_PAIN),
    appropriateness=None,
    strength="strong, low-quality evidence",
    statements=("S10", "S11", "S25", "S29"),
)
NEUROLOGY = (NEU1, NEU6, NEU3)
