"""Draft orders and selections."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cds_service.cds_hooks.drafts import read_drafts, select
from cds_service.cds_hooks.errors import BadRequest
from tests.cds_service.cds_hooks.bodies import bundle, order

DRAFTS = read_drafts(
    {
        "entry": [
            {"resource": order("1")},
            {"resource": order("a_2", "ProcedureRequest")},
            {"fullUrl": "urn:uuid:9f", "resource": {"resourceType": "ServiceRequest"}},
            {
                "fullUrl": "https://ehr.example.org/ServiceRequest/4",
                "resource": {"resourceType": "ServiceRequest"},
            },
            {"resource": {"resourceType": "ServiceRequest"}},
        ]
    }
)


def test_an_order_keeps_path_reference_and_raw_json() -> None:
    """The resource is the very object that was received."""
    resource = order("e" * 190) | {"code": {"coding": [{}]}, "reasonCode": []}

    (draft,) = read_drafts(bundle(resource))

    assert draft.path == "$.context.draftOrders.entry[0].resource"
    assert draft.reference == f"ServiceRequest/{'e' * 190}"
    assert draft.resource is resource


def test_an_order_without_id_is_known_by_full_url_or_type() -> None:
    """An order may have no id of its own yet."""
    assert [draft.reference for draft in DRAFTS[2:]] == [
        "urn:uuid:9f",
        "https://ehr.example.org/ServiceRequest/4",
        "ServiceRequest",
    ]


@pytest.mark.parametrize(
    "entry",
    [
        None,
        "ServiceRequest/1",
        {},
        {"resource": None},
        {"resource": "{}"},
        {"resource": {"id": "1"}},
        {"resource": {"resourceType": 3}},
    ],
    ids=str,
)
def test_an_entry_without_resource_is_passed_over(entry: object) -> None:
    """It costs neither the call nor its neighbours; paths still count it."""
    drafts = read_drafts({"entry": [entry, {"resource": order("1")}]})

    assert [draft.path for draft in drafts] == [
        "$.context.draftOrders.entry[1].resource"
    ]


@pytest.mark.parametrize("empty", [{}, {"entry": None}, {"entry": []}], ids=str)
def test_a_bundle_may_be_empty(empty: dict[str, Any]) -> None:
    """No entries are no orders."""
    assert read_drafts(empty) == ()


def test_draft_orders_of_another_type_are_refused() -> None:
    """A lone order in place of a Bundle is named as what it is."""
    with pytest.raises(BadRequest, match=re.escape("$.context.draftOrders")):
        read_drafts(order())


@pytest.mark.parametrize(
    ("selection", "at"),
    [
        ("ServiceRequest/1", 0),
        ("1", 0),
        ("https://ehr.example.org/fhir/ServiceRequest/1", 0),
        ("ServiceRequest/1/_history/3", 0),
        ("ProcedureRequest/a_2", 1),
        ("urn:uuid:9f", 2),
        ("ServiceRequest/4", 3),
        ("https://ehr.example.org/ServiceRequest/4", 3),
    ],
)
def test_a_selection_names_an_order(selection: str, at: int) -> None:
    """Type and id, bare id, fullUrl and the tail of a URL all do."""
    assert select(DRAFTS, [selection]) == (DRAFTS[at],)


def test_selected_orders_come_once_and_in_the_order_of_the_drafts() -> None:
    """However often and in which order they are named."""
    selections = ["ProcedureRequest/a_2", "1", "ServiceRequest/1"]

    assert select(DRAFTS, selections) == DRAFTS[:2]


def test_nothing_selected_is_nothing_to_advise_on() -> None:
    """An empty list of selections selects nothing, and is no fault."""
    assert select(DRAFTS, []) == ()


@pytest.mark.parametrize(
    "selection",
    ["ServiceRequest/2", "MedicationRequest/1", "Request/1", "", "/", None, 1, {}],
    ids=str,
)
def test_a_selection_that_names_nothing_is_refused(selection: object) -> None:
    """Its place is named: silence would look like approval."""
    with pytest.raises(BadRequest, match=re.escape("$.context.selections[1]")):
        select(DRAFTS, ["1", selection])
