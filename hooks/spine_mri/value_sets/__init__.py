"""The value sets of spine MRI: one FHIR file each, named here as constants.

CPT codes stand in `cpt.json` alone, so that a site can leave them out or put its
licensed copy in their place.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cds_service.knowledge.value_set_file import merge, read_value_sets
from cds_service.knowledge.vocabulary import Vocabulary
from hooks.spine_mri.text_patterns import WORDINGS, WORDS_ONLY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cds_service.knowledge.value_set import ValueSet

_SUFFIX: Final = "--cpt"


def _files() -> Iterator[ValueSet]:
    for file in sorted(Path(__file__).parent.glob("*.json")):
        yield from read_value_sets(file.read_text(encoding="utf-8"), file.name)


def _worded(value_set: ValueSet) -> ValueSet:
    """Return the value set with the words that name it in a text."""
    words = WORDINGS.get(value_set.id)
    if words is None:
        return value_set
    return replace(value_set, pattern=words.pattern, veto=words.veto, stems=words.stems)


VALUE_SETS: Final = tuple(
    _worded(one) for one in (*merge(_files(), _SUFFIX), *WORDS_ONLY)
)
"""All value sets, with their words."""

VOCABULARY: Final = Vocabulary(VALUE_SETS)
"""The value sets, compiled."""

_BY_ID: Final = VOCABULARY.by_id

ABNORMAL_INFLAMMATORY_MARKER_DX: Final = _BY_ID["abnormal-inflammatory-marker-dx"]
ACUTE_KIDNEY_INJURY: Final = _BY_ID["acute-kidney-injury"]
ANKYLOSED_SPINE: Final = _BY_ID["ankylosed-spine"]
ANTIBIOTICS_SYSTEMIC: Final = _BY_ID["antibiotics-systemic"]
ANTICOAGULANT: Final = _BY_ID["anticoagulant"]
ANTINEOPLASTIC_MYELOSUPPRESSIVE: Final = _BY_ID["antineoplastic-myelosuppressive"]
ANTIPLATELET: Final = _BY_ID["antiplatelet"]
AXIAL_SPONDYLOARTHRITIS: Final = _BY_ID["axial-spondyloarthritis"]
BACK_PAIN: Final = _BY_ID["back-pain"]
BILATERAL_LEG_WEAKNESS: Final = _BY_ID["bilateral-leg-weakness"]
BILATERAL_SCIATICA: Final = _BY_ID["bilateral-sciatica"]
BLOODSTREAM_INFECTION: Final = _BY_ID["bloodstream-infection"]
BODY_SITE_SPINE: Final = _BY_ID["body-site-spine"]
BODY_TEMPERATURE: Final = _BY_ID["body-temperature"]
BODY_WEIGHT: Final = _BY_ID["body-weight"]
BONE_SEEKING_CANCER: Final = _BY_ID["bone-seeking-cancer"]
CANCER_IN_WORDS: Final = _BY_ID["cancer-in-words"]
CAUDA_EQUINA: Final = _BY_ID["cauda-equina"]
CHILD_WARNING_SIGN: Final = _BY_ID["child-warning-sign"]
CHIROPRACTIC_OR_MANUAL_THERAPY: Final = _BY_ID["chiropractic-or-manual-therapy"]
CHRONIC_STEROID: Final = _BY_ID["chronic-steroid"]
CKD_STAGE_4_5: Final = _BY_ID["ckd-stage-4-5"]
CLAUSTROPHOBIA: Final = _BY_ID["claustrophobia"]
COAGULOPATHY: Final = _BY_ID["coagulopathy"]
CONSERVATIVE_CARE: Final = _BY_ID["conservative-care"]
CONTRAST_MODIFIER: Final = _BY_ID["contrast-modifier"]
CORD_MOTOR_DEFICIT: Final = _BY_ID["cord-motor-deficit"]
CREATININE: Final = _BY_ID["creatinine"]
CRP: Final = _BY_ID["crp"]
CT_SPINE_ORDER: Final = _BY_ID["ct-spine-order"]
DIABETES: Final = _BY_ID["diabetes"]
DIALYSIS: Final = _BY_ID["dialysis"]
DISC_DISORDER: Final = _BY_ID["disc-disorder"]
EGFR: Final = _BY_ID["egfr"]
EPIDURAL_ABSCESS: Final = _BY_ID["epidural-abscess"]
ESR: Final = _BY_ID["esr"]
FECAL_INCONTINENCE: Final = _BY_ID["fecal-incontinence"]
FEVER: Final = _BY_ID["fever"]
FRACTURE_IN_WORDS: Final = _BY_ID["fracture-in-words"]
GADOLINIUM_ALLERGY: Final = _BY_ID["gadolinium-allergy"]
GAIT_OR_SENSORY_SIGN: Final = _BY_ID["gait-or-sensory-sign"]
HOME_EXERCISE_OR_SELF_CARE_EDUCATION: Final = _BY_ID[
    "home-exercise-or-self-care-education"
]
IMMUNOSUPPRESSANT_DRUG: Final = _BY_ID["immunosuppressant-drug"]
IMMUNOSUPPRESSION: Final = _BY_ID["immunosuppression"]
IV_DRUG_USE: Final = _BY_ID["iv-drug-use"]
LAB_SUGGESTION: Final = _BY_ID["lab-suggestion"]
LASTING_RISK_IN_WORDS: Final = _BY_ID["lasting-risk-in-words"]
MALIGNANCY_ACTIVE: Final = _BY_ID["malignancy-active"]
MALIGNANCY_HISTORY: Final = _BY_ID["malignancy-history"]
MOTOR_DEFICIT: Final = _BY_ID["motor-deficit"]
MRI_DEVICE_RISK: Final = _BY_ID["mri-device-risk"]
MRI_SACROILIAC_ORDER: Final = _BY_ID["mri-sacroiliac-order"]
MRI_SPINE_ORDER: Final = _BY_ID["mri-spine-order"]
MUSCLE_RELAXANT: Final = _BY_ID["muscle-relaxant"]
MYELOPATHY: Final = _BY_ID["myelopathy"]
NECK_PAIN: Final = _BY_ID["neck-pain"]
NEUROPATHIC_ANALGESIC: Final = _BY_ID["neuropathic-analgesic"]
NIGHT_SWEATS: Final = _BY_ID["night-sweats"]
NOT_MRI_SPINE_LOOKALIKE: Final = _BY_ID["not-mri-spine-lookalike"]
NSAID: Final = _BY_ID["nsaid"]
NSAID_OR_ANALGESIC: Final = _BY_ID["nsaid-or-analgesic"]
OPIOID: Final = _BY_ID["opioid"]
OSTEOPOROSIS: Final = _BY_ID["osteoporosis"]
OSTEOPOROSIS_DRUG: Final = _BY_ID["osteoporosis-drug"]
OTHER_SPINE_MRI_INDICATION: Final = _BY_ID["other-spine-mri-indication"]
PHYSICAL_THERAPY: Final = _BY_ID["physical-therapy"]
PREGNANCY: Final = _BY_ID["pregnancy"]
PREGNANCY_TEST: Final = _BY_ID["pregnancy-test"]
PRESSURE_ULCER_SPINE: Final = _BY_ID["pressure-ulcer-spine"]
PRIOR_SPINE_SURGERY: Final = _BY_ID["prior-spine-surgery"]
PROCALCITONIN: Final = _BY_ID["procalcitonin"]
RADICULOPATHY: Final = _BY_ID["radiculopathy"]
RADIOGRAPH_SPINE_ORDER: Final = _BY_ID["radiograph-spine-order"]
RECENT_TRAUMA: Final = _BY_ID["recent-trauma"]
RESULT_NEGATIVE: Final = _BY_ID["result-negative"]
RESULT_POSITIVE: Final = _BY_ID["result-positive"]
RISK_IN_WORDS: Final = _BY_ID["risk-in-words"]
SADDLE_ANESTHESIA: Final = _BY_ID["saddle-anesthesia"]
SEXUAL_DYSFUNCTION: Final = _BY_ID["sexual-dysfunction"]
SIGN_IN_WORDS: Final = _BY_ID["sign-in-words"]
SIMPLE_ANALGESIC: Final = _BY_ID["simple-analgesic"]
SPINAL_INJECTION: Final = _BY_ID["spinal-injection"]
SPINAL_STENOSIS: Final = _BY_ID["spinal-stenosis"]
SPINE_INFECTION: Final = _BY_ID["spine-infection"]
SPINE_OR_BONE_MALIGNANCY: Final = _BY_ID["spine-or-bone-malignancy"]
SURGICAL_CANDIDATE: Final = _BY_ID["surgical-candidate"]
SYMPTOM_REGION: Final = _BY_ID["symptom-region"]
SYSTEMIC_CORTICOSTEROID: Final = _BY_ID["systemic-corticosteroid"]
TUBERCULOSIS: Final = _BY_ID["tuberculosis"]
URINARY_INCONTINENCE_NEW: Final = _BY_ID["urinary-incontinence-new"]
URINARY_RETENTION: Final = _BY_ID["urinary-retention"]
VERTEBRAL_COMPRESSION_FRACTURE: Final = _BY_ID["vertebral-compression-fracture"]
WEAK_IMMUNOSUPPRESSANT: Final = _BY_ID["weak-immunosuppressant"]
WEIGHT_LOSS: Final = _BY_ID["weight-loss"]
WEIGHT_LOSS_EXPLAINED: Final = _BY_ID["weight-loss-explained"]
WHITE_CELLS: Final = _BY_ID["white-cells"]
