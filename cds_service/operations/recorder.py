"""Write decision records behind the back of the calls, one thread a process.

A call hands its records over and goes on. When the store cannot take them, they wait;
when too many wait, new ones are dropped and counted: a record is never worth an answer.
"""

from __future__ import annotations

import atexit
import os
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from queue import Empty, Full, Queue
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from cds_service.store.unavailable import StoreUnavailable, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cds_service.store.kept import Kept
    from cds_service.store.records import DecisionRecord

ROOM = 10_000
BATCH = 1000
# A transaction costs ten times what a record does: a moment's records share one.
GATHERING = 0.25
PAUSE = 1.0
IDLE = 60.0
CLOSING = 5.0
SWEEP_EVERY = timedelta(hours=1).total_seconds()


class Recorder:
    """The way of decision records into the store.

    Args:
        kept: where they are kept.
        retention: how long; what is older is deleted once an hour.
        on_drop: told how many records were dropped, by any thread.
        room: how many calls may wait.
    """

    def __init__(
        self,
        kept: Kept,
        retention: timedelta,
        on_drop: Callable[[int], object] = int,
        room: int = ROOM,
    ) -> None:
        self._kept = kept
        self._retention = retention
        self._on_drop = on_drop
        self._room = room
        self._starting = Lock()
        self._prepare(pid=0)

    def record(self, records: Sequence[DecisionRecord]) -> None:
        """Hand over the records of a call; never waits, never fails."""
        try:
            self._queue_here().put_nowait(records)
        except Full:
            self._on_drop(len(records))

    def start(self) -> None:
        """Begin to write and to sweep in this process, before there is a record."""
        self._queue_here()

    def close(self, wait: float = CLOSING) -> None:
        """Write what waits and stop; what is not written in time is lost."""
        writer = self._writer
        self._closing.set()
        if writer is not None and self._pid == os.getpid():
            with suppress(Full):
                # Wakes a writer that waits for records.
                self._queue.put_nowait(())
            writer.join(wait)
        atexit.unregister(self.close)

    def _prepare(self, pid: int) -> None:
        self._pid = pid
        self._queue: Queue[Sequence[DecisionRecord]] = Queue(self._room)
        self._closing = Event()
        self._swept_at = -SWEEP_EVERY
        self._writer: Thread | None = None

    def _queue_here(self) -> Queue[Sequence[DecisionRecord]]:
        """Give this process's queue; a forked worker has its parent's, and no thread.

        A writer that died of a fault of ours is replaced.
        """
        alive = self._writer is not None and self._writer.is_alive()
        if self._pid != os.getpid() or not alive:
            with self._starting:
                self._start_writer()
        return self._queue

    def _start_writer(self) -> None:
        if self._pid != os.getpid():
            self._prepare(os.getpid())
            atexit.register(self.close)
        if self._writer is None or not self._writer.is_alive():
            self._closing.clear()
            self._writer = Thread(target=self._write, name="recorder", daemon=True)
            self._writer.start()

    def _write(self) -> None:
        while not (self._closing.is_set() and self._queue.empty()):
            self._save(self._take())
            self._sweep_when_due()

    def _take(self) -> list[DecisionRecord]:
        """Wait for the first, gather for a moment, and take up to a batch."""
        taken: list[DecisionRecord] = []
        try:
            taken.extend(self._queue.get(timeout=IDLE))
            self._closing.wait(GATHERING)
            while len(taken) < BATCH:
                taken.extend(self._queue.get_nowait())
        except Empty:
            pass
        return taken

    def _save(self, records: list[DecisionRecord]) -> None:
        """Keep *records*, trying until they are kept, refused or there is no time."""
        while (trouble := self._trouble_keeping(records)) is not None:
            if trouble is Trouble.REFUSED:
                self._save_singly(records)
                return
            if self._closing.wait(PAUSE):
                self._on_drop(len(records))
                return

    def _save_singly(self, records: list[DecisionRecord]) -> None:
        """Keep what can be kept of a batch that was refused for one of them."""
        kept = [self._trouble_keeping([one]) is None for one in records]
        self._on_drop(kept.count(False))

    def _trouble_keeping(self, records: list[DecisionRecord]) -> Trouble | None:
        try:
            self._kept.save_decisions(records)
        except StoreUnavailable as unavailable:
            return unavailable.trouble
        return None

    def _sweep_when_due(self) -> None:
        if time.monotonic() - self._swept_at < SWEEP_EVERY:
            return
        self._swept_at = time.monotonic()
        try:
            self._kept.forget_before(datetime.now(UTC) - self._retention)
        except StoreUnavailable:
            # The next hour will do.
            return
