"""What a chart costs in process, against the parsing of its JSON alone.

By CPU time of the thread. Each chart is measured once a pass and passes follow one
another, so that caches hold what they would hold among many patients.
"""

from __future__ import annotations

import gzip
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import correlation, linear_regression, median
from typing import TYPE_CHECKING, Any

import orjson

from bench.bodies import SERVICE, Body, grown, newest_date, spine_order
from bench.figures import against, number, p95, row
from cds_service.answer import answer
from cds_service.cds_hooks.request import parse_call
from cds_service.registry import load
from cds_service.server import warm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from cds_service.service import Service

CHARTS = Path(__file__).parents[2] / "shared" / "data" / "synthea_requests.ndjson.gz"
# Of a large chart: so many times its parsing; or twice that, and half a millisecond.
AIM = 4
TWICE, HALF_A_MS = 2, 5e5
KB = 1000
LARGE = 150
CLASSES = ((0, 20), (20, 50), (50, LARGE), (LARGE, 10_000))
NEAR = (30, 100, 300)
# As near as this to a size counts as of that size.
SLACK = 1.35
# A ratio may exceed the one near the smallest size by so much and count as equal.
LINEAR = 1.1
GENERATED_SIZES = tuple(range(15 * KB, 400 * KB, 15 * KB))


@dataclass(frozen=True, slots=True)
class Timing:
    """One chart: its size in bytes, nanoseconds to parse it and to answer the call."""

    size: int
    parsing: float
    answering: float
    cards: int

    @property
    def ratio(self) -> float:
        """How often its JSON could have been parsed meanwhile."""
        return self.answering / self.parsing

    @property
    def share(self) -> float:
        """How much of the time it took that it may take."""
        return self.answering / (TWICE * self.parsing + HALF_A_MS)


def measure(now: datetime, passes: int) -> None:
    """Measure every chart at its own end and at *now*, and print the ratios."""
    services = load()
    warm(services)
    name, bodies = charts(now)
    print(f"\nIn process: {len(bodies)} charts, {name}, {passes} passes")
    _print_first([_once(services[SERVICE], one, newest_date(one)) for one in bodies])
    for title, at in (("as of the chart's last day", newest_date), ("today", _at(now))):
        timings = _timed(services[SERVICE], [(one, at(one)) for one in bodies], passes)
        print(f"\n {title}")
        _report([one for one in timings if one.cards])
        _report_silent([one for one in timings if not one.cards])


def _print_first(timings: Sequence[Timing]) -> None:
    """Print what it costs while no code and no text has been met before."""
    told = number(median(one.ratio for one in timings if one.cards))
    print(f"  each chart for the first time: ratio {told}, one pass")


def _at(now: datetime) -> Callable[[bytes], datetime]:
    return lambda _: now


def charts(now: datetime) -> tuple[str, list[bytes]]:
    """Give real charts, or grown ones where those are not to be had; and which."""
    if CHARTS.is_file():
        with gzip.open(CHARTS) as lines:
            return CHARTS.name, [line.strip() for line in lines]
    seed: Body = spine_order(now)
    return "generated", [grown(seed, size).content for size in GENERATED_SIZES]


def _timed(
    service: Service[Any], calls: Sequence[tuple[bytes, datetime]], passes: int
) -> list[Timing]:
    rounds = [[_once(service, *call) for call in calls] for _ in range(passes)]
    return [_typical(ones) for ones in zip(*rounds, strict=True)]


def _typical(ones: Sequence[Timing]) -> Timing:
    parsing = median(one.parsing for one in ones)
    answering = median(one.answering for one in ones)
    return Timing(ones[0].size, parsing, answering, ones[0].cards)


def _once(service: Service[Any], body: bytes, at: datetime) -> Timing:
    begun = time.thread_time_ns()
    orjson.loads(body)
    parsed = time.thread_time_ns()
    cards = answer(service, parse_call(body, service.hook), at).cards
    answered = time.thread_time_ns()
    return Timing(len(body), parsed - begun, answered - parsed, len(cards))


def _report(timings: Sequence[Timing]) -> None:
    """Print the ratios by size, and whether they stay the same."""
    print(row("size", "charts", "answer ms, median", "ratio: median, p95"))
    for low, high in CLASSES:
        _print_sizes(f"{low} to {high} kB", _sized(timings, low * KB, high * KB))
    _print_sizes("all", timings)
    _print_large(_sized(timings, LARGE * KB, float("inf")))
    near = [_near(timings, size) for size in NEAR]
    told = [f"{size} kB: {number(one)}" for size, one in zip(NEAR, near, strict=True)]
    linear = "met" if max(near) <= near[0] * LINEAR else "MISSED"
    print(f"  ratio near {', '.join(told)}   aim no growth: {linear}")
    print(f"  {_growth(timings)}")


def _print_large(timings: Sequence[Timing]) -> None:
    """Print whether a large chart costs no more than it may."""
    if timings:
        ratio = median(one.ratio for one in timings)
        share = median(one.share for one in timings)
        print(f"  over {LARGE} kB: {number(ratio)}   {against(ratio, AIM)}")
        limit = f"of {TWICE} x parsing + 0.5 ms"
        print(f"  {limit}: {number(share)}   {against(share, 1)}")


def _growth(timings: Sequence[Timing]) -> str:
    """Split the cost in what every call pays and what each kilobyte adds."""
    sizes = [one.size / KB for one in timings]
    answering = linear_regression(sizes, [one.answering for one in timings])
    parsing = linear_regression(sizes, [one.parsing for one in timings])
    added = number(answering.slope / parsing.slope)
    fit = number(correlation(sizes, [one.answering for one in timings]))
    fixed, slope = number(answering.intercept / 1e6), number(answering.slope / 1e3)
    return (
        f"{fixed} ms a call and {slope} us a kB, {added} times what parsing adds; "
        f"on a straight line: r = {fit}"
    )


def _print_sizes(name: str, timings: Sequence[Timing]) -> None:
    if not timings:
        return
    ratios = [one.ratio for one in timings]
    spent = median(one.answering for one in timings) / 1e6
    both = f"{number(median(ratios))}, {number(p95(ratios))}"
    print(row(name, len(timings), number(spent), both))


def _near(timings: Iterable[Timing], size: int) -> float:
    near = _sized(timings, size * KB / SLACK, size * KB * SLACK)
    return median([one.ratio for one in near] or [0])


def _sized(timings: Iterable[Timing], low: float, high: float) -> list[Timing]:
    return [one for one in timings if low <= one.size < high]


def _report_silent(timings: Sequence[Timing]) -> None:
    """Print what it costs to have nothing to say."""
    if timings:
        ratios = [one.ratio for one in timings]
        told = f"{len(timings)} charts answered without a card"
        print(f"  {told}: ratio {number(median(ratios))}, p95 {number(p95(ratios))}")
