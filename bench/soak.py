"""Call one server very many times; what it holds must not grow: `python -m bench.soak`.

Every call is about another patient, so whatever is remembered by mistake shows.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import psutil

from bench.processes import HEADERS, LOOPBACK, OK, PATH, Running, keep_clear, service

CALLS = 110_000
# Caches fill in the first calls; from then on nothing may grow.
WARM_UP = 10_000
ROUNDS = 10
CONNECTIONS = 4
GROWTH = 1.05
SPARE = 4  # files and threads that come and go
REQUEST = Path("fixtures/spine_mri/suspected-discitis/request.json")
TOLD = "{calls:>8,} calls  {mib:7.1f} MiB  {fds:4} files  {threads:3} threads"


@dataclass(frozen=True, slots=True)
class Held:
    """What the worker of a server holds."""

    rss: int
    fds: int
    threads: int


def main() -> None:
    """Soak, print, and fail where something grew."""
    parser = argparse.ArgumentParser(prog="bench.soak", description=__doc__)
    parser.add_argument("--calls", type=int, default=CALLS, help="after the warm-up")
    calls = parser.parse_args().calls
    keep_clear()
    with service() as server:
        soak(server, WARM_UP, 0)
        first = last = tell(server, 0)
        for done in range(1, ROUNDS + 1):
            soak(server, calls // ROUNDS, done)
            last = tell(server, done * (calls // ROUNDS))
    assert last.rss <= first.rss * GROWTH, "memory grew"
    assert last.fds <= first.fds + SPARE, "files stayed open"
    assert last.threads <= first.threads + SPARE, "threads stayed"


def soak(server: Running, calls: int, turn: int) -> None:
    """Call over a few connections that are kept open."""
    each = range(calls // CONNECTIONS)
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        parts = [
            pool.submit(_call_on, server.port, each, f"{turn}-{part}")
            for part in range(CONNECTIONS)
        ]
    for part in parts:
        part.result()


def tell(server: Running, calls: int) -> Held:
    """Look at what the worker holds, and print it."""
    (worker,) = psutil.Process(server.pid).children()
    held = Held(worker.memory_info().rss, worker.num_fds(), worker.num_threads())
    mib = held.rss / 1024 / 1024
    print(TOLD.format(calls=calls, mib=mib, fds=held.fds, threads=held.threads))
    return held


def _call_on(port: int, each: range, prefix: str) -> None:
    body = REQUEST.read_bytes()
    patient = body.partition(b'"patientId": "')[2].partition(b'"')[0]
    connection = HTTPConnection(LOOPBACK, port, timeout=10)
    for serial in each:
        mine = body.replace(patient, f"{prefix}-{serial}".encode())
        connection.request("POST", PATH, mine, HEADERS)
        response = connection.getresponse()
        response.read()
        assert response.status == OK, f"HTTP {response.status}"
    connection.close()


if __name__ == "__main__":
    main()
