"""A service is plain data: what it prefetches and reads follows from its criteria."""

from __future__ import annotations

from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from cds_service.cds_hooks.response import Card, Indicator, Source
from cds_service.facts.quantity import Quantity
from cds_service.reasoning.coded import has
from cds_service.reasoning.combination import any_of
from cds_service.reasoning.comparison import Comparison
from cds_service.reasoning.measured import MeasurementCriterion
from cds_service.reasoning.plain import AgeAtLeast
from cds_service.service import Service
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.measurements import MEASURED
from tests.builders import facts_from

if TYPE_CHECKING:
    from cds_service.facts.model import Facts
    from cds_service.reasoning.finding import Criterion


def crp(days: int) -> Criterion:
    """Ask for a raised CRP in so many days."""
    return MeasurementCriterion(
        id=f"crp-{days}d",
        title="CRP raised",
        codes=codes.CRP,
        comparison=Comparison.ABOVE,
        threshold=Quantity.parse("10 mg/L"),
        within=timedelta(days=days),
    )


def present(decision: int, seed: str) -> tuple[Card, ...]:
    """Put a count into words."""
    card = Card(
        summary=f"{decision} problems",
        indicator=Indicator.INFO,
        source=Source(label="Counting"),
        uuid=seed,
    )
    return (card,)


def counting(*criteria: Criterion) -> Service[int]:
    """Make a service that counts problems."""
    return Service(
        id="count",
        hook="order-select",
        title="Count",
        description="Counts.",
        usage_requirements="None.",
        criteria=criteria,
        vocabulary=codes.VOCABULARY,
        measured=MEASURED,
        orders=lambda _: (),
        assess=lambda facts: tuple(one.assess(facts) for one in criteria),
        decide=conditions,
        present=present,
        suspicion=frozenset({"cauda-equina"}),
        site_sets=frozenset({"symptom-region"}),
    )


def conditions(facts: Facts) -> int:
    """Count what is on the problem list."""
    return facts.conditions


NESTED = any_of(
    "x", "X", has(codes.CAUDA_EQUINA), any_of("y", "Y", crp(30), crp(90), crp(7))
)


def test_it_asks_for_what_its_criteria_need() -> None:
    """And for nothing else."""
    service = counting(NESTED, AgeAtLeast(id="age", title="Age", years=65))

    assert list(service.prefetch) == ["patient", "conditions", "observations"]
    assert "1988-5" in service.prefetch["observations"]


def test_it_reads_what_its_criteria_ask_for() -> None:
    """The lexicon names their value sets."""
    lexicon = counting(NESTED).lexicon

    assert lexicon.wanted == {"cauda-equina", "crp"}
    assert lexicon.suspicion == {"cauda-equina"}
    assert lexicon.site_sets == {"symptom-region"}
    assert lexicon.measured is MEASURED


def test_the_longest_window_of_a_test_is_how_far_back_it_is_read() -> None:
    """However deep the criterion stands; a diagnosis has no such limit."""
    horizon = counting(NESTED).lexicon.horizon

    assert horizon == MappingProxyType({"crp": timedelta(days=90)})


def test_without_criteria_it_asks_for_nothing() -> None:
    """Some services look at the order alone."""
    service = counting()

    assert service.prefetch == {}
    assert service.lexicon.wanted == frozenset()


def test_it_decides_and_then_puts_it_into_words() -> None:
    """The seed is handed on to what is presented."""
    (card,) = counting().respond(facts_from(), "abc")

    assert (card.summary, card.uuid) == ("0 problems", "abc")
