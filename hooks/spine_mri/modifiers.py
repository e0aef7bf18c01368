"""What changes the answer of the leading rule and never leads itself."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from hooks.spine_mri.citations import (
    ACOG_723,
    ACR_CONTRAST,
    ACR_LOW_BACK_PAIN,
    ACR_NKF,
    ACR_SPINE_INFECTION,
    CJEM_2020,
    HRS_2017,
)
from hooks.spine_mri.criteria.gadolinium import GADOLINIUM_REACTION
from hooks.spine_mri.criteria.implant import IMPLANT
from hooks.spine_mri.criteria.kidney import KIDNEY_FAILING
from hooks.spine_mri.criteria.pregnancy import PREGNANT
from hooks.spine_mri.criteria.reassurance import NORMAL_MARKERS
from hooks.spine_mri.criteria.unreadable_marker import MARKER_UNREADABLE
from hooks.spine_mri.modifier import Modifier
from hooks.spine_mri.rule import Appropriateness

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTRAST_PLANNED = "The draft asks for contrast, or a matched rule wants it; and:"

CON1: Final = Modifier(
    id="CON1-contrast-only",
    priority=1,
    when="The draft asks for images after contrast alone, and the answer is not "
    "against the scan.",
    effect="The answer becomes a change: images before contrast are added. How "
    "urgent it is stays.",
    summary="Contrast-only spine MRI is not useful: consider adding images before "
    "contrast",
    line="Images after contrast alone have nothing to be compared with.",
    citations=(ACR_SPINE_INFECTION, ACR_LOW_BACK_PAIN),
    strength="ACR consensus",
    appropriateness=Appropriateness.USUALLY_NOT,
    statements=("S22", "S23"),
)
CON2: Final = Modifier(
    id="CON2-unneeded",
    priority=2,
    when="The leading rule is for the scan, the draft asks for contrast, and no "
    "matched rule accepts it.",
    effect="The answer becomes a change to a scan without contrast, as calm "
    "information.",
    summary="Contrast adds little here: consider MRI without contrast",
    line="No finding here calls for contrast.",
    citations=(ACR_LOW_BACK_PAIN,),
    strength="ACR consensus",
    appropriateness=Appropriateness.MAY_BE,
    statements=("S20",),
)
SAF1: Final = Modifier(
    id="SAF1-renal",
    priority=3,
    criterion=KIDNEY_FAILING,
    when=CONTRAST_PLANNED,
    effect="The card becomes a warning. Contrast and answer stay as they are.",
    heading="Low kidney function",
    line="consider a group II gadolinium agent; low function is no reason to leave out "
    "contrast that is needed; gadodiamide, gadopentetate and gadoversetamide are "
    "contraindicated.",
    citations=(ACR_NKF, ACR_CONTRAST),
    strength="consensus",
)
SAF2: Final = Modifier(
    id="SAF2-pregnancy",
    priority=3,
    criterion=PREGNANT,
    when=CONTRAST_PLANNED,
    effect="The scan is wanted without contrast under every rule; a draft with it "
    "becomes a change. For never becomes against.",
    summary="Pregnant: consider MRI without gadolinium, unless it would change care of "
    "mother or fetus",
    heading="Pregnant",
    line="MRI is fine; gadolinium is best left out unless it would change care of "
    "mother or fetus.",
    citations=(ACOG_723,),
    strength="consensus",
)
SAF3: Final = Modifier(
    id="SAF3-gadolinium-reaction",
    priority=3,
    criterion=GADOLINIUM_REACTION,
    when=CONTRAST_PLANNED,
    effect="A draft without contrast is accepted under every rule, one with it becomes "
    "a change. For infection or tumour contrast from another agent stays wanted, for "
    "all else the scan is wanted without.",
    summary="Earlier reaction to gadolinium: consider MRI without contrast",
    heading="Earlier reaction to gadolinium",
    line="consider asking radiology about another agent or premedication. An allergy "
    "to iodine or shellfish would not matter.",
    citations=(ACR_CONTRAST,),
    strength="consensus",
)
SAF4: Final = Modifier(
    id="SAF4-device",
    priority=3,
    criterion=IMPLANT,
    when="On record, whatever the scan:",
    effect="The card becomes a warning, and CT or CT myelography is offered. An "
    "emergency is not delayed.",
    heading="Implanted device",
    line="not an absolute bar; consider settling its MR conditions with radiology now, "
    "while the scan is arranged. Only if MRI cannot be done: CT; myelography is for a "
    "spine centre to decide.",
    citations=(HRS_2017,),
    strength="consensus",
)
UNK1: Final = Modifier(
    id="UNK1-data-gap",
    priority=4,
    criterion=MARKER_UNREADABLE,
    when="Part of the chart that a rule needs was not supplied, failed to load or "
    "could not be read; or it holds no problem and the order gives no reason; or:",
    effect="Against becomes uncertain, and the card names what was not seen. For "
    "and change stay.",
    strength="safety default",
    statements=("S29", "S35"),
)
INF4: Final = Modifier(
    id="INF4-normal-markers",
    priority=6,
    criterion=NORMAL_MARKERS,
    when="No sign of infection, and markers that reassure.",
    effect="A high risk of infection becomes a question, but not in injecting drug "
    "use; a weak risk no longer counts. Nothing else changes.",
    citations=(CJEM_2020,),
    strength="diagnostic cohort",
)
MODIFIERS: Final = (CON1, CON2, SAF1, SAF2, SAF3, SAF4, UNK1, INF4)
"""In the order in which they are named."""

BY_ID: Final[Mapping[str, Modifier]] = MappingProxyType(
    {one.id: one for one in MODIFIERS}
)
"""The same, by id."""
