"""Charts in the words of a clinician, for the tables of these tests.

    has M54.50 @ 20 days; lab 1988-5 88 mg/L @ 2 days; did 62323 @ 10 days

What stands after @ is its age, or a date; nothing is no date at all. Several items
are apart by semicolons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hooks.spine_mri.cards import present
from hooks.spine_mri.decision import decide
from hooks.spine_mri.definitions import WHOLE_SPINE
from tests.builders import (
    LUMBAR_MRI,
    Resource,
    ago,
    allergy,
    condition,
    device,
    draft,
    facts_from,
    medication_request,
    observation,
    patient,
    procedure,
    referral,
    report,
    status_of,
    study,
    temperature,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cds_service.cds_hooks.response import Card
    from cds_service.facts.model import Facts
    from hooks.spine_mri.advice import Advice


WEIGHT = "29463-7"


def split(cell: str) -> list[str]:
    """Take a cell of a table apart at its semicolons."""
    return [item.strip() for item in cell.split(";") if item.strip()]


def _lab(what: str, age: str) -> Resource:
    loinc, _, result = what.partition(" ")
    return observation(loinc, result, age)


def _weighs(what: str, age: str) -> Resource:
    """Make a weight: "80 kg", or "8351-9 80 kg" for one taken in another way."""
    code, _, result = what.partition(" ")
    coded = "-" in code
    loinc, kilograms = (code, result) if coded else (WEIGHT, what)
    return observation(loinc, kilograms, age, category=[status_of("vital-signs")])


def _had(what: str, age: str) -> Resource:
    """Make a condition that is over, and ended when it began."""
    return condition(what, age, status="resolved", abatementDateTime=ago(age))


def _ended(what: str, age: str) -> Resource:
    """Make a condition that is over, of which nobody knows when it began."""
    return condition(what, status="resolved", abatementDateTime=age and ago(age))


def _began(what: str, age: str) -> Resource:
    """Make a procedure that was stopped."""
    return procedure(what, age, status="stopped")


def _took(what: str, age: str) -> Resource:
    return medication_request(what, age, status="completed")


def _suspects(what: str, age: str) -> Resource:
    return condition(what, verification="provisional", recorded=age)


def _allergic(what: str, _: str) -> Resource:
    return allergy(what)


def _wears(what: str, _: str) -> Resource:
    return device(what)


WORDS: Mapping[str, Callable[[str, str], Resource]] = {
    "has": condition,
    "had": _had,
    "ended": _ended,
    "suspects": _suspects,
    "lab": _lab,
    "temp": temperature,
    "weighs": _weighs,
    "did": procedure,
    "began": _began,
    "takes": medication_request,
    "took": _took,
    "referred": referral,
    "scanned": study,
    "reported": report,
    "allergic": _allergic,
    "cleared": lambda what, _: allergy(what, verification="refuted"),
    "outgrew": lambda what, _: allergy(what, status="resolved"),
    "wears": _wears,
    "wore": lambda what, _: device(what, status="inactive"),
}


def item(text: str) -> Resource:
    """Make one resource of "has M54.50 @ 20 days"."""
    what, _, age = text.partition("@")
    word, _, rest = what.strip().partition(" ")
    return WORDS[word](rest, age.strip())


def chart(cell: str) -> list[Resource]:
    """Make the resources of a chart."""
    return [item(text) for text in split(cell)]


def person(cell: str) -> list[Resource]:
    """Make the Patient of "female 49"; "" is the patient of every other test."""
    sex, _, years = cell.partition(" ")
    return [patient(int(years) if years else None, sex)] if cell else []


def order(row: Mapping[str, str]) -> Resource:
    """Make the draft of the columns order, reason and priority."""
    members = {"priority": row["priority"]} if row.get("priority") else {}
    what = row.get("order") or LUMBAR_MRI
    return draft(what, split(row.get("reason", "")), **members)


def facts_of(row: Mapping[str, str]) -> Facts:
    """Read the columns chart, person, order, reason, priority, missing and beside.

    beside: the codes of the session's other drafts.
    """
    resources = [*chart(row.get("chart", "")), *person(row.get("person", ""))]
    missing = split(row.get("missing", ""))
    beside = [draft(what, id=what) for what in split(row.get("beside", ""))]
    return facts_from(resources, order(row), missing=missing, beside=beside)


def advice_for(row: Mapping[str, str]) -> Advice:
    """Decide about the same columns."""
    return decide(facts_of(row))


def card(row: Mapping[str, str]) -> Card:
    """Make the card of the same columns."""
    (made,) = present(advice_for(row), "seed")
    return made


def region_of(sites: frozenset[str]) -> str:
    """Write the needed regions: "whole", "cervical lumbar", "" for any."""
    return "whole" if sites >= WHOLE_SPINE else " ".join(sorted(sites))


def told(row: Mapping[str, str]) -> dict[str, str]:
    """Decide about a row, and say so in the columns that the row has."""
    advice = advice_for(row)
    found = {
        "rule": advice.rule_id.partition("-")[0],
        "advise": advice.advise.value,
        "target": advice.protocol.target.value,
        "region": region_of(advice.protocol.sites),
        "urgency": advice.urgency.word,
        "indicator": advice.indicator.value,
        "modifiers": " ".join(one.partition("-")[0] for one in advice.modifiers),
        "added": " ".join(one.rule.id.partition("-")[0] for one in advice.added),
    }
    return {name: value for name, value in found.items() if name in row}


def expected(row: Mapping[str, str]) -> dict[str, str]:
    """The cells of a row that are a result."""
    given = {"chart", "person", "order", "reason", "priority", "missing"}
    given |= {"beside", "why"}
    return {name: value for name, value in row.items() if name not in given}
