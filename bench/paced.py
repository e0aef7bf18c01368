"""Calls at a given rate, whether or not the server keeps up.

How long a call took counts from when it was due: a server that is slow to take it does
not hide that by keeping its client from sending the next.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from statistics import quantiles
from typing import TYPE_CHECKING

from bench.processes import HEADERS, LOOPBACK, OK, PATH

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

BUSY = 503
MILLISECONDS = 1e3


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the calls of one rate.

    offered: calls a second that were due. accepted, refused: how many were answered,
    and told to come again. failed: anything else. latencies: of the accepted ones, ms.
    seconds: from the first that was due to the last that was answered.
    """

    offered: float
    accepted: int
    refused: int
    failed: int
    latencies: tuple[float, ...]
    refusals: tuple[float, ...]
    seconds: float

    def percentile(self, hundredth: int) -> float:
        """Give a percentile of the accepted calls' latency, ms; 0 without any."""
        if len(self.latencies) < 2:  # noqa: PLR2004 - nothing to rank
            return sum(self.latencies)
        return quantiles(self.latencies, n=100, method="inclusive")[hundredth - 1]


@dataclass(frozen=True, slots=True)
class Pace:
    """So many calls a second, for so many seconds, over so many connections."""

    rate: float
    seconds: float
    connections: int


def no_headers(_: int) -> dict[str, str]:
    """Add none."""
    return {}


@dataclass(frozen=True, slots=True)
class Calls:
    """What is sent to whom; *headers* gives those of the call with this number."""

    port: int
    body: bytes
    headers: Callable[[int], dict[str, str]] = no_headers


def call_at(calls: Calls, pace: Pace) -> Outcome:
    """Call at a pace."""
    count = int(pace.rate * pace.seconds)
    begin = time.monotonic() + 0.2
    due = [begin + number / pace.rate for number in range(count)]
    with ThreadPoolExecutor(pace.connections) as pool:
        mine = [
            range(first, count, pace.connections) for first in range(pace.connections)
        ]
        parts = [pool.submit(_call_each, calls, due, numbers) for numbers in mine]
        told = [one for part in parts for one in part.result()]
    return _summed(pace.rate, told, time.monotonic() - begin)


def _summed(rate: float, told: Sequence[tuple[int, float]], seconds: float) -> Outcome:
    good = tuple(spent for status, spent in told if status == OK)
    refused = tuple(spent for status, spent in told if status == BUSY)
    return Outcome(
        offered=rate,
        accepted=len(good),
        refused=len(refused),
        failed=len(told) - len(good) - len(refused),
        latencies=good,
        refusals=refused,
        seconds=seconds,
    )


def _call_each(
    calls: Calls, due: Sequence[float], numbers: range
) -> list[tuple[int, float]]:
    """Make calls over one connection, each when it is due; give status and ms."""
    told = []
    connection = HTTPConnection(LOOPBACK, calls.port, timeout=20)
    for number in numbers:
        time.sleep(max(0.0, due[number] - time.monotonic()))
        headers = {**HEADERS, **calls.headers(number)}
        try:
            connection.request("POST", PATH, calls.body, headers)
            answer = connection.getresponse()
            answer.read()
            status = answer.status
        except (OSError, HTTPException):
            connection.close()
            status = 0
        told.append((status, (time.monotonic() - due[number]) * MILLISECONDS))
    connection.close()
    return told
