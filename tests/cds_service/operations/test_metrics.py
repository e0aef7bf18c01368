"""What is counted, and how several processes' counts come together."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from cds_service.app import create_app
from cds_service.operations.metrics import VARIABLE, Metrics, shared_metrics
from cds_service.registry import register
from cds_service.settings import Settings
from tests.toy import draft, toy, toy_call

if TYPE_CHECKING:
    from pathlib import Path

CALL = "/cds-services/toy-order-select"


def counted(*calls: tuple[str, object]) -> str:
    """Make these calls, and read what was counted."""
    app = create_app(register([toy("order-select")]), Settings(auth="none"))
    client = app.test_client()
    for path, body in calls:
        client.post(path, json=body)
    return client.get("/metrics").get_data(as_text=True)


def test_requests_are_counted_by_service_and_status() -> None:
    """A path that a stranger makes up is no label."""
    told = counted((CALL, toy_call()), (CALL, {}), ("/cds-services/made-up", {}))

    assert 'cds_requests_total{service="toy-order-select",status="200"} 1.0' in told
    assert 'cds_requests_total{service="toy-order-select",status="400"} 1.0' in told
    assert 'cds_requests_total{service="other",status="404"} 1.0' in told
    assert "made-up" not in told
    assert 'cds_request_seconds_count{service="toy-order-select"} 2.0' in told


def test_a_fault_is_counted() -> None:
    """A 500 is what an operator wants to know of first."""
    told = counted((CALL, toy_call(draft(priority="asap"))))

    assert 'cds_requests_total{service="toy-order-select",status="500"} 1.0' in told


def test_feedback_is_counted() -> None:
    """By outcome."""
    item = {
        "card": "c",
        "outcome": "overridden",
        "outcomeTimestamp": "2026-11-20T10:00:00Z",
    }
    told = counted((f"{CALL}/feedback", {"feedback": [item]}))

    sample = 'cds_feedback_total{outcome="overridden",service="toy-order-select"} 1.0'
    assert sample in told


SUMMING = """
import os, sys
from cds_service.operations.metrics import shared_metrics
with shared_metrics() as metrics:
    child = os.fork()
    metrics.rules.labels("R").inc()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    metrics.forget_worker(child)
    sys.stdout.write(metrics.text().decode())
"""


def test_workers_are_added_up() -> None:
    """Forked from one process, as a server's are; one that ended still counts."""
    told = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", SUMMING],
        env={**os.environ, "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert 'cds_rules_fired_total{rule="R"} 2.0' in told.stdout


@pytest.mark.fault(52)
def test_a_folder_that_is_gone_costs_counts_and_no_answer(tmp_path: Path) -> None:
    """Whoever asks for them gets what is left."""
    with shared_metrics() as metrics:
        shutil.rmtree(os.environ[VARIABLE])
        app = create_app(
            register([toy("order-select")]), Settings(auth="none"), None, metrics
        )
        told = app.test_client().post(CALL, json=toy_call())
        os.environ[VARIABLE] = str(tmp_path)

    assert told.status_code == 200


def test_a_single_process_has_no_worker_to_forget() -> None:
    """As in the demo."""
    metrics = Metrics()
    metrics.forget_worker(1)

    assert b"cds_records_dropped" in metrics.text()
