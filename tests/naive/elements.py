"""Which elements a generated chart may hold, by the rules that are in force."""

from __future__ import annotations

from tests.naive.catalogue import DRUGS, TEXTS, Code, Meaning, codes_of, meanings

# Element, or element/role: the rules without which nothing is to be said about it.
NEEDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("back-pain", "neck-pain", "radiculopathy", "disc-disorder"), ()),
    **dict.fromkeys(("spinal-stenosis", "cauda-equina", "urinary-retention"), ()),
    **dict.fromkeys(("saddle-anesthesia", "fecal-incontinence"), ()),
    **dict.fromkeys(("urinary-incontinence-new", "bilateral-sciatica"), ()),
    **dict.fromkeys(("motor-deficit", "cord-motor-deficit", "fever"), ()),
    **dict.fromkeys(("bilateral-leg-weakness", "abnormal-inflammatory-marker-dx"), ()),
    **dict.fromkeys(("bloodstream-infection", "spine-infection", "tuberculosis"), ()),
    **dict.fromkeys(("epidural-abscess", "dialysis", "immunosuppression"), ()),
    **dict.fromkeys(("iv-drug-use", "pressure-ulcer-spine", "malignancy-active"), ()),
    **dict.fromkeys(("malignancy-history", "bone-seeking-cancer"), ()),
    **dict.fromkeys(("spine-or-bone-malignancy", "sexual-dysfunction"), ()),
    **dict.fromkeys(("physical-therapy", "chiropractic-or-manual-therapy"), ()),
    **dict.fromkeys(("home-exercise-or-self-care-education", "opioid"), ()),
    **dict.fromkeys(("spinal-injection", "surgical-candidate", "nsaid"), ()),
    **dict.fromkeys(("simple-analgesic", "muscle-relaxant"), ()),
    **dict.fromkeys(("neuropathic-analgesic", "conservative-care"), ()),
    **dict.fromkeys(("antibiotics-systemic", "immunosuppressant-drug"), ()),
    **dict.fromkeys(("weak-immunosuppressant", "sign-in-words"), ()),
    "antineoplastic-myelosuppressive": (),
    # These have a rule of their own.
    "saddle-anesthesia/supporting": ("NEU5-unclear-deficit",),
    "motor-deficit/supporting": ("NEU5-unclear-deficit",),
    "gait-or-sensory-sign": ("NEU5-unclear-deficit", "NEU2-cord"),
    "myelopathy": ("NEU2-cord", "NEU7-known-myelopathy"),
    "anticoagulant": ("NEU4-haematoma",),
    "coagulopathy": ("NEU4-haematoma",),
    "immunosuppressant-drug/supporting": ("INF3-diabetes-only",),
    "bloodstream-infection/supporting": ("INF3-diabetes-only",),
    "spine-infection/supporting": ("INF3-diabetes-only",),
    "diabetes": ("INF3-diabetes-only",),
    "chronic-steroid": ("INF3-diabetes-only", "TRA3-fragility"),
    "malignancy-active/uncertain": ("ONC3-weak",),
    "weight-loss": ("ONC3-weak",),
    "weight-loss-explained": ("ONC3-weak",),
    "night-sweats": ("ONC3b-weak-pair",),
    "recent-trauma": ("TRA1-high-energy", "TRA2-ankylosed", "TRA6-after-ct"),
    "vertebral-compression-fracture": ("TRA4-known-vcf", "TRA5-vcf-cancer"),
    "osteoporosis": ("TRA3-fragility",),
    "ankylosed-spine": ("TRA2-ankylosed", "AXS1", "AXS1-suspected"),
    "axial-spondyloarthritis": ("TRA2-ankylosed", "AXS1", "AXS1-suspected"),
    "prior-spine-surgery": ("POS1",),
    "ct-spine-order": ("TRA1-high-energy", "TRA6-after-ct", "TRA7-recent-trauma"),
    "radiograph-spine-order": ("TRA7-recent-trauma", "ONC3b-weak-pair"),
    "mri-spine-order": ("DUP1", "TRA7-recent-trauma"),
    "other-spine-mri-indication": ("OUT1-other-indication",),
    "child-warning-sign": ("PED1",),
    "pregnancy": ("SAF2-pregnancy",),
    "gadolinium-allergy": ("SAF3-gadolinium-reaction",),
    "ckd-stage-4-5": ("SAF1-renal",),
    "acute-kidney-injury": ("SAF1-renal",),
    "mri-device-risk": ("SAF4-device",),
}
# No code stands for these.
IN_WORDS = (
    *("sexual-dysfunction", "conservative-care", "child-warning-sign"),
    "sign-in-words",
)
# Value sets that no rule reads, or that only repeat what another says.
SILENT = frozenset(
    {
        *("antiplatelet", "nsaid-or-analgesic", "osteoporosis-drug", "claustrophobia"),
        "systemic-corticosteroid",
        *("lab-suggestion", "ckd-stage-4-5", "acute-kidney-injury"),
    }
)
# Value sets that a rule reads and no chart holds, with the reason: what is asked of
# them, no second reading has confirmed. A text more in TEXTS deals all charts anew.
UNDRAWN = {
    "child-warning-sign": "words alone, and none of TEXTS says them",
    "cancer-in-words": "words alone, which the naive evaluator does not know",
    "fracture-in-words": "words alone, which the naive evaluator does not know",
    "lasting-risk-in-words": "words alone, which the naive evaluator does not know",
    "risk-in-words": "words alone, which the naive evaluator does not know",
}


def allowed(one: Meaning, rules: frozenset[str]) -> bool:
    """Whether the rules in force say all there is to say about this."""
    if one.element in SILENT or one.role == "exclude":
        return True
    named = f"{one.element}/{one.role}"
    if one.element not in NEEDS and named not in NEEDS:
        return False
    return set(NEEDS.get(one.element, ())) | set(NEEDS.get(named, ())) <= rules


def kinds(rules: frozenset[str]) -> list[tuple[str, list[list[Code]]]]:
    """The elements that may be drawn, each with its codes by what they mean."""
    found = []
    for element in NEEDS:
        name = element.partition("/")[0]
        if name in IN_WORDS:
            continue
        groups = [
            [code for code in codes if _all_allowed(code, rules)]
            for codes in codes_of(name).values()
        ]
        found.append((name, [codes for codes in groups if codes]))
    return [(name, groups) for name, groups in found if groups]


def _all_allowed(code: Code, rules: frozenset[str]) -> bool:
    return all(allowed(one, rules) for one in meanings(code))


def texts(rules: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """The words that may be drawn."""
    return _allowed_words(TEXTS, rules)


def drugs(rules: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """The names of drugs that may be drawn."""
    return _allowed_words(DRUGS, rules)


def _allowed_words(
    words: dict[str, tuple[str, ...]], rules: frozenset[str]
) -> dict[str, tuple[str, ...]]:
    return {
        text: elements
        for text, elements in words.items()
        if all(allowed(Meaning(one, "include"), rules) for one in elements)
    }
