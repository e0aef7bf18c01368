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
from tests.records import DECISION, SILENT

if TYPE_CHECKING:
    from pathlib import Path

    from cds_service.store.records import DecisionRecord


@pytest.mark.parametrize("record", [DECISION, SILENT, replace(DECISION, client=None)])
def test_both_shapes_are_valid(record: DecisionRecord) -> None:
    """Strictly and as a whole, with a card or without."""
    AuditEvent.model_validate_json(json.dumps(audit_event(record)))
    GuidanceResponse.model_validate_json(json.dumps(guidance_response(record)))


def test_an_event_tells_who_asked_and_what_was_decided() -> None:
    """By name and value."""
    event = audit_event(DECISION)
    (agent,), (entity,) = event["agent"], event["entity"]
    told = {one["type"]: one["valueString"] for one in entity["detail"]}

    assert agent["who"]["display"] == "https://ehr.example.org"
    assert told["rules"] == "INF1-probable, SAF1-renal"
    assert told["unseen"] == "vitals"
    assert event["recorded"] == "2026-11-20T12:00:00+00:00"


@pytest.mark.parametrize(
    ("advise", "status"), [("change", "success"), ("uncertain", "data-required")]
)
def test_a_response_tells_whether_data_were_missing(advise: str, status: str) -> None:
    """What nobody could decide asks for more."""
    response = guidance_response(replace(DECISION, advise=advise))

    assert response["status"] == status
    assert response["note"] == [{"text": "Not seen: vitals."}]
    assert response["identifier"][0]["value"] == f"urn:uuid:{DECISION.card}"


def test_the_same_record_has_the_same_id() -> None:
    """An archive that gets it twice keeps it once; two cards are two."""
    assert audit_event(DECISION)["id"] == audit_event(DECISION)["id"]
    assert audit_event(DECISION)["id"] != audit_event(replace(DECISION, number=1))["id"]


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
    late = replace(DECISION, call="call-2", at=datetime(2026, 12, 1, tzinfo=UTC))
    store.kept.save_decisions([DECISION, late])
    store.close()
    monkeypatch.setenv("CDS_STORE", url)
    asked = ["audit", "--since", "2026-11-01", "--until", "2026-11-30"]
    told = CliRunner().invoke(main, [*asked, "--shape", shape])
    (line,) = told.output.splitlines()

    assert json.loads(line)["resourceType"] == kind


def test_a_store_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the file that was looked for."""
    monkeypatch.setenv("CDS_STORE", "sqlite:////nowhere/at/all.sqlite")
    told = CliRunner().invoke(main, ["audit"])

    assert told.exit_code == 1
    assert told.output.endswith("missing (/nowhere/at/all.sqlite)\n")
