"""Which of our queries a Bundle answers, going by its own `self` link.

Clients may rename prefetch keys, so an unknown key is no reason to overlook an
answer; the link says what was searched (FHIR R4 search, "self link").
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from cds_service.fhir.prefetch import KEYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_LONGEST = 8000
_MOST_PARAMETERS = 50
_NARROWED = frozenset({"code", "category"})
# What says whose it is, or how an answer is sent, and leaves nothing out of it.
_HARMLESS = frozenset({"patient", "subject", "_count", "_sort", "_format", "_pretty"})
_HARMLESS |= {"_total", "_include", "_revinclude"}
_CATEGORIES = MappingProxyType(
    {key: category for (_, category), key in KEYS.items() if category}
)


def answered(link: str, patient_id: str, wanted: Mapping[str, str]) -> tuple[str, ...]:
    """Give the keys of *wanted* that a search with this `self` link answers.

    A search narrowed by code answers a template all of whose codes it asks for, of
    LOINC alone where it has such; one narrowed by category, a template of that
    category; one not narrowed, either. One narrowed in any other way answers none: what
    it left out was not looked for.
    """
    asked, asked_by = _split(link)
    narrowed = asked_by.keys() - _HARMLESS
    if patient_id not in _patients(asked_by) or not narrowed <= _NARROWED:
        return ()
    return tuple(
        key
        for key, template in wanted.items()
        if _covers(key, template, asked, asked_by)
    )


def _split(search: str) -> tuple[str, dict[str, list[str]]]:
    """Take a search apart: its resource type, its parameters."""
    if len(search) > _LONGEST or search.count("&") > _MOST_PARAMETERS:
        return "", {}
    path, _, parameters = search.partition("?")
    steps = path.removesuffix("/_search").rsplit("/", maxsplit=1)
    return steps[-1], parse_qs(parameters)


def _patients(asked_by: Mapping[str, list[str]]) -> Iterable[str]:
    named = asked_by.get("patient") or asked_by.get("subject") or ()
    return (name.rsplit("/", maxsplit=1)[-1] for name in named)


def _covers(
    key: str, template: str, asked: str, asked_by: Mapping[str, list[str]]
) -> bool:
    wanted, wanted_by = _split(template)
    if asked != wanted:
        return False
    if "code" in asked_by:
        needed = _needed(wanted_by)
        return bool(needed) and needed.issubset(_tokens(asked_by["code"]))
    known = _CATEGORIES.get(key)
    categories = [known] if known else wanted_by.get("category", ())
    return "category" not in asked_by or _share(asked_by["category"], categories)


def _needed(wanted_by: Mapping[str, list[str]]) -> set[str]:
    """The codes without which a search is narrower than ours.

    Those of LOINC have a dash; who codes results in LOINC need not ask for SNOMED CT.
    """
    codes = set(_tokens(wanted_by.get("code", ())))
    return {one for one in codes if "-" in one} or codes


def _share(one: Iterable[str], other: Iterable[str]) -> bool:
    return not set(_tokens(one)).isdisjoint(_tokens(other))


def _tokens(values: Iterable[str]) -> Iterator[str]:
    """Give the codes of a token parameter without their systems."""
    for value in values:
        for token in value.split(","):
            yield token.rsplit("|", maxsplit=1)[-1]
