"""Is there a disease of cord or canal that is imaged on its own terms?"""

from __future__ import annotations

from cds_service.reasoning.coded import has
from cds_service.reasoning.coded_criterion import SUPPORTING
from cds_service.reasoning.combination import all_of, any_of
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.criteria.child import CHILD
from hooks.spine_mri.criteria.persistent_pain import SURGICAL_CANDIDATE

OTHER_INDICATION = any_of(
    "other-indication",
    "Known disease of cord or canal",
    has(codes.OTHER_SPINE_MRI_INDICATION),
    # In adults a crooked spine is mostly worn, and no reason of its own.
    all_of(
        "scoliosis-that-counts",
        "Scoliosis in a child, or before an operation",
        has(
            codes.OTHER_SPINE_MRI_INDICATION,
            "scoliosis",
            "Scoliosis",
            roles=SUPPORTING,
        ),
        any_of(
            "scoliosis-young-or-planned",
            "Under 18, or surgery considered",
            CHILD,
            SURGICAL_CANDIDATE,
        ),
    ),
)
