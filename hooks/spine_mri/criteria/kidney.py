"""Do the kidneys fail, so that the gadolinium agent matters?"""

from __future__ import annotations

from datetime import timedelta

from cds_service.reasoning.coded import has, new
from cds_service.reasoning.combination import any_of
from cds_service.reasoning.comparison import Comparison
from cds_service.reasoning.measured import MeasurementCriterion, lowest_of_a_day_first
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.citations import ACR_NKF
from hooks.spine_mri.criteria.host import DIALYSIS
from hooks.spine_mri.limits import EGFR

# A result may come twice, with and without a correction for race: the lower counts.
EGFR_LOW = MeasurementCriterion(
    id="egfr-low",
    title="Estimated glomerular filtration rate below 30",
    codes=codes.EGFR,
    comparison=Comparison.BELOW,
    threshold=EGFR,
    within=timedelta(days=90),
    sequence=lowest_of_a_day_first,
    citation=ACR_NKF,
)
KIDNEY_FAILING = any_of(
    "kidney-failing",
    "Filtration below 30, dialysis, kidney disease of stage 4 or 5, or acute injury",
    EGFR_LOW,
    DIALYSIS,
    has(codes.CKD_STAGE_4_5),
    new(codes.ACUTE_KIDNEY_INJURY, 30),
    citation=ACR_NKF,
)
