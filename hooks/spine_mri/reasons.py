"""What the evidence of a card says: one line for each resource, what decides first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cds_service.facts.extract.reasons import STATED
from cds_service.presentation.markdown import day, in_words, noted
from cds_service.reasoning.outline import tree
from cds_service.reasoning.plain import AgeAtLeast, age_of
from cds_service.reasoning.truth import Truth
from hooks.spine_mri.definitions import EXPLICIT, HIGH, LOW
from hooks.spine_mri.value_sets import (
    RADICULOPATHY,
    SPINAL_STENOSIS,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from cds_service.facts.model import Basis, Facts
    from cds_service.reasoning.finding import Finding

CARE, PAIN = "care-", "pain-"
# Where it hurts says where to look, and never why.
COMPLAINTS = frozenset(one.id for one in tree((LOW, HIGH, EXPLICIT)))
# But for these, which are reasons to operate.
DECIDING = frozenset({RADICULOPATHY.id, SPINAL_STENOSIS.id})
CARE_SHOWN = 3
SEVERAL = 2


class _Sorted(NamedTuple):
    """The questions that hold, by what they have to say."""

    deciding: tuple[Finding, ...]
    care: tuple[Finding, ...]
    pain: tuple[Finding, ...]


def evidence_lines(finding: Finding, facts: Facts) -> tuple[str, ...]:
    """Name every resource once: what decides, the treatment as one line, the pain."""
    held = _sorted(tuple(finding.held(facts)))
    ordered = frozenset(facts.order.references)
    first = _once(held.deciding, ordered, ())
    named = {one.reference for one in first} - ordered
    cared = [one for one in _once(held.care, ordered, ()) if one.reference not in named]
    named |= {one.reference for one in cared}
    last = _once(held.pain, ordered, named)
    return tuple(
        dict.fromkeys(
            (
                *_written(first, held.deciding, ordered),
                *_care(cared),
                *_written(last, held.pain, ordered),
            )
        )
    )


def deciding_lines(finding: Finding, facts: Facts) -> tuple[str, ...]:
    """Name every resource that decides once; no treatment, no pain."""
    deciding = _sorted(tuple(finding.held(facts))).deciding
    ordered = frozenset(facts.order.references)
    return tuple(
        dict.fromkeys(_written(_once(deciding, ordered, ()), deciding, ordered))
    )


def age_line(finding: Finding, facts: Facts) -> tuple[str, ...]:
    """Give the patient's age, where a question about it carries what holds."""
    age = age_of(facts)
    if age is None or not _weighs_age(finding, facts):
        return ()
    least, greatest = age
    return (f"Age {least}" if least == greatest else f"Age {least} or {greatest}",)


def _weighs_age(finding: Finding, facts: Facts) -> bool:
    """Whether an age was reached, or one that nobody may have reached was not."""
    if finding.truth is not Truth.YES:
        return False
    if isinstance(finding.criterion, AgeAtLeast):
        return True
    parts = finding.parts(facts)
    none = not any(one.truth is Truth.YES for one in parts)
    asked = any(isinstance(one.criterion, AgeAtLeast) for one in parts)
    return (none and asked) or any(_weighs_age(one, facts) for one in parts)


def _sorted(held: Sequence[Finding]) -> _Sorted:
    care = tuple(one for one in held if one.criterion.id.startswith(CARE))
    pain = tuple(one for one in held if _is_about_pain(one))
    deciding = tuple(one for one in held if one not in care and one not in pain)
    return _Sorted(deciding, care, pain)


def _is_about_pain(finding: Finding) -> bool:
    id_ = finding.criterion.id
    return id_.startswith(PAIN) or id_ in COMPLAINTS - DECIDING


def _once(
    findings: Sequence[Finding], ordered: Collection[str], named: Collection[str]
) -> list[Basis]:
    """Give each resource once, by a name of its codes where it has one.

    An order may give several reasons.
    """
    found: dict[tuple[str, str], Basis] = {}
    for basis in (one for finding in findings for one in finding.basis):
        reference = basis.reference
        if reference in named:
            continue
        own = _label(basis) if reference in ordered else ""
        known = found.setdefault((reference, own), basis)
        if basis.name and not known.name:
            found[reference, own] = basis
    return list(found.values())


def _written(
    found: Sequence[Basis], findings: Sequence[Finding], ordered: Collection[str]
) -> Iterator[str]:
    """Write what the chart holds, then what the order alone says."""
    charted = [one for one in found if one.reference not in ordered]
    reasons = [one for one in found if one.reference in ordered]
    meant = {one: _meant(one, charted, findings) for one in reasons}
    repeated = {_label(one) for one in charted if one.reference in meant.values()}
    alike: dict[tuple[str, str], list[Basis]] = {}
    for one in charted:
        alike.setdefault((_label(one), one.state), []).append(one)
    for (label, _), same in alike.items():
        yield f"{_spanned(same)}{STATED if label in repeated else ''}"
    yield from (in_words(one) for one, resource in meant.items() if resource is None)


def _label(basis: Basis) -> str:
    return basis.name or basis.display


def _spanned(same: Sequence[Basis]) -> str:
    """Write resources of one name as one, with the first day and the last."""
    dated = sorted({one.recorded for one in same if one.recorded})
    if len(dated) < SEVERAL:
        return in_words(next((one for one in same if one.recorded), same[0]))
    first, last = day(dated[0]), f"last {day(dated[-1])}"
    return noted(_label(same[0]), first, last, same[0].state)


def _meant(
    stated: Basis, charted: Sequence[Basis], findings: Sequence[Finding]
) -> str | None:
    """The resource of the chart that a reason repeats, in its words or in vaguer ones.

    A word that is no code says no more than that a question holds.
    """
    names = {label.removesuffix(STATED) for label in (stated.name, stated.display)}
    resources = {one.reference for one in charted}
    beside = (
        basis
        for finding in findings
        for basis in finding.basis
        if basis.reference in resources
        and (
            basis.display in names
            or basis.name in names
            or (not stated.name and stated in finding.basis)
        )
    )
    return next((one.reference for one in beside), None)


def _care(found: Sequence[Basis]) -> Iterator[str]:
    """Write the treatment as one line, each kind from the day it began."""
    kinds: dict[str, list[date]] = {}
    for one in found:
        days = kinds.setdefault(_label(one), [])
        days += [one.recorded] if one.recorded else []
    told = [
        f"{kind} since {day(min(days))}" if days else kind
        for kind, days in kinds.items()
    ]
    if told:
        yield f"Treatment: {', '.join(told[:CARE_SHOWN])}"
