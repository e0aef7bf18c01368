"""Words for a lasting risk, an implant or a fracture, exact enough beside any code.

Not every code of a risk is in our value sets, least of all of SNOMED CT, and its
display says what it means: nobody should pass over "kidney transplant" there. What is
meant by them is asked, for they tell neither stage nor date.
"""

from __future__ import annotations

from typing import Final

from hooks.spine_mri.finding_words import wording

_ORGAN: Final = (
    r"(?:renal|kidneys?|liver|hepatic|heart|cardiac|lungs?|pancrea\w+|(?:bone )?marrow"
    r"|stem cells?|organ)"
)
_SEAT: Final = (
    r"(?:breast|prostat\w+|lung|bronch\w+|colon|colorectal|bowel|rectum|rectal|bladder"
    r"|kidney|renal|ovar\w+|cervix|endometri\w+|thyroid|pancrea\w+|stomach|gastric"
    r"|o?esophag\w+|liver|testic\w+|testis)"
)
_MISUSE: Final = r"(?:abuse\w*|misuse\w*|use disorder|addict\w*|dependen\w+)"
_VERTEBRA: Final = (
    r"(?:vertebra\w*|spine|spinal|sacrum|sacral|lumbar|thoracic|cervical)"
)

_DEFENCE: Final = (
    r"\bhiv\b(?!\W+(?:test|screen|prep\b|risk|prophyl))|\baids\b(?! (?:in|to|with)\b)"
    r"|immun\w*[-\s]?(?:suppress|compromis|deficien)\w*|\bneutropen\w+"
    rf"|\b{_ORGAN}\W+(?:\w+\W+)?transplant\w*"
    rf"|\btransplant\w*\W+(?:\w+\W+){{0,2}}{_ORGAN}\b"
)
_KIDNEY: Final = (
    r"\b(?:ha?emo-?)?dialysis\b|\bes[rk][df]\b|end[ -]stage (?:renal|kidney)"
)
_GERMS: Final = (
    r"\btubercul(?:osis|ous|oma)\b|\btb (?:(?:cervical|thoracic|lumbar) )?"
    r"(?:spine|spondyl\w+|treatment|of)\b"
    r"|\b(?:spinal|active|pulmonary|respiratory|miliary|disseminated|treated|of) tb\b"
    r"|\bpott'?s disease"
)
_DRUGS: Final = (
    r"\bivda\b|\bheroin\b|\b\w*amphetamine use\b"
    r"|\b(?:iv|intravenous|inject\w+|illicit|recreational) drugs?\b"
    rf"|\b(?:drug|(?:poly)?substance|opioid|opiate|cocaine|\w*amphetamine)\W+{_MISUSE}"
    rf"|\b{_MISUSE}\W+(?:of\W+|on\W+)?(?:drugs?|opioids?|opiates?)\b"
)
_CANCER: Final = (
    rf"\bca (?:of |the ){{0,2}}{_SEAT}\b|\b{_SEAT} ca\b"
    r"|\b(?:hx|h/o|history of|known|treated|previous|prior) ca\b"
    r"|(?<!\d )(?<!\d)\bmets\b|\b(?:lump|mast)ectomy"
    r"|\bradical (?:prostat|nephr|cyst|hyster)ectomy"
    r"|\bchemo(?:therapy)?\b|\bradiotherapy|\bradiation therapy"
)

_RELATIVE: Final = r"\b(?:mother|father|sister|brother|partner|husband|wife)\b"

RISK: Final = {
    "risk-in-words": wording(
        f"{_DEFENCE}|{_KIDNEY}|{_GERMS}|{_DRUGS}",
        "hiv aids immun neutropen transplant dialysis esr esk end-stage "
        "end~stage tubercul tb~ ~tb pott ivda heroin drug substance opioid opiate "
        "cocaine amphetamine",
        veto=r"screen\w* (?:for|test)|assess|exposure to|contact with|counsel|vaccin"
        r"|awaiting|waiting list|\b(?:organ|kidney|liver|marrow|stem cell) donor\b"
        r"|donor status|\blatent\b|skin test|prophyla|in remission|antibod|measurement"
        r"|\b(?:hearing|walking|mobility|visual|sleep) aids\b|" + _RELATIVE,
    ),
    "cancer-in-words": wording(
        _CANCER,
        "ca~ ~ca mets ectomy chemo radiotherapy radiation",
        veto=rf"screen|prophyla|gyn(?:a)?ecomast|exercise|{_RELATIVE}",
    ),
    "ckd-stage-4-5": wording(
        r"\b(?:ckd|chronic kidney disease)\W+(?:stage )?[45]\b"
        r"|\bstage [45] (?:ckd|chronic kidney disease)",
        "ckd chronic~kidney",
    ),
    "mri-device-risk": wording(
        r"\bpace-?maker|\bcardioverter|\bdefibrillator|\bcochlear implant|\blvad\b"
        r"|\bventricular assist|\bloop recorder|\bneuro-?stimulator|\baneurysm clip"
        r"|\b(?:cord|brain|nerve|vagal) stimulator|\bprogrammable (?:shunt|valve)"
        r"|\b(?:insulin|intrathecal|baclofen) pump|\bshrapnel",
        "pacemaker pace-maker cardioverter defibrillator cochlear lvad "
        "ventricular~assist recorder stimulator aneurysm~clip programmable pump "
        "shrapnel",
        veto=r"remov|explant|extract|external|transcutaneous|wearable",
    ),
    "fracture-in-words": wording(
        rf"\bfractur\w*\W+(?:\w+\W+){{0,3}}{_VERTEBRA}\b"
        rf"|\b(?:{_VERTEBRA}|wedge|burst|compression)\W+(?:\w+\W+){{0,2}}fractur\w*"
        r"|\bvertebra\w*\W+(?:\w+\W+){0,2}collapse|\bcollapse\w*\W+(?:\w+\W+){0,2}"
        r"vertebra\w*|\bvcf\b",
        "fractur collapse vcf",
        veto=r"screen|\brisk (?:of|for)\b|\bat risk\b",
    ),
}
