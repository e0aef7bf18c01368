"""What the demo's FHIR endpoint says it can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cds_service.demo.search import TYPES, parameters_of

if TYPE_CHECKING:
    from datetime import datetime

_KINDS = {"_id": "token", "patient": "reference", "subject": "reference"}


def capability_statement(root: str, since: datetime) -> dict[str, Any]:
    """Write it as FHIR does: read and search, of the types that are served."""
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "experimental": True,
        "date": since.date().isoformat(),
        "kind": "instance",
        "implementation": {
            "description": "Demo chart: made-up patients, read only",
            "url": root,
        },
        "fhirVersion": "4.0.1",
        "format": ["json", "application/fhir+json"],
        "rest": [
            {
                "mode": "server",
                "security": {"cors": True, "description": "None: made-up patients."},
                "resource": [_resource(kind) for kind in TYPES],
            }
        ],
    }


def _resource(kind: str) -> dict[str, Any]:
    return {
        "type": kind,
        "interaction": [{"code": "read"}, {"code": "search-type"}],
        "searchParam": [
            {"name": name, "type": _KINDS.get(name, "token")}
            for name in parameters_of(kind)
        ],
    }
