"""Make charts around every limit of the rules: a list of items, an order, a person.

An item is a dictionary of what a clinician wrote; `plain.py` makes the chart of the
naive evaluator of it, `rendered.py` the FHIR request.
"""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

from tests.naive.catalogue import Code, codes_of
from tests.naive.elements import drugs, kinds, texts
from tests.naive.labs import labs
from tests.naive.moments import AGES, write_date

Item = dict[str, Any]
Story = dict[str, Any]

COMPLAINTS = (
    *("back-pain", "neck-pain", "radiculopathy", "spinal-stenosis", "disc-disorder"),
)
CARE = (
    *("physical-therapy", "chiropractic-or-manual-therapy", "spinal-injection"),
    *("home-exercise-or-self-care-education", "surgical-candidate"),
)
IMAGING = ("ct-spine-order", "radiograph-spine-order", "mri-spine-order")
DONE = (*CARE, "prior-spine-surgery")
# What meets in one patient for a rule to be put to the test; none is any mixture.
THEMES: tuple[tuple[str, ...], ...] = (
    (),
    ("recent-trauma", *IMAGING, "back-pain", "motor-deficit", "osteoporosis"),
    ("vertebral-compression-fracture", "malignancy-active", "malignancy-history"),
    ("ankylosed-spine", "axial-spondyloarthritis", "recent-trauma", "back-pain"),
    ("anticoagulant", "coagulopathy", "spinal-injection", "motor-deficit"),
    ("myelopathy", "gait-or-sensory-sign", "cord-motor-deficit", "neck-pain"),
    ("dialysis", "immunosuppression", "iv-drug-use", "tuberculosis", *COMPLAINTS),
    ("diabetes", "chronic-steroid", "osteoporosis", *COMPLAINTS),
    ("prior-spine-surgery", "spinal-injection", "radiculopathy", "back-pain"),
    ("weight-loss", "weight-loss-explained", "night-sweats", "malignancy-active"),
    ("mri-spine-order", "back-pain", "radiculopathy", "neck-pain"),
    ("physical-therapy", "radiculopathy", "spinal-stenosis", "surgical-candidate"),
    ("pregnancy", "gadolinium-allergy", "dialysis", "mri-device-risk", "back-pain"),
)
PACEMAKER_OUT = "175140001"
DRUG_SYSTEMS = ("rxnorm", "atc")
STATUSES = (
    *("active",) * 14,
    *("", "recurrence", "resolved", "resolved", "remission", "inactive"),
)
CERTAIN = (
    *("confirmed",) * 14,
    *("", "refuted", "entered-in-error", "provisional", "differential", "unconfirmed"),
)
QUERIES = (
    *("conditions", "observations", "vitals", "procedures", "medications", "patient"),
    *("imaging", "reports", "allergies", "devices"),
)


def story(seed: int, rules: frozenset[str]) -> Story:
    """Make the story of one patient and one order."""
    chance = Random(seed)  # noqa: S311 - charts, not secrets
    wanted = chance.choice((0, 1, 2, 2, 3, 3, 4, 4, 5, 6, 7))
    theme = chance.choice(THEMES)
    items = [_item(chance, rules, theme) for _ in range(wanted)]
    items += [] if theme and chance.random() < 0.6 else labs(chance)
    hidden = chance.choice(QUERIES) if chance.random() < 0.06 else ""
    return {
        "items": items,
        "person": _person(chance, rules),
        "order": _order(chance, rules, items),
        "unseen": hidden,
    }


def _person(chance: Random, rules: frozenset[str]) -> dict[str, Any]:
    ages = (18, 30, 44, 45, 49, 50, 51, 64, 65, 69, 70, 80, None)
    children = (3, 5, 12, 17) if "PED1" in rules else ()
    age = chance.choice((*ages, *ages, *children))
    return {"age": age, "sex": chance.choice(("male", "female", "other"))}


@cache
def _kinds(rules: frozenset[str]) -> dict[str, list[list[Code]]]:
    return dict(kinds(rules))


def _item(chance: Random, rules: frozenset[str], theme: tuple[str, ...] = ()) -> Item:
    """One entry of the chart: pain, care, a drug, or anything there is a rule for."""
    known = _kinds(rules)
    met = [one for one in theme if one in known]
    if met and chance.random() < 0.75:
        element = chance.choice(met)
        code = chance.choice(chance.choice(known[element]))
        return _coded(chance, element, code, rules)
    dice = chance.random()
    if dice < 0.12:
        return _drug(chance, rules)
    if dice < 0.18:
        return _worded(chance, rules)
    named = COMPLAINTS if dice < 0.45 else CARE if dice < 0.6 else tuple(known)
    element = chance.choice([one for one in named if one in known])
    code = chance.choice(chance.choice(known[element]))
    return _coded(chance, element, code, rules)


def _coded(chance: Random, element: str, code: Code, rules: frozenset[str]) -> Item:
    """As the resource in which charts carry such a code."""
    what = f"{code.system}|{code.code}"
    if element in IMAGING:
        return _imaged(chance, what, code)
    if element == "gadolinium-allergy" or _is_worn(element, code):
        return _carried(chance, element, what, code)
    if any(one in code.system for one in DRUG_SYSTEMS):
        return _taken(chance, what, code)
    dialysed = element == "dialysis" and "snomed" in code.system
    if element in DONE and "icd" not in code.system:
        return _done(chance, element, what, code)
    if dialysed and chance.random() < 0.5:
        return _done(chance, element, what, code)
    return _condition(chance, what, code, rules)


