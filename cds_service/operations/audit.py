"""Decision records in the shape of FHIR R4, for an archive that takes these.

https://hl7.org/fhir/R4/auditevent.html, https://hl7.org/fhir/R4/guidanceresponse.html.
Nothing is in them that is not in the record: no patient, no user, no order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from cds_service.fhir.sight import ANSWERED

if TYPE_CHECKING:
    from cds_service.store.records import DecisionRecord

NAME = "spine-mri-cds"
SYSTEM = "urn:spine-mri-cds:decision"
EXECUTED = "E"
SUCCESS = "0"
EVENT_TYPE = {
    "system": "http://terminology.hl7.org/CodeSystem/audit-event-type",
    "code": "rest",
    "display": "RESTful Operation",
}
AGENT_TYPE = {
    "coding": [
        {
            "system": "http://dicom.nema.org/resources/ontology/DCM",
            "code": "110153",
            "display": "Source Role ID",
        }
    ]
}


def audit_event(record: DecisionRecord) -> dict[str, Any]:
    """Write a record as an AuditEvent: who asked what, and what was decided."""
    caller = record.client or "client not verified"
    return {
        "resourceType": "AuditEvent",
        "id": _identity(record),
        "type": EVENT_TYPE,
        "subtype": [{"system": SYSTEM, "code": record.hook}],
        "action": EXECUTED,
        "recorded": record.at.isoformat(),
        "outcome": SUCCESS,
        "agent": [{"type": AGENT_TYPE, "who": {"display": caller}, "requestor": True}],
        "source": {"observer": {"display": NAME}},
        "entity": [
            {
                "name": record.service,
                "detail": [
                    {"type": name, "valueString": value}
                    for name, value in _members(record).items()
                ],
            }
        ],
    }


def guidance_response(record: DecisionRecord) -> dict[str, Any]:
    """Write a record as a GuidanceResponse: which module answered, and what."""
    told = [
        {"system": f"{SYSTEM}:{name}", "code": value}
        for name, value in _members(record).items()
        if name in {"rule", "advise", "protocol", "urgency"}
    ]
    unseen = _unseen(record)
    response = {
        "resourceType": "GuidanceResponse",
        "id": _identity(record),
        "identifier": [{"system": "urn:ietf:rfc:3986", "value": _card(record)}],
        "moduleUri": f"urn:spine-mri-cds:{record.service}",
        "status": "data-required" if record.advise == "uncertain" else "success",
        "occurrenceDateTime": record.at.isoformat(),
    }
    if told:
        response["reasonCode"] = [{"coding": told}]
    if unseen:
        response["note"] = [{"text": f"Not seen: {unseen}."}]
    return response


def _identity(record: DecisionRecord) -> str:
    """Make the id of one card of one call."""
    return str(uuid5(NAMESPACE_URL, f"{SYSTEM}:{record.call}:{record.number}"))


def _card(record: DecisionRecord) -> str:
    return f"urn:uuid:{record.card or _identity(record)}"


def _unseen(record: DecisionRecord) -> str:
    """Name the queries that were not seen whole."""
    states = record.inputs.items()
    return ", ".join(key for key, state in states if state not in ANSWERED)


def _members(record: DecisionRecord) -> dict[str, str]:
    """List what was decided, by name."""
    members = {
        "card": record.card,
        "rule": record.rule,
        "rules": ", ".join(record.rules),
        "advise": record.advise,
        "protocol": record.protocol,
        "urgency": record.urgency,
        "shown": str(record.shown).lower(),
        "knowledge": record.knowledge_sha256,
        "unseen": _unseen(record),
    }
    return {name: value for name, value in members.items() if value}
