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
from tests.naive.entries import CARE, IMAGING, Item, coded, condition, taken
from tests.naive.labs import labs

Story = dict[str, Any]

COMPLAINTS = (
    *("back-pain", "neck-pain", "radiculopathy", "spinal-stenosis", "disc-disorder"),
)
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
        return coded(chance, element, code)
    dice = chance.random()
    if dice < 0.12:
        return _drug(chance, rules)
    if dice < 0.18:
        return _worded(chance, rules)
    named = COMPLAINTS if dice < 0.45 else CARE if dice < 0.6 else tuple(known)
    element = chance.choice([one for one in named if one in known])
    code = chance.choice(chance.choice(known[element]))
    return coded(chance, element, code)


def _worded(chance: Random, rules: frozenset[str]) -> Item:
    words = texts(rules)
    text = chance.choice(list(words))
    return {**condition(chance, text, None), "means": words[text]}


def _drug(chance: Random, rules: frozenset[str]) -> Item:
    names = drugs(rules)
    name = chance.choice(list(names))
    return {**taken(chance, name, None), "means": names[name]}


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
