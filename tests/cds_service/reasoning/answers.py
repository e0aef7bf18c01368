"""Criteria whose answer is known beforehand, to join and to write out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.facts.model import Basis, Facts, Order
from cds_service.knowledge.requirement import DataRequirement
from cds_service.reasoning.plain import Judgement, Verdict
from cds_service.reasoning.truth import Truth
from tests.builders import AT

if TYPE_CHECKING:
    from cds_service.reasoning.finding import Criterion

NOBODY = Facts(as_of=AT, order=Order(references=(), resources=()))
"""Facts about nobody, for criteria that do not look."""


def says(word: str, id_: str = "one") -> Criterion:
    """Make a criterion that answers yes, no, unknown or unseen.

    A yes or a no rests on a resource named by the id.
    """
    unseen = word == "unseen"
    truth = Truth.UNKNOWN if unseen else Truth[word.upper()]
    basis = () if truth is Truth.UNKNOWN else (Basis(f"Condition/{id_}", id_.title()),)
    return Judgement(
        id=id_,
        title=f"Is it {id_}?",
        condition=f"says {word}",
        needs=frozenset({DataRequirement("Condition", None, id_)}),
        judge=lambda _: Verdict(truth, basis, unseen),
    )


def saying(words: str) -> tuple[Criterion, ...]:
    """Make one criterion for each word of "yes no unseen", named a, b, c."""
    names = "abcdefgh"
    return tuple(
        says(word, name) for word, name in zip(words.split(), names, strict=False)
    )
