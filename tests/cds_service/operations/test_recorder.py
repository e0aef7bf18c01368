"""The way of decision records into the store."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cds_service.operations.recorder import Recorder
from cds_service.store.opening import open_store
from tests.records import DECISION, NOON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cds_service.store.kept import Kept

ROOT = Path(__file__).parents[3]
LONG = timedelta(days=36500)
PLENTY = 40.0


@pytest.fixture
def kept(store_url: str) -> Iterator[Kept]:
    """Open an empty store."""
    store = open_store(store_url)
    yield store.kept
    store.close()


def numbers(kept: Kept) -> list[int]:
    """List what was kept."""
    return sorted(one.number for one in kept.decisions(NOON - LONG, NOON + LONG))


def test_records_arrive(kept: Kept) -> None:
    """Those of a call, and those of many calls."""
    recorder = Recorder(kept, LONG)
    recorder.record([replace(DECISION, number=0), replace(DECISION, number=1)])
    for number in range(2, 500):
        recorder.record([replace(DECISION, number=number)])
    recorder.close(PLENTY)

    assert numbers(kept) == list(range(500))


def test_a_recorder_can_go_on_after_it_was_closed(kept: Kept) -> None:
    """A late call is recorded, too; closing twice does no harm."""
    recorder = Recorder(kept, LONG)
    recorder.close(PLENTY)
    recorder.record([DECISION])
    recorder.close(PLENTY)
    recorder.close(PLENTY)

    assert numbers(kept) == [0]


def test_a_record_that_the_store_refuses_is_dropped_and_counted(kept: Kept) -> None:
    """It must not stand in the way of the others."""
    dropped: list[int] = []
    recorder = Recorder(kept, LONG, dropped.append)
    faulty = replace(DECISION, number=1, at=NOON.replace(tzinfo=None))
    recorder.record([DECISION, faulty, replace(DECISION, number=2)])
    recorder.close(PLENTY)

    assert dropped == [1]
    assert numbers(kept) == [0, 2]


def test_old_records_are_deleted(kept: Kept) -> None:
    """When a process begins, and every hour."""
    now = datetime.now(UTC)
    kept.save_decisions(
        [
            replace(DECISION, number=1, at=now - timedelta(days=31)),
            replace(DECISION, number=2, at=now - timedelta(days=29)),
        ]
    )
    recorder = Recorder(kept, timedelta(days=30))

    recorder.start()
    recorder.record([replace(DECISION, number=3, at=now)])
    recorder.close(PLENTY)

    assert numbers(kept) == [2, 3]


FORKED = """
import os, sys
from dataclasses import replace
from datetime import timedelta
from cds_service.operations.recorder import Recorder
from cds_service.store.opening import open_store
from tests.records import DECISION
recorder = Recorder(open_store(sys.argv[1]).kept, timedelta(days=36500))
recorder.record([replace(DECISION, number=0)])
if not (child := os.fork()):
    recorder.record([replace(DECISION, number=1)])
    sys.exit()
os.waitpid(child, 0)
"""


def test_every_process_writes_and_writes_out_at_its_end(
    store_url: str, kept: Kept
) -> None:
    """Nothing waits for ever in a forked worker, and nothing is lost by its exit."""
    subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", FORKED, store_url], cwd=ROOT, timeout=50, check=True
    )

    assert numbers(kept) == [0, 1]
