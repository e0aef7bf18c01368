"""Words by which a text names a concept, for charts and orders without codes.

Patterns are matched against lower-case text of at most 256 characters; denials and
doubts around a phrase are the vocabulary's affair. Each pattern belongs to a value
set; `stems` are the strings one of which every phrase of the pattern holds.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from cds_service.knowledge.value_set import ValueSet
from hooks.spine_mri.cancer_words import (
    ACTIVE,
    BONE_SEEKING,
    CANCER_STEMS,
    IN_BONE,
    NOT_CANCER,
    NOT_PRESENT,
    PAST,
)
from hooks.spine_mri.finding_words import (
    CHILD,
    COMPLAINT,
    INFECTION,
    NEUROLOGY,
    RESULT,
    Wording,
    wording,
)
from hooks.spine_mri.medication_names import NAMES, NOT_MEANT, NOT_SYSTEMIC
from hooks.spine_mri.risk_words import RISK
from hooks.spine_mri.vague_words import UNCODED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def _any(words: Iterable[str]) -> str:
    """Return an expression for any of the words, whole."""
    return r"\b(?:" + "|".join(re.escape(word) for word in words) + r")\b"


def _medication(
    value_set: str,
    names: tuple[str, ...] = (),
    expression: str = "",
    stems: tuple[str, ...] = (),
) -> Wording:
    """Return the wording of a medicine: its names, and what else is given."""
    parts = [part for part in (_any(names) if names else "", expression) if part]
    blocked = _any((*NOT_SYSTEMIC, *NOT_MEANT.get(value_set, ())))
    return Wording(re.compile("|".join(parts)), (*names, *stems), re.compile(blocked))


_ANALGESICS: Final = tuple(
    name
    for one in (
        "nsaid",
        "simple-analgesic",
        "muscle-relaxant",
        "neuropathic-analgesic",
        "opioid",
    )
    for name in NAMES[one]
)

_CANCER: Final = {
    "malignancy-active": Wording(ACTIVE, CANCER_STEMS, NOT_PRESENT),
    "malignancy-history": Wording(PAST, CANCER_STEMS, NOT_CANCER),
    "bone-seeking-cancer": Wording(BONE_SEEKING, CANCER_STEMS, NOT_CANCER),
    "spine-or-bone-malignancy": Wording(IN_BONE, CANCER_STEMS, NOT_PRESENT),
}

_MEDICATION: Final = {
    **{one: _medication(one, names) for one, names in NAMES.items()},
    "antibiotics-systemic": _medication(
        "antibiotics-systemic",
        NAMES["antibiotics-systemic"],
        r"cillin\b|\bcef\w+|\bcephal(?:ex|oth|osp)\w+|floxacin\b"
        r"|(?<!mito)(?<!bleo)(?<!dactino)(?<!neo)mycin\b|\brifamp\w+",
        ("cillin", "cef", "cephal", "floxacin", "mycin", "rifamp"),
    ),
    "chronic-steroid": _medication(
        "chronic-steroid",
        (
            *("prednisone", "prednisolone", "methylprednisolone", "dexamethasone"),
            *("prednison", "prednisolon", "methylprednisolon", "dexamethason"),
            *("medrol", "deltasone", "decadron"),
        ),
    ),
    "gadolinium-allergy": _medication(
        "gadolinium-allergy", NAMES["gadolinium-allergy"], r"\bgado\w+", ("gado",)
    ),
    "nsaid-or-analgesic": _medication("nsaid-or-analgesic", _ANALGESICS),
    "conservative-care": _medication(
        "conservative-care",
        (
            *("ibuprofen", "naproxen", "diclofenac", "meloxicam", "celecoxib"),
            *("etoricoxib", "acetaminophen", "paracetamol", "cyclobenzaprine"),
            *("methocarbamol", "tizanidine", "gabapentin", "pregabalin", "duloxetine"),
        ),
        r"physical therap\w*|physiotherap\w*|chiropract\w*"
        r"|exercise (?:therapy|program\w*)|spinal manipulat\w*|acupunct\w*",
        ("therap", "chiropract", "exercise", "manipulat", "acupunct"),
    ),
    "weight-loss-explained": wording(
        r"semaglutide|tirzepatide|liraglutide|dulaglutide|exenatide|orlistat"
        r"|phentermine|bariatric|gastric (?:bypass|sleeve)|(?<!non-)\bintentional",
        "glutide tirzepat exenat orlistat phenterm bariat gastric intentional",
    ),
}

WORDINGS: Final[Mapping[str, Wording]] = MappingProxyType(
    NEUROLOGY
    | INFECTION
    | COMPLAINT
    | CHILD
    | RESULT
    | UNCODED
    | RISK
    | _CANCER
    | _MEDICATION
)
"""Wordings by the id of their value set."""

WORDS_ONLY: Final = (
    ValueSet(
        id="sexual-dysfunction",
        title="New sexual dysfunction",
        purpose="A minor sign of cauda equina syndrome, found in words alone.",
    ),
    ValueSet(
        id="conservative-care",
        title="Conservative care",
        purpose="Shows in words that care without imaging was tried.",
    ),
    ValueSet(
        id="child-warning-sign",
        title="Warning sign of back pain in a child",
        purpose="Pain at night, stiffness or deformity: a radiograph comes first.",
    ),
    ValueSet(
        id="sign-in-words",
        title="Possible sign or injury, in words alone",
        purpose="Nothing coded says more: the clinician is asked what was meant.",
    ),
    ValueSet(
        id="lasting-risk-in-words",
        title="Steroid treatment, in words alone",
        purpose="Nothing coded says more: the clinician is asked what was meant.",
    ),
    ValueSet(
        id="risk-in-words",
        title="Risk of infection, in words alone",
        purpose="None of our codes says it: the clinician is asked what was meant.",
    ),
    ValueSet(
        id="cancer-in-words",
        title="Possible cancer, in words alone",
        purpose="None of our codes says it: the clinician is asked what was meant.",
    ),
    ValueSet(
        id="fracture-in-words",
        title="Broken vertebra, in words alone",
        purpose="None of our codes says it: the clinician is asked what was meant.",
    ),
)
"""Concepts that no code stands for."""
