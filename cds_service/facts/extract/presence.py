"""Read a result that is a word: found or not found."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from cds_service.facts.extract.concept import code_of, codings_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cds_service.facts.lexicon import Lexicon

# HL7 v3 ObservationInterpretation: positive, detected, reactive; and their opposites.
FLAGS = MappingProxyType(
    {
        **dict.fromkeys(("POS", "DET", "RR", "WR"), True),
        **dict.fromkeys(("NEG", "ND", "NR"), False),
    }
)


def read_presence(resource: Mapping[str, Any], lexicon: Lexicon) -> bool | None:
    """Whether what was tested for is there; None where the result does not say.

    What says both says nothing.
    """
    said = set(_said(resource, lexicon))
    return said.pop() if len(said) == 1 else None


def _said(resource: Mapping[str, Any], lexicon: Lexicon) -> Iterator[bool]:
    told = resource.get("valueBoolean")
    if isinstance(told, bool):
        yield told
    concept = resource.get("valueCodeableConcept")
    coded = list(_coded(concept, lexicon))
    yield from coded
    if not coded:
        yield from _worded((resource.get("valueString"), *_words(concept)), lexicon)
    flags = resource.get("interpretation")
    for flag in map(code_of, flags if isinstance(flags, list) else (flags,)):
        if flag is not None and flag in FLAGS:
            yield FLAGS[flag]


def _coded(concept: object, lexicon: Lexicon) -> Iterator[bool]:
    for coding in codings_of(concept):
        code, system = coding.get("code"), str(coding.get("system") or "")
        hits = lexicon.vocabulary.lookup(system, code) if isinstance(code, str) else ()
        yield from _answers((hit.value_set for hit in hits), lexicon)


def _words(concept: object) -> Iterator[object]:
    if isinstance(concept, dict):
        yield concept.get("text")
    yield from (coding.get("display") for coding in codings_of(concept))


def _worded(texts: Iterable[object], lexicon: Lexicon) -> Iterator[bool]:
    for text in texts:
        if isinstance(text, str):
            hits = lexicon.vocabulary.read_text(text)
            named = (hit.value_set for hit in hits if not hit.suspected)
            yield from _answers(named, lexicon)


def _answers(value_sets: Iterable[str], lexicon: Lexicon) -> Iterator[bool]:
    return (lexicon.presence[one] for one in value_sets if one in lexicon.presence)
