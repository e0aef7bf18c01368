"""Reading value sets from FHIR R4 ValueSet resources.

Single codes stand as concepts. A family of codes is a filter `concept is-a`, a span
of three-character ICD categories a filter `code regex`. What FHIR has no place for
(role, site, mark, meaning of a family) stands in extensions of the include.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from cds_service.knowledge.coding import (
    ICD9CM,
    canonical_code,
    canonical_system,
    edition_of,
)
from cds_service.knowledge.value_set import Match, Member, Role, ValueSet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_EXTENSION: Final = "urn:spine-mri-cds:"
_FILTERS: Final[Mapping[tuple[Any, Any], Match]] = MappingProxyType(
    {("concept", "is-a"): Match.PREFIX, ("code", "regex"): Match.RANGE}
)
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class ValueSetError(ValueError):
    """A value set file cannot be read; says which file, where and why."""

    def __init__(self, file: str, where: str, what: str) -> None:
        super().__init__(f"{file}: {where}: {what}")


def read_value_sets(text: str, file: str) -> tuple[ValueSet, ...]:
    """Return the value sets of a file: one ValueSet, or a Bundle of them.

    Raises:
        ValueSetError: The file is no JSON or lacks an element; names `file`.
    """
    try:
        content = json.loads(text)
    except ValueError as error:
        raise ValueSetError(file, "$", "is not JSON") from error
    if not isinstance(content, dict):
        raise ValueSetError(file, "$", "is not an object")
    if content.get("resourceType") != "Bundle":
        return (_Reader(file, "$").value_set(content),)
    return tuple(
        _Reader(file, f"$.entry[{at}].resource").value_set(entry.get("resource", {}))
        for at, entry in enumerate(content.get("entry", ()))
    )


def merge(value_sets: Iterable[ValueSet], suffix: str) -> tuple[ValueSet, ...]:
    """Join each value set whose id ends in `suffix` to the one without it.

    Raises:
        ValueError: An id has no partner to join.
    """
    content = tuple(value_sets)
    whole = {one.id: one for one in content if not one.id.endswith(suffix)}
    for part in content:
        if part.id in whole:
            continue
        host = whole.get(part.id.removesuffix(suffix))
        if host is None:
            raise ValueError(f"{part.id}: there is no value set to join it to")
        whole[host.id] = replace(host, members=host.members + part.members)
    return tuple(whole.values())


class _Reader:
    """Reads one resource and knows where it is, for what goes wrong."""

    def __init__(self, file: str, path: str) -> None:
        self._file = file
        self._path = path

    def value_set(self, resource: Mapping[str, Any]) -> ValueSet:
        if resource.get("resourceType") != "ValueSet":
            raise ValueSetError(self._file, self._path, "is not a ValueSet")
        compose = resource.get("compose")
        if not isinstance(compose, dict):
            raise ValueSetError(self._file, self._path, "has no compose")
        return ValueSet(
            id=self._need(resource, "id", self._path),
            title=self._need(resource, "title", self._path),
            purpose=self._need(resource, "purpose", self._path),
            version=self._need(resource, "version", self._path),
            members=(
                *self._members(compose, "include"),
                *self._members(compose, "exclude"),
            ),
        )

    def _members(self, compose: Mapping[str, Any], side: str) -> Iterator[Member]:
        for at, group in enumerate(compose.get(side, ())):
            where = f"{self._path}.compose.{side}[{at}]"
            shape = self._shape(group, side, where)
            for concept in group.get("concept", ()):
                code = canonical_code(shape.system, self._need(concept, "code", where))
                yield replace(shape, code=code, display=concept.get("display", ""))
            yield from self._families(group.get("filter", ()), shape, where)

    def _shape(self, group: Mapping[str, Any], side: str, where: str) -> Member:
        """Return what the members of a group have in common."""
        marks = [self._mark(one, where) for one in group.get("extension", ())]
        roles = [text for key, text in marks if key == "role"]
        role = Role.EXCLUDE.value if side == "exclude" else "".join(roles) or "include"
        if role not in set(Role):
            raise ValueSetError(self._file, where, f"has the unknown role {role!r}")
        system = self._need(group, "system", where)
        return Member(
            system=edition_of(system) or canonical_system(system),
            code="",
            role=Role(role),
            display="".join(text for key, text in marks if key == "display"),
            sites=frozenset(text for key, text in marks if key == "site"),
            tags=frozenset(text for key, text in marks if key == "tag"),
        )

    def _mark(self, extension: Mapping[str, Any], where: str) -> tuple[str, str]:
        key = str(extension.get("url", "")).removeprefix(_EXTENSION)
        text = extension.get("valueCode", extension.get("valueString"))
        if key not in {"role", "site", "tag", "display"} or not isinstance(text, str):
            raise ValueSetError(self._file, where, "has an extension of no known kind")
        return key, text

    def _families(
        self, filters: Iterable[Mapping[str, Any]], shape: Member, where: str
    ) -> Iterator[Member]:
        for one in filters:
            kind = (one.get("property"), one.get("op"))
            value = self._need(one, "value", f"{where}.filter")
            if kind not in _FILTERS:
                raise ValueSetError(self._file, where, "has a filter of no known kind")
            for code in _codes(shape.system, value, _FILTERS[kind]):
                yield replace(shape, code=code, match=_FILTERS[kind])

    def _need(self, holder: Mapping[str, Any], key: str, where: str) -> str:
        text = holder.get(key)
        if not isinstance(text, str) or not text:
            raise ValueSetError(self._file, where, f"has no {key}")
        return text


def _codes(system: str, value: str, match: Match) -> Iterator[str]:
    """Return the codes that a filter stands for."""
    if match is Match.PREFIX:
        return iter((canonical_code(system, value),))
    return _categories(system, value)


def _categories(system: str, expression: str) -> Iterator[str]:
    """Return the three-character ICD categories that match an expression."""
    pattern = re.compile(expression)
    numbers = [f"{number:03}" for number in range(1000)]
    if system == ICD9CM:
        yield from filter(pattern.fullmatch, numbers)
        return
    # A range names its chapter, so only that letter is tried.
    letters = expression[0] if expression[0] in _LETTERS else _LETTERS
    stems = (f"{letter}{two[1:]}" for letter in letters for two in numbers[:100])
    yield from filter(pattern.fullmatch, stems)
