"""Request bodies for the tests of the wire layer."""

from __future__ import annotations

from typing import Any

import orjson


def order(identity: str = "103", kind: str = "ServiceRequest") -> dict[str, Any]:
    """Make a draft order as small as clients send it."""
    return {"resourceType": kind, "id": identity, "status": "draft"}


def bundle(*orders: dict[str, Any]) -> dict[str, Any]:
    """Make a Bundle without type, as real clients do."""
    return {
        "resourceType": "Bundle",
        "entry": [{"resource": resource} for resource in orders],
    }


def select_call(**members: Any) -> dict[str, Any]:
    """Make an order-select request; *members* replace those of the context."""
    context = {
        "userId": "Practitioner/7",
        "patientId": "pat-1",
        "selections": ["ServiceRequest/103"],
        "draftOrders": bundle(order()),
    }
    return {
        "hook": "order-select",
        "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        "context": context | members,
    }


def encode(body: object) -> bytes:
    """Write *body* as JSON."""
    return orjson.dumps(body)
