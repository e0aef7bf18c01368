"""The tables at the end of the clinical page: numbers, codes, sources."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from cds_service.facts.quantity import Quantity
from cds_service.knowledge.coding import (
    ATC,
    CPT,
    ICD9CM,
    ICD10CM,
    ICD10GM,
    ICD10PCS,
    LOINC,
    NUCC,
    RADLEX,
    RXNORM,
    SNOMED,
)
from cds_service.presentation.criteria_list import numbers
from cds_service.presentation.markdown import links, plain
from cds_service.reasoning.outline import tree
from hooks.spine_mri import value_sets
from hooks.spine_mri.disagreements import DISAGREEMENTS
from hooks.spine_mri.limits import LIMITS
from hooks.spine_mri.modifiers import MODIFIERS
from hooks.spine_mri.offers.reported import OWN
from hooks.spine_mri.pages.layout import heading, modifier_link, rule_link, table
from hooks.spine_mri.pages.shown_by import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cds_service.knowledge.citation import Citation
    from cds_service.knowledge.value_set import ValueSet
    from cds_service.reasoning.finding import Criterion
    from hooks.spine_mri.rule import Rule

SYSTEMS = {
    SNOMED: "SNOMED CT",
    LOINC: "LOINC",
    ICD10CM: "ICD-10-CM",
    ICD10GM: "ICD-10-GM",
    ICD10PCS: "ICD-10-PCS",
    ICD9CM: "ICD-9-CM",
    CPT: "CPT",
    RXNORM: "RxNorm",
    ATC: "ATC",
    RADLEX: "RadLex",
    NUCC: "NUCC",
    OWN: "reported at order entry",
}
FOLDER = Path(value_sets.__file__).parent


def value_set_files() -> Mapping[str, str]:
    """Give the address of each value set's file, from the page's folder."""
    return {file.stem: f"value_sets/{file.name}" for file in FOLDER.glob("*.json")}


def numbers_table(asked: Sequence[Criterion]) -> str:
    """List every question that turns on a number."""
    rows = (
        (plain(one.title), f"`{one.id}`", plain(one.condition), _cited(one))
        for one in numbers(asked)
    )
    return table(("question", "id on the card", "how it is judged", "source"), rows)


def _cited(criterion: Criterion) -> str:
    return links((criterion.citation,)) if criterion.citation else ""


def limits_table() -> str:
    """List the named limits, with how far a site may move them."""
    rows = (
        (
            f"`{one.name}`",
            plain(one.title),
            str(one),
            f"{Quantity(one.lowest, one.unit)} to {Quantity(one.highest, one.unit)}",
            plain(one.why),
        )
        for one in LIMITS
    )
    return table(("name", "what it is", "here", "a site may set", "because"), rows)


def value_sets_table(asked: Sequence[Criterion]) -> str:
    """List every value set, with how many codes of which system it holds."""
    read = {need.value_set for one in asked for need in one.needs}
    files = value_set_files()
    rows = (
        (
            _named(one, files),
            plain(one.purpose),
            _counts(one),
            "yes" if one.id in read else "",
            one.version,
        )
        for one in sorted(value_sets.VALUE_SETS, key=lambda one: one.title)
    )
    head = ("value set", "purpose", "codes and families", "read by a rule", "version")
    return table(head, rows)


def _named(value_set: ValueSet, files: Mapping[str, str]) -> str:
    title, file = plain(value_set.title), files.get(value_set.id)
    return f"[{title}]({file})" if file else title


def _counts(value_set: ValueSet) -> str:
    counts = Counter(SYSTEMS[member.system] for member in value_set.members)
    told = [f"{count} {name}" for name, count in sorted(counts.items())]
    words = ["words in texts"] if value_set.pattern else []
    return ", ".join((*told, *words))


def differences(rules: Sequence[Rule]) -> Iterator[str]:
    """Yield each known disagreement of the sources, with the rules it shows in."""
    for one in DISAGREEMENTS:
        yield heading(one.id.lower(), f"{one.id}: {one.question}", 3)
        yield f"{one.sources} **Here:** {one.choice}"
        linked = [modifier_link(m.id) for m in MODIFIERS if short(m.id) in one.rules]
        shown = [rule_link(rule) for rule in rules if short(rule.id) in one.rules]
        yield f"Rules: {', '.join((*shown, *linked)) or 'none yet'}"


def sources(rules: Sequence[Rule], asked: Sequence[Criterion]) -> str:
    """List everything cited."""
    return "\n".join(f"- {links((one,))}" for one in cited(rules, asked))


def cited(rules: Sequence[Rule], asked: Sequence[Criterion]) -> tuple[Citation, ...]:
    """Give everything that rules and questions rest on, each once, by its label."""
    by_rules = (citation for rule in rules for citation in rule.all_citations)
    by_modifiers = (citation for one in MODIFIERS for citation in one.citations)
    by_criteria = (one.citation for one in tree(asked) if one.citation)
    found = {one.label: one for one in (*by_rules, *by_modifiers, *by_criteria)}
    return tuple(found[label] for label in sorted(found))
