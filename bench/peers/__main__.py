"""Put the same load on each in turn, and print what it costs them.

`python -m bench.peers` takes three minutes; what it measures goes to build/peers.json,
from which `python -m bench.plots` draws.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import orjson

from bench.bodies import knee_order, spine_order
from bench.figures import Spread, against, row
from bench.load import Target, put_on, tool
from bench.peers.contenders import BARE, OURS, ROOT, contenders
from bench.processes import ALL, SERVER_CPUS, keep_clear, started

if TYPE_CHECKING:
    from bench.bodies import Body
    from bench.processes import Running

ROUNDS, SECONDS, CONNECTIONS = 5, 3, 8
MICROSECONDS = 1e6
# What no peer is given: HealthChain refuses a call that names a FHIR server.
ACCESS = ("fhirServer", "fhirAuthorization")
FASTER_THAN_HEALTHCHAIN, SPINE_AIM, KNEE_AIM = 2.5, 1.5, 1.15
WRITTEN = ROOT / "build" / "peers.json"


@dataclass(slots=True)
class Taken:
    """What was measured of one: requests a second, CPU microseconds a request."""

    name: str
    rates: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)


def main() -> None:
    """Measure one process each, all workers, and an order that is no spine MRI."""
    now = datetime.now(UTC)
    spine = _without_access(spine_order(now))
    knee = knee_order(spine)
    workers = os.cpu_count() or 1
    print(f"{CONNECTIONS} connections by {tool()}, {ROUNDS} rounds of {SECONDS} s")
    keep_clear()
    one = _measure(f"one process, {len(spine.content):,} bytes", spine, 1)
    other = _measure("one process, knee ordered", knee, 1)
    os.sched_setaffinity(0, ALL)
    all_of_them = _measure(f"{workers} workers", spine, workers)
    _tell_aims(one, other)
    parts = {"one process": one, "knee ordered": other, "all workers": all_of_them}
    told = {
        "when": now.isoformat(timespec="minutes"),
        "cores": workers,
        "parts": {
            name: [asdict(one) for one in found] for name, found in parts.items()
        },
    }
    WRITTEN.parent.mkdir(exist_ok=True)
    WRITTEN.write_bytes(orjson.dumps(told, option=orjson.OPT_INDENT_2))


def _without_access(body: Body) -> Body:
    request = orjson.loads(body.content)
    kept = {name: one for name, one in request.items() if name not in ACCESS}
    return replace(body, content=orjson.dumps(kept))


def _measure(title: str, body: Body, workers: int) -> list[Taken]:
    """Load each in turn, another one first each round."""
    cpus = SERVER_CPUS if workers == 1 else ALL
    with ExitStack() as stack:
        commands = contenders(workers)
        runs = [stack.enter_context(started(one, cpus)) for one in commands]
        for one in runs:
            assert b'"cards":[' in one.ask(body.content)
            put_on(_target(one), body, 1)
        taken = {one.name: Taken(one.name) for one in runs}
        for turn in range(ROUNDS):
            first = turn % len(runs)
            for one in (*runs[first:], *runs[:first]):
                _load(one, body, taken[one.name])
    _tell(title, list(taken.values()))
    return list(taken.values())


def _target(running: Running) -> Target:
    return Target(running.port, running.path, CONNECTIONS)


def _load(running: Running, body: Body, taken: Taken) -> None:
    before = running.cpu_seconds()
    load = put_on(_target(running), body, SECONDS)
    spent = running.cpu_seconds() - before
    assert not load.failures, f"{running.name}: {load.failures} requests failed"
    taken.rates.append(load.requests / load.seconds)
    taken.costs.append(spent / load.requests * MICROSECONDS)


def _tell(title: str, taken: list[Taken]) -> None:
    print(f"\n {title}")
    print(row("", "requests/s", "CPU us/request"))
    for one in taken:
        print(row(one.name, Spread.of(one.rates), Spread.of(one.costs)))


def _tell_aims(one: list[Taken], knee: list[Taken]) -> None:
    by_name = {taken.name: taken for taken in one}
    bare = {"": by_name[BARE], "knee": {taken.name: taken for taken in knee}[BARE]}
    print()
    for taken in one:
        if taken.name.startswith("HealthChain"):
            ratio = _median(by_name[OURS].rates) / _median(taken.rates)
            met = "met" if ratio >= FASTER_THAN_HEALTHCHAIN else "MISSED"
            aim = f"aim >= {FASTER_THAN_HEALTHCHAIN}: {met}"
            print(row("faster than HealthChain", f"{ratio:.2f} times"), " ", aim)
    spine = _median(by_name[OURS].costs) / _median(bare[""].costs)
    print(row("CPU against bare Flask", f"{spine:.2f}"), " ", against(spine, SPINE_AIM))
    mine = next(taken for taken in knee if taken.name == OURS)
    ratio = _median(mine.costs) / _median(bare["knee"].costs)
    print(row("the same, knee ordered", f"{ratio:.2f}"), " ", against(ratio, KNEE_AIM))


def _median(values: list[float]) -> float:
    return Spread.of(values).median


if __name__ == "__main__":
    main()
