"""How long a call takes over HTTP while its FHIR server takes every search, silently.

Every chart, as it was sent: what it lacks is searched for, and given up in time. The
server goes by many names, since one that never answers is soon not asked any more.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import orjson

from bench import processes
from bench.chart_cost import charts
from bench.figures import Spread, against, number, p95, row
from cds_service.fhir.breaker import FAILURES
from tests.fhir_server import fhir_server

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bench.processes import Running
    from tests.fhir_server import Exchange

AT_ONCE = 2
DEADLINE_MS = 400
SPARE_MS = 50
LATE = b'"cause":"timed-out"'


def measure(now: datetime, most: int) -> None:
    """Send up to so many charts, and print how far past the deadline answers come."""
    name, bodies = charts(now)
    with fhir_server(silent) as hung:
        names = [f"{hung.url}/{one}" for one in range(len(bodies) // FAILURES + 1)]
        calls = [_call(one, names[at % len(names)]) for at, one in enumerate(bodies)]
        servers = orjson.dumps([{"url": one} for one in names]).decode()
        settings = {"CDS_FHIR_SERVERS": servers, "CDS_DEADLINE_MS": str(DEADLINE_MS)}
        with processes.service(settings=settings) as running:
            _ask(running, calls[0])  # its threads and connections are not counted
            took = _timed(running, calls[1 : most + 1])
    _report(name, took)


def silent(exchange: Exchange) -> None:
    """Never answer; wait until the other side has had enough."""
    exchange.connection.recv(1)


def _call(body: bytes, server: str) -> bytes:
    return orjson.dumps(orjson.loads(body) | {"fhirServer": server})


def _timed(running: Running, calls: Sequence[bytes]) -> list[tuple[float, bool]]:
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(lambda one: _ask(running, one), calls))


def _ask(running: Running, body: bytes) -> tuple[float, bool]:
    """Give the milliseconds, and whether a card says that a search was given up."""
    began = time.monotonic()
    told = running.ask(body)  # asserts 200
    return (time.monotonic() - began) * 1000, LATE in told


def _report(name: str, took: Sequence[tuple[float, bool]]) -> None:
    said = sum(late for _, late in took)
    assert said, "no card says that the server was too late"
    over = [ms - DEADLINE_MS for ms, _ in took]
    print(f"\nFHIR server hung: {len(took)} charts, {name}, {AT_ONCE} at a time")
    print(f"  all answered by 200; {said} with a card, which says why")
    spread = Spread.of(over)
    print(row("ms past the deadline", spread, against(spread.highest, SPARE_MS)))
    print(row("95 of 100 within", number(p95(over))))
