"""How the draft, as it stands, is rated by appropriate use criteria.

A rating goes on a claim, so it is given only where it is settled: a doubt is no rating,
and a scan that a red flag asks for is never rated down for its contrast alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.cds_hooks.pama import Appropriate, Rating
from hooks.spine_mri.protocol import Contrast
from hooks.spine_mri.rule import Advise, Appropriateness
from hooks.spine_mri.rules.known_disease import OUT1

if TYPE_CHECKING:
    from hooks.spine_mri.advice import Advice

SETTLED = {Advise.FOR: Appropriate.YES, Advise.AGAINST: Appropriate.NO}
# What the grade says where the draft can stay and another study comes first.
GRADED = {
    Appropriateness.USUALLY: Appropriate.YES,
    Appropriateness.USUALLY_NOT: Appropriate.NO,
}
# The criteria grade the scan without contrast as they do that before and after.
AS_GOOD = frozenset({Contrast.WITHOUT, Contrast.UNSPECIFIED})


def rate(advice: Advice) -> Rating | None:
    """Rate the draft; None where its rating is not determined."""
    code = _code(advice)
    if code is None:
        return None
    cited = advice.citations
    return Rating(code, cited[0].url if cited else "")


def _code(advice: Advice) -> Appropriate | None:
    if advice.advise is Advise.UNCERTAIN:
        outside = advice.rule_id == OUT1.id
        return Appropriate.NO_CRITERIA if outside else None
    if advice.is_unrated_neck:
        return None
    return SETTLED.get(advice.advise) or _of_change(advice)


def _of_change(advice: Advice) -> Appropriate | None:
    """Rate a draft that something should be changed about."""
    protocol, drafted = advice.protocol, Contrast(advice.facts.order.technique)
    if drafted is Contrast.WITH_ONLY or _is_elsewhere(advice):
        return Appropriate.NO
    if protocol.contrast_forbidden:
        return None
    grade = advice.appropriateness
    as_graded = protocol.contrast_fits or drafted in AS_GOOD
    return GRADED.get(grade) if grade and as_graded else None


def _is_elsewhere(advice: Advice) -> bool:
    """Whether it shows nothing of what is to be seen; a part of it is a beginning."""
    return not advice.protocol.region_fits and advice.facts.order.sites.isdisjoint(
        advice.protocol.sites
    )
