"""Read a CodeableConcept: its codes first, then its words."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from cds_service.facts.extract.free_text import is_understood
from cds_service.facts.extract.legible import is_coded, is_said
from cds_service.knowledge import coding as systems
from cds_service.knowledge.coding import bare
from cds_service.knowledge.value_set import Match, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cds_service.facts.lexicon import Lexicon
    from cds_service.knowledge.value_set import Member

SEVENTH_CHARACTER = {"A": "initial", "B": "initial", "D": "subsequent", "S": "sequela"}
# More than the length of any code of a classification.
WHOLE_CODE = 100
SEVENTH_AT = len("S32.010A") - 1
# Without one of these a seventh character means something else.
INJURY_CHAPTERS = frozenset("STVWXYM")


class Meaning(NamedTuple):
    """One concept that a CodeableConcept stands for.

    exactness: how closely its code says what is meant. name: the display of the most
    exact code beside it; "" where words alone say it.
    """

    value_set: str
    role: Role
    display: str
    sites: frozenset[str]
    tags: frozenset[str]
    suspected: bool = False
    exactness: int = 0
    name: str = ""


class Concept(NamedTuple):
    """What a CodeableConcept says.

    readable: a person could tell what it means. unknown: only words say it, and not
    all of them are of concepts of ours, or known to be of no concern.
    """

    meanings: tuple[Meaning, ...]
    readable: bool
    unknown: bool = False


NOTHING = Concept((), readable=False)
REMEMBERED = 16_384


def codings_of(concept: object) -> Sequence[Mapping[str, Any]]:
    """The codings of a raw CodeableConcept; whatever else was sent is passed over."""
    if not isinstance(concept, dict):
        return ()
    codings = concept.get("coding")
    if not isinstance(codings, list):
        return ()
    return [coding for coding in codings if isinstance(coding, dict)]


def status_of(resource: Mapping[str, Any]) -> str:
    """The status of a resource; "" where it is none, or not a word."""
    status = resource.get("status")
    return bare(status) if isinstance(status, str) else ""


def code_of(concept: object) -> str | None:
    """The first code of a concept from a small closed set, such as a status.

    Before R4 some of these were plain codes, and still are in charts.
    """
    if isinstance(concept, str):
        return bare(concept)
    codes = (coding.get("code") for coding in codings_of(concept))
    return next((bare(code) for code in codes if isinstance(code, str)), None)


def read_concept(concept: object, lexicon: Lexicon) -> Concept:
    """Read codes, and the words of what no code settled."""
    if not isinstance(concept, dict):
        return NOTHING
    try:
        written = orjson.dumps(concept)
    except TypeError:  # nested deeper than orjson writes
        return _read_anew(concept, lexicon)
    # Charts repeat what they speak of, and one chart comes again and again.
    digest = sha256(written).digest()
    known: Concept | None = lexicon.read.get(digest)
    if known is None:
        known = _read_anew(concept, lexicon)
        if len(lexicon.read) >= REMEMBERED:
            lexicon.read.clear()
        lexicon.read[digest] = known
    return known


def _read_anew(concept: Mapping[str, Any], lexicon: Lexicon) -> Concept:
    codings = codings_of(concept)
    coded = _named(
        [meaning for coding in codings for meaning in _coded(coding, lexicon)]
    )
    words = words_of(concept, codings)
    known = is_coded(codings)
    settled = _settled(coded, lexicon)
    settled |= lexicon.uncoded if known else frozenset()
    worded = [
        meaning
        for text in words
        for meaning in read_words(text, lexicon)
        if meaning.value_set not in settled
    ]
    meanings = (*coded, *worded)
    # Vague words do not make up for a code that was lost.
    told = any(one.value_set not in lexicon.uncoded for one in meanings)
    said = told or is_said(codings, words, known=known)
    unknown = not (known or all(is_understood(one, lexicon) for one in words))
    return Concept(meanings, said, unknown=unknown)


def _named(coded: list[Meaning]) -> list[Meaning]:
    """Give every meaning the name of the most exact code; of equals each its own."""
    said = (one for one in coded if one.role is not Role.EXCLUDE)
    best = max(said, key=lambda one: one.exactness, default=None)
    return [
        one._replace(
            name=best.display
            if best and one.exactness < best.exactness
            else one.display
        )
        for one in coded
    ]


def _exactness(member: Member) -> int:
    """A code is more exact than a class of a classification, the longest the most."""
    if not member.display or member.match is Match.RANGE:
        return 0
    classed = member.system in systems.PREFIX_SYSTEMS
    return len(member.code) if classed else WHOLE_CODE


def _settled(coded: Iterable[Meaning], lexicon: Lexicon) -> frozenset[str]:
    """The value sets whose words say nothing that the codes do not say better."""
    own = frozenset(meaning.value_set for meaning in coded)
    others = (lexicon.settles.get(one, frozenset()) for one in own)
    return own.union(*others)


def read_words(text: str, lexicon: Lexicon) -> list[Meaning]:
    """Read the concepts a text names and does not deny."""
    sets = lexicon.vocabulary.by_id
    return [
        Meaning(
            hit.value_set,
            Role.INCLUDE,
            sets[hit.value_set].title,
            frozenset(),
            frozenset(),
            hit.suspected,
        )
        for hit in lexicon.vocabulary.read_text(text)
        if hit.value_set in lexicon.wanted
    ]


def _coded(coding: Mapping[str, Any], lexicon: Lexicon) -> list[Meaning]:
    code, system = coding.get("code"), coding.get("system")
    if not isinstance(code, str):
        return []
    hits = lexicon.vocabulary.lookup(system if isinstance(system, str) else "", code)
    wanted = [hit for hit in hits if hit.value_set in lexicon.wanted]
    if not wanted:
        return []
    where = [hit.member.sites for hit in hits if hit.value_set in lexicon.site_sets]
    sites = frozenset[str]().union(*where)
    encounter = _encounter(code)
    return [
        Meaning(
            hit.value_set,
            hit.member.role,
            hit.member.display or lexicon.vocabulary.by_id[hit.value_set].title,
            hit.member.sites | sites,
            hit.member.tags | encounter,
            exactness=_exactness(hit.member),
        )
        for hit in wanted
    ]


def _encounter(code: str) -> frozenset[str]:
    """Tell a new injury from its after-care, by ICD-10-CM's seventh character."""
    bare = code.strip().upper().replace(".", "")
    if len(bare) != SEVENTH_AT or bare[0] not in INJURY_CHAPTERS:
        return frozenset()
    kind = SEVENTH_CHARACTER.get(bare[-1], "subsequent")
    return frozenset({f"encounter={kind}"})


def words_of(
    concept: Mapping[str, Any], codings: Iterable[Mapping[str, Any]]
) -> tuple[str, ...]:
    """Every text once: a chart mostly repeats the display as its text."""
    texts = [coding.get("display") for coding in codings]
    texts.append(concept.get("text"))
    return tuple(dict.fromkeys(one for one in texts if isinstance(one, str) and one))
