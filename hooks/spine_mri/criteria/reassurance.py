"""Do normal markers make an infection unlikely?

They reassure only where nothing else can have kept them low: no antibiotics, no recent
procedure, no failing immunity, and blood taken after the pain began.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from cds_service.fhir.prefetch import key_of
from cds_service.knowledge.requirement import DataRequirement
from cds_service.reasoning.coded import has, recent
from cds_service.reasoning.combination import all_of, none_of, unless
from cds_service.reasoning.measured import (
    above_own_range,
    in_window,
)
from cds_service.reasoning.plain import Judgement, Verdict
from cds_service.reasoning.truth import Truth
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.citations import CJEM_2020
from hooks.spine_mri.criteria.host import DONE, NEEDLE, PRESCRIBED
from hooks.spine_mri.criteria.infection import (
    CRP_RAISED,
    SPINE_INFECTION_PROBABLE,
    esr_limit,
)
from hooks.spine_mri.definitions import pain_start

if TYPE_CHECKING:
    from datetime import datetime

    from cds_service.facts.model import Facts

# Without a date of onset only the last week's blood can be after it.
ONSET_UNKNOWN = timedelta(days=7)
# A site may let a raised marker count for longer, but not let a normal one reassure.
REASSURES_FOR = timedelta(days=30)


def after_onset(facts: Facts) -> datetime:
    """The instant from which a normal marker may reassure."""
    return pain_start(facts) or facts.as_of - ONSET_UNKNOWN


CRP_STILL_RAISED = replace(
    CRP_RAISED,
    id="crp-raised-after-onset",
    title="C-reactive protein raised after the pain began",
    within=REASSURES_FOR,
    since=after_onset,
)


def _crp_normal(facts: Facts) -> Verdict:
    """What settles that it is not raised: no preliminary result, none unreadable."""
    raised = CRP_STILL_RAISED.assess(facts)
    return Verdict(~raised.truth, raised.basis, raised.unseen)


CRP_NORMAL = Judgement(
    id="crp-normal",
    title="C-reactive protein normal",
    condition="newest CRP ≤ 10 mg/L in 30 days, and after the pain began",
    needs=CRP_STILL_RAISED.needs,
    judge=_crp_normal,
    citation=CJEM_2020,
)
ESR_NEED = DataRequirement("Observation", "laboratory", codes.ESR.id)


def _esr_normal_or_absent(facts: Facts) -> Verdict:
    results = in_window(facts, codes.ESR, REASSURES_FOR)
    if not results:
        seen = facts.sees((key_of(ESR_NEED),))
        return Verdict(Truth.YES if seen else Truth.UNKNOWN, unseen=not seen)
    newest = results[0]
    raised = above_own_range(newest, esr_limit(facts))
    if raised is Truth.UNKNOWN or newest.preliminary:
        return Verdict(Truth.UNKNOWN, unseen=True)
    timely = newest.when.last >= after_onset(facts)
    return Verdict(Truth.of(value=raised is Truth.NO and timely), (newest.basis,))


ESR_NORMAL_OR_ABSENT = Judgement(
    id="esr-normal-or-absent",
    title="Sedimentation rate normal, or not done",
    condition="newest result in 30 days normal and after the pain began, or none",
    needs=frozenset({ESR_NEED}),
    judge=_esr_normal_or_absent,
)
REASSURING = all_of(
    "normal-markers",
    "Normal markers make an infection less likely",
    CRP_NORMAL,
    ESR_NORMAL_OR_ABSENT,
    none_of(
        "nothing-masks",
        "Nothing that could keep the markers low",
        has(codes.ANTIBIOTICS_SYSTEMIC, sources=PRESCRIBED),
        recent(codes.ANTIBIOTICS_SYSTEMIC, 30, sources=PRESCRIBED),
        recent(codes.PRIOR_SPINE_SURGERY, 30, sources=DONE, stated=False),
        NEEDLE,
        has(
            codes.IMMUNOSUPPRESSION,
            "neutropenia",
            "Neutropenia",
            tags=frozenset({"subset=neutropenia"}),
        ),
    ),
    citation=CJEM_2020,
)
NORMAL_MARKERS = unless(
    "reassured-without-infection",
    "Normal markers, and no sign of infection",
    REASSURING,
    SPINE_INFECTION_PROBABLE,
)
