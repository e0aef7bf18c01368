"""Words by which a text names a finding or a complaint.

Each pattern comes with the strings one of which every phrase of it holds, and where
needed with words that undo it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one value set: what names it, what undoes that, what to look for."""

    pattern: re.Pattern[str]
    stems: tuple[str, ...]
    veto: re.Pattern[str] | None = None


def wording(expression: str, stems: str, veto: str | None = None) -> Wording:
    """Compile a wording; `stems` are apart by blanks, `~` is a blank within one."""
    return Wording(
        re.compile(expression),
        tuple(stem.replace("~", " ") for stem in stems.split()),
        re.compile(veto) if veto else None,
    )


_BOTH: Final = r"\b(?:bilateral|bilat\.?|b/l)"
_LIMB: Final = (
    r"(?:leg|limb|arm|hand|grip|wrist|finger|ankle|foot|knee|hip|extremit(?:y|ies)"
    r"|quadriceps|dorsiflexion)"
)
_WEAK: Final = r"(?:weak\w*|pares[ie]s|paraly[sz]\w*)"
# "Pain to the leg, no weakness" names a limb and denies that it is weak.
_BETWEEN: Final = r"(?:(?!(?:no|not|nor|without|denies|normal)\b)\w+\W+){0,2}"
_NUMB: Final = (
    r"(?:an(?:a)?esthesia|numb\w*|paresthes\w*|hyp(?:o)?(?:a)?esthes\w*|sensory loss)"
)

NEUROLOGY: Final = {
    "cauda-equina": wording(
        r"cauda[\s-]+equina|\bces\b|conus medullaris syndrome", "cauda ces conus~med"
    ),
    "saddle-anesthesia": wording(
        r"(?:saddle|perine(?:al|um)|perianal|genital)\s+"
        + _NUMB
        + r"|(?:numb\w*|an(?:a)?esthesia)\s+(?:in|of)\s+(?:the\s+)?"
        r"(?:saddle|perine|perianal|groin)"
        r"|numb\w*\W+(?:buttocks?|saddle|genitals?)|(?:buttocks?|groin)\W+numb\w*",
        "numb esthe sensory~loss",
    ),
    "urinary-retention": wording(
        r"(?:urinary|bladder)\s+retention|retention of urine"
        r"|unable to (?:void|urinate|pass urine)|can(?:no|')t\s+(?:pee|void|urinate)"
        r"|inability to (?:void|urinate|pass urine)",
        "retention void urinat pass~urine pee",
    ),
    "urinary-incontinence-new": wording(
        r"(?:new|acute|sudden|overflow)\W+(?:\w+\W+){0,2}(?:urinary|bladder)\s+"
        r"incontinence|incontinent of urine"
        r"|loss of (?:bladder|urinary) (?:control|function)|no bladder control",
        "incontinen loss~of bladder~control",
    ),
    "fecal-incontinence": wording(
        r"(?:f(?:a)?ecal|bowel)\s+incontinence|incontinent of (?:stool|f(?:a)?eces)"
        r"|(?:loss of|no|lost) bowel (?:control|function)"
        r"|(?:loss of|reduced|absent|decreased) (?:anal|rectal)(?: sphincter)? tone",
        "incontinen bowel tone",
    ),
    "sexual-dysfunction": wording(
        r"(?:new|acute)\W+(?:\w+\W+){0,2}(?:sexual|erectile) dysfunction",
        "sexual~dys erectile~dys",
    ),
    "bilateral-sciatica": wording(
        rf"(?:{_BOTH}|\bboth)\s+(?:(?:radiating|shooting|lumbar|severe|lower)\s+)?"
        r"(?:sciatica|radicul\w+|legs? pain)"
        r"|\b(?:pain|sciatica|radicul\w+|radiat\w+)\W+"
        r"(?:(?!(?:no|not|without|denies)\b)\w+\W+){0,3}?"
        r"(?:both|bilateral|b/l)\W+(?:lower\W+)?(?:legs|limbs|extremities)\b"
        r"|\b(?:sciatica|radicul\w+)\W+(?:on\W+)?both\W+sides",
        "bilat b/l both",
    ),
    "bilateral-leg-weakness": wording(
        rf"{_BOTH}\s+(?:leg|lower (?:limb|extremity))\s+weak\w*"
        r"|parapar\w+|parapleg\w+"
        r"|weak\w*\W+(?:of|in)\W+(?:both|bilateral)\W+"
        r"(?:legs|lower\W+(?:limbs|extremities))"
        r"|(?:both|bilateral)\W+legs?\W+(?:are\W+)?(?:weak\w*|paraly\w*)",
        "weak parapar parapleg paraly",
    ),
    "motor-deficit": wording(
        r"foot[\s\-]?drop|dropped foot"
        r"|(?:progressive|new|acute|worsening)\W+(?:\w+\W+){0,2}(?:motor )?"
        r"(?:weak\w*|deficit)"
        rf"|{_LIMB}\W+{_BETWEEN}{_WEAK}"
        rf"|{_WEAK}\W+(?:(?:in|of)\W+)?{_BETWEEN}"
        r"(?:legs?|limbs?|arms?|hands?|feet|foot|ankles?)\b",
        "drop weak deficit paresis pareses paraly",
        veto=r"\bfacial\b|\bbell'?s\b",
    ),
    "myelopathy": wording(
        r"(?:spinal )?cord compression|myelopath\w+|\bmscc\b",
        "cord~compression myelopath mscc",
    ),
}

