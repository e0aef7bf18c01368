"""All value sets of a hook, compiled to answer what a code or a text means."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from cds_service.knowledge.coding import (
    PREFIX_SYSTEMS,
    canonical_code,
    canonical_system,
    edition_of,
    system_like,
)
from cds_service.knowledge.stem_index import StemIndex
from cds_service.knowledge.value_set import Match, Role
from cds_service.knowledge.wording import Claim, claim, readable, sentence_around

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cds_service.knowledge.value_set import Member, ValueSet

_CACHED_CODES: Final = 16384
_REMEMBERED_TEXTS: Final = 16384
_LONGEST_CODE: Final = 64
_LONGEST_SYSTEM: Final = 256

NAMED: Final = "^"
"""What stands in a text for a phrase that a value set knows."""
COMPLAINT: Final = "~"
"""What stands for one that is no more than a complaint."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A code belongs to a value set, by its winning member.

    The member may have the role `exclude`: the code then settles that it is not
    the concept.
    """

    value_set: str
    member: Member


@dataclass(frozen=True, slots=True)
class TextHit:
    """A text names a concept; suspected where it only asks about it."""

    value_set: str
    suspected: bool = False


class Vocabulary:
    """All value sets of a hook, compiled once and never changed.

    Attributes:
        by_id: The value sets by their ids.
    """

    __slots__ = (
        "_cached",
        "_exact",
        "_families",
        "_stems",
        "_texts",
        "_unstemmed",
        "by_id",
    )

    by_id: Mapping[str, ValueSet]

    def __init__(self, value_sets: Iterable[ValueSet]) -> None:
        content = tuple(value_sets)
        self.by_id = MappingProxyType({one.id: one for one in content})
        if len(self.by_id) < len(content):
            raise ValueError(f"value set id used twice: {_repeated(content)}")
        self._exact = _index(content, exact=True)
        self._families = _index(content, exact=False)
        self._stems = StemIndex((stem, one.id) for one in content for stem in one.stems)
        self._unstemmed = frozenset(
            one.id for one in content if one.pattern and not one.stems
        )
        # Charts repeat their codes, so the answer to one is kept. The cache and
        # its keys are bounded: what a caller sends must not fill the memory.
        self._cached = lru_cache(maxsize=_CACHED_CODES)(self._find)
        # Texts repeat as well. A text may tell who it is about, so of texts only
        # digests are kept.
        self._texts: dict[bytes, tuple[TextHit, ...]] = {}

    def lookup(self, system: str, code: str) -> tuple[Hit, ...]:
        """Return for each value set that holds the code its winning member.

        The longest match wins; at one length a category out of a range loses,
        and an exclusion wins. What is said of a national edition outweighs both.
        A missing system is told from the shape of the code; an unknown one has no
        members.
        """
        if len(code) > _LONGEST_CODE or len(system) > _LONGEST_SYSTEM:
            return ()
        return self._cached(system, code)

    def read_text(self, text: str) -> tuple[TextHit, ...]:
        """Return the concepts that the first 256 characters name, not deny."""
        plain = readable(text)
        digest = blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=16)
        key = digest.digest()
        hits = self._texts.get(key)
        return self._read_anew(plain, key) if hits is None else hits

    def masked(
        self,
        text: str,
        complaints: frozenset[str] = frozenset(),
        without: frozenset[str] = frozenset(),
    ) -> str:
        """Return what is read of a text, with `NAMED` for each phrase that is known.

        For a phrase of the value sets *complaints* alone stands `COMPLAINT`. One that
        is denied, or that a veto leaves out, is known as well; one of *without* is not.
        """
        read = readable(text).replace(NAMED, " ").replace(COMPLAINT, " ")
        letters = list(read)
        found = (self._unstemmed | self._stems.concerned(read)) - without
        # The others last: what they name as well is of concern.
        for one in (*(found & complaints), *(found - complaints)):
            mark = COMPLAINT if one in complaints else NAMED
            for start, end in _phrases(self.by_id[one], read):
                letters[start:end] = mark * (end - start)
        return "".join(letters)

    def _read_anew(self, plain: str, key: bytes) -> tuple[TextHit, ...]:
        found = self._unstemmed | self._stems.concerned(plain)
        read = (_read(self.by_id[one], plain) for one in sorted(found))
        hits = tuple(hit for hit in read if hit)
        if len(self._texts) >= _REMEMBERED_TEXTS:
            self._texts.clear()
        self._texts[key] = hits
        return hits

    def _find(self, system: str, code: str) -> tuple[Hit, ...]:
        known = canonical_system(system) or system_like(code)
        spelt = canonical_code(known, code)
        winners = self._winners(known, spelt)
        winners |= self._winners(edition_of(system), spelt)
        return tuple(Hit(*winner) for winner in winners.items())

    def _winners(self, system: str, code: str) -> dict[str, Member]:
        winners: dict[str, Member] = {}
        for value_set, member in self._members(system, code):
            rival = winners.get(value_set)
            if rival is None or _rank(member) > _rank(rival):
                winners[value_set] = member
        return winners

    def _members(self, system: str, code: str) -> Iterator[tuple[str, Member]]:
        yield from self._exact.get((system, code), ())
        if system not in PREFIX_SYSTEMS:
            return
        for length in range(1, len(code) + 1):
            yield from self._families.get((system, code[:length]), ())


def _rank(member: Member) -> tuple[int, bool, bool, bool]:
    """Return what decides between two members that both hold a code."""
    return (
        len(member.code),
        member.match is not Match.RANGE,
        member.role is Role.EXCLUDE,
        member.match is Match.EXACT,
    )


def _phrases(value_set: ValueSet, text: str) -> Iterator[tuple[int, int]]:
    pattern = value_set.pattern
    yield from (one.span() for one in pattern.finditer(text)) if pattern else ()


def _repeated(content: tuple[ValueSet, ...]) -> str:
    ids = [one.id for one in content]
    return ", ".join(sorted({one for one in ids if ids.count(one) > 1}))


def _index(
    content: tuple[ValueSet, ...], *, exact: bool
) -> Mapping[tuple[str, str], tuple[tuple[str, Member], ...]]:
    """Return the members by system and code: the exact ones, or the families."""
    found: defaultdict[tuple[str, str], list[tuple[str, Member]]] = defaultdict(list)
    pairs = ((one.id, member) for one in content for member in one.members)
    for value_set, member in pairs:
        if (member.match is Match.EXACT) is exact:
            found[member.system, member.code].append((value_set, member))
    return {key: tuple(members) for key, members in found.items()}


def _read(value_set: ValueSet, text: str) -> TextHit | None:
    """Return what the text says of one value set; a plain statement outweighs."""
    suspected = False
    for one in _claims(value_set, text):
        if one is Claim.STATED:
            return TextHit(value_set.id)
        suspected = suspected or one is Claim.SUSPECTED
    return TextHit(value_set.id, suspected=True) if suspected else None


def _claims(value_set: ValueSet, text: str) -> Iterator[Claim]:
    if value_set.pattern is None:
        return
    vetoed: dict[str, bool] = {}
    for phrase in value_set.pattern.finditer(text):
        sentence = sentence_around(text, *phrase.span())
        # A sentence may hold many phrases; its veto is looked for once.
        if sentence not in vetoed:
            veto = value_set.veto
            vetoed[sentence] = bool(veto and veto.search(sentence))
        if not vetoed[sentence]:
            yield claim(text, *phrase.span())
