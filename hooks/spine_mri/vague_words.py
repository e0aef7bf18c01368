"""Words too vague to read beside a code, and too serious to pass over without one.

A sign, an injury or a risk that is charted in words alone is asked about.
"""

from __future__ import annotations

from typing import Final

from hooks.spine_mri.finding_words import wording

_SPHINCTER: Final = (
    r"\b(?:bladder|bowel|sphincter)\W+(?:(?!no\b)\w+\W+){0,2}(?:dysfunct\w+|disturb\w+"
    r"|symptoms?|changes?|problems?|involve\w+"
    r"|control(?!\W+(?:is |are )?(?:intact|normal|preserved|good|fine|ok)\b))"
    r"|\bneurogenic (?:bladder|bowel)"
    r"|\bb/b\W+(?:\w+\W+)?(?:dysfunct\w+|sx|symptoms?|changes?|problems?|issues?|loss)"
    r"|\bincontinen\w+|\bwetting (?:him|her)self|\b(?:painless|acute) retention"
    r"|\bdifficult\w+ (?:in )?(?:passing urine|urinating|voiding)"
    r"|\b(?:saddle|perine(?:al|um)|perianal|genital)\W+(?:\w+\W+)?(?:sensation|area)"
    r"|\b(?:sensation|feeling|sensory)\W+(?:\w+\W+){0,3}"
    r"(?:saddle|perine|perianal|genital)"
)
_LIMBS_FAIL: Final = (
    r"\b(?:unable to|can(?:no|')t|not able to) (?:walk|stand|weight|bear|mobili[sz]e)"
    r"|\blegs? (?:giv\w+|gave) way|\b\w*(?:pleg|pares)(?:ia|is|ic)\b|\bparaly[sz]\w+"
    r"|\b(?:power|strength|motor|dorsiflexion|mrc)\W+(?:\w+\W+){0,2}?[0-4][+-]?/5"
    r"|\bsensory level|\bloss of sensation|\blhermitte"
)
# What is denied here is a function: "no feeling in the legs" is no good news.
_LOST: Final = (
    r"\b(?:not|no longer|can(?:no|')t|cant|(?:could|does|do|did|has|is)(?:n't| not))\W+"
    r"(?:(?:able to|been|even|now|longer|properly)\W+){0,2}"
    r"(?:(?:(?:heel|toe|tandem)\W+)?walk(?:ing)?|stand(?:ing)?"
    r"|mov(?:e|ing)|urinat\w+|void\w*|pee\w*|pass(?:ed|ing)? (?:urine|water)"
    r"|ambulat\w+|continent|hold(?:ing)? (?:his|her|urine)"
    r"|bear(?:ing)? weight|weight-?\s?bear\w*"
    r"|lift(?:ing)? (?:\w+ ){0,2}(?:foot|feet|toes?|legs?|arms?|hands?)"
    r"|feel(?:ing)?(?!\W+(?:\w+\W+)?(?:better|relief|well|improve\w*|safe)))\b"
    r"|\b(?:no|without|absent|lost|loss of)\W+"
    r"(?:(?:anal|rectal|sphincter|bladder|bowel|motor|knee|ankle|normal|any)\W+){0,2}"
    r"(?:feeling|sensation|strength|power|control|tone|pulses?|movement|reflex(?:es)?"
    r"|function|(?:plantar|dorsi)flexion|grip|urge|urination|urine output|voiding"
    r"|continence|use of)\b"
    r"(?!\W+(?:\w+\W+)?(?:of (?:weak|numb)|loss|limit|change|deficit|problem|issue"
    r"|abnormal|difficult|asymmetr|impair|symptom|disturb|disorder))"
    r"|\bdifficult\w*\W+(?:in |with )?(?:walking|ambulat\w+|gait|balance)"
)
_GERMS: Final = (
    r"\binfect(?:ion|ed)\b|\b(?:(?:ilio)?psoas|para(?:spin|vertebr)al) abscess"
    r"|\bosteomyel\w+"
    r"|\brigors?\b|\bchills\b|\b[pf]uo\b|\bpyelonephr\w+|\buti\b"
    r"|\b(?:raised|elevated|high|abnormal|increased|rising)\W+(?:\w+\W+){0,2}?"
    r"(?:crp|esr|c-?reactive|sed(?:imentation)? rate|inflam\w+ markers?|psa)\b"
    r"|\b(?:crp|esr|psa)\W+(?:(?:of|was|is)\W+)?(?:raised|elevated|high|[2-9]\d"
    r"|1\d\d)"
    r"|\b(?:epidural|spinal|facet)\W+(?:\w+\W+){0,2}(?:injection|block|an\w+sthe)"
    r"|\blumbar puncture"
)
_OTHER: Final = (
    r"\bweight loss|\blost weight|\bcachexi|\bmultiple sclerosis|\bsyrin(?:x|gomy)"
    r"|\btethered cord|\bspina bifida"
    r"|\bbrown-?\s?s[eé]quard|\bmyelitis|\bcord\W+(?:syndrome|disease|lesion|injur\w+"
    r"|contusion|concussion|o?edema|infarct\w*)|\bdislocat\w+|\bhyperpyrexia"
    r"|\bcombined degeneration|\bseptic (?:\w+ )?embol\w+|\bpancytopenia"
    r"|\bgraft-versus-host|\bgvhd\b"
    r"|\b(?:pressure|decubitus) (?:ulcer|sore|injury)|\bbed ?sores?\b"
)

