"""Build charts, requests and facts out of resources, and read them as the service.

The resources themselves are made in tests/resources.py and named here too, so that a
test imports from one place.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import orjson

from cds_service.answer import t0
from cds_service.cds_hooks.drafts import DraftOrder
from cds_service.cds_hooks.request import parse_call
from cds_service.facts.extract import facts_about, read_chart_facts
from cds_service.fhir.chart import read_chart
from cds_service.fhir.prefetch import KEYS
from hooks.spine_mri.service import SERVICES
from tests.resources import (
    AT,
    LUMBAR_MRI,
    PATIENT_ID,
    SUBJECT,
    Resource,
    ago,
    allergy,
    coding,
    concept,
    condition,
    device,
    draft,
    medication_request,
    observation,
    patient,
    procedure,
    quantity,
    referral,
    report,
    status_of,
    study,
    temperature,
    up_to,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from cds_service.cds_hooks.request import ServiceCall
    from cds_service.facts.model import Facts
    from cds_service.service import Service
    from hooks.spine_mri.advice import Advice

__all__ = [
    "AT",
    "LUMBAR_MRI",
    "PATIENT_ID",
    "SUBJECT",
    "Resource",
    "ago",
    "allergy",
    "bundle",
    "call",
    "coding",
    "concept",
    "condition",
    "device",
    "draft",
    "facts_from",
    "medication_request",
    "observation",
    "patient",
    "prefetch",
    "procedure",
    "quantity",
    "referral",
    "report",
    "request",
    "spine",
    "status_of",
    "study",
    "temperature",
    "up_to",
]


def bundle(resources: Iterable[Resource]) -> Resource:
    """Make a search result."""
    entries = [{"resource": one} for one in resources]
    return {"resourceType": "Bundle", "type": "searchset", "entry": entries}


def prefetch(resources: Iterable[Resource], missing: Iterable[str] = ()) -> Resource:
    """Answer every query of the service but those *missing*, by their keys.

    What has no id is given one: "Condition/1", "Observation/2", by its place. A
    Patient is added where there is none.
    """
    named = [{"id": str(place), **one} for place, one in enumerate(resources, start=1)]
    found: dict[str, list[Resource]] = {}
    for one in named:
        found.setdefault(_key(one), []).append(one)
    patients = found.pop("patient", None) or [patient()]
    answered: Resource = {key: bundle(found.pop(key, ())) for key in spine().prefetch}
    answered |= {key: bundle(ones) for key, ones in found.items()}
    answered["patient"] = patients[0]
    return {key: one for key, one in answered.items() if key not in set(missing)}


def request(
    resources: Iterable[Resource] = (),
    orders: Sequence[Resource] = (),
    missing: Iterable[str] = (),
) -> Resource:
    """Make an order-select request that selects all of its orders."""
    orders = orders or (draft(),)
    selected = [f"{one['resourceType']}/{one['id']}" for one in orders]
    context = {
        "userId": "Practitioner/7",
        "patientId": PATIENT_ID,
        "selections": selected,
        "draftOrders": bundle(orders),
    }
    return {
        "hook": "order-select",
        "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        "context": context,
        "prefetch": prefetch(resources, missing),
    }


def call(
    resources: Iterable[Resource] = (),
    orders: Sequence[Resource] = (),
    missing: Iterable[str] = (),
) -> ServiceCall:
    """Make a call of it, through the bytes on the wire."""
    return parse_call(orjson.dumps(request(resources, orders, missing)), "order-select")


def facts_from(
    resources: Iterable[Resource] = (),
    order: Resource | Sequence[Resource] | None = None,
    at: datetime = AT,
    missing: Iterable[str] = (),
    beside: Iterable[Resource] = (),
) -> Facts:
    """Read a chart and an order as the service does, at the instant *at*.

    order: the draft, or drafts that are read as one. missing: prefetch keys that
    the client left out. beside: drafts of the session that are no spine MRI.
    """
    service = spine()
    drafts = [order or draft()] if isinstance(order, dict | None) else order
    session = (*drafts, *beside)
    (judged,) = service.orders(tuple(_as_received(one) for one in session))
    chart = read_chart(prefetch(resources, missing), PATIENT_ID, service.prefetch)
    told = read_chart_facts(chart, service.lexicon, at)
    return facts_about(judged, told, service.lexicon, t0(judged, at))


@cache
def spine() -> Service[Advice]:
    """Give the spine MRI service of order-select."""
    return SERVICES[0]


def _as_received(order: Resource) -> DraftOrder:
    return DraftOrder("$", f"{order['resourceType']}/{order['id']}", order)


def _key(resource: Resource) -> str:
    """Name the query that a resource answers; an Observation's by its category."""
    categories = resource.get("category") or ()
    kind = resource["resourceType"]
    named = [
        KEYS.get((kind, one["coding"][0]["code"]))
        for one in categories
        if kind == "Observation"
    ]
    fallback = "observations" if kind == "Observation" else "more"
    return next(filter(None, named), None) or KEYS.get((kind, None), fallback)
