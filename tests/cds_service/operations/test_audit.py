"""Decision records as FHIR resources: valid, and with nothing that the record has not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from fhir.resources.R4B.auditevent import AuditEvent
from fhir.resources.R4B.guidanceresponse import GuidanceResponse

from cds_service.cli import main
from cds_service.operations.audit import audit_event, guidance_response
from cds_service.store.opening import open_store
from cds_service.store.records import DecisionRecord

if TYPE_CHECKING:
    from pathlib import Path

RECORD = DecisionRecord(
    call="call-1",
    at=datetime(2026, 11, 20, 10, tzinfo=UTC),
    service="spine-mri-order-select",
    hook="order-select",
    client="https://ehr.example.org",
    hook_instance="ab" * 32,
    latency_ms=2.5,
    card="4e0a3a1e-3283-4575-ab82-028d55fe2719",
    shown=True,
    indicator="warning",
    rule="INF1-probable",
    rules=("INF1-probable", "SAF1-renal"),
    advise="change",
    protocol="without-and-with",
    urgency="urgent",
    inputs={"conditions": "present", "vitals": "failed: timed-out"},
    knowledge_version="1.0.0",
    knowledge_sha256="cd" * 32,
)
EMPTY = replace(
    RECORD, card=None, rule=None, rules=(), advise=None, protocol=None, urgency=None
)


@pytest.mark.parametrize("record", [RECORD, EMPTY, replace(RECORD, client=None)])
def test_both_shapes_are_valid(record: DecisionRecord) -> None:
    """Strictly and as a whole, with a card or without."""
    AuditEvent.model_validate_json(json.dumps(audit_event(record)))
    GuidanceResponse.model_validate_json(json.dumps(guidance_response(record)))


def test_an_event_tells_who_asked_and_what_was_decided() -> None:
    """By name and value."""
    event = audit_event(RECORD)
    (agent,), (entity,) = event["agent"], event["entity"]
    told = {one["type"]: one["valueString"] for one in entity["detail"]}

    assert agent["who"]["display"] == "https://ehr.example.org"
    assert told["rules"] == "INF1-probable, SAF1-renal"
    assert told["unseen"] == "vitals"
    assert event["recorded"] == "2026-11-20T10:00:00+00:00"


@pytest.mark.parametrize(
    ("advise", "status"), [("change", "success"), ("uncertain", "data-required")]
)
def test_a_response_tells_whether_data_were_missing(advise: str, status: str) -> None:
    """What nobody could decide asks for more."""
    response = guidance_response(replace(RECORD, advise=advise))

    assert response["status"] == status
    assert response["note"] == [{"text": "Not seen: vitals."}]
    assert response["identifier"][0]["value"] == f"urn:uuid:{RECORD.card}"


def test_the_same_record_has_the_same_id() -> None:
    """An archive that gets it twice keeps it once; two cards are two."""
    assert audit_event(RECORD)["id"] == audit_event(RECORD)["id"]
    assert audit_event(RECORD)["id"] != audit_event(replace(RECORD, number=1))["id"]


@pytest.mark.parametrize(
    ("shape", "kind"),
    [("audit-event", "AuditEvent"), ("guidance-response", "GuidanceResponse")],
)
def test_a_period_is_written_line_by_line(
    shape: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of the period alone."""
    url = f"sqlite:///{tmp_path}/store.sqlite"
    store = open_store(url)
    late = replace(RECORD, call="call-2", at=datetime(2026, 12, 1, tzinfo=UTC))
    store.kept.save_decisions([RECORD, late])
    store.close()
    monkeypatch.setenv("CDS_STORE", url)
    asked = ["audit", "--since", "2026-11-01", "--until", "2026-11-30"]
    told = CliRunner().invoke(main, [*asked, "--shape", shape])
    (line,) = told.output.splitlines()

    assert json.loads(line)["resourceType"] == kind


def test_a_store_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """By name, without its URL."""
    monkeypatch.setenv("CDS_STORE", "sqlite:////nowhere/at/all.sqlite")
    told = CliRunner().invoke(main, ["audit"])

    assert told.exit_code == 1
    assert "nowhere" not in told.output
