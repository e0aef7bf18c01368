"""A whole chart: who the patient is, what was seen, what was lost on the way."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.facts.model import Person
from cds_service.facts.timing import Moment
from cds_service.fhir.sight import Sight, State
from tests.builders import condition, draft, observation, patient, temperature
from tests.cds_service.facts.extract.charts import read, unreadable

PEOPLE: dict[str, tuple[dict[str, Any], Person]] = {
    "whole": (
        {"birth": "1980-02-03"},
        Person(birth=Moment.parse("1980-02-03"), sex="male"),
    ),
    "without birth date": ({"years": None}, Person(sex="male")),
    "without sex": ({"years": None, "sex": ""}, Person()),
    "deceased": (
        {"years": None, "deceasedBoolean": True},
        Person(sex="male", deceased=True),
    ),
    "not deceased": ({"years": None, "deceasedBoolean": False}, Person(sex="male")),
    "not deceased, in quotes": (
        {"years": None, "deceasedBoolean": "false"},
        Person(sex="male"),
    ),
    "deceased on a day": (
        {"years": None, "deceasedDateTime": "2026-01-02"},
        Person(sex="male", deceased=True),
    ),
    "deceased on a day to come": (
        {"years": None, "deceasedDateTime": "2099-01-02"},
        Person(sex="male"),
    ),
}


@pytest.mark.parametrize(("given", "person"), PEOPLE.values(), ids=PEOPLE)
def test_the_person(given: dict[str, Any], person: Person) -> None:
    """Birth date, sex and whether they live."""
    assert read(patient(**given)).person == person


@pytest.mark.parametrize(
    ("birth", "believed"),
    [
        ("2026-11-24", True),
        ("2061-03-01", False),
        ("2090", False),
        ("1903-12-01", True),
        ("1903", True),
        ("1903-11-01", False),
        ("1900-01-01", False),
    ],
)
def test_a_birth_date_of_nobody_alive_is_unknown(birth: str, *, believed: bool) -> None:
    """A wrong century makes no child, and a stopgap no one of great age."""
    chart = read(patient(birth=birth))

    assert (chart.person.birth is not None) is believed
    assert [one.code for one in chart.repairs] == ["implausible"] * (not believed)


def test_an_invalid_patient_is_nobody_we_know() -> None:
    """Noted, and held against the query."""
    chart = read(patient(birth="once upon a time"))

    assert chart.person == Person()
    assert [(one.key, one.code) for one in chart.issues] == [("patient", "invalid")]
    assert not chart.sees(("patient",))


def test_a_sex_that_is_no_word_makes_the_patient_invalid() -> None:
    """Nothing of such a Patient is relied on."""
    assert read(patient() | {"gender": {"a": 1}}).person == Person()


def test_without_a_patient_nothing_is_known_of_the_person() -> None:
    """The rest of the chart is read all the same."""
    chart = read(condition("M54.50"), missing=["patient"])

    assert chart.person == Person()
    assert "back-pain" in chart.coded
    assert chart.sight["patient"].state is State.NOT_SUPPLIED


def test_every_query_has_a_sight_and_so_has_the_order() -> None:
    """Asked and empty differs from never answered."""
    chart = read(condition("M54.50"), missing=["procedures"])

    assert chart.sight == {
        "patient": Sight(State.PRESENT),
        "conditions": Sight(State.PRESENT),
        "observations": Sight(State.NONE_RECORDED),
        "vitals": Sight(State.NONE_RECORDED),
        "procedures": Sight(State.NOT_SUPPLIED),
        "medications": Sight(State.NONE_RECORDED),
        "allergies": Sight(State.NONE_RECORDED),
        "devices": Sight(State.NONE_RECORDED),
        "imaging": Sight(State.NONE_RECORDED),
        "reports": Sight(State.NONE_RECORDED),
        "order": Sight(State.NONE_RECORDED),
    }


def test_what_is_lost_counts_against_its_own_query() -> None:
    """Twice where two were lost; the others keep their sight."""
    lost = observation("1988-5", "5 mg/L", age="")

    assert (
        unreadable("observations", lost, lost | {"id": "b"}, temperature("38 Cel")) == 2
    )
    assert unreadable("vitals", lost, temperature("38 Cel")) == 0


def test_the_order_is_kept_as_it_came() -> None:
    """An update will echo it."""
    order = draft(extra={"vendor": [1, 2]})

    assert read(order=order).order.resources == (order,)
