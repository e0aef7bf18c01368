"""The context of the order hooks."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.cds_hooks.context import (
    OrderSelectContext,
    OrderSignContext,
    read_order_select,
    read_order_sign,
)
from cds_service.cds_hooks.errors import BadRequest
from tests.cds_service.cds_hooks.bodies import bundle, order, select_call


def context(**members: Any) -> dict[str, Any]:
    """Make the context of a call."""
    made: dict[str, Any] = select_call(**members)["context"]
    return made


def test_order_select_is_about_the_selected_orders() -> None:
    """The other drafts are there to be read as context."""
    read = read_order_select(context(draftOrders=bundle(order("9"), order())))

    assert isinstance(read, OrderSelectContext)
    assert [draft.reference for draft in read.selected] == ["ServiceRequest/103"]
    assert len(read.drafts) == 2


def test_order_sign_is_about_all_orders() -> None:
    """It has no selections: everything that is signed counts."""
    signed = context(draftOrders=bundle(order("9"), order()))
    del signed["selections"]

    read = read_order_sign(signed)

    assert isinstance(read, OrderSignContext)
    assert read.selected == read.drafts
    assert len(read.drafts) == 2


def test_who_where_and_whom_are_read() -> None:
    """User, patient and encounter come as sent."""
    read = read_order_select(context(encounterId="e-1"))

    assert (read.user_id, read.patient_id, read.encounter_id) == (
        "Practitioner/7",
        "pat-1",
        "e-1",
    )


@pytest.mark.parametrize("value", [None, ""], ids=["null", "empty"])
def test_the_encounter_is_optional(value: object) -> None:
    """Orders are placed outside encounters too."""
    assert read_order_sign(context(encounterId=value)).encounter_id is None


@pytest.mark.parametrize(
    "sent",
    ["e_1.a-B", "Patient/e_1.a-B", "https://ehr.example.org/R4/Patient/e_1.a-B"],
)
def test_the_patient_is_known_by_bare_id(sent: str) -> None:
    """A reference in its place is reduced to the id."""
    assert read_order_select(context(patientId=sent)).patient_id == "e_1.a-B"


def test_a_patient_id_may_have_190_characters() -> None:
    """Epic's are that long."""
    assert read_order_select(context(patientId="e" * 190)).patient_id == "e" * 190


@pytest.mark.parametrize(
    "sent",
    [
        "../Patient",
        "1&_include=*",
        "1?x",
        "%00",
        "a b",
        "1\n",
        "Patient/",
        "Group/1",
        "e" * 256,
        "é",
    ],
)
def test_what_could_change_a_query_is_no_patient_id(sent: str) -> None:
    """The id becomes part of URLs."""
    with pytest.raises(BadRequest) as refused:
        read_order_select(context(patientId=sent))

    assert refused.value.where == "$.context.patientId"
    assert sent not in str(refused.value)


@pytest.mark.parametrize("name", ["userId", "patientId", "selections", "draftOrders"])
@pytest.mark.parametrize("value", [None, 3], ids=["null", "number"])
def test_a_required_member_is_named_when_amiss(name: str, value: object) -> None:
    """Missing or mistyped: the path says which."""
    with pytest.raises(BadRequest) as refused:
        read_order_select(context(**{name: value}))

    assert refused.value.where == f"$.context.{name}"
