"""Whether a CodeableConcept says what it means in a way that can be looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cds_service.knowledge import coding as systems

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# What a person could look up, whether or not it is a concept of ours.
KNOWN_SYSTEMS = frozenset(
    {
        systems.SNOMED,
        systems.LOINC,
        systems.ICD10CM,
        systems.ICD10PCS,
        systems.ICD9CM,
        systems.CPT,
        systems.RXNORM,
        systems.ATC,
        systems.RADLEX,
    }
)


def is_coded(
    codings: Iterable[Mapping[str, Any]], known: frozenset[str] = KNOWN_SYSTEMS
) -> bool:
    """Whether a code says what is meant, even if it is none of our concepts."""
    return any(
        isinstance(system, str)
        and isinstance(code, str)
        and code.strip()
        and systems.canonical_system(system) in known
        for system, code in _pairs(codings)
    )


def is_said(
    codings: Iterable[Mapping[str, Any]], words: tuple[str, ...], *, known: bool
) -> bool:
    """Whether a person could tell what is meant.

    A coding that names its system and lacks its code has lost what it said.
    """
    if any(isinstance(system, str) and not code for system, code in _pairs(codings)):
        return False
    return known or bool(words)


def _pairs(codings: Iterable[Mapping[str, Any]]) -> list[tuple[Any, Any]]:
    return [(coding.get("system"), coding.get("code")) for coding in codings]
