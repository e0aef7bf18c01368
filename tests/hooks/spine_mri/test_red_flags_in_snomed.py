"""The codes by which SNOMED CT charts most often name a red flag, without a word.

A code that no value set holds is of no concern, so each stands here by itself; the codes
of cancers, of a weak defence and of the cord are the most general ones.
"""

from __future__ import annotations

import pytest

from hooks.spine_mri.value_sets import VOCABULARY
from tests.hooks.spine_mri.stories import expected, told
from tests.tables import each

SNOMED = "http://snomed.info/sct"
FLAGS = {
    "malignancy-active": """
        363346000 cancer; 128462008 metastasis; 94222008 of bone; 94602001 of the spine;
        254837009 breast; 372137005 breast, primary; 315004001 metastasis of it;
        399068003 prostate; 254900004 carcinoma of it; 363358000 lung; 363349007 stomach;
        363402007 oesophagus; 363406005 colon; 363351006 rectum; 109841003 liver cell;
        363418001 pancreas; 363354003 cervix; 371973000 uterus; 254878006 endometrium;
        363443007 ovary; 363449006 testis; 399326009 bladder; 363518003 kidney;
        363478007 thyroid; 428061005 brain; 93725000 bone; 372244006 melanoma;
        118600007 lymphoma; 118599009 Hodgkin; 118601006 non-Hodgkin; 109989006 myeloma;
        425048006 lung, stage 2; 423121009 stage 4; 67841000119103 small-cell, stage 4;
        372003004 pancreas, primary; 363414004 rectosigmoid; 94503003 metastasis;
        93143009 leukaemia; 91861009 AML; 91857003 ALL; 92818009 CML; 92814006 CLL
    """,
    "bone-seeking-cancer": """
        372137005 breast; 254900004 prostate; 118599009 Hodgkin; 118601006 non-Hodgkin;
        422968005 lung, stage 3; 67821000119109 small-cell, stage 2
    """,
    "cauda-equina": "192970008 cauda equina syndrome",
    "myelopathy": """
        71286001 compression of the cord; 48522003 disease of the cord;
        90584004 injury of the cord; 1734006 spine fracture with injury of the cord
    """,
    "cord-motor-deficit": "60389000 paraplegia; 698754002 paralysis from the cord",
    "bilateral-leg-weakness": "60389000 paraplegia; 11538006 quadriplegia",
    "spine-infection": """
        203241002 vertebral osteomyelitis; 2304001 discitis; 302935008 infective discitis
    """,
    "recent-trauma": """
        50448004 fracture of the spine; 1734006 with injury of the cord; 15724005 without;
        262521009 injury of spine or cord; 90460009 injury of the neck
    """,
    "vertebral-compression-fracture": "42942008 compression; 274146004 pathological",
    "osteoporosis": "64859006 osteoporosis; 203438009 of the vertebrae",
    "immunosuppression": """
        86406008 HIV; 91947003 HIV without symptoms; 62479008 AIDS; 38013005 suppressed;
        370388006 compromised; 370391006 suppressed; 234532001 immunodeficiency;
        70536003 transplant of kidney; 18027006 of liver; 32413006 of heart;
        88039007 of lung; 23719005 of bone marrow; 165517008 neutropenia;
        409089005 febrile neutropenia; 47318007 from drugs; 739024006 heart transplanted;
        213150003 transplant rejected; 152621000119105 bone marrow of another;
        108631000119101 own bone marrow; 153351000119102 stem cells; 707147002 no spleen
    """,
    "bloodstream-infection": """
        5758002 bacteraemia; 91302008 sepsis; 105592009 septicaemia; 76571007 septic shock;
        698819004 after an operation; 448813005 Pseudomonas; 56819008 endocarditis
    """,
    "iv-drug-use": """
        226034001 injects; 228388006 into the vein; 75544000 opioid dependence;
        231477003 heroin dependence; 191816009 drug dependence; 6525002 the same;
        26416006 drug abuse; 361055000 misuse
    """,
    "fever": "386661006 fever; 409089005 febrile neutropenia; 43724002 chill",
    "weight-loss": "267024001 abnormal; 448765001 unintentional; 89362005 weight loss",
    "abnormal-inflammatory-marker-dx": "165468009 ESR raised; 119971000119104 CRP raised",
    "urinary-incontinence-new": "165232002 incontinence of urine",
    "urinary-retention": "267064002 retention of urine",
    "fecal-incontinence": "72042002 incontinence of faeces",
    "saddle-anesthesia": "449813001 numb saddle",
    "motor-deficit": "6077001 foot drop; 713514005 weak limb",
}
CODES = [
    (value_set, named.split()[0])
    for value_set, flags in FLAGS.items()
    for named in flags.split(";")
]


@pytest.mark.parametrize(("value_set", "code"), CODES)
def test_each_is_known(value_set: str, code: str) -> None:
    """By its code alone, and not as something to be left out."""
    hits = VOCABULARY.lookup(SNOMED, code)
    roles = {hit.value_set: hit.member.role.value for hit in hits}

    assert roles.get(value_set) in {"include", "proxy", "supporting"}


@each(
    """
    chart                                          | advise    | rule | why
                                                   | against   | NON1 | the pain alone
    has 363349007 @ 90 days                        | change    | ONC1 | stomach cancer
    has 118601006 @ 90 days                        | change    | ONC1 | lymphoma
    has 93725000 @ 90 days                         | change    | ONC1 | cancer of a bone
    has 70536003 @ 900 days                        | uncertain | INF2 | a transplant, CRP normal
    has 62479008 @ 90 days                         | uncertain | INF2 | AIDS, CRP normal
    has 231477003 @ 90 days                        | change    | INF2 | heroin
    has 409089005 @ 5 days                         | change    | INF1 | fever without a defence
    has 76571007 @ 9 days                          | change    | INF1 | septic shock
    has 165468009 @ 5 days                         | change    | INF1 | a raised ESR
    has 15724005 @ 5 days                          | change    | TRA1 | a broken vertebra
    has 6525002 @ 90 days                          | change    | INF2 | dependent on a drug
    has 48522003 @ 9 days                          | change    | NEU2 | a disease of the cord
    """
)
def test_answers(row: dict[str, str]) -> None:
    """The same pain without the code is against."""
    calm = "has M54.50 @ 9 days; lab 1988-5 5 mg/L @ 1 day; temp 37 Cel @ 1 day; "
    row |= {"chart": calm + row["chart"]}

    assert told(row) == expected(row)
