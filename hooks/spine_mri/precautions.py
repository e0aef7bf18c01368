"""What of the patient the scan must respect: kidneys, pregnancy, allergy, implants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cds_service.reasoning.guard import guarded
from cds_service.reasoning.truth import Truth
from hooks.spine_mri.contrast import PLAIN, Wanted, contrast_wanted
from hooks.spine_mri.modifiers import SAF1, SAF2, SAF3, SAF4
from hooks.spine_mri.protocol import ENHANCED, Contrast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cds_service.facts.model import Facts, Fault
    from hooks.spine_mri.rule import Rule

# For these the images after contrast are worth another agent.
WORTH_CONTRAST = ("INF", "ONC", "TRA5")
# With one of these on record a draft with contrast is to be changed.
AGAINST_CONTRAST = frozenset({SAF2.id, SAF3.id})


@dataclass(frozen=True, slots=True, kw_only=True)
class Safe:
    """The contrast that is wanted once the patient is respected.

    fired: ids of what there is to respect. sought: what the rules alone accept.
    faults: of what could not be judged.
    """

    wanted: Wanted
    sought: Wanted
    fired: frozenset[str]
    faults: tuple[Fault, ...] = ()

    def forbids(self, drafted: Contrast) -> bool:
        """Whether the draft has contrast that this patient had better not get."""
        return drafted in ENHANCED and bool(self.fired & AGAINST_CONTRAST)


def safe_contrast(lead: Rule, red_flags: Sequence[Rule], facts: Facts) -> Safe:
    """Give the contrast the rules want, as far as the patient allows it."""
    sought = contrast_wanted(lead, red_flags)
    enhanced = Contrast(facts.order.technique) in ENHANCED
    holding, faults = _asked(facts)
    fired = holding & {SAF4.id}
    wanted = sought
    if enhanced or _has_contrast(sought):
        fired |= holding & AGAINST_CONTRAST
        ids = (lead.id, *(rule.id for rule in red_flags))
        worth = _has_contrast(sought) and any(
            one.startswith(WORTH_CONTRAST) for one in ids
        )
        wanted = _restricted(sought, fired, worth=worth)
    if enhanced or _has_contrast(wanted):
        fired |= holding & {SAF1.id}
    return Safe(wanted=wanted, sought=sought, fired=frozenset(fired), faults=faults)


def _restricted(sought: Wanted, fired: set[str], *, worth: bool) -> Wanted:
    """Leave contrast out in pregnancy, and after a reaction where it is not needed."""
    if SAF2.id in fired:
        return PLAIN
    if SAF3.id not in fired:
        return sought
    if worth:
        return sought._replace(accepted=sought.accepted | {Contrast.WITHOUT})
    return PLAIN


def _has_contrast(wanted: Wanted) -> bool:
    return wanted.target is Contrast.WITHOUT_AND_WITH


def _asked(facts: Facts) -> tuple[set[str], tuple[Fault, ...]]:
    """Judge all that may have to be respected: what holds, and what failed."""
    judged = [
        (one.id, *guarded(one.id, one.criterion, facts))
        for one in (SAF1, SAF2, SAF3, SAF4)
        if one.criterion is not None
    ]
    holding = {name for name, finding, _ in judged if finding.truth is Truth.YES}
    return holding, tuple(fault for _, _, fault in judged if fault)
