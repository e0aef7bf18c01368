"""The states of one prefetch value."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

import pytest

from cds_service.fhir.bundle import read_value
from cds_service.fhir.sight import State

DUE = frozenset({"Condition"})
GOUT = {"resourceType": "Condition", "id": "gout"}
CRP = {"resourceType": "Observation", "id": "crp"}
NEXT = {"relation": "next", "url": "https://ehr.example.org/fhir?page=2"}


def bundle(*resources: Any, **members: Any) -> dict[str, Any]:
    """Make a searchset of these resources."""
    entry = [{"resource": resource} for resource in resources]
    return {"resourceType": "Bundle", "type": "searchset", "entry": entry, **members}


def outcome(*severities: Any) -> dict[str, Any]:
    """Make an OperationOutcome with one issue for each severity."""
    issues = [{"severity": severity, "code": "processing"} for severity in severities]
    return {"resourceType": "OperationOutcome", "issue": issues}


def remark(code: Any) -> dict[str, Any]:
    """Make an OperationOutcome that warns of something."""
    issue = {"severity": "warning", "code": code}
    return {"resourceType": "OperationOutcome", "issue": [issue]}


def included(resource: dict[str, Any]) -> dict[str, Any]:
    """Make an entry that came along with a match."""
    return {"resource": resource, "search": {"mode": "include"}}


EPIC_EMPTY = {
    "resourceType": "Bundle",
    "total": 0,
    "entry": [{"search": {"mode": "outcome"}, "resource": outcome("warning")}],
}


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (None, State.NONE_RECORDED),
        ({"resourceType": "Bundle"}, State.NONE_RECORDED),
        ({"resourceType": "Bundle", "total": 0}, State.NONE_RECORDED),
        (bundle(total=0), State.NONE_RECORDED),
        (bundle(entry=None), State.NONE_RECORDED),
        (EPIC_EMPTY, State.NONE_RECORDED),
        (bundle(outcome("information")), State.NONE_RECORDED),
        (bundle(entry=[included(CRP)]), State.NONE_RECORDED),
        (GOUT, State.PRESENT),
        (bundle(GOUT), State.PRESENT),
        (bundle(GOUT, total=1), State.PRESENT),
        (bundle(GOUT, total=0), State.PRESENT),
        (bundle(GOUT, total="nine"), State.PRESENT),
        (bundle(GOUT, total="9"), State.TRUNCATED),
        (bundle(GOUT, total=True), State.PRESENT),
        (bundle(GOUT, outcome("warning")), State.PRESENT),
        (bundle(GOUT, remark("not-supported")), State.PRESENT),
        (bundle(GOUT, remark(None)), State.PRESENT),
        (bundle(GOUT, remark("suppressed")), State.TRUNCATED),
        (bundle(remark("incomplete")), State.TRUNCATED),
        (bundle(GOUT, remark("timeout"), outcome("error")), State.FAILED),
        (bundle(GOUT, CRP), State.PRESENT),
        (bundle(GOUT, link=[{"relation": "self"}, None, 5]), State.PRESENT),
        (bundle(GOUT, link={"relation": "next"}), State.TRUNCATED),
        (bundle(GOUT, link="next"), State.PRESENT),
        (bundle(GOUT, link=[NEXT]), State.TRUNCATED),
        (bundle(GOUT, link=[{"relation": "next"}]), State.TRUNCATED),
        (bundle(GOUT, total=2), State.TRUNCATED),
        (bundle(total=2), State.TRUNCATED),
        (bundle(total=1, entry=[included(CRP)]), State.TRUNCATED),
        (outcome("error"), State.FAILED),
        (outcome("information"), State.FAILED),
        (bundle(outcome("error")), State.FAILED),
        (bundle(outcome("fatal"), total=0), State.FAILED),
        (bundle(GOUT, outcome("warning", "error")), State.FAILED),
        (bundle(outcome()), State.FAILED),
        (bundle(outcome(None)), State.FAILED),
        (bundle({"resourceType": "OperationOutcome"}), State.FAILED),
        (bundle({"resourceType": "OperationOutcome", "issue": [1]}), State.FAILED),
        (CRP, State.REJECTED),
        (bundle(CRP), State.REJECTED),
        (bundle(CRP, link=[NEXT]), State.REJECTED),
        (bundle(entry={}), State.REJECTED),
        (bundle(entry="none"), State.REJECTED),
        (5, State.REJECTED),
        (True, State.REJECTED),
        ("Condition", State.REJECTED),
        ([GOUT], State.REJECTED),
        ([], State.REJECTED),
        ({}, State.REJECTED),
        ({"resourceType": 5}, State.REJECTED),
        ({"resourceType": ""}, State.REJECTED),
        ({"resourceType": "Condition "}, State.REJECTED),
        ({"resourceType": "condition"}, State.REJECTED),
        ({"resourceType": "CONDITION"}, State.REJECTED),
    ],
)
def test_a_value_tells_what_became_of_the_query(value: object, state: State) -> None:
    """CDS Hooks 2.0 and FHIR searchset rules, one row each."""
    assert read_value("conditions", value, DUE).state is state


def test_a_resource_knows_where_it_stood() -> None:
    """Each resource keeps its key, its JSON path and its reference."""
    read = read_value("conditions", bundle(GOUT, CRP), DUE)
    assert [tuple(entry)[:3] for entry in read.entries] == [
        ("conditions", "$.prefetch.conditions.entry[0].resource", "Condition/gout"),
        ("conditions", "$.prefetch.conditions.entry[1].resource", "Observation/crp"),
    ]
    assert read.entries[0].resource is GOUT
    (single,) = read_value("conditions", GOUT, DUE).entries
    assert tuple(single)[:3] == (
        *("conditions", "$.prefetch.conditions", "Condition/gout"),
    )


@pytest.mark.parametrize(
    ("entry", "reference"),
    [
        (
            {"resource": {"resourceType": "Condition"}, "fullUrl": "urn:uuid:1"},
            "urn:uuid:1",
        ),
        ({"resource": {"resourceType": "Condition", "id": 5}}, ""),
        ({"resource": {"resourceType": "Condition"}, "fullUrl": 5}, ""),
    ],
)
def test_without_id_the_full_url_names_a_resource(
    entry: dict[str, Any], reference: str
) -> None:
    """A resource without id goes by its fullUrl, or has no name."""
    (read,) = read_value("conditions", bundle(entry=[entry]), DUE).entries
    assert read.reference == reference


def test_a_single_resource_without_id_has_no_reference() -> None:
    """There is no fullUrl outside a Bundle."""
    (read,) = read_value("conditions", {"resourceType": "Condition"}, DUE).entries
    assert read.reference == ""


@pytest.mark.parametrize(
    "entry",
    [
        None,
        5,
        [],
        {},
        {"resource": None},
        {"resource": {"id": "x"}},
        {"resource": bundle()},
    ],
)
def test_an_entry_without_resource_is_counted(entry: object) -> None:
    """What cannot be recognised, a nested Bundle included, is unreadable and said."""
    read = read_value("conditions", bundle(entry=[{"resource": GOUT}, entry]), DUE)
    assert (read.state, read.unreadable) == (State.PRESENT, 1)
    (issue,) = read.issues
    assert (issue.code, issue.path) == (
        "no-resource",
        "$.prefetch.conditions.entry[1]",
    )


def test_only_unreadable_entries_are_no_empty_record() -> None:
    """Entries nobody can read are not the same as none recorded."""
    read = read_value("conditions", bundle(None), DUE)
    assert (read.state, read.unreadable) == (State.PRESENT, 1)


def test_a_resource_of_another_type_is_kept_and_said() -> None:
    """A CRP found in the wrong place stays found; the query counts as unanswered."""
    read = read_value("conditions", bundle(CRP), DUE)
    assert [entry.resource for entry in read.entries] == [CRP]
    assert [issue.code for issue in read.issues] == ["wrong-type"]


def test_under_an_unknown_key_every_type_is_due() -> None:
    """Nothing is of the wrong type where nothing was asked."""
    assert read_value("*", bundle(CRP), frozenset()).state is State.PRESENT
    assert read_value("*", CRP, frozenset()).state is State.PRESENT


def test_a_bundle_tells_its_search_and_its_patients_urls() -> None:
    """The self link and the fullUrl of a Patient are kept for whoever needs them."""
    patient = {"resource": {"resourceType": "Patient"}, "fullUrl": "urn:uuid:p"}
    link = [NEXT, {"relation": "self", "url": "Condition?patient=123"}]
    read = read_value("conditions", bundle(entry=[patient], link=link), DUE)
    assert read.self_link == "Condition?patient=123"
    assert read.patient_urls == {"urn:uuid:p"}


def test_what_is_left_out_is_said_in_words() -> None:
    """By key, code, place and a sentence."""
    bare, other = read_value("mine", bundle(None), DUE), read_value("k", CRP, DUE)

    assert [astuple(issue) for issue in bare.issues] == [
        (
            "mine",
            "no-resource",
            "$.prefetch.mine.entry[0]",
            "The entry holds no resource that can be recognised.",
        )
    ]
    assert [(issue.key, issue.what) for issue in other.issues] == [
        ("k", "The resources are of another type than the query asks for.")
    ]
