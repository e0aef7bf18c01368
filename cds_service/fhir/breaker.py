"""Spare a server that does not answer, and the clinicians who wait for it."""

from __future__ import annotations

import time
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

FAILURES = 5
REST = 10.0  # seconds


class Breaker:
    """Opens after so many failures in a row; after a rest one call may try again.

    A library would count by the wall clock, which may be set.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures = 0
        self._tried_at = 0.0
        self._lock = Lock()

    def allows(self) -> bool:
        """Whether the server may be asked now; after a rest, by one call alone."""
        with self._lock:
            if self._failures < FAILURES:
                return True
            now = self._clock()
            if now - self._tried_at < REST:
                return False
            self._tried_at = now
            return True

    def note(self, *, answered: bool) -> None:
        """Remember how a call went."""
        with self._lock:
            self._failures = 0 if answered else self._failures + 1
            self._tried_at = self._clock()
