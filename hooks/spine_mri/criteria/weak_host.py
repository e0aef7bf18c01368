"""Is a weak risk of infection met by a pain that nobody has tested for?"""

from __future__ import annotations

from dataclasses import replace

from cds_service.reasoning.combination import all_of, any_of, unless
from cds_service.reasoning.known import Known
from hooks.spine_mri.citations import ACR_SPINE_INFECTION
from hooks.spine_mri.criteria.child import CHILD
from hooks.spine_mri.criteria.host import PROCEDURE_FOR_PAIN, WEAK_HOST
from hooks.spine_mri.criteria.infection import ESR_RAISED
from hooks.spine_mri.criteria.reassurance import (
    CRP_STILL_RAISED,
    REASSURES_FOR,
    REASSURING,
    after_onset,
)
from hooks.spine_mri.definitions import EXPLICIT, pain_new
from hooks.spine_mri.limits import PAIN_NEW

ESR_SINCE_ONSET = replace(
    ESR_RAISED,
    id="esr-raised-after-onset",
    title="Sedimentation rate raised after the pain began",
    within=REASSURES_FOR,
    since=after_onset,
)
TESTED = any_of(
    "marker-known-since-onset",
    "CRP or ESR known, drawn after the pain began",
    Known(test=CRP_STILL_RAISED),
    Known(test=ESR_SINCE_ONSET),
)
WEAK_HOST_UNTESTED = unless(
    "weak-host-untested",
    "Weak risk of infection with new pain, no marker to go by",
    all_of(
        "weak-host-in-pain",
        "Weak risk of infection with spinal pain",
        EXPLICIT,
        any_of(
            "weak-host-or-procedure",
            "Weak risk with new pain, or a procedure for an older one",
            all_of(
                "weak-host-new-pain",
                "Weak risk of infection with new pain",
                pain_new(PAIN_NEW),
                WEAK_HOST,
            ),
            PROCEDURE_FOR_PAIN,
        ),
        citation=ACR_SPINE_INFECTION,
    ),
    REASSURING,
    TESTED,
)
# Without a complaint on record nobody knows whether this is the pain to test for.
WEAK_HOST_WITHOUT_COMPLAINT = unless(
    "weak-host-without-complaint",
    "Weak risk of infection, no complaint on record",
    WEAK_HOST,
    EXPLICIT,
    REASSURING,
    TESTED,
    CHILD,
)
