"""A clinical concept as the codes and the words that stand for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re


class Role(StrEnum):
    """What finding a member in a chart amounts to."""

    INCLUDE = "include"
    """It is the concept."""
    EXCLUDE = "exclude"
    """It looks alike and must not count."""
    HISTORY = "history"
    """It says the concept was true once."""
    SUPPORTING = "supporting"
    """It adds weight and is never enough alone."""
    PROXY = "proxy"
    """It is indirect evidence of the concept."""
    UNCERTAIN = "uncertain"
    """It may or may not be the concept: ask."""
    QUALITATIVE = "qualitative"
    """Its result is a word, never a number."""
    LOW_TRUST = "low-trust"
    """Its result is known to be unreliable."""
    CANCELS = "cancels"
    """It says the concept does not hold."""


class Match(StrEnum):
    """How much of a code a member stands for."""

    EXACT = "exact"
    PREFIX = "prefix"
    """Every code that starts with it."""
    RANGE = "range"
    """One three-character category out of a span of them, with all it holds."""


@dataclass(frozen=True, slots=True)
class Member:
    """One code, or one family of codes, of a value set.

    Attributes:
        system: Canonical address of the code system.
        code: Canonical code, prefix or category.
        match: How much the code stands for.
        role: What finding it amounts to.
        display: Meaning in this project's words; empty where the code suffices.
        sites: Parts of the body the code names; empty where it names none.
        tags: Further marks as `key=value`.
    """

    system: str
    code: str
    match: Match = Match.EXACT
    role: Role = Role.INCLUDE
    display: str = ""
    sites: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()

    def tag(self, key: str) -> str | None:
        """Return the value of the mark `key`, or None where it is not set."""
        lead = key + "="
        return next((t[len(lead) :] for t in self.tags if t.startswith(lead)), None)


@dataclass(frozen=True, slots=True)
class ValueSet:
    """The codes and the words that stand for one clinical concept.

    Attributes:
        id: Kebab-case key.
        title: Name of the concept.
        purpose: Why it is looked for, and what is left out.
        version: Version of the content.
        members: The codes, in the order of the file.
        pattern: Words that name the concept, matched in lower-case text.
        veto: Words that keep `pattern` from counting within the same sentence.
        stems: Strings of three or more lower-case letters, one of which is part
            of whatever `pattern` finds: they spare most texts the pattern.
    """

    id: str
    title: str
    purpose: str = ""
    version: str = "1.0.0"
    members: tuple[Member, ...] = ()
    pattern: re.Pattern[str] | None = None
    veto: re.Pattern[str] | None = None
    stems: tuple[str, ...] = ()

    def codes_in(self, *systems: str) -> tuple[str, ...]:
        """Return the exact codes of these systems that a query may ask for."""
        return tuple(
            member.code
            for member in self.members
            if member.system in systems
            and member.match is Match.EXACT
            and member.role is not Role.EXCLUDE
        )
