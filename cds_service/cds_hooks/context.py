"""The `context` of the order hooks: who orders what for whom.

Fields: CDS Hooks library, order-select 1.0 and order-sign 1.0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cds_service.cds_hooks import members
from cds_service.cds_hooks.drafts import DraftOrder, read_drafts, select
from cds_service.cds_hooks.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PATH = "$.context"
# FHIR's ids, and what real servers send: `_`, and around 190 characters. Nothing
# else passes, since the id becomes part of a URL when the chart is queried.
PATIENT_ID = re.compile(r"[A-Za-z0-9._-]{1,255}")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSelectContext:
    """Orders being composed; advice is due on those just selected."""

    user_id: str
    patient_id: str
    encounter_id: str | None
    drafts: tuple[DraftOrder, ...]
    selected: tuple[DraftOrder, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSignContext:
    """Orders about to be signed; advice is due on every one of them."""

    user_id: str
    patient_id: str
    encounter_id: str | None
    drafts: tuple[DraftOrder, ...]
    selected: tuple[DraftOrder, ...]


OrderContext = OrderSelectContext | OrderSignContext


def read_order_select(context: Mapping[str, Any]) -> OrderSelectContext:
    """Read the context of order-select; BadRequest where it is not to be used."""
    selections = members.array(context, "selections", PATH)
    drafts = read_drafts(members.mapping(context, "draftOrders", PATH))
    selected = select(drafts, selections)
    return OrderSelectContext(
        user_id=members.text(context, "userId", PATH),
        patient_id=_patient_id(context),
        encounter_id=members.optional_text(context, "encounterId", PATH),
        drafts=drafts,
        selected=selected,
    )


def read_order_sign(context: Mapping[str, Any]) -> OrderSignContext:
    """Read the context of order-sign; BadRequest where it is not to be used."""
    drafts = read_drafts(members.mapping(context, "draftOrders", PATH))
    return OrderSignContext(
        user_id=members.text(context, "userId", PATH),
        patient_id=_patient_id(context),
        encounter_id=members.optional_text(context, "encounterId", PATH),
        drafts=drafts,
        selected=drafts,
    )


READERS: Mapping[str, Callable[[Mapping[str, Any]], OrderContext]] = {
    "order-select": read_order_select,
    "order-sign": read_order_sign,
}


def _patient_id(context: Mapping[str, Any]) -> str:
    """Read the bare id, also where it was sent as a reference."""
    before, _, bare = members.text(context, "patientId", PATH).rpartition("/")
    names_patient = not before or before.rpartition("/")[2] == "Patient"
    if names_patient and PATIENT_ID.fullmatch(bare):
        return bare
    raise BadRequest(
        "Member `patientId` is not the id of a Patient",
        f"{PATH}.patientId",
        "Send the bare logical id: letters, digits, `-`, `.` and `_`.",
    )
