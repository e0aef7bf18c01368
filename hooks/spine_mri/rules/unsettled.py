"""The rule for what is on record and no other rule settles."""

from __future__ import annotations

from hooks.spine_mri.citations import ACR_LOW_BACK_PAIN
from hooks.spine_mri.criteria.unjudged import UNJUDGED
from hooks.spine_mri.rule import Advise, ContrastRow, Rule, Tone

PRIORITY = 62
# These know what to do about something old.
ANSWERED = ("PER1", "NEU7-known-myelopathy")


UNK2 = Rule(
    id="UNK2-undated-flag",
    priority=PRIORITY,
    criterion=UNJUDGED,
    unless=ANSWERED,
    gives_way_before=PRIORITY,
    advise=Advise.UNCERTAIN,
    contrast=ContrastRow.EITHER,
    tone=Tone.CALM,
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
