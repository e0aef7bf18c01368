"""Rules about back pain of children, where no rule for all ages leads."""

from __future__ import annotations

from hooks.spine_mri.citations import ACR_CHILD
from hooks.spine_mri.criteria.child import CHILD, CHILD_WITH_SIGN
from hooks.spine_mri.rule import Advise, Appropriateness, ContrastRow, Rule, Tone

PED1_SIGN = Rule(
    id="PED1",
    priority=68,
    criterion=CHILD_WITH_SIGN,
    gives_way_before=68,
    advise=Advise.CHANGE,
    contrast=ContrastRow.EITHER,
    tone=Tone.CALM,
    summary="Child with a warning sign: consider a radiograph first, MRI if it or "
    "suspicion calls for it",
    line="warning sign of back pain in a child",
    detail="Criteria for adults do not hold for a child. MRI needs no ionising "
    "radiation; the ACR rates it may be appropriate here.",
    citations=(ACR_CHILD,),
    appropriateness=Appropriateness.MAY_BE,
    strength="ACR consensus",
    statements=("S31",),
)
PED1 = Rule(
    id="PED1",
    priority=68.5,
    criterion=CHILD,
    unless=("PED1",),
    gives_way_before=68,
    advise=Advise.AGAINST,
    contrast=ContrastRow.EITHER,
    summary="Child without a warning sign found in the record: imaging is not advised",
    line="back pain in a child",
    detail="Criteria for adults do not hold for a child, so those for children were "
    "used. Order anyway if you know of a warning sign that is not in the record.",
    citations=(ACR_CHILD,),
    appropriateness=Appropriateness.USUALLY_NOT,
    strength="ACR consensus",
    statements=("S31",),
)
CHILDREN = (PED1_SIGN, PED1)
