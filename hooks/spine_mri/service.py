"""Plug the spine MRI content into order-select and order-sign: one decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.service import Service
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.cards import present
from hooks.spine_mri.criteria.reassurance import REASSURING
from hooks.spine_mri.decision import assess, decide
from hooks.spine_mri.definitions import EXPLICIT, HIGH, LOW
from hooks.spine_mri.measurements import MEASURED
from hooks.spine_mri.orders import spine_mri_orders
from hooks.spine_mri.pages import pages
from hooks.spine_mri.rules import RULES

if TYPE_CHECKING:
    from hooks.spine_mri.advice import Advice

# For these a suspicion is the point of the scan; for a host risk it is hearsay.
SUSPICION = frozenset(
    one.id
    for one in (
        codes.CAUDA_EQUINA,
        codes.MYELOPATHY,
        codes.MOTOR_DEFICIT,
        codes.CORD_MOTOR_DEFICIT,
        codes.BILATERAL_LEG_WEAKNESS,
        codes.SADDLE_ANESTHESIA,
        codes.URINARY_RETENTION,
        codes.URINARY_INCONTINENCE_NEW,
        codes.FECAL_INCONTINENCE,
        codes.SPINE_INFECTION,
        codes.EPIDURAL_ABSCESS,
        codes.BLOODSTREAM_INFECTION,
        codes.MALIGNANCY_ACTIVE,
        codes.SPINE_OR_BONE_MALIGNANCY,
        codes.VERTEBRAL_COMPRESSION_FRACTURE,
        codes.AXIAL_SPONDYLOARTHRITIS,
    )
)
# Words too vague to read beside a code, and too serious to pass over without one.
UNCODED = frozenset({codes.SIGN_IN_WORDS.id, codes.LASTING_RISK_IN_WORDS.id})
CRITERIA = (
    EXPLICIT,
    LOW,
    HIGH,
    REASSURING,
    *(rule.criterion for rule in RULES),
    *(special.criterion for rule in RULES for special in rule.urgencies),
)


def _service(hook: str, title: str) -> Service[Advice]:
    return Service(
        id=f"spine-mri-{hook}",
        hook=hook,
        title=title,
        description=(
            "Advises for or against a spine MRI, on intravenous contrast, region and "
            "urgency, from the patient's chart, with reasons and sources."
        ),
        usage_requirements=(
            "Acts on draft spine MRI orders. Needs Patient, Condition, Observation, "
            "Procedure and MedicationRequest by prefetch; says what it did not see."
        ),
        criteria=CRITERIA,
        vocabulary=codes.VOCABULARY,
        measured=MEASURED,
        suspicion=SUSPICION,
        site_sets=frozenset({codes.SYMPTOM_REGION.id, codes.BODY_SITE_SPINE.id}),
        uncoded=UNCODED,
        orders=spine_mri_orders,
        assess=assess,
        decide=decide,
        present=present,
        pages=pages,
    )


SERVICES = (
    _service("order-select", "Spine MRI appropriateness, on selection"),
    _service("order-sign", "Spine MRI appropriateness, on signing"),
)
