"""Words by which a text names a cancer, present or past."""

from __future__ import annotations

import re
from typing import Final

_KINDS: Final = (
    r"malignan|cancer(?!-related)|carcinom|sarcoma|lymphom(?!atoid)|leuka?emi|melanom"
    r"|myelom(?!ening)|metasta|secondary (?:malig|neoplasm)|blastoma|glioma"
    r"|gli(?:al|oneuronal) tum|astrocytom|mesotheliom|seminom|germinoma|chordoma"
    r"|plasmacytom|(?:immature|malignant) teratom|mycosis fungoides|s[eé]zary"
    r"|macroglobulina?emia|kaposi|hodgkin|burkitt|letterer|hypernephroma"
    r"|neuroendocrine (?:neoplasm|tumo)|carcinoid tumo|yolk sac tumo"
    r"|endodermal sinus|germ cell tumo|wilms|pancoast|klatskin|heavy chain disease"
    r"|myelodysplas|chloroma"
    r"|\b(?:bony|bone|spine|spinal|vertebral|brain|liver|lung)\s+mets\b"
    r"|\bmets\s+(?:to|in)\b"
)

CANCER_STEMS: Final = (
    "malig", "cancer", "carcin", "sarcom", "lymphom", "leukemi", "leukaemi", "melanom",
    "myelom", "metasta", "secondary", "blastom", "glioma", "glial", "glioneu",
    "astrocyt", "mesothel", "seminom", "germinom", "chordom", "plasmacyt", "teratom",
    "mycosis", "sezary", "sézary", "macroglob", "kaposi", "hodgkin", "burkitt",
    "letterer", "hypernephr", "neuroendo", "yolk", "endoderm", "germ cell", "wilms",
    "pancoast", "klatskin", "heavy chain", "myelodys", "chloroma", "mets", "neoplasm",
    "tumor", "tumour",
)  # fmt: skip
"""Strings one of which stands in every phrase that the patterns below find."""

_PAST_LEAD: Final = (
    r"(?:\b(?:history|hx) of|\bh/o|\bhx|\bs/p|\b(?:past|previous|prior|remote|treated))"
    r"\s+(?:\w+\s+){0,4}?"
)
_PAST_END: Final = r"(?:\s+\w+){0,4}?\s+(?:in\s+(?:complete\s+)?remission|survivor)"

# A cancer without a receptor, or a stage without nodes, is no less a cancer.
_NEGATIVE: Final = (
    r"(?<![\w]-)(?<!triple )(?<!her2 )(?<!node )(?<!nodal )(?<!receptor )(?<!er )"
    r"(?<!pr )(?<!hpv )(?<!egfr )(?<!alk )(?<!marker )(?<!chromosome )"
    r"negative\s+(?:for\s+)?"
    r"(?:malignan|cancer|metasta|neoplas|tumo|screen|test|result|biopsy)"
)
_VETO: Final = (
    r"\b(?:mother|father|sister|brother|aunt|uncle|parent)\s+"
    r"(?:had|has|with|died\s+(?:of|from))\b|\bskin cancer\b(?!.*melanoma)|"
    r"(?<!not )(?<!be )(?<!not been )\b(?:excluded|ruled out)\b|"
    r"\bbenign\b|\bfam(?:ily)?\W+(?:history|hx)\b|\bfhx?[:\s]|screening|in[- ]situ"
    r"|risk (?:of|for|factor)|at risk|no (?:evidence|history|known)|fear of"
    r"|pre-?malig|pre-?cancer|declin|counsel|education|care plan|antibod"
    r"|antigen(?! positive)|vaccin|monoclonal (?:gammop|b-cell)|basal[ -]cell|\bbcc\b"
    r"|uncertain|smou?lder|leuka?emoid"
    r"|malignant (?:hyper|otitis|essential|neuroleptic|myopia|arteri|nephro|multiple"
    r"|exophth|pustule|catarrh|edema|oedema)"
    r"|hypertens|nephroscler|hyperpyrex|hyperthermia|squamous cell carcinoma of skin"
    r"|adenolymphoma|crohn|non-?melanoma skin"
    r"|\b(?:test|screen|result|biopsy|cytolog|smear|culture)\w*\s+negative|" + _NEGATIVE
)

ACTIVE: Final = re.compile(_KINDS)
"""Any cancer."""

NOT_CANCER: Final = re.compile(_VETO)
"""Words that say a cancer is feared, sought, elsewhere in the family, or is none."""

NOT_PRESENT: Final = re.compile(
    rf"{_VETO}|{_PAST_LEAD}\w*(?:{_KINDS})|(?:{_KINDS})\w*{_PAST_END}"
)
"""The same, and words that place the cancer in the past."""

PAST: Final = re.compile(rf"{_PAST_LEAD}\w*(?:{_KINDS})|(?:{_KINDS})\w*{_PAST_END}")
"""A cancer that the text places in the past."""

_BONE_SEEKERS: Final = r"(?:breast|lung|bronch\w*|prostat\w*|kidney|renal cell|thyroid)"
_TUMOUR: Final = r"(?:cancer|\w*carcinom|malignan|metasta|neoplasm|tumou?r)"

BONE_SEEKING: Final = re.compile(
    rf"\b{_BONE_SEEKERS}\W+(?:\w+\W+){{0,3}}?{_TUMOUR}"
    rf"|{_TUMOUR}\w*\W+(?:\w+\W+){{0,4}}?{_BONE_SEEKERS}"
    r"|melanom|myelom(?!ening)|plasmacyt|lymphom(?!atoid)|hodgkin|hypernephrom"
)
"""A cancer of the kinds that return in bone after years."""

IN_BONE: Final = re.compile(
    r"\b(?:bon[ey]|osseous|skeletal|spin(?:e|al)|vertebral)\s+(?:metasta\w+|mets\b)"
    r"|(?:metasta\w+|\bmets)\s+(?:to|of|in)\s+(?:the\s+)?(?:bone|spine|vertebra\w*)"
    r"|\bmyelom(?!ening)\w*|plasmacytom\w*"
)
"""A cancer that lies in bone or spine."""
