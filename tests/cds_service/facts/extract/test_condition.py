"""Conditions: what, since when, still or no longer, certain or suspected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cds_service.facts.timing import Moment
from tests.builders import ago, condition, patient
from tests.cds_service.facts.extract.charts import (
    coded,
    fact,
    faults,
    meanings,
    read,
    unreadable,
)
from tests.tables import each

if TYPE_CHECKING:
    from tests.builders import Resource

BACK_PAIN, CAUDA_EQUINA = "M54.50", "G83.4"


@each("""
    status     | active | says         | why
    active     | yes    |              | active
    recurrence | yes    |              | back again
    relapse    | yes    |              | relapsed
               | yes    |              | no status is active
    inactive   | no     | inactive     | inactive
    remission  | no     | in remission | in remission
    resolved   | no     | resolved     | resolved
    """)
@pytest.mark.parametrize("plain", [False, True], ids=["R4", "STU3"])
def test_clinical_status(row: dict[str, str], *, plain: bool) -> None:
    """As a concept, and as the plain code it was before R4."""
    problem = condition(BACK_PAIN, status=row["status"])
    if plain and row["status"]:
        problem["clinicalStatus"] = row["status"]

    found = fact("back-pain", problem)

    assert found.active == (row["active"] == "yes")
    assert found.basis.state == row["says"]


@each("""
    verification     | read | suspected | why
    confirmed        | yes  | no        | certain
                     | yes  | no        | nothing said
    provisional      | yes  | yes       | provisional
    unconfirmed      | yes  | yes       | unconfirmed
    differential     | yes  | yes       | one of several
    refuted          | no   |           | refuted
    entered-in-error | no   |           | entered in error
    """)
@pytest.mark.parametrize("plain", [False, True], ids=["R4", "STU3"])
def test_verification(row: dict[str, str], *, plain: bool) -> None:
    """What is not so is not read, and is no gap either."""
    problem = condition(CAUDA_EQUINA, verification=row["verification"])
    if plain and row["verification"]:
        problem["verificationStatus"] = row["verification"]
    found = read(problem).coded.get("cauda-equina", ())

    suspected = row["suspected"] == "yes"
    assert [(one.suspected, one.basis.state) for one in found] == [
        (suspected, "suspected" * suspected)
    ] * (row["read"] == "yes")
    assert faults(problem) == []


def test_a_suspicion_counts_for_what_a_scan_looks_for_alone() -> None:
    """That somebody might have diabetes is hearsay."""
    assert meanings(condition("44054006", verification="provisional")) == set()
    assert meanings(condition(CAUDA_EQUINA, verification="provisional")) == {
        "cauda-equina"
    }


ONSETS: dict[str, dict[str, Any]] = {
    "dateTime": {"onsetDateTime": "2026-10-01T08:00:00Z"},
    "period": {"onsetPeriod": {"start": "2026-10-01T08:00:00Z", "end": "2026-11"}},
    "period without start": {"onsetPeriod": {"end": "2026-10-01T08:00:00Z"}},
    "recorded": {"recordedDate": "2026-10-01T08:00:00Z"},
}


@pytest.mark.parametrize("members", ONSETS.values(), ids=ONSETS)
def test_since_when(members: dict[str, Any]) -> None:
    """The onset in any of its forms, else the day it was recorded."""
    when = fact("back-pain", condition(BACK_PAIN, **members)).when

    assert when == Moment.parse("2026-10-01T08:00:00Z")


def test_the_onset_outweighs_the_recorded_date() -> None:
    """Which is kept beside it."""
    found = fact("back-pain", condition(BACK_PAIN, onset="2026-01", recorded="2026-11"))

    assert found.when == Moment.parse("2026-01")
    assert found.recorded == Moment.parse("2026-11")


@pytest.mark.parametrize("period", [{}, {"start": "soon"}, []])
def test_without_a_date(period: Any) -> None:
    """A period that says nothing leaves it undated, or is invalid."""
    found = read(condition(BACK_PAIN, onsetPeriod=period)).coded.get("back-pain", ())

    assert [one.when for one in found] in ([], [None])


@each("""
    value | unit | birth      | first      | last       | why
    40    | a    | 1980-01-01 | 2020-01-01 | 2021-01-01 | forty years, to the year
    6     | mo   | 2020-01-01 | 2020-07-01 | 2020-08-02 | six months, to the month
    40    | yr   | 1980-01-01 | 2020-01-01 | 2021-01-01 | unit in words
    """)
def test_an_age_at_onset(row: dict[str, str]) -> None:
    """It is counted from the birth date, and is as vague as its unit."""
    age = {"value": int(row["value"]), "unit": row["unit"]}
    problem = condition(BACK_PAIN, onsetAge=age)
    when = fact("back-pain", problem, patient(birth=row["birth"])).when

    assert when
    assert str(when.first.date()) == row["first"]
    assert str(when.last.date()) == row["last"]


@pytest.mark.parametrize(
    ("age", "birth"),
    [
        pytest.param({"unit": "a"}, "1980-01-01", id="no value"),
        pytest.param({"value": 40}, "1980-01-01", id="no unit"),
        pytest.param({"value": 40, "unit": "kg"}, "1980-01-01", id="no time"),
        pytest.param({"value": -1, "unit": "a"}, "1980-01-01", id="before birth"),
        pytest.param({"value": 400, "unit": "a"}, "1980-01-01", id="older than anyone"),
        pytest.param(
            {"value": 100, "unit": "a"}, "9980-01-01", id="past all calendars"
        ),
        pytest.param({"value": 40, "unit": "a"}, "", id="no birth date"),
    ],
)
def test_an_age_that_says_nothing(age: Resource, birth: str) -> None:
    """The problem is then undated."""
    problem = condition(BACK_PAIN, onsetAge=age)

    assert fact("back-pain", problem, patient(None, birth=birth)).when is None


ENDED: dict[str, tuple[dict[str, Any], bool]] = {
    "yesterday": ({"abatementDateTime": ago("1 day")}, True),
    "to come": ({"abatementDateTime": ago("-1 day")}, False),
    "this year": ({"abatementDateTime": "2026"}, True),
    "period over": ({"abatementPeriod": {"end": ago("1 day")}}, True),
    "period open": ({"abatementPeriod": {"start": ago("1 day")}}, False),
    "in words": ({"abatementString": "last spring"}, True),
    "in no words": ({"abatementString": " "}, False),
    "in words that say it goes on": ({"abatementString": "Ongoing."}, False),
    "in words that say there is none": ({"abatementString": "not resolved"}, False),
    "in words that hold one": ({"abatementString": "no longer active"}, True),
    "in no text": ({"abatementString": 7}, False),
    "at an age to come": ({"abatementAge": {"value": 60, "unit": "a"}}, False),
    "at an age of no unit": ({"abatementAge": {"value": 60}}, True),
    "at an age": ({"abatementAge": {"value": 40, "unit": "a"}}, True),
    "within a range": ({"abatementRange": {"low": {"value": 40, "unit": "a"}}}, True),
    "not at all": ({}, False),
}


@pytest.mark.parametrize(("members", "over"), ENDED.values(), ids=ENDED)
def test_an_end_outweighs_the_status(members: dict[str, Any], *, over: bool) -> None:
    """In all the forms that FHIR has for it."""
    found = fact("back-pain", condition(BACK_PAIN, "2020", **members))

    assert found.active != over
    assert found.basis.state == "over" * over


LEFT_OUT = {
    "invalid": condition(BACK_PAIN, "1 day", recordedDate={}),
    "future": condition(BACK_PAIN, "-2 days"),
    "no-code": condition("x", code={"coding": [{}]}),
}


@pytest.mark.parametrize(("code", "problem"), LEFT_OUT.items(), ids=LEFT_OUT)
def test_what_cannot_be_used_is_noted(code: str, problem: Resource) -> None:
    """It counts against the query it came by, and names a path but no value."""
    chart = read(problem)

    assert "back-pain" not in chart.coded
    assert chart.sight["conditions"].unreadable == 1
    (issue,) = chart.issues
    assert (issue.key, issue.code) == ("conditions", code)
    assert issue.path == "$.prefetch.conditions.entry[0].resource"


def test_an_invalid_problem_of_no_concern_is_no_gap() -> None:
    """What no criterion asks for is not validated."""
    assert unreadable("conditions", condition("J45.909", category="problem")) == 0


def test_where_on_the_body() -> None:
    """From `bodySite` as well as from the code; what else stands there is ignored."""
    sites = [
        coded("122496007"),
        {"text": "left"},
        coded({"code": "x"}, {"display": "y"}),
    ]
    found = fact("back-pain", condition("M54.9", bodySite=sites))

    assert found.sites == {"lumbar"}


def test_another_patients_problem_is_not_read() -> None:
    """Whoever sent it."""
    other = condition(CAUDA_EQUINA, subject={"reference": "Patient/other"})

    assert meanings(other) == set()


def test_every_problem_on_record_is_counted() -> None:
    """Whether or not a criterion reads it."""
    assert read(condition("J45.909"), condition(BACK_PAIN)).conditions == 2


def test_a_status_with_several_codings_is_the_first() -> None:
    """Clients add their own after the one of FHIR."""
    status = {"coding": [{"code": "resolved"}, {"code": "local"}]}

    assert not fact("back-pain", condition(BACK_PAIN, clinicalStatus=status)).active
