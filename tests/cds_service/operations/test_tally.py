"""Counts that wait: none is lost, and none is written twice."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter

from cds_service.operations.tally import Tally

ROOT = Path(__file__).parents[3]
PATIENCE = 20.0


def counter() -> Counter:
    """Make a counter of nobody else's."""
    return Counter("things", "Things.", ("kind",), registry=CollectorRegistry())


def value(things: Counter, kind: str) -> float:
    """Read a counter."""
    (metric,) = things.collect()
    return sum(
        one.value
        for one in metric.samples
        if one.labels.get("kind") == kind and one.name.endswith("_total")
    )


def test_what_waits_is_written_once() -> None:
    """Counts of one kind together."""
    things, tally = counter(), Tally(wait=3600)
    tally.add([(things, ("a",)), (things, ("b",)), (things, ("a",))])
    before = value(things, "a")
    tally.write()
    tally.write()

    assert (before, value(things, "a"), value(things, "b")) == (0, 2, 1)


def test_it_is_written_by_itself() -> None:
    """Nobody has to ask, the second time neither."""
    things, tally = counter(), Tally(wait=0.01)
    for times in (1, 2):
        tally.add([(things, ("a",))])
        end = time.monotonic() + PATIENCE
        while value(things, "a") < times and time.monotonic() < end:
            time.sleep(0.01)

        assert value(things, "a") == times


def test_a_counter_that_cannot_be_written_costs_only_its_own_counts() -> None:
    """Such as one with labels that it does not have."""
    things, tally = counter(), Tally(wait=3600)
    tally.add([(things, ("a", "too much")), (things, ("b",))])
    tally.write()

    assert value(things, "b") == 1


ENDING = """
import os, sys
from cds_service.operations.metrics import shared_metrics
with shared_metrics() as metrics:
    metrics.count_request("here", 200, 0.1)
    if not (child := os.fork()):
        metrics.count_request("there", 200, 0.1)
        sys.exit()  # leaves by shared_metrics
    os.waitpid(child, 0)
    sys.stdout.write(metrics.text().decode())
"""


def test_a_process_that_ends_writes_what_waits() -> None:
    """Also one that was forked while its parent waited."""
    told = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", ENDING],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    for service in ("here", "there"):
        sample = f'cds_requests_total{{service="{service}",status="200"}} 1.0'
        assert sample in told.stdout
