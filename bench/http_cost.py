"""What a call costs over HTTP, against a bare Flask application.

CPU time as the operating system counts it, so that a busy machine spoils less; the
two take turns, so that what is spoilt is spoilt for both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson

from bench import processes
from bench.bodies import knee_order, of_strangers, spine_order
from bench.figures import Spread, against, row
from bench.load import CONNECTIONS, Target, put_on, tool

if TYPE_CHECKING:
    from datetime import datetime

    from bench.bodies import Body
    from bench.processes import Running

SPINE_AIM = 2.5
KNEE_AIM = 1.2
MICROSECONDS = 1e6


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured: rounds for each case, seconds for each load."""

    rounds: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one load: requests a second, CPU microseconds a request."""

    rate: float
    cpu: float


def compare(now: datetime, effort: Effort) -> None:
    """Measure spine orders and a knee order, and print the ratios."""
    spine = spine_order(now)
    cases = (
        (spine, 1, SPINE_AIM),
        (of_strangers(spine), 1, SPINE_AIM),
        (knee_order(spine), 0, KNEE_AIM),
    )
    print(f"Over HTTP: one gthread worker, {CONNECTIONS} connections by {tool()}")
    processes.keep_clear()
    with processes.service() as ours, processes.bare() as bare:
        for body, cards, aim in cases:
            _check(ours, body, cards)
            _compare_on(body, (ours, bare), effort, aim)


def compare_servers(now: datetime, effort: Effort) -> None:
    """Measure the service under Granian against the same under gunicorn."""
    spine = spine_order(now)
    print(f"Granian against gunicorn, {CONNECTIONS} connections by {tool()}")
    processes.keep_clear()
    with processes.under_granian() as other, processes.service() as ours:
        for body, cards in ((spine, 1), (knee_order(spine), 0)):
            _check(other, body, cards)
            _compare_on(body, (other, ours), effort, None)


def _check(ours: Running, body: Body, cards: int) -> None:
    """Assert that what is measured is the right answer."""
    told = orjson.loads(ours.ask(body.content))
    assert len(told["cards"]) == cards, f"{body.name}: {len(told['cards'])} cards"


def _compare_on(
    body: Body, pair: tuple[Running, Running], effort: Effort, aim: float | None
) -> None:
    for running in pair:
        put_on(Target(running.port), body, 1)
    costs: tuple[list[Cost], list[Cost]] = ([], [])
    for turn in range(effort.rounds):
        # Who goes first alternates as well.
        for which in (0, 1) if turn % 2 else (1, 0):
            costs[which].append(_cost(pair[which], body, effort.seconds))
    print(f"\n {body.name}, {len(body.content):,} bytes, {effort.rounds} rounds")
    print(row("", "requests/s", "CPU us/request"))
    for running, measured in zip(pair, costs, strict=True):
        rate = Spread.of([one.rate for one in measured])
        print(row(running.name, rate, Spread.of([one.cpu for one in measured])))
    rates = Spread.of(
        [one.rate / least.rate for one, least in zip(*costs, strict=True)]
    )
    ratio = Spread.of([one.cpu / least.cpu for one, least in zip(*costs, strict=True)])
    told = "" if aim is None else against(ratio.median, aim)
    print(row("ratio", rates, ratio), " ", told)


def _cost(running: Running, body: Body, seconds: int) -> Cost:
    before = running.cpu_seconds()
    load = put_on(Target(running.port), body, seconds)
    spent = running.cpu_seconds() - before
    assert not load.failures, f"{running.name}: {load.failures} requests failed"
    rate = load.requests / load.seconds
    return Cost(rate, spent / load.requests * MICROSECONDS)
