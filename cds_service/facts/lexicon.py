"""How to read a chart: which concepts matter, and in which unit results are kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cds_service.knowledge.practice import AS_PUBLISHED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import timedelta
    from decimal import Decimal

    from cds_service.facts.unit import Scale
    from cds_service.knowledge.practice import Practice
    from cds_service.knowledge.vocabulary import Vocabulary


def no_unit(_: Decimal) -> str | None:
    """A number without a unit means nothing."""
    return None


def never(_: str) -> bool:
    """Nothing is known to be of no concern."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmlessWords:
    """Which words warn of nothing, where no code stands beside them.

    complaints: ids of the value sets that are mere complaints, or care for them.
    unsettling: ids of those that are judged in some patients only, so that to name one
    leaves the text to be read.
    is_name: whether a text names a problem of no concern. is_ordinary: whether all
    words of a text beside such a name, or a complaint, only say how it is.
    """

    complaints: frozenset[str] = frozenset()
    unsettling: frozenset[str] = frozenset()
    is_name: Callable[[str], bool] = never
    is_ordinary: Callable[[str], bool] = never


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredIn:
    """How results of one test are kept.

    label: what a card calls it. unit: UCUM. lowest, highest: what can be true, in
    that unit; anything outside is not believed. also: scales of this substance alone.
    bare: the unit that a number without one must have, where the number itself shows
    it. decimals: rounding. worded: whether "positive" is a result too. names: what it
    is called, in small letters, with a blank where a word has to begin or end; where
    only these tell what a result is of, it counts as one that nobody could read.
    """

    label: str
    unit: str
    lowest: Decimal
    highest: Decimal
    also: Mapping[str, Scale] = field(default_factory=dict)
    bare: Callable[[Decimal], str | None] = no_unit
    decimals: int | None = None
    worded: bool = False
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """What the content of one service reads.

    wanted: ids of the value sets that a criterion asks for, with the longest window
    any of them looks back, or none where age does not matter. suspicion: ids of
    those for which an unconfirmed diagnosis counts. site_sets: ids of the value sets
    that only say where. uncoded: ids of those whose words count only where no code
    says what is meant. settles: by the id of a value set, those whose words say
    nothing more beside a code of it. harmless: words that
    warn of nothing. measured: by value set id.
    practice: of the site that asks. read: what was made of a concept before, by digest:
    no code or text of a chart is kept.
    """

    vocabulary: Vocabulary
    wanted: frozenset[str]
    suspicion: frozenset[str] = frozenset()
    site_sets: frozenset[str] = frozenset()
    uncoded: frozenset[str] = frozenset()
    settles: Mapping[str, frozenset[str]] = field(default_factory=dict)
    harmless: HarmlessWords = field(default_factory=HarmlessWords)
    measured: Mapping[str, MeasuredIn] = field(default_factory=dict)
    presence: Mapping[str, bool] = field(default_factory=dict)
    horizon: Mapping[str, timedelta] = field(default_factory=dict)
    practice: Practice = AS_PUBLISHED
    read: dict[bytes, Any] = field(
        init=False, default_factory=dict, repr=False, compare=False
    )