UNCODED: Final = {
    "osteoporosis": wording(r"\bosteopor\w+", "osteopor", veto=r"screen"),
    "diabetes": wording(
        r"\bdiabet\w+|\bt[12]dm\b|\bdm[ -]?[12]\b|\b(?:ni)?ddm\b|\biddm\b",
        "diabet t1dm t2dm ddm dm1 dm2 dm~1 dm~2 dm-1 dm-2",
        veto=r"pre-?\s?diabet|gestational|insipidus|screen|\brisk\b",
    ),
    "pregnancy": wording(
        r"\bpregnan(?:t|cy)\b|\bgravid\b|\bweeks'? gestation",
        "pregnan gravid gestation",
        veto=r"pregnancy test|ectopic|previous|history|\bplan|prevent|contracept"
        r"|post-?\s?partum|terminat|miscarr|pregnancy loss",
    ),
    "prior-spine-surgery": wording(
        r"\b(?:disc|dis[ck]|lamin|foramin|corp)ectomy|\blaminotomy"
        r"|\b(?:lumbar|cervical|thoracic|spin(?:e|al)|vertebral)\W+"
        r"(?:fusion|surgery|decompression)|\bpost-?\s?laminectomy",
        "ectomy laminotomy fusion surgery decompression",
    ),
    "sign-in-words": wording(
        r"\bweak(?:ness)?\b|\bnumb\w*|\btingl\w*|\bpar(?:a)?esthesia\w*"
        r"|\bpins and needles|\b(?:hyper|hypo|a)?-?reflex\w*|\bclonus\b|\bbabinski"
        r"|\bhoffmann?\b|\bupgoing|\bspastic\w*"
        r"|\bataxi\w*|(?<!normal )(?<!steady )(?<!antalgic )\bgait\b"
        r"(?!\W+(?:is )?(?:normal|steady|intact|wnl)\b)|\bunsteady|\bnight sweats"
        r"|\bfell\b|\bfall(?:s|en)?\b|\binjur\w+|\btrauma\b|\baccident"
        r"|\bcollision|\bcrash|\bm(?:va|vc)\b|\brt[ac]\b|\bfracture\w*"
        r"|\b(?:hit|struck) by\b|\bsacro-?ili+tis|\bspondyl(?:o?arth|itis)\w*"
        r"|\bankylos\w+|\bmass\b|\blesion|\btumou?r|\bnodule|\bneoplasm|"
        f"{_SPHINCTER}|{_LIMBS_FAIL}|{_LOST}|{_GERMS}|{_OTHER}",
        "weak numb tingl esthesi pins reflex clonus babinski hoffman upgoing spastic "
        "ataxi gait unsteady sweats fell fall injur trauma accident collision crash "
        "b/b motor mva mvc rta rtc fracture hit~by struck~by sacro spondyl ankylos "
        "mass lesion tumor tumour nodule neoplasm bladder bowel sphincter incontinen "
        "wetting retention difficult saddle perine perianal genital sensation unable "
        "cannot can't not~able giv gave pleg pares paraly power strength dorsiflexion "
        "mrc sensory lhermitte infect abscess osteomyel rigor chills puo fuo pyelo "
        "uti crp esr reactive sed~rate sedimentation marker psa epidural spinal facet "
        "puncture weight~loss lost~weight cachexi sclerosis syrin tethered bifida "
        "quard myelitis cord dislocat degeneration septic hyperpyrexia pancytop graft "
        "gvhd ulcer sore pressure bedsore not no~longer cannot cant couldn't doesn't "
        "don't didn't hasn't isn't feeling control tone pulse movement function "
        "flexion grip urge urinati urine continen voiding use~of",
        veto=r"\bfacial\b|\bbell'?s\b|\bkidney injur|\brisk\b|\breflux\b|\bacid\b"
        r"|\b(?:stress|urge|mixed|nocturnal) (?:urinary )?incontinen"
        r"|\bupper respiratory|\bviral infect|(?<!un)intentional"
        r"|weight loss (?:diet|program|clinic|advice|counsel|surg)",
    ),
    "lasting-risk-in-words": wording(r"\b(?:cortico)?steroids?\b", "steroid"),
}
