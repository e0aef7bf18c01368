"""Problems that are of no concern to a spine MRI, for charts that name them in words.

A problem in words alone that is not here, and that no pattern knows, may be a red flag
in other words: it counts as unread. A name must be the whole text. What a rule asks for
in any way is left out: diabetes, drugs, weakness, bladder, weight, cancer.
"""

from __future__ import annotations

import re
from typing import Final

from cds_service.facts.lexicon import HarmlessWords
from cds_service.knowledge.wording import readable
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.ordinary_words import is_complaint, is_ordinary

_NAMES: Final = """
hypertension; high blood pressure; htn; hyperlipidemia; hyperlipidaemia; dyslipidemia
dyslipidaemia; hypercholesterolemia; hypercholesterolaemia; high cholesterol
hypertriglyceridemia; hld; hypothyroidism; hyperthyroidism; goiter; goitre; asthma
copd; chronic obstructive pulmonary disease; allergic rhinitis; hay fever
seasonal allergies; environmental allergies; food allergy; sinusitis
chronic sinusitis; gerd; gord; gastroesophageal reflux disease; acid reflux; heartburn
gastritis; hiatal hernia; inguinal hernia; umbilical hernia; irritable bowel syndrome
constipation; hemorrhoids; haemorrhoids; gallstones; cholelithiasis; diverticulosis
fatty liver; kidney stones; nephrolithiasis; depression; major depressive disorder
depressive disorder; anxiety; generalized anxiety disorder; anxiety and depression
panic disorder; bipolar disorder; adhd; attention deficit hyperactivity disorder; ptsd
autism; insomnia; sleep apnea; sleep apnoea; obstructive sleep apnea; osa; migraine
migraines; headache; headaches; tension headache; tinnitus; hearing loss; vertigo
cataract; cataracts; glaucoma; myopia; dry eye; dry eyes; acne; eczema
atopic dermatitis; rosacea; urticaria; seborrheic dermatitis; obesity; morbid obesity
overweight; vitamin d deficiency; vitamin b12 deficiency; iron deficiency
iron deficiency anemia; iron deficiency anaemia; coronary artery disease; cad
ischemic heart disease; ischaemic heart disease; angina; atrial fibrillation; afib; af
heart failure; congestive heart failure; chf; heart murmur; palpitations
varicose veins; peripheral artery disease; gout; carpal tunnel syndrome
plantar fasciitis; tennis elbow; frozen shoulder; osteoarthritis
osteoarthritis of knee; osteoarthritis of hip; knee osteoarthritis; hip osteoarthritis
knee pain; hip pain; shoulder pain; ankle pain; rotator cuff tear; bunion
fibromyalgia; muscle spasm; back spasm; menopause; perimenopause; dysmenorrhea
endometriosis; polycystic ovary syndrome; pcos; uterine fibroids
prostatic hyperplasia; benign prostatic hyperplasia; bph; smoker; smoking
current smoker; former smoker; ex-smoker; tobacco use; tobacco use disorder
nicotine dependence; family planning; prediabetes; pre-diabetes
impaired fasting glucose; stress incontinence; urge incontinence; mixed incontinence
bell's palsy; viral infection; basal cell carcinoma of skin; basal cell carcinoma
facial weakness; malignant hypertension; erectile dysfunction; diverticular disease
fall risk; high fall risk; screening for colon cancer; colon cancer screening; ddd
lumbar ddd; cervical ddd; facet arthropathy; back strain; low back strain
lumbar strain; muscle strain; neck strain; annual exam; skin cancer screening; none
nil; nothing; no known problems; healthy; well adult; annual physical
patient request; pt request; patient requests mri; pt requests mri; pt wants mri
patient wants mri; patient preference; disability evaluation; disability eval
considering esi; considering injection; eval for injection; eval for esi
evaluate for injection; evaluate for esi; pre-injection planning; atraumatic
difficulty sleeping; decreased rom; limited rom; reduced rom; normal gait; gait normal
steady gait; gait steady; antalgic gait; exam nonfocal; considering surgery
surgical candidate; surgical planning; preop planning
pre-op planning; preop; pre-op; before surgery; wants surgery; failed back syndrome
failed back surgery syndrome; facet syndrome
lumbar facet syndrome; lumbar facet joint syndrome; neuro intact
neurologically intact; neurovascularly intact; normal neuro exam; neuro exam normal
normal neurological exam; normal strength; strength normal; strength intact
full strength; sensation intact; sensation normal; normal sensation
sensory intact; motor intact; health maintenance; nausea; afebrile
wellness visit; covid-19; vomiting; common cold; upper respiratory infection
"""
_WORD: Final = re.compile(r"[^\W\d_]+")
# What a name may hold beside what it names, and what does not change its concern.
_KINDS: Final = frozenset(
    (
        *("the", "a", "an", "of", "and", "unspecified", "other", "essential"),
        *("primary", "benign", "chronic", "mild", "moderate", "stable", "controlled"),
        *("nos", "disorder", "disease", "syndrome", "left", "right", "bilateral"),
    )
)


def _name_in(text: str) -> str:
    """Return the name of a problem without what only says of which kind it is."""
    return " ".join(one for one in _WORD.findall(readable(text)) if one not in _KINDS)


HARMLESS_NAMES: Final = frozenset(
    _name_in(name) for line in _NAMES.strip().splitlines() for name in line.split(";")
)


def is_harmless_name(text: str) -> bool:
    """Whether a text is one of these names, with its kind or not, or a mere pain."""
    return _name_in(text) in HARMLESS_NAMES or is_complaint(text)


# Who names a pain and its care may go on to a flag in words that we do not know.
COMPLAINTS: Final = frozenset(
    one.id
    for one in (
        codes.BACK_PAIN,
        codes.NECK_PAIN,
        codes.RADICULOPATHY,
        codes.DISC_DISORDER,
        codes.SPINAL_STENOSIS,
        codes.CONSERVATIVE_CARE,
        codes.NSAID,
        codes.NSAID_OR_ANALGESIC,
        codes.SIMPLE_ANALGESIC,
        codes.MUSCLE_RELAXANT,
        codes.NEUROPATHIC_ANALGESIC,
        codes.OPIOID,
        codes.ANTICOAGULANT,
        codes.ANTIPLATELET,
        codes.RESULT_NEGATIVE,
        codes.RESULT_POSITIVE,
    )
)
HARMLESS: Final = HarmlessWords(
    complaints=COMPLAINTS,
    # Asked of children alone: in an adult nobody judges "pain at night".
    unsettling=frozenset({codes.CHILD_WARNING_SIGN.id}),
    is_name=is_harmless_name,
    is_ordinary=is_ordinary,
)
