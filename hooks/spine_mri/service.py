"""Plug the spine MRI content into order-select and order-sign: one decision."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from cds_service.service import Service
from cds_service.site import UNCHANGED
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.attributes import source_attributes
from hooks.spine_mri.cards import present
from hooks.spine_mri.criteria.gadolinium import CONTRAST_REACTION_UNCLEAR
from hooks.spine_mri.decision import assess, decide
from hooks.spine_mri.definitions import EXPLICIT, HIGH, LOW
from hooks.spine_mri.harmless_words import HARMLESS
from hooks.spine_mri.local import practice_of
from hooks.spine_mri.measurements import MEASURED
from hooks.spine_mri.modifiers import MODIFIERS
from hooks.spine_mri.orders import spine_mri_orders
from hooks.spine_mri.pages import pages
from hooks.spine_mri.rating import rate
from hooks.spine_mri.rules import RULES
from hooks.spine_mri.vague_words import UNCODED as UNCODED_WORDS

if TYPE_CHECKING:
    from cds_service.knowledge.practice import Practice
    from cds_service.reasoning.finding import Criterion
    from cds_service.site import SiteSection
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
        codes.SEXUAL_DYSFUNCTION,
        codes.BILATERAL_SCIATICA,
        codes.GAIT_OR_SENSORY_SIGN,
        codes.FEVER,
        codes.ABNORMAL_INFLAMMATORY_MARKER_DX,
        codes.WEIGHT_LOSS,
        codes.RECENT_TRAUMA,
        codes.TUBERCULOSIS,
        codes.SPINE_INFECTION,
        codes.EPIDURAL_ABSCESS,
        codes.BLOODSTREAM_INFECTION,
        codes.MALIGNANCY_ACTIVE,
        codes.SPINE_OR_BONE_MALIGNANCY,
        codes.VERTEBRAL_COMPRESSION_FRACTURE,
        codes.AXIAL_SPONDYLOARTHRITIS,
    )
)
_RISK = frozenset({codes.RISK_IN_WORDS.id})
_CANCER = frozenset({codes.CANCER_IN_WORDS.id})
_FRACTURE = frozenset({codes.FRACTURE_IN_WORDS.id})
# "Breast cancer, treated 2022" beside a code for a cancer in the past is no new one.
SETTLES = MappingProxyType(
    {
        codes.MALIGNANCY_HISTORY.id: _CANCER | {codes.MALIGNANCY_ACTIVE.id},
        codes.MALIGNANCY_ACTIVE.id: _CANCER,
        codes.IMMUNOSUPPRESSION.id: _RISK,
        codes.DIALYSIS.id: _RISK,
        codes.TUBERCULOSIS.id: _RISK,
        codes.IV_DRUG_USE.id: _RISK,
        codes.VERTEBRAL_COMPRESSION_FRACTURE.id: _FRACTURE,
        codes.OSTEOPOROSIS.id: _FRACTURE,
        codes.RECENT_TRAUMA.id: _FRACTURE,
        codes.ANKYLOSED_SPINE.id: _FRACTURE,
    }
)
PRESENCE = MappingProxyType(
    {codes.RESULT_POSITIVE.id: True, codes.RESULT_NEGATIVE.id: False}
)
# Words too vague to read beside a code, and too serious to pass over without one.
UNCODED = frozenset(UNCODED_WORDS)
USAGE = (
    "Acts on draft spine MRI orders. Needs Patient, Condition, Observation, Procedure, "
    "MedicationRequest, AllergyIntolerance and Device by prefetch; says what it did "
    "not see."
)
CRITERIA: tuple[Criterion, ...] = (
    EXPLICIT,
    LOW,
    HIGH,
    CONTRAST_REACTION_UNCLEAR,
    *(rule.criterion for rule in RULES),
    *(special.criterion for rule in RULES for special in rule.urgencies),
    *(one.criterion for one in MODIFIERS if one.criterion is not None),
)


DESCRIPTION = (
    "Advises for or against a spine MRI, on intravenous contrast, region and urgency, "
    "from the patient's chart, with reasons and sources."
)


def _service(hook: str, title: str, practice: Practice) -> Service[Advice]:
    return Service(
        id=f"spine-mri-{hook}",
        hook=hook,
        title=title,
        description=DESCRIPTION,
        usage_requirements=USAGE,
        criteria=CRITERIA,
        vocabulary=codes.VOCABULARY,
        measured=MEASURED,
        suspicion=SUSPICION,
        site_sets=frozenset({codes.SYMPTOM_REGION.id, codes.BODY_SITE_SPINE.id}),
        uncoded=UNCODED,
        settles=SETTLES,
        harmless=HARMLESS,
        presence=PRESENCE,
        orders=partial(spine_mri_orders, local=practice.orders),
        assess=assess,
        decide=decide,
        present=present,
        rate=rate,
        practice=practice,
        attributes=source_attributes(practice, CRITERIA),
        pages=pages,
    )


def services(section: SiteSection, site: str) -> tuple[Service[Advice], ...]:
    """Make the services as a site wants them.

    Raises:
        SiteError: the site file asks for something that cannot be.
    """
    practice = practice_of(section, site)
    return (
        _service("order-select", "Spine MRI appropriateness, on selection", practice),
        _service("order-sign", "Spine MRI appropriateness, on signing", practice),
    )


SERVICES = services(UNCHANGED, "")
