"""Which value sets' patterns are worth trying on a text: few, and mostly none."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_GRAM: Final = 3


class StemIndex:
    """The stems of all patterns, to be found in one pass over a text.

    Most texts hold no stem. One expression tells so without a step of Python, and
    only the others are looked at letter by letter.
    """

    __slots__ = ("_gate", "_stems")

    def __init__(self, stems: Iterable[tuple[str, str]]) -> None:
        found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for stem, value_set in stems:
            found[stem[:_GRAM]].append((stem, value_set))
        self._stems = {gram: tuple(those) for gram, those in found.items()}
        words = {stem for those in found.values() for stem, _ in those}
        self._gate = re.compile(_branches(words) if words else "(?!)")

    def concerned(self, text: str) -> frozenset[str]:
        """Return the value sets one of whose stems is part of the text."""
        if not self._gate.search(text):
            return frozenset()
        return frozenset(
            value_set
            for at in range(len(text) - _GRAM + 1)
            for stem, value_set in self._stems.get(text[at : at + _GRAM], ())
            if text.startswith(stem, at)
        )


def _branches(words: set[str]) -> str:
    """Return an expression for any of the words that tries each letter once."""
    if "" in words:
        return ""
    tails: defaultdict[str, set[str]] = defaultdict(set)
    for word in words:
        tails[word[0]].add(word[1:])
    parts = (re.escape(head) + _branches(rest) for head, rest in sorted(tails.items()))
    return "(?:" + "|".join(parts) + ")"
