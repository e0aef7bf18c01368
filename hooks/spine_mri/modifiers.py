"""What changes the answer of the leading rule and never leads itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hooks.spine_mri.advice import (
    CONTRAST_ONLY,
    CONTRAST_UNNEEDED,
    DATA_GAP,
    NORMAL_MARKERS,
)
from hooks.spine_mri.citations import (
    ACR_LOW_BACK_PAIN,
    ACR_SPINE_INFECTION,
    CJEM_2020,
)
from hooks.spine_mri.criteria.reassurance import REASSURING
from hooks.spine_mri.rule import Appropriateness

if TYPE_CHECKING:
    from cds_service.knowledge.citation import Citation
    from cds_service.reasoning.finding import Criterion


@dataclass(frozen=True, slots=True, kw_only=True)
class Modifier:
    """One modifier as the clinical page shows it.

    Attributes:
        when, effect: what must hold, and what then changes.
        criterion: what is asked of the chart, where anything is.
    """

    id: str
    when: str
    effect: str
    strength: str
    citations: tuple[Citation, ...] = ()
    appropriateness: Appropriateness | None = None
    statements: tuple[str, ...] = ()
    criterion: Criterion | None = None


MODIFIERS = (
    Modifier(
        id=CONTRAST_ONLY,
        when="The draft asks for images after contrast alone, and the answer is not "
        "against the scan.",
        effect="The answer becomes a change: images before contrast are added. How "
        "urgent it is stays.",
        strength="ACR consensus",
        citations=(ACR_SPINE_INFECTION, ACR_LOW_BACK_PAIN),
        appropriateness=Appropriateness.USUALLY_NOT,
        statements=("S22", "S23"),
    ),
    Modifier(
        id=CONTRAST_UNNEEDED,
        when="The leading rule is for the scan, the draft asks for contrast, and no "
        "matched rule accepts it.",
        effect="The answer becomes a change to a scan without contrast, as calm "
        "information.",
        strength="ACR consensus",
        citations=(ACR_LOW_BACK_PAIN,),
        appropriateness=Appropriateness.MAY_BE,
        statements=("S20",),
    ),
    Modifier(
        id=DATA_GAP,
        when="Part of the chart was not supplied, failed to load or could not be read; "
        "or it holds no problem and the order gives no reason.",
        effect="Against becomes uncertain, and the card names what was not seen. For "
        "and change stay.",
        strength="safety default",
        statements=("S29", "S35"),
    ),
    Modifier(
        id=NORMAL_MARKERS,
        when="No sign of infection, and markers that reassure.",
        effect="A high risk of infection becomes a question, but not in injecting drug "
        "use; a weak risk no longer counts. Nothing else changes.",
        strength="diagnostic cohort",
        citations=(CJEM_2020,),
        criterion=REASSURING,
    ),
)
