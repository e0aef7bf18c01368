"""The FHIR client: search for what a prefetch left out, all at once and in time."""

from __future__ import annotations

import re
import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from cds_service.fhir.breaker import Breaker
from cds_service.fhir.fetched import Fetched, failed
from cds_service.fhir.paging import (
    MOST_ENTRIES,
    MOST_PAGES,
    entries_of,
    is_page,
    joined,
    next_link,
    stays_within,
)
from cds_service.fhir.sight import Cause
from cds_service.fhir.transport import NotFetched, get
from cds_service.outgoing import Call, open_session

if TYPE_CHECKING:
    from collections.abc import Mapping

    import requests

    from cds_service.security.trust import TrustedServer

# Searches under way in one process; what finds no place is late, and said to be.
AT_ONCE = 128
# Kept of so many servers: there may be any number where all of this machine will do.
MOST_SERVERS = 64
# What a header can hold of a token, RFC 6750, section 2.1, and a little more.
SENDABLE = re.compile(r"[!-~]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is kept of one server from call to call."""

    session: requests.Session
    breaker: Breaker


class FhirClient:
    """Asks FHIR servers. One for a process, used by all of its threads.

    It grows threads and connections when it is first used, after workers were forked.
    """

    def __init__(self) -> None:
        self._servers: dict[TrustedServer, _Asked] = {}
        self._threads: ThreadPoolExecutor | None = None
        self._lock = Lock()

    def fetch(
        self,
        server: TrustedServer,
        searches: Mapping[str, str],
        token: str | None,
        until: float,
    ) -> dict[str, Fetched]:
        """Search for everything at once.

        Args:
            server: who is asked; its configured URL is called, and nothing else.
            searches: relative URLs, by prefetch key.
            token: the bearer token for that server, if one was given.
            until: when to be back, by the monotonic clock; what is late has failed.
        """
        if not SENDABLE.fullmatch(token or ""):
            return dict.fromkeys(searches, failed(Cause.NOT_ALLOWED))
        asked = self._open(server)
        if not asked.breaker.allows():
            return dict.fromkeys(searches, failed(Cause.UNREACHABLE))
        began = time.monotonic()
        calls = {key: Call(until) for key in searches}
        futures = {
            key: self._pool().submit(
                _search, asked.session, server.url, search, token, calls[key]
            )
            for key, search in searches.items()
        }
        wait(futures.values(), timeout=max(0.0, until - time.monotonic()))
        found = {key: _result(futures[key], calls[key], began) for key in searches}
        _note(asked.breaker, found, calls)
        return found

    def _open(self, server: TrustedServer) -> _Asked:
        with self._lock:
            kept = self._servers.pop(server, None)
            # Where there are too many, those asked longest ago make room.
            for one in list(self._servers)[: -(MOST_SERVERS - 1)]:
                del self._servers[one]
            asked = kept or _Asked(open_session(server.ca_file), Breaker())
            self._servers[server] = asked
            return asked

    def _pool(self) -> ThreadPoolExecutor:
        with self._lock:
            if self._threads is None:
                self._threads = ThreadPoolExecutor(AT_ONCE, "fhir")
            return self._threads


def _note(
    breaker: Breaker, found: Mapping[str, Fetched], calls: Mapping[str, Call]
) -> None:
    """Remember how the server was; what never got to it says nothing about it."""
    if any(call.begun for call in calls.values()):
        in_time = (key for key in found if found[key].cause is not Cause.TIMED_OUT)
        breaker.note(answered=any(calls[key].answered for key in in_time))


def _result(future: Future[Fetched], call: Call, began: float) -> Fetched:
    """Give what came in time; cut what did not."""
    if future.done():
        return future.result()
    future.cancel()
    call.cut()
    return failed(Cause.TIMED_OUT, time.monotonic() - began)


def _search(
    session: requests.Session, base: str, search: str, token: str | None, call: Call
) -> Fetched:
    """Run one search through all of its pages."""
    began = time.monotonic()
    pages: list[dict[str, Any]] = []
    cause = None
    url = f"{base}/{search}"
    try:
        while url:
            pages.append(_going_on(pages, get(session, url, token, call)))
            url = _following(pages, base)
    except NotFetched as why:
        cause = why.cause
    return _told(pages, cause, time.monotonic() - began)


def _going_on(pages: list[dict[str, Any]], page: dict[str, Any]) -> dict[str, Any]:
    """Give *page* back if it can follow *pages*.

    Raises:
        NotFetched: it cannot; taken for a page without entries, it would hide some.
    """
    if pages and not is_page(page):
        raise NotFetched(Cause.UNREADABLE)
    return page


def _following(pages: list[dict[str, Any]], base: str) -> str:
    """Give the URL of the page to read next, "" where there is none to be read."""
    url = next_link(pages[-1])
    read = sum(len(entries_of(page)) for page in pages)
    enough = len(pages) >= MOST_PAGES or read >= MOST_ENTRIES
    if enough or not is_page(pages[-1]) or not stays_within(url, base):
        return ""
    return url


def _told(pages: list[dict[str, Any]], cause: Cause | None, seconds: float) -> Fetched:
    """Put together what came; a later page that failed leaves the earlier ones."""
    if not pages:
        return failed(cause or Cause.UNREADABLE, seconds)
    kind = pages[0]["resourceType"]
    if kind == "OperationOutcome":
        return Fetched(pages[0], Cause.SERVER_ERROR, seconds)
    value = joined(pages) if kind == "Bundle" else pages[0]
    return Fetched(value, cause, seconds)
