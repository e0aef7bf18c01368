"""Rules about the spinal cord, and about deficits that are old or unclear."""

from __future__ import annotations

from hooks.spine_mri.citations import ACP_2011, ACR_MYELOPATHY
from hooks.spine_mri.criteria.cord import (
    CORD_SUSPECTED,
    DEFICIT_UNCLEAR,
    HAEMATOMA_SUSPECTED,
)
from hooks.spine_mri.criteria.cord_urgency import CORD_EMERGENCY
from hooks.spine_mri.criteria.myelopathy import MYELOPATHY_KNOWN
from hooks.spine_mri.rule import (
    Advise,
    Appropriateness,
    ContrastRow,
    Rule,
    Tone,
    Urgency,
    UrgencyWhen,
)

# What the headline leaves out where the draft shows too little.
OR_WHOLE = " of the suspected level, or the whole spine"
NEU4 = Rule(
    id="NEU4-haematoma",
    priority=11,
    criterion=HAEMATOMA_SUSPECTED,
    advise=Advise.FOR,
    contrast=ContrastRow.EITHER,
    urgency=Urgency.IMMEDIATE,
    summary="New deficit after a spine procedure or with a risk of bleeding: consider "
    "emergency MRI for epidural haematoma",
    line="possible epidural haematoma",
    detail="Blood in the canal can compress cord or cauda equina within hours.",
    citations=(ACR_MYELOPATHY,),
    appropriateness=None,
    strength="expert opinion and case series",
    statements=("S10",),
)
NEU2 = Rule(
    id="NEU2-cord",
    priority=12,
    criterion=CORD_SUSPECTED,
    advise=Advise.FOR,
    contrast=ContrastRow.EITHER,
    urgency=Urgency.URGENT,
    urgencies=(UrgencyWhen(CORD_EMERGENCY, Urgency.IMMEDIATE),),
    tone=Tone.UNTIL_RIGHT,
    summary=f"Signs of spinal cord compression: consider urgent MRI{OR_WHOLE}",
    emergency=f"Signs of spinal cord compression: consider emergency MRI{OR_WHOLE}",
    line="signs of cord compression",
    detail="Signs of the cord do not tell its level reliably: a scan of one region can "
    "miss the cause.",
    citations=(ACR_MYELOPATHY,),
    appropriateness=Appropriateness.USUALLY,
    strength="strong, observational evidence",
    statements=("S1", "S9", "S10", "S11"),
)
NEU5 = Rule(
    id="NEU5-unclear-deficit",
    priority=63,
    criterion=DEFICIT_UNCLEAR,
    unless=("PER1", "NEU7-known-myelopathy", "NEU2-cord", "NEU6-possible-cauda-equina"),
    advise=Advise.UNCERTAIN,
    contrast=ContrastRow.EITHER,
    tone=Tone.CALM,
    summary="Weakness or numbness noted: examine power, reflexes, gait and saddle "
    "sensation first",
    line="weakness or numbness, not described further",
    detail="New weakness or saddle numbness makes this MRI urgent. With a normal "
    "examination, decide as if this entry were not there.",
    citations=(ACP_2011,),
    appropriateness=None,
    strength="expert opinion",
    statements=("S10", "S34"),
)
NEU7 = Rule(
    id="NEU7-known-myelopathy",
    priority=64,
    criterion=MYELOPATHY_KNOWN,
    unless=("NEU2-cord",),
    advise=Advise.FOR,
    contrast=ContrastRow.EITHER,
    summary="Known myelopathy: MRI is supported; treat any worsening as urgent",
    line="known myelopathy",
    citations=(ACR_MYELOPATHY,),
    appropriateness=Appropriateness.USUALLY,
    strength="ACR consensus",
    statements=("S1", "S10"),
)
CORD = (NEU4, NEU2, NEU5, NEU7)
