"""What all resource types have in common when they are read into facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from cds_service.facts.extract.concept import (
    Concept,
    Meaning,
    codings_of,
    read_concept,
)
from cds_service.facts.model import Basis, Fact
from cds_service.facts.timing import Moment
from cds_service.fhir.chart import Issue
from cds_service.fhir.resource import readable, tidied

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime, timedelta

    from cds_service.facts.lexicon import Lexicon
    from cds_service.facts.model import Measurement
    from cds_service.fhir.chart import Entry


WORDS = "words"
REPAIRED = "Blanks around its codes or dates, or marks unseen, were passed over."


@dataclass(frozen=True, slots=True)
class Gathered:
    """What has been read so far; it grows while one chart is read.

    `current` and `outdated` are the keys of queries whose results count, and of those
    with results too old to count. `others` are LOINC codes met that are of no test of
    ours: a long chart holds each of them many times.
    """

    now: datetime
    lexicon: Lexicon
    facts: list[Fact] = field(default_factory=list)
    measurements: list[Measurement] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    repairs: list[Issue] = field(default_factory=list)
    current: set[str] = field(default_factory=set)
    outdated: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)

    def leave_out(self, entry: Entry, code: str, what: str) -> None:
        """Note a resource that might matter and cannot be used."""
        self.issues.append(Issue(entry.key, code, entry.path, what))


class Course(NamedTuple):
    """When something was, whether it still is, and what came of it; as in Fact.

    state: the same in a word, as in Basis.
    """

    when: Moment | None = None
    recorded: Moment | None = None
    ended: Moment | None = None
    active: bool = True
    suspected: bool = False
    supply: timedelta | None = None
    done: bool = True
    state: str = ""


def concept_of(entry: Entry, member: str, gathered: Gathered) -> Concept | None:
    """Read what a resource is about; None when no criterion asks for it.

    Only then is the resource worth validating.
    """
    concept = _legible(entry, member, gathered)
    return concept if concept and concept.meanings else None


def problem_of(entry: Entry, gathered: Gathered) -> Concept | None:
    """Read which problem it is; one in words that nobody knows may be a red flag."""
    concept = _legible(entry, "code", gathered)
    if concept and concept.unknown:
        gathered.leave_out(entry, WORDS, "It is in words alone, of no known problem")
    return concept if concept and concept.meanings else None


def _legible(entry: Entry, member: str, gathered: Gathered) -> Concept | None:
    concept = read_concept(entry.resource.get(member), gathered.lexicon)
    if not concept.readable:
        gathered.leave_out(entry, "no-code", f"`{member}` has no code or text to read")
        return None
    return concept


def is_usable(entry: Entry, when: Moment | None, gathered: Gathered) -> bool:
    """Whether a resource is valid where it is read, and not of the future."""
    fault = readable(entry.resource)
    if fault is not None and not _is_repaired(entry, gathered):
        gathered.leave_out(entry, "invalid", fault)
        return False
    if when is not None and when.is_future(gathered.now):
        gathered.leave_out(entry, "future", "It is dated in the future")
        return False
    return True


def _is_repaired(entry: Entry, gathered: Gathered) -> bool:
    """Whether only blanks and unseen marks kept it from being read; that is noted.

    Codes and dates are read without these anywhere: nothing else has to be changed.
    """
    if readable(tidied(entry.resource)) is not None:
        return False
    gathered.repairs.append(Issue(entry.key, "blanks", entry.path, REPAIRED))
    return True


def facts_of(
    entry: Entry, meanings: Iterable[Meaning], course: Course, sites: frozenset[str]
) -> Iterator[Fact]:
    """Make one fact for every concept the resource stands for."""
    source = entry.resource["resourceType"]
    basis = basis_of(entry, "", course.when, course.state)
    for meaning in meanings:
        yield Fact(
            value_set=meaning.value_set,
            role=meaning.role,
            basis=basis._replace(display=meaning.display, name=meaning.name),
            source=source,
            sites=meaning.sites | sites,
            tags=meaning.tags,
            when=course.when,
            recorded=course.recorded,
            ended=course.ended,
            active=course.active,
            suspected=course.suspected or meaning.suspected,
            supply=course.supply,
            done=course.done,
        )


def is_true(value: object) -> bool:
    """Whether a boolean is true; some clients put theirs in quotes."""
    return value is True or value == "true"


def basis_of(entry: Entry, display: str, when: Moment | None, state: str = "") -> Basis:
    """Name the resource in our own words."""
    day = when.last.date() if when else None
    return Basis(entry.reference, display, day, state=state)


def moment_of(resource: Mapping[str, Any], element: str) -> Moment | None:
    """Read a choice of dateTime or Period, such as `onset` or `performed`."""
    moment = Moment.parse(resource.get(f"{element}DateTime"))
    period = resource.get(f"{element}Period")
    if moment is None and isinstance(period, dict):
        return Moment.parse(period.get("start")) or Moment.parse(period.get("end"))
    return moment


def sites_of(resource: Mapping[str, Any], lexicon: Lexicon) -> frozenset[str]:
    """Read where on the body, from `bodySite`."""
    sites = resource.get("bodySite")
    found: set[str] = set()
    for site in sites if isinstance(sites, list) else ():
        for coding in codings_of(site):
            found |= _sites(coding, lexicon)
    return frozenset(found)


def _sites(coding: Mapping[str, Any], lexicon: Lexicon) -> frozenset[str]:
    if not isinstance(coding.get("code"), str):
        return frozenset()
    hits = lexicon.vocabulary.lookup(str(coding.get("system") or ""), coding["code"])
    where = (hit.member.sites for hit in hits if hit.value_set in lexicon.site_sets)
    return frozenset[str]().union(*where)
