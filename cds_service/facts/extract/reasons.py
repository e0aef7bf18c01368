"""Read what the order itself says: its reasons, by code, reference and text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cds_service.facts.extract.concept import read_concept, read_words
from cds_service.facts.model import Basis, Fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cds_service.facts.extract.concept import Meaning
    from cds_service.facts.lexicon import Lexicon
    from cds_service.facts.model import Order

ORDER = "order"


@dataclass(frozen=True, slots=True)
class Reasons:
    """What an order states.

    facts: stated by code or text. cited: references to resources of the chart.
    given: whether it gives any reason. unreadable: how many reasons say nothing.
    """

    facts: tuple[Fact, ...]
    cited: frozenset[str]
    given: bool
    unreadable: int


def read_reasons(order: Order, lexicon: Lexicon) -> Reasons:
    """Read the reasons of every draft that the order stands for."""
    facts: list[Fact] = []
    cited: set[str] = set()
    given, unreadable = False, 0
    pairs = zip(order.references, order.resources, strict=True)
    for reference, resource in pairs:
        for reason in _objects(resource, "reasonCode"):
            concept = read_concept(reason, lexicon)
            given, unreadable = True, unreadable + (not concept.readable)
            facts += _stated(concept.meanings, reference)
        for text in _notes(resource):
            facts += _stated(read_words(text, lexicon), reference)
        cited |= set(_references(resource))
    return Reasons(
        tuple(dict.fromkeys(facts)), frozenset(cited), given or bool(cited), unreadable
    )


def cite(facts: Iterable[Fact], cited: frozenset[str]) -> Iterator[Fact]:
    """Mark the facts whose resource the order gives as its reason."""
    for fact in facts:
        named = fact.basis.reference in cited
        yield replace(fact, stated=True) if named else fact


def _stated(meanings: Iterable[Meaning], reference: str) -> list[Fact]:
    return [
        Fact(
            value_set=meaning.value_set,
            role=meaning.role,
            basis=Basis(reference, f"{meaning.display}, stated in the order"),
            source=ORDER,
            sites=meaning.sites,
            tags=meaning.tags,
            suspected=meaning.suspected,
            stated=True,
        )
        for meaning in meanings
    ]


def _objects(resource: Mapping[str, Any], name: str) -> list[object]:
    """The elements of a list that say something, or fail to."""
    found = resource.get(name)
    return [one for one in found if one is not None] if isinstance(found, list) else []


def _notes(resource: Mapping[str, Any]) -> Iterator[str]:
    for note in _objects(resource, "note"):
        text = note.get("text") if isinstance(note, dict) else None
        if isinstance(text, str):
            yield text


def _references(resource: Mapping[str, Any]) -> Iterator[str]:
    """Name the cited resources as `Type/id`, however they are written."""
    for one in _objects(resource, "reasonReference"):
        target = one.get("reference") if isinstance(one, dict) else None
        if isinstance(target, str):
            yield "/".join(target.partition("/_history/")[0].rsplit("/", 2)[-2:])
