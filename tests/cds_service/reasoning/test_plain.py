"""Criteria about the person and the order, and the odd one out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cds_service.facts.model import Basis
from cds_service.knowledge.requirement import DataRequirement
from cds_service.reasoning.plain import (
    AgeAtLeast,
    Judgement,
    OrderCovers,
    Verdict,
    found_or_seen,
)
from cds_service.reasoning.truth import Truth
from tests.builders import draft, facts_from, patient
from tests.cds_service.reasoning.answers import NOBODY
from tests.tables import judges

if TYPE_CHECKING:
    from cds_service.facts.model import Facts

OLD_ENOUGH = AgeAtLeast(id="age", title="65 or older", years=65)


def born(row: dict[str, str]) -> Facts:
    """Make a chart of nothing but the patient."""
    return facts_from([patient(None, birth=row["birth"])])


test_age = judges(
    OLD_ENOUGH,
    """
    birth      | expected | unseen | why
    1961-11-24 | yes      |        | 65 today
    1961-11-25 | no       |        | 65 tomorrow
    1930       | yes      |        | year alone is enough
    1961       | unknown  | unseen | 64 or 65: only the year is known
    1961-10    | yes      |        | 65 at the latest last month
    1961-11    | unknown  | unseen | 64 or 65: only the month is known
    1962       | no       |        | 64 at most
               | unknown  | unseen | birth date not known
    24.11.1930 | unknown  | unseen | birth date that is no FHIR date
    """,
    born,
)


def test_age_needs_the_patient() -> None:
    """Without whom nobody's age is known."""
    assert OLD_ENOUGH.needs == {DataRequirement("Patient")}
    assert OLD_ENOUGH.condition == "age at least 65 years"
    finding = OLD_ENOUGH.assess(facts_from(missing=["patient"]))
    assert (finding.truth, finding.unseen) == (Truth.UNKNOWN, True)


LUMBAR, CERVICAL, NO_REGION = "72148", "72141", "MRI spine"


@pytest.mark.parametrize(
    ("order", "unstated", "truth"),
    [
        pytest.param(LUMBAR, True, Truth.YES, id="one of the sites"),
        pytest.param(CERVICAL, True, Truth.NO, id="another site"),
        pytest.param(NO_REGION, True, Truth.YES, id="no site, which may be this"),
        pytest.param(NO_REGION, False, Truth.NO, id="no site, which is not this"),
    ],
)
def test_order_covers(order: str, *, unstated: bool, truth: Truth) -> None:
    """The draft names what is to be scanned, or leaves it open."""
    criterion = OrderCovers(
        id="low", title="Low", sites=frozenset({"lumbar", "sacral"}), unstated=unstated
    )

    assert criterion.assess(facts_from(order=draft(order))).truth is truth
    assert criterion.needs == frozenset()


def test_an_order_criterion_says_what_it_asks() -> None:
    """With the sites in one order, always."""
    sites = frozenset({"lumbar", "sacral"})
    one = OrderCovers(id="a", title="A", sites=sites, unstated=False)
    other = OrderCovers(id="b", title="B", sites=sites, unstated=True)

    assert one.condition == "the order covers lumbar or sacral"
    assert other.condition == "the order covers lumbar or sacral, or no region"


def test_a_judgement_hands_on_its_verdict() -> None:
    """Truth, basis, and whether it was seen."""
    basis = (Basis("Condition/1", "Something"),)
    criterion = Judgement(
        id="odd",
        title="Odd",
        condition="by hand",
        needs=frozenset(),
        judge=lambda _: Verdict(Truth.UNKNOWN, basis, unseen=True),
    )

    finding = criterion.assess(NOBODY)

    assert (finding.truth, finding.unseen) == (Truth.UNKNOWN, True)
    assert finding.basis == basis
    assert finding.criterion is criterion


def test_what_was_found_is_the_evidence() -> None:
    """What was not is an answer only where all was seen."""
    basis = Basis("Condition/1", "Gout")
    whole, blind = facts_from(), facts_from(missing=["conditions"])

    assert found_or_seen(iter([basis]), blind, ("conditions",)) == Verdict(
        Truth.YES, (basis,)
    )
    assert found_or_seen((), whole, ("conditions",)) == Verdict(Truth.NO)
    assert found_or_seen((), blind, ("conditions",)) == Verdict(
        Truth.UNKNOWN, unseen=True
    )
