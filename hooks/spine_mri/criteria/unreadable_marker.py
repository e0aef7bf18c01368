"""Is there an inflammatory marker of the last month that nobody can judge?

A comparator on both sides of the limit, a unit that is missing or unknown, a text that
holds no number: whatever else was measured, this one may have been high.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.reasoning.measured import above_own_range, in_window
from cds_service.reasoning.plain import Judgement, Verdict
from cds_service.reasoning.truth import Truth
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.criteria.infection import (
    CRP_RAISED,
    ESR_RAISED,
    esr_limit,
)
from hooks.spine_mri.limits import MARKERS

if TYPE_CHECKING:
    from cds_service.facts.model import Facts, Measurement


def undecided_markers(facts: Facts) -> tuple[Measurement, ...]:
    """The results of the last month that may lie on either side of their limit."""
    crp = in_window(facts, codes.CRP, MARKERS)
    esr = in_window(facts, codes.ESR, MARKERS)
    limit = esr_limit(facts) if esr else None
    judge = CRP_RAISED.judge_for(facts)
    doubtful = [one for one in crp if judge(one) is Truth.UNKNOWN]
    doubtful += [
        one
        for one in esr
        if limit is not None and above_own_range(one, limit) is Truth.UNKNOWN
    ]
    return tuple(doubtful)


def _judge(facts: Facts) -> Verdict:
    doubtful = undecided_markers(facts)
    basis = tuple(one.basis for one in doubtful)
    return Verdict(Truth.of(value=bool(doubtful)), basis)


MARKER_UNREADABLE = Judgement(
    id="marker-unreadable",
    title="Inflammatory marker that cannot be judged",
    condition=(
        f"an ESR or CRP in {MARKERS.days} days that may lie on either side of "
        "its limit, or has no usable value and unit"
    ),
    needs=CRP_RAISED.needs | ESR_RAISED.needs,
    judge=_judge,
)
