"""Imaging reports and studies: what was imaged, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cds_service.facts.timing import Moment
from tests.builders import ago, report, study
from tests.cds_service.facts.extract.charts import fact, faults, meanings
from tests.tables import each

if TYPE_CHECKING:
    from tests.builders import Resource

CT_LUMBAR, CT_LUMBAR_CPT = "30620-9", "72131"
CT = "ct-spine-order"


@each("""
    status           | read | why
    final            | yes  | read and signed
    preliminary      | yes  | read, not yet signed
    amended          | yes  | corrected since
    registered       | no   | nothing to look at yet
    cancelled        | no   | never made
    entered-in-error | no   | entered in error
    Cancelled        | no   | no code, so nobody knows
    finished         | no   | nor is this
    """)
def test_reports(row: dict[str, str]) -> None:
    """A report says that something was imaged, once there is something to read."""
    found = meanings(report(CT_LUMBAR, "3 days", row["status"]))

    assert (CT in found) == (row["read"] == "yes")


@each("""
    status      | done | why
    final       | yes  | read and signed
    preliminary | yes  | read, not yet signed
    partial     | no   | more is to come
    """)
def test_reports_of_parts(row: dict[str, str]) -> None:
    """Until all is reported, not all was examined."""
    found = fact(CT, report(CT_LUMBAR, "3 days", row["status"]))

    assert found.done == (row["done"] == "yes")


@each("""
    status           | read | why
    available        | yes  | the images are there
    registered       | no   | they are not there yet
    cancelled        | no   | never made
    entered-in-error | no   | entered in error
    Cancelled        | no   | no code, so nobody knows
    """)
def test_studies(row: dict[str, str]) -> None:
    """A study says that something was imaged, once there are images."""
    found = meanings(study(CT_LUMBAR_CPT, "3 days", row["status"]))

    assert (CT in found) == (row["read"] == "yes")


@each("""
    resource | expected | why
    report   | 3 days   | a report is dated by what it is about
    study    | 3 days   | a study by its start
    """)
def test_dates(row: dict[str, str]) -> None:
    """The date is that of the examination."""
    made = {"report": report, "study": study}[row["resource"]](CT_LUMBAR, "3 days")
    found = fact(CT, made)

    assert found.when == Moment.parse(ago(row["expected"]))
    assert found.sites == {"lumbar"}


def test_a_report_without_a_date_of_examination() -> None:
    """The day it was issued stands in."""
    found = fact(CT, report(CT_LUMBAR, issued=ago("2 days")))

    assert found.when == Moment.parse(ago("2 days"))


def _study(**members: Any) -> Resource:
    """Make a study that says what it shows in another way."""
    made = study(CT_LUMBAR, "3 days") | members
    return {name: one for name, one in made.items() if one is not None}


def test_a_study_named_by_words_alone() -> None:
    """Words that are none of our concepts are readable, and say nothing to us."""
    wordy = _study(procedureCode=None, description="CT LUMBAR SPINE")

    assert faults(wordy) == []
    assert meanings(wordy) == set()


@each("""
    procedures | why
    none       | no procedure at all
    text       | a text where a list is due
    empty      | a list of nothing
    """)
def test_a_study_of_nobody_knows_what(row: dict[str, str]) -> None:
    """It is left out, and counted."""
    sent: Any = {"none": None, "text": CT_LUMBAR, "empty": [{}]}[row["procedures"]]

    assert faults(_study(procedureCode=sent)) == ["no-code"]


def test_an_invalid_report() -> None:
    """What is not FHIR is left out."""
    assert faults(report(CT_LUMBAR, "3 days", subject="nobody")) != []
