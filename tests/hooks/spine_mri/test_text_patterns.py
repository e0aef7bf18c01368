"""Words name what they should, and nothing that only resembles it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cds_service.knowledge.wording import readable
from hooks.spine_mri.text_patterns import WORDINGS, WORDS_ONLY
from hooks.spine_mri.value_sets import VOCABULARY

FOUND = [
    ("cauda-equina", "Cauda equina syndrome"),
    ("cauda-equina", "signs of CES"),
    ("cauda-equina", "conus medullaris syndrome"),
    ("saddle-anesthesia", "saddle anaesthesia since Monday"),
    ("saddle-anesthesia", "numbness in the groin"),
    ("saddle-anesthesia", "perineal numbness"),
    ("saddle-anesthesia", "buttock numbness"),
    ("urinary-retention", "unable to urinate"),
    ("urinary-retention", "can't void"),
    ("urinary-retention", "acute urinary retention"),
    ("urinary-incontinence-new", "new onset urinary incontinence"),
    ("urinary-incontinence-new", "loss of bladder control"),
    ("urinary-incontinence-new", "no bladder control"),
    ("fecal-incontinence", "bowel incontinence"),
    ("fecal-incontinence", "reduced anal tone"),
    ("fecal-incontinence", "lost bowel control"),
    ("sexual-dysfunction", "new erectile dysfunction"),
    ("bilateral-sciatica", "bilateral radicular pain"),
    ("bilateral-leg-weakness", "weakness in both legs"),
    ("bilateral-leg-weakness", "paraparesis"),
    ("motor-deficit", "foot drop"),
    ("motor-deficit", "progressive motor deficit"),
    ("motor-deficit", "left leg is weak"),
    ("motor-deficit", "leg feels weak, no numbness"),
    ("motor-deficit", "weakness of the right hand"),
    ("myelopathy", "cervical myelopathy"),
    ("myelopathy", "spinal cord compression"),
    ("spine-infection", "spondylodiscitis"),
    ("spine-infection", "vertebral osteomyelitis"),
    ("epidural-abscess", "epidural abscess"),
    ("bloodstream-infection", "MRSA bacteremia"),
    ("fever", "fever for a week"),
    ("iv-drug-use", "IVDU"),
    ("iv-drug-use", "intravenous drug user"),
    ("iv-drug-use", "injects heroin"),
    ("back-pain", "chronic low back pain"),
    ("back-pain", "LBP"),
    ("neck-pain", "neck pain"),
    ("radiculopathy", "lumbar radiculopathy"),
    ("spinal-stenosis", "lumbar spinal stenosis"),
    ("disc-disorder", "herniated disc"),
    ("weight-loss", "unexplained weight loss"),
    ("weight-loss-explained", "semaglutide weekly"),
    ("weight-loss-explained", "intentional weight loss"),
    ("antibiotics-systemic", "Amoxicillin 500 MG Oral Capsule"),
    ("antibiotics-systemic", "cefiderocol"),
    ("antibiotics-systemic", "azithromycin"),
    ("chronic-steroid", "prednisone 10 mg"),
    ("systemic-corticosteroid", "hydrocortisone 20 mg"),
    ("immunosuppressant-drug", "adalimumab 40 mg"),
    ("immunosuppressant-drug", "HUMIRA 40 mg/0.4 mL pen"),
    ("immunosuppressant-drug", "Prograf 1 mg capsule"),
    ("immunosuppressant-drug", "Azathioprin 50 mg"),
    ("chronic-steroid", "Medrol 4 mg"),
    ("chronic-steroid", "Prednisolon 10 mg"),
    ("anticoagulant", "Eliquis 5 mg"),
    ("weak-immunosuppressant", "Methotrexat 15 mg"),
    ("weak-immunosuppressant", "methotrexate 15 mg weekly"),
    ("anticoagulant", "apixaban 5 mg"),
    ("antiplatelet", "aspirin 81 mg"),
    ("gadolinium-allergy", "Gadavist"),
    ("gadolinium-allergy", "gadolinium based contrast"),
    ("nsaid-or-analgesic", "ibuprofen 400 mg"),
    ("opioid", "fentanyl patch"),
    ("conservative-care", "physical therapy for 8 weeks"),
    ("malignancy-active", "metastatic lung cancer"),
    ("malignancy-active", "triple-negative breast cancer"),
    ("malignancy-active", "HER2 negative breast cancer"),
    ("malignancy-active", "node-negative carcinoma of breast"),
    ("malignancy-active", "Sézary disease"),
    ("malignancy-history", "history of breast cancer"),
    ("malignancy-history", "lymphoma in remission"),
    ("malignancy-history", "h/o prostate carcinoma"),
    ("bone-seeking-cancer", "adenocarcinoma of the lung"),
    ("bone-seeking-cancer", "breast cancer"),
    ("spine-or-bone-malignancy", "bone metastases"),
    ("spine-or-bone-malignancy", "multiple myeloma"),
    ("spine-or-bone-malignancy", "mets to spine"),
    ("result-positive", "POSITIVE"),
    ("result-positive", "hCG detected"),
    ("result-negative", "negative"),
    ("result-negative", "not detected"),
    ("osteoporosis", "Age-related osteoporosis"),
    ("diabetes", "Type 2 diabetes, diet"),
    ("prior-spine-surgery", "Discectomy L4-L5"),
    ("prior-spine-surgery", "lumbar fusion 2019"),
    ("disc-disorder", "lumbar spondylosis with facet pain"),
    ("sign-in-words", "pedestrian hit by car"),
    ("sign-in-words", "Brown-Séquard syndrome"),
    ("sign-in-words", "central cord syndrome"),
    ("sign-in-words", "cord oedema at C5"),
    ("sign-in-words", "acute transverse myelitis"),
    ("sign-in-words", "iliopsoas abscess"),
    ("sign-in-words", "facet dislocation"),
    ("sign-in-words", "hyperpyrexia"),
    ("sign-in-words", "sacral pressure ulcer"),
    ("sign-in-words", "pancytopenia"),
    ("risk-in-words", "tuberculoma of the cord"),
    ("spine-infection", "extradural abscess"),
    ("spine-infection", "intraspinal abscess"),
    ("spine-infection", "abscess of the spinal canal"),
    ("epidural-abscess", "abscess of epidural space"),
    ("sign-in-words", "sacroiliitis"),
    ("sign-in-words", "ankylosing spondylitis"),
    ("sign-in-words", "weakness"),
    ("sign-in-words", "left renal mass"),
    ("sign-in-words", "pins and needles in both feet"),
    ("sign-in-words", "brisk reflexes"),
    ("sign-in-words", "hyperreflexia"),
    ("sign-in-words", "areflexia of the ankles"),
    ("sign-in-words", "hoffmann sign on the left"),
    ("sign-in-words", "upgoing toe"),
    ("sign-in-words", "fell off a ladder"),
    ("sign-in-words", "MVA two weeks ago"),
    ("sign-in-words", "old rib fractures"),
    ("lasting-risk-in-words", "on steroids for years"),
    ("cauda-equina", "cauda-equina compression"),
    ("bilateral-leg-weakness", "b/l leg weakness"),
    ("bilateral-sciatica", "bilat sciatica"),
    ("spine-infection", "diskitis L4/5"),
    ("bloodstream-infection", "urosepsis"),
    ("bloodstream-infection", "septic shock"),
    ("diabetes", "T2DM, IDDM"),
    ("sign-in-words", "double incontinence"),
    ("sign-in-words", "loss of bowel and bladder control"),
    ("sign-in-words", "bladder/bowel changes"),
    ("sign-in-words", "altered perianal sensation"),
    ("sign-in-words", "reduced feeling in the saddle"),
    ("sign-in-words", "difficulty passing urine"),
    ("sign-in-words", "unable to weight bear"),
    ("sign-in-words", "can't walk"),
    ("sign-in-words", "legs giving way"),
    ("sign-in-words", "no feeling in both legs"),
    ("sign-in-words", "patient no longer walking"),
    ("sign-in-words", "legs not moving"),
    ("sign-in-words", "has not urinated since yesterday"),
    ("sign-in-words", "isn't able to stand"),
    ("sign-in-words", "cannot feel when he passes water"),
    ("sign-in-words", "no control of the bladder"),
    ("sign-in-words", "absent anal tone"),
    ("sign-in-words", "no knee reflexes"),
    ("sign-in-words", "difficulty walking"),
    ("sign-in-words", "can't heel walk"),
    ("sign-in-words", "cannot lift the arm"),
    ("sign-in-words", "b/b dysfunction"),
    ("sign-in-words", "motor 3/5 in the left leg"),
    ("sign-in-words", "wide-based gait"),
    *(
        ("fever", one)
        for one in (
            *("T 38.9", "T38,5", "temp 101 F", "Tmax 102.3F", "temperature of 39"),
            *("38.5C", "39 °C", "38c", "100.6 F", "103F"),
        )
    ),
    ("sign-in-words", "not ambulating"),
    ("sign-in-words", "no longer bearing weight"),
    ("sign-in-words", "without feeling in his feet"),
    ("sign-in-words", "no urine output since noon"),
    ("sign-in-words", "lost use of left arm"),
    ("bilateral-sciatica", "pain radiating to both legs"),
    ("bilateral-sciatica", "both legs pain"),
    ("bilateral-sciatica", "sciatica on both sides"),
    ("diabetes", "LBP, HTN, DM2"),
    ("sign-in-words", "tetraparesis"),
    ("sign-in-words", "power 3/5 at L5"),
    ("sign-in-words", "sensory level T10"),
    ("sign-in-words", "recent infection"),
    ("sign-in-words", "CRP 120"),
    ("sign-in-words", "raised inflammatory markers"),
    ("sign-in-words", "epidural steroid injection"),
    ("sign-in-words", "neoplasm of kidney"),
    ("sign-in-words", "weight loss 10 kg"),
    ("sign-in-words", "multiple sclerosis"),
    ("risk-in-words", "HIV positive"),
    ("risk-in-words", "AIDS"),
    ("risk-in-words", "live donor renal transplant"),
    ("risk-in-words", "transplanted kidney present"),
    ("risk-in-words", "patient immunocompromised"),
    ("risk-in-words", "immune deficiency"),
    ("risk-in-words", "neutropenia"),
    ("risk-in-words", "on haemodialysis"),
    ("risk-in-words", "ESRD"),
    ("risk-in-words", "tuberculosis of vertebral column"),
    ("risk-in-words", "treated TB"),
    ("risk-in-words", "heroin user"),
    ("risk-in-words", "IV drug abuse"),
    ("risk-in-words", "opioid use disorder"),
    ("risk-in-words", "misuses drugs"),
    ("cancer-in-words", "hx ca"),
    ("cancer-in-words", "ca breast"),
    ("cancer-in-words", "prostate CA"),
    ("cancer-in-words", "s/p lumpectomy"),
    ("cancer-in-words", "widespread mets"),
    ("cancer-in-words", "on chemo"),
    ("ckd-stage-4-5", "CKD stage 5"),
    ("ckd-stage-4-5", "chronic kidney disease 4"),
    ("ckd-stage-4-5", "stage 4 CKD"),
    ("mri-device-risk", "Implantable cardiac pacemaker"),
    ("mri-device-risk", "cardioverter/defibrillator"),
    ("mri-device-risk", "cochlear implant"),
    ("mri-device-risk", "spinal cord stimulator"),
    ("mri-device-risk", "aneurysm clip"),
    ("mri-device-risk", "insulin pump"),
    ("pregnancy", "20 weeks pregnant"),
    ("pregnancy", "Pregnancy"),
    ("fracture-in-words", "closed fracture of lumbar vertebra"),
    ("fracture-in-words", "wedge fracture L1"),
    ("fracture-in-words", "vertebral collapse"),
    ("child-warning-sign", "night pain"),
    ("result-positive", "POSITIVE"),
    ("result-positive", "hCG detected"),
    ("result-positive", "reactive"),
    ("result-negative", "neg"),
    ("result-negative", "not detected"),
    ("result-negative", "none detected"),
    ("result-negative", "non-reactive"),
]

NOT_FOUND = [
    ("result-positive", "not detected"),
    ("result-positive", "none detected"),
    ("result-positive", "nonreactive"),
    ("result-positive", "false positive"),
    ("result-negative", "positive"),
    ("result-negative", "false negative"),
    ("cauda-equina", "no sign of cauda equina"),
    ("cauda-equina", "process abscess access"),
    ("saddle-anesthesia", "denies saddle anesthesia"),
    ("saddle-anesthesia", "numbness of the thumb"),
    ("urinary-retention", "fluid retention"),
    ("urinary-incontinence-new", "stress incontinence"),
    ("urinary-incontinence-new", "chronic urinary incontinence"),
    ("fecal-incontinence", "normal anal tone"),
    ("motor-deficit", "facial weakness, left hand preferred"),
    ("motor-deficit", "no weakness in the legs"),
    ("motor-deficit", "pain down the leg, no weakness"),
    ("motor-deficit", "weakness: no. Legs: normal"),
    ("malignancy-history", "family hx of cancer"),
    ("malignancy-active", "FHx: breast cancer"),
    ("malignancy-active", "fam hx of lung cancer"),
    ("sign-in-words", "bladder/bowel control intact"),
    ("motor-deficit", "attention deficit"),
    ("bilateral-leg-weakness", "weakness of left leg"),
    ("iv-drug-use", "IV antibiotics"),
    ("fever", "hay fever"),
    ("fever", "afebrile"),
    ("sign-in-words", "stress incontinence"),
    ("sign-in-words", "no bladder or bowel dysfunction"),
    ("sign-in-words", "does not feel any better"),
    ("sign-in-words", "no sensation loss"),
    ("sign-in-words", "no strength deficit"),
    ("sign-in-words", "no control issues"),
    ("sign-in-words", "no feeling of weakness"),
    ("sign-in-words", "no movement disorder"),
    ("sign-in-words", "no b/b sx"),
    ("sign-in-words", "motor 5/5"),
    ("sign-in-words", "normal gait"),
    ("sign-in-words", "gait is steady"),
    ("sign-in-words", "antalgic gait"),
    *(
        ("fever", one)
        for one in (
            *("T 36.9", "T12 pain", "temp 98.6 F", "age 39 c/o pain", "38 y/o", "41 F"),
            *("102 kg", "100.2 F", "BMI 38.5", "37.9C"),
        )
    ),
    ("sign-in-words", "no functional limitation"),
    ("sign-in-words", "not bearing the pain any longer"),
    ("bilateral-sciatica", "pain in the back, not in both legs"),
    ("sign-in-words", "CRP 3, ESR 8"),
    ("sign-in-words", "CRP normal"),
    ("sign-in-words", "pain 7/10"),
    ("sign-in-words", "viral infection"),
    ("sign-in-words", "intentional weight loss"),
    ("risk-in-words", "screening for HIV"),
    ("risk-in-words", "HIV test negative"),
    ("risk-in-words", "hearing aids"),
    ("risk-in-words", "awaiting kidney transplant"),
    ("risk-in-words", "kidney donor"),
    ("risk-in-words", "latent tuberculosis"),
    ("risk-in-words", "denies IV drug use"),
    ("risk-in-words", "assessment using drug abuse screening test"),
    ("cancer-in-words", "walks at 4 METs"),
    ("cancer-in-words", "mother had chemotherapy"),
    ("risk-in-words", "not immunosuppressed"),
    ("fracture-in-words", "rib fracture"),
    ("ckd-stage-4-5", "CKD stage 3"),
    ("mri-device-risk", "removal of pacemaker"),
    ("mri-device-risk", "no pacemaker"),
    ("mri-device-risk", "automated external defibrillator"),
    ("pregnancy", "not pregnant"),
    ("pregnancy", "pregnancy test negative"),
    ("pregnancy", "previous pregnancy"),
    ("fracture-in-words", "at risk of vertebral fracture"),
    ("bloodstream-infection", "asepsis"),
    ("back-pain", "back to work"),
    ("weight-loss", "weight loss counselling"),
    ("weight-loss-explained", "unintentional weight loss"),
    ("antibiotics-systemic", "mitomycin"),
    ("antibiotics-systemic", "ciprofloxacin eye drops"),
    ("antibiotics-systemic", "cephalgia"),
    ("chronic-steroid", "prednisolone acetate ophthalmic"),
    ("chronic-steroid", "Depo-Medrol 40 mg injection"),
    ("anticoagulant", "heparin lock flush"),
    ("anticoagulant", "aspirin 81 mg"),
    ("immunosuppressant-drug", "methotrexate 15 mg weekly"),
    ("nsaid-or-analgesic", "diclofenac gel"),
    ("malignancy-active", "benign neoplasm of colon"),
    ("malignancy-active", "family history of breast cancer"),
    ("malignancy-active", "cancer screening"),
    ("malignancy-active", "history of breast cancer"),
    ("malignancy-active", "lymphoma in remission"),
    ("malignancy-active", "carcinoma in situ of cervix"),
    ("malignancy-active", "malignant hypertension"),
    ("malignancy-active", "biopsy negative for malignancy"),
    ("malignancy-active", "myelomeningocele"),
    ("malignancy-active", "metastasis excluded"),
    ("malignancy-active", "basal cell carcinoma"),
    ("malignancy-history", "breast cancer"),
    ("malignancy-history", "family history of cancer"),
    ("bone-seeking-cancer", "breast pain"),
    ("bone-seeking-cancer", "colon cancer"),
    ("spine-or-bone-malignancy", "bone pain"),
    ("conservative-care", "radiation therapy"),
]


def named(text: str) -> dict[str, bool]:
    """Return the concepts a text names, and whether it only suspects them."""
    return {hit.value_set: hit.suspected for hit in VOCABULARY.read_text(text)}


@pytest.mark.parametrize(("value_set", "text"), FOUND)
def test_words_name_a_concept(value_set: str, text: str) -> None:
    """The usual ways to write it are found, as a plain statement."""
    assert named(text).get(value_set) is False


@pytest.mark.parametrize(("value_set", "text"), NOT_FOUND)
def test_other_words_do_not(value_set: str, text: str) -> None:
    """Look-alikes, denials and other routes of a medicine do not count."""
    assert value_set not in named(text)


@pytest.mark.parametrize(
    ("value_set", "text"),
    [
        ("malignancy-active", "rule out metastasis"),
        ("malignancy-active", "? metastasis"),
        ("malignancy-active", "exclude metastatic disease"),
        ("cauda-equina", "concern for cauda equina"),
        ("spine-infection", "query discitis"),
    ],
)
def test_a_question_is_a_suspicion(value_set: str, text: str) -> None:
    """What the order asks about counts as suspected."""
    assert named(text).get(value_set) is True


@pytest.mark.parametrize("value_set", sorted(WORDINGS))
def test_every_wording_has_a_row(value_set: str) -> None:
    """Each wording belongs to a value set and is shown to find something."""
    assert VOCABULARY.by_id[value_set].pattern is WORDINGS[value_set].pattern
    finer = {"nsaid", "simple-analgesic", "muscle-relaxant", "neuropathic-analgesic"}
    drugs = {"antineoplastic-myelosuppressive", "osteoporosis-drug"}
    assert value_set in {one for one, _ in FOUND} | finer | drugs


@pytest.mark.parametrize("value_set", sorted(WORDINGS))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(draw=st.data())
def test_stems_spare_no_phrase(value_set: str, draw: st.DataObject) -> None:
    """Whatever a pattern finds holds one of its stems, so none is passed over."""
    words = WORDINGS[value_set]
    ascii_only = st.characters(codec="ascii")
    phrases = st.from_regex(words.pattern, alphabet=ascii_only)
    text = readable(draw.draw(phrases))
    for phrase in words.pattern.finditer(text):
        assert any(stem in phrase[0] for stem in words.stems)


def test_stems_can_be_looked_up() -> None:
    """A stem has three or more letters, in the spelling that texts are brought to."""
    for words in WORDINGS.values():
        for stem in words.stems:
            assert len(stem) > 2
            assert stem == readable(stem)


def test_concepts_of_words_alone_have_no_codes() -> None:
    """They are in the vocabulary by their words."""
    for one in WORDS_ONLY:
        assert VOCABULARY.by_id[one.id].members == ()
        assert VOCABULARY.by_id[one.id].pattern is not None
