"""Has six weeks of care failed, and is something to be done about it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.reasoning.coded import has, recent
from cds_service.reasoning.coded_criterion import ANY_STRENGTH
from cds_service.reasoning.combination import all_of, any_of, none_of, unless
from cds_service.reasoning.plain import Judgement, Verdict
from cds_service.reasoning.truth import Truth
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.citations import ACR_LOW_BACK_PAIN, ACR_THORACIC
from hooks.spine_mri.conservative_care import care_days
from hooks.spine_mri.criteria.session import PLANNED_NOW
from hooks.spine_mri.definitions import CERVICAL, THORACIC, pain_duration, pain_new
from hooks.spine_mri.limits import SIX_WEEKS

if TYPE_CHECKING:
    from cds_service.facts.model import Facts

PLANNED = 180
DONE = ("Procedure",)
DONE_OR_REFERRED = ("Procedure", "ServiceRequest")

LONG_PAIN = pain_duration(SIX_WEEKS)
LONG_CARE = care_days(SIX_WEEKS)
RADICULOPATHY = has(codes.RADICULOPATHY)
SURGICAL_CANDIDATE = any_of(
    "surgical-candidate-any",
    "Surgery or injection is being considered",
    recent(codes.SURGICAL_CANDIDATE, PLANNED, sources=DONE_OR_REFERRED),
    recent(codes.SPINAL_INJECTION, PLANNED, sources=DONE_OR_REFERRED),
    recent(codes.PRIOR_SPINE_SURGERY, PLANNED, sources=DONE_OR_REFERRED),
    PLANNED_NOW,
)


def _only(site: str) -> Judgement:
    def judge(facts: Facts) -> Verdict:
        return Verdict(Truth.of(value=facts.order.sites == frozenset({site})))

    return Judgement(
        id=f"order-only-{site}",
        title=f"The order is {site} alone",
        condition=f"the order covers the {site} spine and nothing else",
        needs=frozenset(),
        judge=judge,
    )


ONLY_THORACIC, ONLY_CERVICAL = _only(THORACIC), _only(CERVICAL)

CARE_FAILED = unless(
    "care-failed",
    "Six weeks of care have failed and something can be done",
    all_of(
        "care-failed-with-plan",
        "Long pain, long care, and a reason to operate or inject",
        LONG_PAIN,
        LONG_CARE,
        any_of(
            "plan",
            "Radiculopathy, stenosis, or surgery or injection considered",
            RADICULOPATHY,
            has(codes.SPINAL_STENOSIS),
            SURGICAL_CANDIDATE,
        ),
        citation=ACR_LOW_BACK_PAIN,
    ),
    all_of(
        "thoracic-without-radiculopathy",
        "Thoracic order without radiculopathy",
        ONLY_THORACIC,
        none_of("no-radiculopathy", "No radiculopathy on record", RADICULOPATHY),
    ),
)
NERVES = (
    codes.MOTOR_DEFICIT,
    codes.CORD_MOTOR_DEFICIT,
    codes.BILATERAL_LEG_WEAKNESS,
    codes.MYELOPATHY,
    codes.GAIT_OR_SENSORY_SIGN,
    codes.CAUDA_EQUINA,
    codes.SADDLE_ANESTHESIA,
    codes.URINARY_RETENTION,
    codes.URINARY_INCONTINENCE_NEW,
    codes.FECAL_INCONTINENCE,
)
THORACIC_PAIN = unless(
    "thoracic-pain",
    "Thoracic pain for six weeks without a sign from the nerves",
    all_of(
        "thoracic-pain-long",
        "Thoracic order, pain for six weeks",
        ONLY_THORACIC,
        LONG_PAIN,
        citation=ACR_THORACIC,
    ),
    RADICULOPATHY,
    any_of(
        "nerves",
        "Any sign from cord, roots or sphincters",
        *(has(one, f"{one.id}-any", roles=ANY_STRENGTH) for one in NERVES),
    ),
    all_of(
        "referred-after-care",
        "Six weeks of care, and surgery or injection considered",
        LONG_CARE,
        SURGICAL_CANDIDATE,
    ),
)
CARE_MISSING = all_of(
    "care-missing",
    "Pain for six weeks, care for less",
    LONG_PAIN,
    none_of("care-too-short", "No six weeks of care on record", LONG_CARE),
    citation=ACR_LOW_BACK_PAIN,
)
CARE_WITHOUT_PLAN = all_of(
    "care-without-plan",
    "Six weeks of care, no plan to operate or inject",
    LONG_PAIN,
    LONG_CARE,
    citation=ACR_LOW_BACK_PAIN,
)
ARM_PAIN_EARLY = all_of(
    "arm-pain-early",
    "Cervical order with radiculopathy of less than six weeks",
    ONLY_CERVICAL,
    RADICULOPATHY,
    pain_new(SIX_WEEKS),
)
