"""How much one small machine carries: `python -m bench.scale`, some four minutes.

Latency against load, up to saturation and beyond; throughput against the size of the
chart and against the number of workers; and what a client's token costs. What is
measured goes to build/scale.json, from which `python -m bench.plots` draws.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from bench.bodies import Body, grown, spine_order
from bench.figures import against, number, row
from bench.load import Target, put_on
from bench.paced import Calls, Pace, call_at
from bench.processes import ALL, PATH, keep_clear, service
from tests.tokens import PUBLIC_URL, Call, issuers, minted

if TYPE_CHECKING:
    from bench.paced import Outcome

WRITTEN = Path("build") / "scale.json"
RATES = (25, 50, 100, 200, 300, 400, 500, 600, 800, 1200)
SECONDS = 6
# More than a worker answers at once, so that it has to refuse some.
MANY = 96
FEW = 16
SIZES = (1_000, 15_000, 100_000, 1_000_000, 9_500_000)
TOKEN_RATE, TOKEN_SECONDS, TOKEN_AIM = 100, 20, 20.0
# Charts that are refused by the usual limits.
ROOMY = {"CDS_MAX_BODY_BYTES": str(16 * 1024 * 1024), "CDS_MAX_NODES": "2000000"}


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a curve, for the plots."""

    at: float
    values: dict[str, float]


def main() -> None:
    """Measure, print, and keep it for the plots."""
    now = datetime.now(UTC)
    body = spine_order(now)
    keep_clear()
    told = {
        "when": now.isoformat(timespec="minutes"),
        "cores": os.cpu_count(),
        "load": _load(body),
        "sizes": _sizes(body),
        "token": _token(body),
    }
    os.sched_setaffinity(0, ALL)
    told["workers"] = _workers(body)
    WRITTEN.parent.mkdir(exist_ok=True)
    WRITTEN.write_bytes(orjson.dumps(told, option=orjson.OPT_INDENT_2))


def _load(body: Body) -> list[Point]:
    print("\nLatency against load: one worker, one processor, 15 kB")
    print(row("offered, calls/s", "answered/s", "p50 and p99, ms", "503, of 100"))
    found = []
    with service() as ours:
        put_on(Target(ours.port), body, 2)
        for rate in RATES:
            out = call_at(Calls(ours.port, body.content), Pace(rate, SECONDS, MANY))
            assert not out.failed, f"{out.failed} calls failed at {rate}/s"
            found.append(_point(rate, out))
            time.sleep(0.5)
    return found


def _point(rate: float, out: Outcome) -> Point:
    p50, p99 = out.percentile(50), out.percentile(99)
    answered = out.accepted / out.seconds
    share = 100 * out.refused / (out.accepted + out.refused)
    ranked = sorted(out.refusals)
    told = {"answered": answered, "p50": p50, "p99": p99, "refused": share}
    if ranked:
        told["refused_p50"] = ranked[len(ranked) // 2]
    both = f"{number(p50)}, {number(p99)}"
    print(row(str(rate), number(answered), both, number(share)))
    return Point(rate, told)


def _sizes(body: Body) -> list[Point]:
    print("\nThroughput against the size of a request: one worker")
    print(row("bytes", "requests/s", "CPU ms/request"))
    found = []
    with service(settings=ROOMY) as ours:
        for size in SIZES:
            sized = _of_size(body, size)
            put_on(Target(ours.port), sized, 1)
            before = ours.cpu_seconds()
            load = put_on(Target(ours.port), sized, SECONDS)
            assert not load.failures, f"{load.failures} requests of {size} failed"
            rate = load.requests / load.seconds
            cost = (ours.cpu_seconds() - before) / load.requests * 1e3
            length = len(sized.content)
            found.append(Point(length, {"rate": rate, "cost": cost}))
            print(row(f"{length:,}", number(rate), number(cost)))
    return found


def _of_size(body: Body, size: int) -> Body:
    """Make a request of about that size: without its chart, or with more of one."""
    if size < len(body.content) / 2:
        request = orjson.loads(body.content)
        patient = request["prefetch"]["patient"]
        empty = dict.fromkeys(request["prefetch"]) | {"patient": patient}
        return Body("small", orjson.dumps({**request, "prefetch": empty}))
    return body if size < 2 * len(body.content) else grown(body, size)


def _token(body: Body) -> dict[str, float]:
    """Measure latency with a token of its own for every call."""
    issuer = issuers()[0]
    trusted = json.dumps([{"iss": issuer.iss, "jwks": issuer.jwks}])
    asked = {"CDS_AUTH": "jwt", "CDS_ISSUERS": trusted, "CDS_PUBLIC_URL": PUBLIC_URL}
    made = Call(PATH, time.time())
    tokens = [minted(made)[0] for _ in range(TOKEN_RATE * TOKEN_SECONDS)]

    def headers(call: int) -> dict[str, str]:
        return {"Authorization": tokens[call]}

    with service(settings=asked) as ours:
        pace = Pace(TOKEN_RATE, TOKEN_SECONDS, FEW)
        out = call_at(Calls(ours.port, body.content, headers), pace)
    assert out.failed == out.refused == 0, "a call with a token was refused"
    p50, p99 = out.percentile(50), out.percentile(99)
    print(f"\n{TOKEN_RATE} calls/s, each with a token (ES384) that is checked and kept")
    print(
        row("p50 and p99, ms", f"{number(p50)}, {number(p99)}"), against(p99, TOKEN_AIM)
    )
    return {"rate": TOKEN_RATE, "p50": p50, "p99": p99}


def _workers(body: Body) -> list[Point]:
    print("\nThroughput against workers, on all processors with the load beside it")
    print(row("workers", "requests/s"))
    found = []
    for workers in (1, 2, 4):
        with service(workers) as ours:
            put_on(Target(ours.port, connections=FEW), body, 1)
            load = put_on(Target(ours.port, connections=FEW), body, SECONDS)
        rate = load.requests / load.seconds
        found.append(Point(workers, {"rate": rate}))
        print(row(str(workers), number(rate)))
    return found


if __name__ == "__main__":
    main()
