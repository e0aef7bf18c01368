"""Feedback and decisions under fire: kill -9, a corrupt file, a store that is stuck."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cds_service.operations.recorder import Recorder
from cds_service.store.opening import open_store
from cds_service.store.unavailable import StoreUnavailable, Trouble
from tests.records import ACCEPTED, DECISION, NOON

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
ROUNDS = 20
LONG = timedelta(days=36500)

WRITES_ON = """
import sys
from datetime import UTC, datetime
from itertools import count
from cds_service.store.opening import open_store
from cds_service.store.records import FeedbackRecord
kept = open_store(sys.argv[1]).kept
now = datetime.now(UTC)
for number in count():
    card = f"{sys.argv[2]}-{number}"
    kept.save_feedback([FeedbackRecord(
        card=card, outcome="accepted", at=now, received=now, service="s"
    )])
    print(card, flush=True)
"""


def killed_while_writing(url: str, round_: int) -> list[str]:
    """Let a process keep feedback, kill it, and list what it had acknowledged."""
    writer = subprocess.Popen(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", WRITES_ON, url, str(round_)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    acknowledged = [writer.stdout.readline().strip() for _ in range(1 + round_ % 7)]
    os.kill(writer.pid, signal.SIGKILL)
    rest, _ = writer.communicate(timeout=30)
    # The last line may be cut short by the kill: then nobody read it.
    whole = rest[: rest.rfind("\n") + 1]
    assert all(acknowledged)
    return [*acknowledged, *whole.split()]


@pytest.mark.slow
@pytest.mark.fault(53)
def test_no_feedback_that_was_acknowledged_is_lost_by_kill_9(
    store_url: str, tmp_path: Path
) -> None:
    """Twenty rounds, and the file is sound after them."""
    acknowledged: set[str] = set()
    for round_ in range(ROUNDS):
        acknowledged |= set(killed_while_writing(store_url, round_))

    store = open_store(store_url)
    kept = {one.card for one in store.kept.feedback(datetime.now(UTC) - LONG)}
    store.close()

    assert len(acknowledged) >= ROUNDS
    assert acknowledged <= kept
    for file in tmp_path.glob("*.sqlite"):
        with sqlite3.connect(file) as connection:
            (state,) = connection.execute("PRAGMA integrity_check").fetchone()
        connection.close()
        assert state == "ok"


@pytest.mark.fault(55)
def test_a_corrupt_file_of_feedback_refuses_the_start_and_is_left_alone(
    tmp_path: Path,
) -> None:
    """It is for a person to repair: what was acknowledged may still be in it."""
    file = tmp_path / "store.sqlite"
    spoilt = b"no database at all" * 100
    file.write_bytes(spoilt)

    with pytest.raises(StoreUnavailable) as refusal:
        open_store(f"sqlite:///{file}")

    assert refusal.value.trouble is Trouble.CORRUPT
    assert file.read_bytes() == spoilt


@pytest.mark.fault(55)
def test_feedback_is_not_begun_anew_where_its_file_is_lost(tmp_path: Path) -> None:
    """A disk that is not mounted comes back, with what was on it."""
    folder = tmp_path / "disk"
    folder.mkdir()
    store = open_store(f"sqlite:///{folder / 'store.sqlite'}")
    store.kept.save_feedback([ACCEPTED])
    away = folder.rename(tmp_path / "away")

    for _ in range(2):
        with pytest.raises(StoreUnavailable):
            store.kept.save_feedback([replace(ACCEPTED, card="c-9")])
        with pytest.raises(StoreUnavailable):
            store.ask()

    away.rename(folder)
    assert store.kept.feedback(NOON) == (ACCEPTED,)
    store.close()


def recorder_for(
    file: Path, on_drop: Callable[[int], object], room: int = 3
) -> Recorder:
    """Make a recorder with little room."""
    store = open_store(f"sqlite:///{file}")
    return Recorder(store.kept, LONG, on_drop, room)


@pytest.mark.fault(52)
def test_a_store_that_is_stuck_keeps_no_call_waiting(tmp_path: Path) -> None:
    """Records wait while there is room, then they are dropped and counted."""
    file = tmp_path / "store.sqlite"
    dropped: list[int] = []
    recorder = recorder_for(file, dropped.append)
    stuck = sqlite3.connect(file, isolation_level=None)
    stuck.execute("BEGIN IMMEDIATE")

    def call() -> None:
        for number in range(1000):
            recorder.record([replace(DECISION, call=str(number))])

    called = threading.Thread(target=call)
    called.start()
    called.join(20)
    assert not called.is_alive()
    stuck.execute("ROLLBACK")
    stuck.close()
    recorder.close(wait=40)

    store = open_store(f"sqlite:///{file}")
    kept = list(store.kept.decisions(NOON, NOON + LONG))
    store.close()
    assert sum(dropped) > 0
    assert len(kept) + sum(dropped) == 1000


@pytest.mark.fault(52)
def test_a_store_that_is_gone_costs_records_alone(tmp_path: Path) -> None:
    """At the end there is nowhere to write to: counted, and no exception."""
    folder = tmp_path / "disk"
    folder.mkdir()
    dropped: list[int] = []
    recorder = recorder_for(folder / "store.sqlite", dropped.append)
    folder.rename(tmp_path / "away")

    recorder.record([DECISION, replace(DECISION, number=1)])
    recorder.close(wait=40)

    assert dropped == [2]