def _is_worn(element: str, code: Code) -> bool:
    return element == "mri-device-risk" and "icd" not in code.system


def _carried(chance: Random, element: str, what: str, code: Code) -> Item:
    """An allergy or a device; what takes a device out is a procedure."""
    if code.code == PACEMAKER_OUT:
        return _done(chance, element, what, code)
    allergy = element == "gadolinium-allergy"
    return {
        "type": "AllergyIntolerance" if allergy else "Device",
        "what": what,
        "code": code,
        "date": "",
        "status": chance.choice(("active",) * 4 + ("inactive",)),
        "verification": chance.choice(CERTAIN) if allergy else "",
    }


def _worded(chance: Random, rules: frozenset[str]) -> Item:
    words = texts(rules)
    text = chance.choice(list(words))
    return {**_condition(chance, text, None, rules), "means": words[text]}


def _drug(chance: Random, rules: frozenset[str]) -> Item:
    names = drugs(rules)
    name = chance.choice(list(names))
    return {**_taken(chance, name, None), "means": names[name]}


def _date(chance: Random) -> str:
    return "" if chance.random() < 0.12 else write_date(chance, chance.choice(AGES))


def _condition(
    chance: Random, what: str, code: Code | None, rules: frozenset[str]
) -> Item:
    """A problem: since when, when it was recorded, whether it is over or certain."""
    status = chance.choice(STATUSES)
    # Until the last edition of UNK2 few suspicions are looked at once they are old.
    final = "NEU5-unclear-deficit" in rules
    verification = chance.choice(CERTAIN if final else CERTAIN[:-3])
    over = status in ("resolved", "remission", "inactive")
    # Rarely an end without a word that it is over.
    ends = chance.random() < (0.6 if over else 0.03)
    return {
        "type": "Condition",
        "what": what,
        "code": code,
        "date": _date(chance),
        "recorded": _date(chance) if chance.random() < 0.4 else "",
        "ended": write_date(chance, chance.choice(AGES)) if ends else "",
        "status": status,
        "verification": verification,
    }


def _taken(chance: Random, what: str, code: Code | None) -> Item:
    statuses = (*("active",) * 5, "completed", "stopped", "cancelled", "draft")
    return {
        "type": "MedicationRequest",
        "what": what,
        "code": code,
        "date": _date(chance),
        "status": chance.choice(statuses),
    }


def _done(chance: Random, element: str, what: str, code: Code) -> Item:
    """A procedure, or a referral for one."""
    asked = element == "surgical-candidate" or (
        element == "physical-therapy" and chance.random() < 0.4
    )
    refused = ("draft", "revoked") if asked else ("not-done", "entered-in-error")
    going = "active" if asked else "completed"
    return {
        "type": "ServiceRequest" if asked else "Procedure",
        "what": what,
        "code": code,
        "date": _date(chance),
        "status": chance.choice((*(going,) * 8, "completed", *refused)),
    }


def _imaged(chance: Random, what: str, code: Code) -> Item:
    """A scan that was done, by one of the three resources that say so."""
    kinds = {
        "Procedure": ("completed", "completed", "completed", "not-done"),
        "ImagingStudy": ("available", "available", "cancelled"),
        "DiagnosticReport": ("final", "final", "preliminary", "registered"),
    }
    kind = chance.choice(list(kinds))
    return {
        "type": kind,
        "what": what,
        "code": code,
        "date": _date(chance),
        "status": chance.choice(kinds[kind]),
    }


def _order(chance: Random, rules: frozenset[str], items: list[Item]) -> dict[str, Any]:
    """The draft: what is to be scanned, how soon, and why."""
    groups = codes_of("mri-spine-order")
    kind = chance.choice(list(groups))
    code = chance.choice(groups[kind])
    reasons = [_reason(chance, rules) for _ in range(chance.choice((0, 0, 0, 1, 1, 2)))]
    problems = [place for place, one in enumerate(items) if one["type"] == "Condition"]
    cites = chance.sample(problems, 1) if problems and chance.random() < 0.12 else []
    return {
        "what": f"{code.system}|{code.code}",
        "sites": kind.sites,
        "contrast": _contrast(kind.tags),
        "priority": chance.choice(("routine", "routine", "urgent", "asap", "stat")),
        "reasons": reasons,
        "cites": cites,
    }


def _contrast(tags: frozenset[str]) -> str:
    named = [tag.partition("=")[2] for tag in tags if tag.startswith("contrast=")]
    return (named or ["unspecified"])[0].replace("_", "-")


def _reason(chance: Random, rules: frozenset[str]) -> Item:
    """A reason by code or words; one in twenty says nothing that we understand."""
    dice = chance.random()
    if dice < 0.05:
        return {"what": "xyz", "code": None, "means": (), "unclear": True}
    if dice < 0.15:
        return {"what": "I10", "code": None, "means": ()}
    found = _item(chance, rules)
    while found["type"] != "Condition":
        found = _item(chance, rules)
    return found