# An abscess in the canal is an infection of the spine, whatever it is called.
_ABSCESS: Final = (
    r"\b(?:epidural|extradural|spinal|intraspinal|subdural spinal)\s+abscess"
    r"|\babscess of (?:the )?(?:epidural|extradural|spin(?:e|al))\b"
)
INFECTION: Final = {
    "spine-infection": wording(
        rf"{_ABSCESS}|dis[ck]itis|spondylodis[ck]itis|vertebral osteomyelitis",
        "abscess discitis diskitis osteomyel",
    ),
    "epidural-abscess": wording(_ABSCESS, "abscess"),
    "bloodstream-infection": wording(
        r"bacter(?:a)?emia|endocarditis|septic(?:a)?emia|\b(?:uro)?sepsis\b"
        r"|\bseptic shock",
        "bacteremi bacteraemi endocard septic sepsis",
        veto=r"neonat|newborn|screening for sepsis",
    ),
    "fever": wording(
        r"\bfevers?\b|\bfebrile\b|\bpyrexia\b"
        r"|\b(?:t|tmax|temp(?:erature)?(?: of)?)(?: ?[:=] ?| )?"
        r"(?:(?:3[89]|4[01])(?:[.,]\d+)?|100\.[4-9]|10[1-5](?:\.\d)?)\b"
        r"|\b(?:3[89]|4[01])(?:[.,]\d+ ?°? ?| ?° ?|)c\b"
        r"|\b(?:100\.[4-9] ?°? ?|10[1-5]\.\d ?°? ?|10[1-5] ?° ?|10[1-5])f\b",
        "fever febrile pyrexia temp tmax t38 t39 t40 t41 t10 t~3 t~4 t~1 t:3 t:4 t:1 "
        "t:~ t=3 t=4 t=1 t=~ t~: t~= 38c 39c 40c 41c 38. 39. 40. 41. 38, 39, 40, 41, "
        "38° 39° 40° 41° 38~° 39~° 40~° 41~° 38~c 39~c 40~c 41~c 100. 101 102 103 104 "
        "105",
        veto=r"hay fever|scarlet fever|yellow fever|rheumatic fever|dengue",
    ),
    "iv-drug-use": wording(
        r"\biv ?du\b|\bpwid\b"
        r"|(?:intravenous|\biv|injection|injecting)\s+drug\s+us\w+"
        r"|injects? (?:heroin|drugs|meth\w*)",
        "ivdu iv~du pwid drug inject",
    ),
}

COMPLAINT: Final = {
    "back-pain": wording(
        r"\b(?:low(?:er)?\s+|mid\s*-?|upper\s+)?back\s*-?(?:pain|ache)|\bbackache"
        r"|\blumbago\b|\blbp\b|\b(?:lumbar|thoracic|spin(?:e|al))\s+pain",
        "back lumbago lbp lumbar thoracic spine spinal",
    ),
    "neck-pain": wording(
        r"\bneck\s*-?(?:pain|ache)|\bcervicalgia\b|\bcervical\s+pain",
        "neck cervical",
    ),
    "radiculopathy": wording(r"\bradicul\w+|\bsciatica\b", "radicul sciatica"),
    "spinal-stenosis": wording(
        r"\b(?:spin(?:e|al)|lumbar|cervical|thoracic|canal|foraminal)\s+"
        r"(?:canal\s+)?stenosis|neurogenic claudication",
        "stenosis neurogenic~clau",
    ),
    "disc-disorder": wording(
        r"\b(?:herniated|bulging|prolapsed|degenerative|slipped)\s+dis[ck]s?\b"
        r"|\bdis[ck]\s+(?:herniation|prolapse|protrusion|extrusion|bulge|disease)"
        r"|spondylolisthesis|\bspondylosis",
        "disc disk spondylolis spondylosis",
    ),
    "weight-loss": wording(
        r"(?:unintentional|unintended|unexplained|involuntary|non-?intentional)"
        r"\s+weight\s+loss|weight\s+loss,?\s+(?:unintentional|unexplained)",
        "weight",
    ),
}

RESULT: Final = {
    "result-positive": wording(
        r"\bpos(?:itive)?\b|\bdetected\b|\breactive\b",
        "pos detected reactive",
        veto=r"\bnon\W?reactive\b|\bfalse\b|\bnone detected\b",
    ),
    "result-negative": wording(
        r"\bneg(?:ative)?\b|\bnon\W?reactive\b|\b(?:not|none) detected\b",
        "neg detected reactive",
        veto=r"\bfalse\b",
    ),
}

CHILD: Final = {
    "child-warning-sign": wording(
        r"\b(?:night(?:-?time)?|nocturnal|constant|unremitting|rest)\s+pain"
        r"|\bpain\s+at\s+(?:night|rest)|\bstiff\w*|\bdeformit\w*"
        r"|\bscoliosis|\bkyphosis",
        "pain stiff deformit scolio kypho",
    ),
}
