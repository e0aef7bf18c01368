"""Tests that would tell something and were not done in the last month."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from cds_service.knowledge.coding import LOINC
from cds_service.reasoning.measured import in_window
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.criteria.unreadable_marker import undecided_markers
from hooks.spine_mri.offers.creation import creations, in_session
from hooks.spine_mri.offers.offered import Offered
from hooks.spine_mri.offers.table import Offer, offers_of
from hooks.spine_mri.offers.words import listed, sentence
from hooks.spine_mri.order_codes import OrderCode

if TYPE_CHECKING:
    from cds_service.knowledge.value_set import ValueSet
    from hooks.spine_mri.advice import Advice


REPEATED = "Repeat of a result that settles nothing"
LAST_MONTH = timedelta(days=30)


class LabTest(NamedTuple):
    """A test to order: one order for each of its samples.

    results: the value set in which a result of it would be found, if any.
    """

    offer: Offer
    code: str
    samples: tuple[str, ...]
    results: ValueSet | None


TESTS = (
    LabTest(Offer.ESR, "30341-2", ("ESR",), codes.ESR),
    LabTest(Offer.CRP, "1988-5", ("CRP",), codes.CRP),
    LabTest(
        Offer.BLOOD_CULTURES,
        "600-7",
        ("Blood culture, set 1 of 2", "Blood culture, set 2 of 2"),
        None,
    ),
)


def laboratory(advice: Advice) -> tuple[Offered, ...]:
    """Offer all of them together: one visit to the laboratory."""
    wanted = offers_of(advice)
    again = _undecided(advice)
    due = [
        one
        for one in TESTS
        if (one.offer in wanted and not _is_known(one, advice)) or one in again
    ]
    if not due:
        return ()
    rule = wanted.get(due[0].offer)
    reason, id_ = (sentence(rule.line), rule.id) if rule else (REPEATED, "")
    named = tuple(OrderCode(one.code, name) for one in due for name in one.samples)
    actions = creations(advice, LOINC, named, reason)
    label = f"Order {listed([one.offer.value for one in due])}"
    return (Offered(label=label, actions=actions, rule=id_),) if actions else ()


def _undecided(advice: Advice) -> tuple[LabTest, ...]:
    """The tests whose result settles nothing, where that keeps us from advising."""
    if not advice.kept_from_against:
        return ()
    sets = {one.value_set for one in undecided_markers(advice.facts)}
    return tuple(
        one
        for one in TESTS
        if one.results is not None
        and one.results.id in sets
        and not in_session(advice.facts.order, one.results)
    )


def _is_known(test: LabTest, advice: Advice) -> bool:
    """Whether there is a result, or the test is being ordered already."""
    facts = advice.facts
    if in_session(facts.order, codes.LAB_SUGGESTION, test.code):
        return True
    if test.results is None:
        return False
    ordered = in_session(facts.order, test.results)
    return ordered or bool(in_window(facts, test.results, LAST_MONTH))
