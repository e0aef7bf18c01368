"""The contract between the engine and a folder under hooks/."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, TypeVar

from cds_service.facts.lexicon import HarmlessWords, Lexicon
from cds_service.fhir.prefetch import templates
from cds_service.knowledge.coding import LOINC, SNOMED
from cds_service.knowledge.practice import AS_PUBLISHED
from cds_service.knowledge.requirement import DataRequirement
from cds_service.reasoning.limit import span
from cds_service.reasoning.outline import tree
from cds_service.reasoning.prior import Prior

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import timedelta
    from pathlib import Path

    from cds_service.cds_hooks.drafts import DraftOrder
    from cds_service.cds_hooks.pama import Rating
    from cds_service.cds_hooks.response import Card
    from cds_service.facts.lexicon import MeasuredIn
    from cds_service.facts.model import Facts, Order
    from cds_service.knowledge.practice import Practice
    from cds_service.knowledge.vocabulary import Vocabulary
    from cds_service.presentation.source_attributes import SourceAttributes
    from cds_service.reasoning.finding import Criterion, Finding

Decision = TypeVar("Decision")
# What results are coded in: some health systems have none in LOINC.


def unrated(_: object) -> None:
    """Rate nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(Generic[Decision]):
    """One decision support service, as plain data and pure functions.

    Attributes:
        criteria: everything that is asked; prefetch and lexicon derive from it.
        orders: which of the selected drafts this is about, each as one Order.
        assess: the findings behind a decision, for whoever wants to see them all.
        decide: from facts to what is advised.
        present: put it into words; the text is the seed of the cards' uuids.
        rate: how the order stands by appropriate use criteria; None where that is
            not determined.
        presence: ids of the value sets of "positive" and "negative", and what they say.
        practice: where this site judges otherwise; its changes are for readers.
        attributes: what the content says of itself; without it nothing is served
            under source-attributes.
        pages: what people read about the content, by the file it belongs in.
    """

    id: str
    hook: str
    title: str
    description: str
    usage_requirements: str
    criteria: tuple[Criterion, ...]
    vocabulary: Vocabulary
    measured: Mapping[str, MeasuredIn]
    orders: Callable[[tuple[DraftOrder, ...]], tuple[Order, ...]]
    assess: Callable[[Facts], tuple[Finding, ...]]
    decide: Callable[[Facts], Decision]
    present: Callable[[Decision, str], tuple[Card, ...]]
    rate: Callable[[Decision], Rating | None] = unrated
    suspicion: frozenset[str] = frozenset()
    site_sets: frozenset[str] = frozenset()
    uncoded: frozenset[str] = frozenset()
    settles: Mapping[str, frozenset[str]] = field(default_factory=dict)
    harmless: HarmlessWords = field(default_factory=HarmlessWords)
    presence: Mapping[str, bool] = field(default_factory=dict)
    practice: Practice = AS_PUBLISHED
    attributes: SourceAttributes | None = None
    pages: Callable[[], Mapping[Path, str]] = dict
    prefetch: Mapping[str, str] = field(init=False)
    lexicon: Lexicon = field(init=False)
    prior: Prior = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        needs = frozenset[DataRequirement]().union(
            *(one.needs for one in self.criteria)
        )
        wanted = frozenset(need.value_set for need in needs if need.value_set)
        by_id = self.vocabulary.by_id
        codes = {one: by_id[one].codes_in(LOINC, SNOMED) for one in sorted(wanted)}
        lexicon = Lexicon(
            vocabulary=self.vocabulary,
            wanted=wanted,
            suspicion=self.suspicion,
            site_sets=self.site_sets,
            uncoded=self.uncoded,
            settles=self.settles,
            harmless=self.harmless,
            measured=self.measured,
            presence=self.presence,
            practice=self.practice,
            horizon=MappingProxyType(_horizon(self.criteria, self.practice)),
        )
        object.__setattr__(self, "prefetch", templates(needs, codes))
        object.__setattr__(self, "lexicon", lexicon)
        object.__setattr__(self, "prior", Prior(self.criteria, self.practice))

    def respond(self, facts: Facts, seed: str) -> tuple[Card, ...]:
        """Decide, then put the decision into words."""
        return self.present(self.decide(facts), seed)


def _horizon(
    criteria: tuple[Criterion, ...], practice: Practice
) -> dict[str, timedelta]:
    """How far back any criterion looks, by the value set of its results."""
    longest: dict[str, timedelta] = {}
    for criterion in tree(criteria):
        within = getattr(criterion, "within", None)
        codes = getattr(criterion, "codes", None)
        if within is not None and codes is not None:
            length = span(within, practice)
            longest[codes.id] = max(length, longest.get(codes.id, length))
    return longest
