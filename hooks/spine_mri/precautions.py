"""What of the patient the scan must respect: kidneys, pregnancy, allergy, implants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cds_service.reasoning.truth import Truth
from hooks.spine_mri.contrast import PLAIN, Wanted, contrast_wanted
from hooks.spine_mri.modifiers import SAF1, SAF2, SAF3, SAF4
from hooks.spine_mri.protocol import ENHANCED, Contrast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cds_service.facts.model import Facts
    from hooks.spine_mri.modifier import Modifier
    from hooks.spine_mri.rule import Rule

# For these the images after contrast are worth another agent.
WORTH_CONTRAST = ("INF", "ONC", "TRA5")
# With one of these on record a draft with contrast is to be changed.
AGAINST_CONTRAST = frozenset({SAF2.id, SAF3.id})


@dataclass(frozen=True, slots=True, kw_only=True)
class Safe:
    """The contrast that is wanted once the patient is respected.

    fired: ids of what there is to respect. sought: what the rules alone accept.
    """

    wanted: Wanted
    sought: Wanted
    fired: frozenset[str]

    def forbids(self, drafted: Contrast) -> bool:
        """Whether the draft has contrast that this patient had better not get."""
        return drafted in ENHANCED and bool(self.fired & AGAINST_CONTRAST)


def safe_contrast(lead: Rule, red_flags: Sequence[Rule], facts: Facts) -> Safe:
    """Give the contrast the rules want, as far as the patient allows it."""
    sought = contrast_wanted(lead, red_flags)
    enhanced = Contrast(facts.order.technique) in ENHANCED
    fired = {SAF4.id} if _holds(SAF4, facts) else set()
    wanted = sought
    if enhanced or _has_contrast(sought):
        fired |= {one.id for one in (SAF2, SAF3) if _holds(one, facts)}
        ids = (lead.id, *(rule.id for rule in red_flags))
        worth = _has_contrast(sought) and any(
            one.startswith(WORTH_CONTRAST) for one in ids
        )
        wanted = _restricted(sought, fired, worth=worth)
    if (enhanced or _has_contrast(wanted)) and _holds(SAF1, facts):
        fired.add(SAF1.id)
    return Safe(wanted=wanted, sought=sought, fired=frozenset(fired))


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


def _holds(modifier: Modifier, facts: Facts) -> bool:
    asked = modifier.criterion
    return asked is not None and asked.assess(facts).truth is Truth.YES
