"""Which test a result is of: by its code, part by part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cds_service.facts.extract.concept import codings_of, words_of
from cds_service.facts.extract.legible import is_coded
from cds_service.knowledge.coding import LOINC
from cds_service.knowledge.value_set import Role

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from cds_service.facts.extract.reading import Gathered
    from cds_service.facts.lexicon import Lexicon
    from cds_service.fhir.chart import Entry
    from cds_service.knowledge.vocabulary import Hit

# What a component has for itself, if at all.
OWN = frozenset({"code", "component", "interpretation", "referenceRange"})
OWN |= {"dataAbsentReason", "id", "extension"}
RESULTS = frozenset({LOINC})
LOCAL = "Its code is of no system that is read, and it may be a test that matters"


def parts_of(entry: Entry) -> Iterator[Entry]:
    """Yield an Observation, and each component of it as a result of its own.

    FHIR R4, Observation.component: the same time, status and patient.
    """
    yield entry
    components = entry.resource.get("component")
    if components is None:
        return
    shared = {
        name: value
        for name, value in entry.resource.items()
        if name not in OWN and not name.startswith("value")
    }
    # One object where a list is due counts as a list of one.
    for component in components if isinstance(components, list) else (components,):
        if isinstance(component, dict) and "code" in component:
            yield entry._replace(resource={**shared, **component})


def asked_for(entry: Entry, gathered: Gathered) -> dict[str, Hit]:
    """Give the tests of ours that it is a result of, by value set."""
    codings = codings_of(entry.resource.get("code"))
    if not any(_is_written(coding) for coding in codings):
        gathered.leave_out(entry, "no-code", "`code` has no code to read")
        return {}
    found = _found(codings, gathered)
    hits = {hit.value_set: hit for hit in found if hit.member.role is not Role.EXCLUDE}
    loinc = "" if hits else _loinc(entry.resource)
    if loinc:
        gathered.others.add(loinc)
    elif not found and _may_be_ours(entry.resource["code"], codings, gathered.lexicon):
        gathered.leave_out(entry, "local-code", LOCAL)
    return hits


def is_of_another(resource: Mapping[str, Any], gathered: Gathered) -> bool:
    """Whether it is known at a glance for a result of no test of ours.

    A long chart holds hundreds of these, of some tens of tests.
    """
    return _loinc(resource) in gathered.others


def _loinc(resource: Mapping[str, Any]) -> str:
    """Give the LOINC code of a result that has this one code; "" for any other."""
    code = resource.get("code")
    codings = code.get("coding") if type(code) is dict else None
    if type(codings) is not list or len(codings) != 1 or type(codings[0]) is not dict:
        return ""
    (coding,) = codings
    own = coding.get("code") if coding.get("system") == LOINC else None
    return own.strip() if type(own) is str else ""


def _may_be_ours(
    code: Mapping[str, Any], codings: Iterable[Mapping[str, Any]], lexicon: Lexicon
) -> bool:
    """Whether no known code tells what it is, and words name one of ours or none.

    A laboratory's own code may stand for anything. Results are told apart by LOINC:
    in another terminology it may be a test of ours, if it is called so.
    """
    if is_coded(codings, RESULTS):
        return False
    said = " ".join(words_of(code, codings)).lower()
    if not said:
        return not is_coded(codings)
    said = f" {said} "  # for names that are whole words
    names = (name for one in lexicon.measured.values() for name in one.names)
    return any(name in said for name in names)


def _is_written(coding: Mapping[str, Any]) -> bool:
    """Whether a coding holds a code, and its system, if any, is an address."""
    code, system = coding.get("code"), coding.get("system")
    return isinstance(code, str) and bool(code) and isinstance(system or "", str)


def _found(codings: Iterable[Mapping[str, Any]], gathered: Gathered) -> Collection[Hit]:
    """Give for each test of ours the code that says most of what was measured.

    One terminology may name the test alone where the other tells how it was done.
    """
    most: dict[str, Hit] = {}
    for hit in (hit for coding in codings for hit in _hits(coding, gathered)):
        rival = most.get(hit.value_set)
        if rival is None or _told(hit) > _told(rival):
            most[hit.value_set] = hit
    return most.values()


def _told(hit: Hit) -> tuple[bool, bool, int]:
    """What ranks codes of one test: another test, a mark of its own, the plain one."""
    role = hit.member.role
    return (role is Role.EXCLUDE, role is not Role.INCLUDE, len(hit.member.tags))


def _hits(coding: Mapping[str, Any], gathered: Gathered) -> list[Hit]:
    if not _is_written(coding):
        return []
    lexicon = gathered.lexicon
    hits = lexicon.vocabulary.lookup(coding.get("system") or "", coding["code"])
    return [
        hit
        for hit in hits
        if hit.value_set in lexicon.measured and hit.value_set in lexicon.wanted
    ]
