"""Calls as the console makes them: prefetch gathered from the demo chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cds_service.app import create_app
from cds_service.demo.stories import Demo, Patient, read_demo
from cds_service.registry import load
from cds_service.settings import Settings

if TYPE_CHECKING:
    from flask.testing import FlaskClient

DEMO = read_demo()
SERVICES = load()
SERVICE = SERVICES[DEMO.service]


def demo_client() -> FlaskClient:
    """Build the demo and a client for it."""
    settings = Settings(demo=True, cors_origins=frozenset({"*"}))
    return create_app(SERVICES, settings).test_client()


def get(client: FlaskClient, path: str) -> Any:
    """Ask the demo chart, and read the JSON."""
    return client.get(f"/fhir/R4/{path}").get_json()


def gathered(client: FlaskClient, patient_id: str) -> dict[str, Any]:
    """Fill the service's prefetch templates."""
    filled = {
        key: template.replace("{{context.patientId}}", patient_id)
        for key, template in SERVICE.prefetch.items()
    }
    return {key: get(client, path) for key, path in filled.items()}


def call(story: Patient, patient_id: str, demo: Demo = DEMO) -> dict[str, Any]:
    """Write the call that opening *story* makes, without its prefetch."""
    order = next(one for one in demo.orders if one.id == story.order)
    reasons = [one for one in demo.reasons if one.id in story.reasons]
    draft = {
        "resourceType": "ServiceRequest",
        "id": "draft-1",
        "status": "draft",
        "intent": "order",
        "priority": story.priority,
        "code": concept(order.coding),
        "subject": {"reference": f"Patient/{patient_id}"},
        "reasonCode": [concept(one.coding) for one in reasons],
    }
    context = {
        "userId": f"Practitioner/{demo.practitioner.id}",
        "patientId": patient_id,
        "selections": ["ServiceRequest/draft-1"],
        "draftOrders": {"resourceType": "Bundle", "entry": [{"resource": draft}]},
    }
    return {"hook": "order-select", "hookInstance": "1", "context": context}


def concept(coding: Any) -> dict[str, Any]:
    """Wrap a coding."""
    return {"coding": [coding.model_dump()], "text": coding.display}
