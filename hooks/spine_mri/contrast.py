"""Which contrast the matched rules want, and which drafts they accept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hooks.spine_mri.protocol import ENHANCED, Contrast
from hooks.spine_mri.rule import ContrastRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hooks.spine_mri.rule import Rule

BEFORE_AND_AFTER = frozenset({Contrast.WITHOUT_AND_WITH, Contrast.WITH})
ANY = BEFORE_AND_AFTER | {Contrast.WITHOUT}
# Neurology outranks scope: a weak root is imaged whichever way is fastest.
NEUROLOGY = "NEU"


class Wanted(NamedTuple):
    """The contrast that is wanted, and the drafts that are accepted."""

    target: Contrast
    accepted: frozenset[Contrast]


PLAIN = Wanted(Contrast.WITHOUT, frozenset({Contrast.WITHOUT}))


def contrast_wanted(lead: Rule, red_flags: Sequence[Rule]) -> Wanted:
    """Give the target and the accepted drafts; the first row that holds decides.

    A draft that does not say is never a reason for a change.
    """
    rows = {rule.contrast for rule in red_flags}
    if ContrastRow.ENHANCED in rows or ContrastRow.SCAR in rows:
        return Wanted(Contrast.WITHOUT_AND_WITH, BEFORE_AND_AFTER)
    if lead.contrast is ContrastRow.WEIGHT_LOSS:
        return Wanted(Contrast.WITHOUT_AND_WITH, ANY)
    neurological = any(rule.id.startswith(NEUROLOGY) for rule in red_flags)
    if neurological or lead.contrast is ContrastRow.EITHER:
        return Wanted(Contrast.WITHOUT, ANY)
    return PLAIN


def advised_contrast(drafted: Contrast, wanted: Wanted) -> Contrast:
    """Give the draft's own contrast where it is accepted, else the target."""
    if drafted not in wanted.accepted:
        return wanted.target
    return Contrast.WITHOUT_AND_WITH if drafted in ENHANCED else drafted
