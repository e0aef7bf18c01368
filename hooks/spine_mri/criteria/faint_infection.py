"""Is the only sign of infection a marker that is barely raised, in an old pain?"""

from __future__ import annotations

from cds_service.reasoning.coded import new
from cds_service.reasoning.combination import any_of, no_sign_of
from cds_service.reasoning.comparison import Comparison
from cds_service.reasoning.measured import MeasurementCriterion
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.citations import CJEM_2020
from hooks.spine_mri.criteria.fever import FEVER_ACTIVE, FEVER_NOT_CLEARED
from hooks.spine_mri.criteria.host import SPINE_PROCEDURE, STRONG_HOST, WEAK_HOST
from hooks.spine_mri.criteria.infection import (
    BLOODSTREAM_INFECTION,
    SPINE_INFECTION,
    markers_since,
)
from hooks.spine_mri.definitions import pain_new
from hooks.spine_mri.limits import CRP_FAINT, MARKERS, PAIN_NEW

CRP_OVER_30 = MeasurementCriterion(
    id="crp-over-30",
    title="C-reactive protein above 30 mg/L",
    codes=codes.CRP,
    comparison=Comparison.ABOVE,
    threshold=CRP_FAINT,
    within=MARKERS,
    since=markers_since,
    citation=CJEM_2020,
)
MORE_THAN_FAINT = any_of(
    "more-than-faint",
    "Any stronger sign",
    CRP_OVER_30,
    FEVER_ACTIVE,
    # The marker that is raised keeps a fever that came down.
    FEVER_NOT_CLEARED,
    # A raised CRP by its code alone may be of any height.
    new(
        codes.ABNORMAL_INFLAMMATORY_MARKER_DX,
        30,
        "crp-raised-coded",
        "C-reactive protein raised, as a diagnosis",
        tags=frozenset({"kind=crp"}),
    ),
    BLOODSTREAM_INFECTION,
    SPINE_INFECTION,
    STRONG_HOST,
    WEAK_HOST,
    SPINE_PROCEDURE,
    pain_new(PAIN_NEW),
)


ONLY_FAINT_SIGNS = no_sign_of(
    "only-faint-signs",
    "Nothing but a faint marker in pain of over 90 days without a host risk",
    MORE_THAN_FAINT,
)
