"""What a code means: the value sets, read in the slowest way.

For each value set the longest member that holds the code wins; at one length an
exclusion does.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from hooks.spine_mri.value_sets import VOCABULARY

if TYPE_CHECKING:
    from cds_service.knowledge.value_set import Member

ICD = "http://hl7.org/fhir/sid/icd-10-cm"
SITES = ("symptom-region", "body-site-spine")
INJURIES = "STVWXYM"
FULL = 7


class Code(NamedTuple):
    """A code of a system."""

    system: str
    code: str


class Meaning(NamedTuple):
    """One element that a code or a text stands for."""

    element: str
    role: str
    tags: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()


@cache
def meanings(code: Code) -> tuple[Meaning, ...]:
    """Every element that a code stands for, with the regions it names."""
    found = {one.id: _winner(code, one.members) for one in VOCABULARY.by_id.values()}
    known = {element: member for element, member in found.items() if member}
    where = [known[one].sites for one in SITES if one in known]
    sites = frozenset[str]().union(*where)
    return tuple(
        Meaning(element, str(one.role), one.tags, one.sites | sites)
        for element, one in known.items()
        if element not in SITES
    )


def _winner(code: Code, members: tuple[Member, ...]) -> Member | None:
    holding = [one for one in members if _holds(one, code)]
    return max(holding, key=_rank, default=None)


def _holds(member: Member, code: Code) -> bool:
    if member.system != code.system:
        return False
    return {
        "exact": code.code == member.code,
        "prefix": code.code.startswith(member.code),
        "range": code.code[:3] == member.code,
    }[member.match.value]


def _rank(member: Member) -> tuple[int, bool, bool, bool]:
    kind = member.match.value
    excluded = str(member.role) == "exclude"
    return len(member.code), kind != "range", excluded, kind == "exact"


def seventh(code: Code) -> str:
    """The seventh character of an injury code, which tells new from after-care."""
    bare = code.code.replace(".", "")
    whole = code.system == ICD and len(bare) == FULL and bare[0] in INJURIES
    return bare[-1] if whole else ""


@cache
def codes_of(element: str) -> dict[Meaning, list[Code]]:
    """The codes of an element by what they mean for it: each kind of them."""
    found: defaultdict[Meaning, list[Code]] = defaultdict(list)
    for member in VOCABULARY.by_id[element].members:
        for code in _written_out(member):
            for one in meanings(code):
                if one.element == element:
                    found[one].append(code)
    return dict(found)


def _written_out(member: Member) -> list[Code]:
    """The code itself; an injury's with the seventh characters there are."""
    if not member.tag("seventh"):
        return [Code(member.system, member.code)]
    stem, dot, rest = member.code.partition(".")
    bare = f"{rest:X<3}" if dot else "XXX"
    return [Code(member.system, f"{stem}.{bare}{end}") for end in "ADS"]


# Words of which the program must make the same: no code stands for some of these.
TEXTS = {
    "new sexual dysfunction": ("sexual-dysfunction",),
    "bilateral sciatica": ("bilateral-sciatica", "radiculopathy"),
    "weakness in both legs": (
        *("bilateral-leg-weakness", "motor-deficit", "sign-in-words"),
    ),
    "foot drop": ("motor-deficit",),
    "saddle numbness": ("saddle-anesthesia", "sign-in-words"),
    "urinary retention": ("urinary-retention",),
    "low back pain": ("back-pain",),
    "neck pain": ("neck-pain",),
    "fever": ("fever",),
    "epidural abscess": ("epidural-abscess", "spine-infection"),
    "lung cancer": ("malignancy-active", "bone-seeking-cancer"),
    "history of breast cancer": ("malignancy-history", "bone-seeking-cancer"),
    "cord compression": ("myelopathy",),
}
DRUGS = {
    "ibuprofen": ("nsaid", "conservative-care"),
    "gabapentin": ("neuropathic-analgesic", "conservative-care"),
    "tramadol": ("opioid",),
    "cyclobenzaprine": ("muscle-relaxant", "conservative-care"),
    "paracetamol": ("simple-analgesic", "conservative-care"),
    "amoxicillin": ("antibiotics-systemic",),
    "infliximab": ("immunosuppressant-drug",),
    "methotrexate": ("weak-immunosuppressant",),
    "warfarin": ("anticoagulant",),
}
