"""Counts that wait a moment and are written together.

Every call counts some twenty things, most of them the same ones as the call before, and
each costs a lock and a write into memory that is shared with the other workers.
"""

from __future__ import annotations

import os
from contextlib import suppress
from threading import Lock, Timer
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prometheus_client import Counter

    # A counter, and the values of its labels.
    Counted: TypeAlias = tuple[Counter, tuple[str, ...]]

# A full disk costs counts, never an answer.
uncounted = suppress(OSError, ValueError)
WAIT = 0.5


class Tally:
    """What was counted in this process and is not written yet.

    Args:
        wait: seconds until it is.
    """

    def __init__(self, wait: float = WAIT) -> None:
        self._wait = wait
        self._lock = Lock()
        self._pending: dict[Counted, int] = {}
        # Where that was counted: a fork inherits no thread, and counts of its parent's.
        self._process = 0

    def add(self, counted: Iterable[Counted]) -> None:
        """Count each of these once."""
        here = os.getpid()
        with self._lock:
            idle = self._process != here
            if idle:
                self._pending, self._process = {}, here
            pending = self._pending
            for one in counted:
                pending[one] = pending.get(one, 0) + 1
        if idle:
            timer = Timer(self._wait, self.write)
            timer.daemon = True
            timer.start()

    def write(self) -> None:
        """Write what waits."""
        with self._lock:
            pending = self._pending if self._process == os.getpid() else {}
            self._pending, self._process = {}, 0
        for (counter, labels), times in pending.items():
            with uncounted:
                counter.labels(*labels).inc(times)
