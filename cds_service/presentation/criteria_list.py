"""Write criteria out as nested lists that a clinician can check.

What several criteria are made of is written once and linked to, so that the page stays
readable and a correction has one place.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cds_service.knowledge.value_set import Role
from cds_service.presentation.markdown import links, plain
from cds_service.reasoning.coded_criterion import (
    ANYWHERE,
    DIAGNOSES,
    INCLUDED,
    CodedCriterion,
)
from cds_service.reasoning.outline import tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cds_service.knowledge.vocabulary import Vocabulary
    from cds_service.reasoning.finding import Criterion

# A question of one line is sooner read again than looked up.
ONE_LINE = 90
FEW_LISTS = 2
SOURCES = {
    "AllergyIntolerance": "allergies",
    "Condition": "problem list",
    "Device": "implants",
    "DiagnosticReport": "imaging reports",
    "Encounter": "visits",
    "ImagingStudy": "imaging studies",
    "MedicationRequest": "prescriptions",
    "Observation": "results",
    "Procedure": "procedures",
    "ServiceRequest": "referrals",
}
PLACES = {ANYWHERE: "not stated"}
ROLES = {
    Role.INCLUDE: "plain codes",
    Role.EXCLUDE: "excluded codes",
    Role.HISTORY: "codes of a history",
    Role.SUPPORTING: "vague codes",
    Role.PROXY: "indirect codes",
    Role.UNCERTAIN: "uncertain codes",
    Role.QUALITATIVE: "results in words",
    Role.LOW_TRUST: "unreliable results",
    Role.CANCELS: "codes that lift it",
}


def written_once(roots: Iterable[Criterion]) -> Mapping[str, Criterion]:
    """Give what more than one of *roots*, or of their parts, is made of, by id."""
    known: dict[str, Criterion] = {}
    asked: Counter[str] = Counter()
    waiting = list(roots)
    while waiting:
        criterion = waiting.pop(0)
        asked[criterion.id] += 1
        if criterion.id not in known:
            known[criterion.id] = criterion
            waiting += criterion.parts
    return {
        id_: criterion
        for id_, criterion in sorted(known.items(), key=lambda one: one[1].title)
        if asked[id_] > 1 and _is_long(criterion)
    }


def _is_long(criterion: Criterion) -> bool:
    if isinstance(criterion, CodedCriterion):
        return False
    wordy = len(criterion.condition) > ONE_LINE or len(criterion.needs) > FEW_LISTS
    return bool(criterion.parts) or wordy


@dataclass(frozen=True, slots=True)
class CriteriaList:
    """A page's way of writing criteria.

    Attributes:
        shared: what is written once, by id.
        vocabulary: where the titles of value sets are found.
        files: the address of each value set that has a file, by id.
        marks: what a mark of a code, such as "limb=arm", means in words.
    """

    shared: Mapping[str, Criterion]
    vocabulary: Vocabulary
    files: Mapping[str, str]
    marks: Mapping[str, str]

    def condition(self, criterion: Criterion) -> str:
        """Write a condition as a list."""
        return "\n".join(self._listed(criterion, 0))

    def definitions(self) -> Iterator[str]:
        """Yield a titled list for everything that is written once."""
        for criterion in self.shared.values():
            yield f'<a id="{anchor(criterion)}"></a>\n\n### {plain(criterion.title)}'
            judged = self._judged(criterion)
            end = ":" if criterion.parts else "."
            yield f"{judged[0].upper()}{judged[1:]}{_cited(criterion)}{end}"
            yield from self._parts(criterion)

    def _parts(self, criterion: Criterion) -> Iterator[str]:
        lines = [line for part in criterion.parts for line in self._listed(part, 0)]
        if lines:
            yield "\n".join(lines)

    def codes(self, value_set: str) -> str:
        """Name a value set, with a link to its file where it has one."""
        title = plain(self.vocabulary.by_id[value_set].title)
        file = self.files.get(value_set)
        return f"[{title}]({file})" if file else title

    def _listed(self, criterion: Criterion, depth: int) -> Iterator[str]:
        if criterion.id in self.shared:
            link = f"[{plain(criterion.title)}](#{anchor(criterion)})"
            yield f"{'  ' * depth}- {link}"
            return
        yield from self._written(criterion, depth)

    def _written(self, criterion: Criterion, depth: int) -> Iterator[str]:
        yield f"{'  ' * depth}- {self._line(criterion)}{_cited(criterion)}"
        for part in criterion.parts:
            yield from self._listed(part, depth + 1)

    def _line(self, criterion: Criterion) -> str:
        if criterion.parts:
            return f"**{plain(criterion.title)}**: {plain(criterion.condition)}"
        if isinstance(criterion, CodedCriterion):
            return "; ".join((self._coded(criterion), *self._narrowed(criterion)))
        return f"{plain(criterion.title)}: {self._judged(criterion)}"

    def _coded(self, criterion: CodedCriterion) -> str:
        """Lead with the code list; name the question only where it says more."""
        codes = criterion.codes
        rest = plain(criterion.condition.removeprefix(codes.title))
        linked = f"{self.codes(codes.id)}{rest}"
        own = criterion.title.partition(",")[0] != codes.title.partition(",")[0]
        return f"{plain(criterion.title)}: {linked}" if own else linked

    def _judged(self, criterion: Criterion) -> str:
        read = sorted({need.value_set for need in criterion.needs if need.value_set})
        shown = [] if criterion.parts else [self.codes(one) for one in read]
        lists = f" (reads {', '.join(shown)})" if shown else ""
        return f"{plain(criterion.condition)}{lists}"

    def _narrowed(self, criterion: CodedCriterion) -> Iterator[str]:
        """Say which members of the value set count, and where they are looked for."""
        others = _joined(ROLES[one] for one in criterion.roles - INCLUDED)
        if others:
            yield others + (" too" if criterion.roles >= INCLUDED else " alone")
        if criterion.tags:
            yield f"only {self._marked(criterion.tags)}"
        if criterion.avoid:
            yield f"not {self._marked(criterion.avoid)}"
        if criterion.sites:
            yield f"region {_joined(PLACES.get(one, one) for one in criterion.sites)}"
        if criterion.sources != DIAGNOSES:
            yield "in " + _joined(SOURCES.get(one, one) for one in criterion.sources)

    def _marked(self, marks: Iterable[str]) -> str:
        return _joined(self.marks.get(one, one) for one in marks)


def anchor(criterion: Criterion) -> str:
    """Give the place on the page where a criterion is written."""
    return f"criterion-{criterion.id}"


def _joined(words: Iterable[str]) -> str:
    return " or ".join(sorted(words))


def _cited(criterion: Criterion) -> str:
    return f" ({links((criterion.citation,))})" if criterion.citation else ""


def numbers(roots: Iterable[Criterion]) -> tuple[Criterion, ...]:
    """Give every question at the bottom that turns on a number, each once."""
    found = {
        one.id: one
        for one in tree(roots)
        if not one.parts and any(sign.isdigit() for sign in one.condition)
    }
    return tuple(sorted(found.values(), key=lambda one: one.title))
