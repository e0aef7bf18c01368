"""Read what the order itself says: its reasons, by code, reference and text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cds_service.facts.extract.concept import (
    read_concept,
    read_words,
)
from cds_service.facts.extract.free_text import (
    is_ambiguous,
    is_read_whole,
    is_understood,
)
from cds_service.facts.model import Basis, Fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cds_service.facts.extract.concept import Concept, Meaning
    from cds_service.facts.lexicon import Lexicon
    from cds_service.facts.model import Order

ORDER = "order"
STATED = ", stated in the order"
# Words for people, by element and member; instructions to the patient name what might
# happen, and are left out.
NOTE = ("note", "text")
# How the scan is done, and titles of documents: rarely words of a reason.
DETAILS = (("orderDetail", "text"), ("supportingInfo", "display"))


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
        for reason in _stated_reasons(resource):
            concept = read_concept(reason, lexicon)
            given = True
            unreadable += _is_unclear(reason, concept, lexicon)
            facts += _stated(concept.meanings, reference)
        for text in _texts(resource, NOTE):
            facts += _stated(read_words(text, lexicon), reference)
            unreadable += not is_read_whole(text, lexicon)
        for text in _texts(resource, *DETAILS):
            facts += _stated(read_words(text, lexicon), reference)
            unreadable += is_ambiguous(text, lexicon)
        facts += _stated(read_concept(_name(resource), lexicon).meanings, reference)
        for one in _cited_reasons(resource):
            target, words = _target(one), _words(one)
            given = True
            unreadable += not (target or is_understood(words, lexicon))
            cited |= {target} - {""}
            facts += _stated(read_words(words, lexicon), reference)
    return Reasons(tuple(dict.fromkeys(facts)), frozenset(cited), given, unreadable)


def _is_unclear(reason: object, concept: Concept, lexicon: Lexicon) -> bool:
    """Whether a reason was not understood, or not whole."""
    text = reason.get("text") if isinstance(reason, dict) else None
    doubtful = isinstance(text, str) and is_ambiguous(text, lexicon)
    return doubtful or concept.unknown or not concept.readable


def cite(facts: Iterable[Fact], cited: frozenset[str]) -> Iterator[Fact]:
    """Mark the facts whose resource the order gives as its reason."""
    for fact in facts:
        named = fact.basis.reference in cited
        yield fact._replace(stated=True) if named else fact


def _stated(meanings: Iterable[Meaning], reference: str) -> list[Fact]:
    return [
        Fact(
            value_set=meaning.value_set,
            role=meaning.role,
            basis=_basis(reference, meaning),
            source=ORDER,
            sites=meaning.sites,
            tags=meaning.tags,
            suspected=meaning.suspected,
            stated=True,
        )
        for meaning in meanings
    ]


def _basis(reference: str, meaning: Meaning) -> Basis:
    name = f"{meaning.name}{STATED}" if meaning.name else ""
    return Basis(reference, f"{meaning.display}{STATED}", name=name)


def _stated_reasons(resource: Mapping[str, Any]) -> Iterator[object]:
    """The reasons by code or words, by the names that releases of FHIR gave them.

    DSTU2 has concepts under `reason`, R5 a concept or a reference in each.
    """
    yield from _objects(resource, "reasonCode")
    for reason in _objects(resource, "reason"):
        parts = reason if isinstance(reason, dict) else {}
        if "concept" in parts or "reference" not in parts:
            yield parts.get("concept", reason)


def _cited_reasons(resource: Mapping[str, Any]) -> Iterator[object]:
    """The reasons that are references, under the names of R4 and R5."""
    yield from _objects(resource, "reasonReference")
    for reason in _objects(resource, "reason"):
        if isinstance(reason, dict) and "reference" in reason:
            yield reason["reference"]


def _objects(resource: Mapping[str, Any], name: str) -> list[object]:
    """The elements of a list that say something, or fail to.

    One object where a list is due counts as a list of one.
    """
    found = resource.get(name)
    listed = found if isinstance(found, list) else [found]
    return [one for one in listed if one is not None]


def _texts(resource: Mapping[str, Any], *places: tuple[str, str]) -> Iterator[str]:
    """What is written beside the reasons, by whoever orders."""
    found = (
        (one, member)
        for element, member in places
        for one in _objects(resource, element)
    )
    texts = (one.get(member) for one, member in found if isinstance(one, dict))
    yield from (text for text in texts if isinstance(text, str))


def _name(resource: Mapping[str, Any]) -> object:
    """The words of what is ordered; some write the reason there, too."""
    code = resource.get("code")
    return {"text": code.get("text")} if isinstance(code, dict) else None


def _target(cited: object) -> str:
    """Name a cited resource as `Type/id`, however it is written; "" for none."""
    target = cited.get("reference") if isinstance(cited, dict) else None
    if not isinstance(target, str):
        return ""
    return "/".join(target.partition("/_history/")[0].rsplit("/", 2)[-2:])


def _words(cited: object) -> str:
    """What a reference that leads nowhere calls its target; "" for one that leads."""
    if not isinstance(cited, dict) or _target(cited):
        return ""
    display = cited.get("display")
    return display if isinstance(display, str) else ""
