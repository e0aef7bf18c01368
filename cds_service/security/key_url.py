"""Keys at a URL: cached, renewed beforehand, and kept while the URL is down."""

from __future__ import annotations

import math
import time
from threading import BoundedSemaphore, Event, Lock, Thread
from typing import TYPE_CHECKING

from cds_service.security.key_fetch import FetchFailed, fetch_key_set
from cds_service.security.key_reading import Outcome, unreported
from cds_service.security.unauthorized import Cause, Unauthorized

if TYPE_CHECKING:
    from collections.abc import Callable

    from cds_service.security.key_reading import Report
    from cds_service.security.public_keys import PublicKey, PublicKeys

FRESH = 600.0  # seconds; after that, keys are renewed while they are still used
USABLE = 86_400.0  # seconds; after that, nobody knows whether they still hold
INTERVAL = 60.0  # seconds between two fetches, whatever is asked for
# Calls that may wait at a time for keys we do not know: most of a server's threads
# stay free while somebody invents key ids.
WAITING = 16


class UrlKeys:
    """The keys at a URL.

    No call of a known key ever waits. One of an unknown key waits for the fetch that
    it, or another just before it, began; one fetch a minute is begun at most, so
    there is never more than one that anyone waits for. Threads are started by calls
    alone: a process may fork between construction and the first of them.
    """

    def __init__(
        self,
        url: str,
        report: Report = unreported,
        clock: Callable[[], float] = time.monotonic,
        patience: float = 1.0,
    ) -> None:
        """Fetch nothing yet.

        Args:
            url: where the keys are.
            report: told how each fetch went, from the thread that fetched.
            clock: seconds that only ever grow.
            patience: how many of them a fetch may take.
        """
        self._url = url
        self._report = report
        self._clock = clock
        self._patience = patience
        self._lock = Lock()
        self._places = BoundedSemaphore(WAITING)
        self._keys: PublicKeys | None = None
        self._fetched_at = self._asked_at = -math.inf
        self._answered = Event()
        self._answered.set()

    def fetch(self) -> None:
        """Fetch the keys now, in this thread, whenever that was done last."""
        asked_at = self._clock()
        try:
            keys = fetch_key_set(self._url, self._patience)
        except FetchFailed as failed:
            self._report(failed.outcome)
            return
        with self._lock:
            self._keys, self._fetched_at = keys, asked_at
            self._asked_at = max(self._asked_at, asked_at)
        self._report(Outcome.READ)

    def find(self, kid: str) -> tuple[PublicKey, ...]:
        """Find the keys of that id; if it is not known, ask the URL.

        Raises:
            Unauthorized: there is none, or no keys could be had for a day.
        """
        known = self._known(kid)
        if known:
            self._begin(older_than=FRESH)
            return known
        self._wait(self._begin(older_than=0))
        return self._known(kid) or self._refuse()

    def _known(self, kid: str) -> tuple[PublicKey, ...]:
        """Find the keys of that id among those we have."""
        keys = self._usable()
        return keys.find(kid) if keys else ()

    def _refuse(self) -> tuple[PublicKey, ...]:
        """Refuse a key; a metric shall tell whose fault it was."""
        raise Unauthorized(Cause.UNKNOWN_KEY if self._usable() else Cause.NO_KEYS)

    def _usable(self) -> PublicKeys | None:
        """Give the keys we have, unless they are too old."""
        with self._lock:
            aged = self._clock() - self._fetched_at
            return self._keys if aged < USABLE else None

    def _begin(self, older_than: float) -> Event:
        """Begin a fetch in the background, if keys are older and none began lately.

        Returns:
            What is set when the latest fetch is over.
        """
        with self._lock:
            now = self._clock()
            old = now - self._fetched_at >= older_than
            if old and now - self._asked_at >= INTERVAL:
                self._asked_at, self._answered = now, Event()
                work = (self._answered,)
                Thread(target=self._fetch_and_tell, args=work, daemon=True).start()
            return self._answered

    def _fetch_and_tell(self, answered: Event) -> None:
        """Fetch the keys, and let those who wait go on, whatever happens."""
        try:
            self.fetch()
        finally:
            answered.set()

    def _wait(self, answered: Event) -> None:
        """Wait for a fetch, no longer than it may take, and only if few do."""
        if answered.is_set() or not self._places.acquire(blocking=False):
            return
        try:
            answered.wait(self._left())
        finally:
            self._places.release()

    def _left(self) -> float:
        """Tell how long the latest fetch may still take."""
        with self._lock:
            return max(0.0, self._asked_at + self._patience - self._clock())
