"""The rule for what is on record and no other rule settles: a branch a question."""

from __future__ import annotations

from dataclasses import replace

from hooks.spine_mri.citations import ACR_LOW_BACK_PAIN
from hooks.spine_mri.criteria.unjudged import (
    HOST_WITH_OLD_PAIN,
    MAY_BE_NEW,
    OVER_LATELY,
    VAGUE,
    WITHOUT_COMPLAINT,
)
from hooks.spine_mri.rule import Advise, ContrastRow, Rule, Tone

PRIORITY = 62
# These know what to do about something old.
ANSWERED = ("PER1", "NEU7-known-myelopathy")

UNK2 = Rule(
    id="UNK2-undated-flag",
    priority=PRIORITY,
    criterion=MAY_BE_NEW,
    unless=ANSWERED,
    gives_way_before=PRIORITY,
    advise=Advise.UNCERTAIN,
    contrast=ContrastRow.EITHER,
    tone=Tone.CALM,
    asks="Is it new?",
    summary="A possible red flag is on record: is it new? These rules cannot settle "
    "whether it matters now",
    line="a possible red flag that no rule settles",
    detail="If it is new, has changed or nobody knows why it is there, treat it as a "
    "red flag. If it is long known and unchanged, decide as if it were not there.",
    citations=(ACR_LOW_BACK_PAIN,),
    appropriateness=None,
    strength="safety default",
    statements=("S29",),
)
UNK2_OVER = replace(
    UNK2,
    priority=PRIORITY + 0.1,
    criterion=OVER_LATELY,
    asks="Is it over?",
    summary="A red flag on record was closed lately: is it over? These rules cannot "
    "settle it",
    detail="Some records close a problem with the visit. If it is still there, treat "
    "it as a red flag. If it is over, decide as if it were not there.",
)
UNK2_PAIN = replace(
    UNK2,
    priority=PRIORITY + 0.2,
    criterion=HOST_WITH_OLD_PAIN,
    asks="Has the pain changed?",
    summary="A high risk of infection is on record beside an old pain: has the pain "
    "changed? These rules cannot settle it",
    detail="If the pain is new, worse or of another kind, treat the risk as a red "
    "flag. If it is long known and unchanged, decide as if it were not there.",
)
UNK2_COMPLAINT = replace(
    UNK2,
    priority=PRIORITY + 0.3,
    criterion=WITHOUT_COMPLAINT,
    asks="Is there new pain?",
    summary="No complaint is on record: is there new pain? Something else on record "
    "would count with it",
    detail="With new pain of the back or neck it may be a red flag: added to the "
    "order, the pain is judged with it. Without, decide as if it were not there.",
)
UNK2_VAGUE = replace(
    UNK2,
    priority=PRIORITY + 0.4,
    criterion=VAGUE,
    asks="Does it matter now?",
    summary="A possible red flag is on record, in vague terms: does it matter now? "
    "These rules cannot settle it",
    detail="The record does not say enough to judge it. If it may be a red flag, treat "
    "it as one. If it is none, decide as if it were not there.",
)
UNSETTLED = (UNK2, UNK2_OVER, UNK2_PAIN, UNK2_COMPLAINT, UNK2_VAGUE)
