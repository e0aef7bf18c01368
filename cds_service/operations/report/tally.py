"""Count a period's decisions and what became of them; pure."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field, fields
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from cds_service.fhir.sight import ANSWERED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from cds_service.store.records import DecisionRecord, FeedbackRecord

NO_PROTOCOL = "none"
UNSAID = "no coded reason"
PERCENTILES = (50, 90, 95, 99)
# Upper ends of the histogram, milliseconds; the last class is open.
LATENCY_ENDS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class RuleTally:
    """One rule: how often it led, fired, and what became of the cards it led to."""

    rule: str
    led: int
    fired: int
    shown: int
    accepted: int
    overridden: int
    reasons: Counts

    @property
    def unanswered(self) -> int:
        """Cards that were shown and that nobody said anything about."""
        return max(0, self.shown - self.accepted - self.overridden)


@dataclass(frozen=True, slots=True)
class Latency:
    """How long answers took, milliseconds.

    Attributes:
        percentiles: percent and the time that so many calls did not pass.
        histogram: calls by LATENCY_ENDS, and those beyond the last.
    """

    percentiles: tuple[tuple[int, float], ...]
    longest: float
    histogram: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The whole period in a few numbers.

    Attributes:
        other_feedback: feedback on cards that are not of the period.
    """

    calls: int
    calls_with_card: int
    cards: int
    shown: int
    accepted: int
    overridden: int
    other_feedback: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A period, from *since* to before *until*.

    Attributes:
        advice: cards by what they advise and with which protocol.
        unseen: calls by a query that was not seen and its state.
    """

    since: datetime
    until: datetime
    totals: Totals
    days: tuple[tuple[date, int], ...]
    rules: tuple[RuleTally, ...]
    advice: tuple[tuple[str, str, int], ...]
    unseen: tuple[tuple[str, str, int], ...]
    latency: Latency | None
    services: Counts
    clients: Counts
    versions: Counts


@dataclass(frozen=True, slots=True)
class _Counting:
    """What was counted so far."""

    latest: dict[str, FeedbackRecord]
    whole: Counter[str] = field(default_factory=Counter)
    days: Counter[date] = field(default_factory=Counter)
    by_rule: defaultdict[str, Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    reasons: defaultdict[str, Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    advice: Counter[tuple[str, str]] = field(default_factory=Counter)
    unseen: Counter[tuple[str, str]] = field(default_factory=Counter)
    services: Counter[str] = field(default_factory=Counter)
    clients: Counter[str] = field(default_factory=Counter)
    versions: Counter[str] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)


def summarise(
    decisions: Iterable[DecisionRecord],
    feedback: Iterable[FeedbackRecord],
    since: datetime,
    until: datetime,
) -> Report:
    """Summarise *decisions*, all of the period, and *feedback*, the oldest first.

    Of several answers to one card the latest counts.
    """
    counting = _counted(decisions, feedback)
    return Report(
        since=since,
        until=until,
        totals=Totals(**{one.name: counting.whole[one.name] for one in fields(Totals)}),
        days=_every_day(counting.days),
        rules=_rules(counting),
        advice=tuple((*key, n) for key, n in counting.advice.most_common()),
        unseen=tuple((*key, n) for key, n in counting.unseen.most_common()),
        latency=_latency(sorted(counting.latencies)),
        services=tuple(counting.services.most_common()),
        clients=tuple(counting.clients.most_common()),
        versions=tuple(counting.versions.most_common()),
    )


def _counted(
    decisions: Iterable[DecisionRecord], feedback: Iterable[FeedbackRecord]
) -> _Counting:
    counting = _Counting({one.card: one for one in feedback})
    for record in decisions:
        if record.number == 0:
            _count_call(counting, record)
        if record.card is not None:
            _count_card(counting, record)
    counting.whole["other_feedback"] = len(counting.latest)
    return counting


def _count_call(counting: _Counting, record: DecisionRecord) -> None:
    counting.whole["calls"] += 1
    counting.whole["calls_with_card"] += record.card is not None
    counting.days[record.at.date()] += 1
    counting.services[record.service] += 1
    counting.clients[record.client or "not verified"] += 1
    counting.latencies.append(record.latency_ms)
    counting.unseen.update(
        (key, state) for key, state in record.inputs.items() if state not in ANSWERED
    )


def _count_card(counting: _Counting, record: DecisionRecord) -> None:
    rule = record.rule or "no rule"
    counting.whole["cards"] += 1
    counting.advice[record.advise or "-", record.protocol or NO_PROTOCOL] += 1
    counting.versions[_version(record)] += 1
    for fired in {rule, *record.rules}:
        counting.by_rule[fired]["fired"] += 1
    seen = Counter({"led": 1, "shown": int(record.shown)})
    # Taken out: a card that was sent twice is answered once.
    answered = counting.latest.pop(record.card or "", None)
    if answered is not None:
        seen[answered.outcome] += 1
        if answered.outcome == "overridden":
            counting.reasons[rule][answered.reason_code or UNSAID] += 1
    counting.by_rule[rule].update(seen)
    counting.whole.update({name: n for name, n in seen.items() if name != "led"})


def _version(record: DecisionRecord) -> str:
    return f"{record.knowledge_version or '-'} ({(record.knowledge_sha256 or '-')[:8]})"


def _every_day(days: Counter[date]) -> tuple[tuple[date, int], ...]:
    """List every day between the first and the last: silence is a finding, too."""
    if not days:
        return ()
    first, last = min(days), max(days)
    span = (first + timedelta(days=one) for one in range((last - first).days + 1))
    return tuple((day, days[day]) for day in span)


def _rules(counting: _Counting) -> tuple[RuleTally, ...]:
    tallies = (
        RuleTally(
            rule=rule,
            led=seen["led"],
            fired=seen["fired"],
            shown=seen["shown"],
            accepted=seen["accepted"],
            overridden=seen["overridden"],
            reasons=tuple(counting.reasons[rule].most_common()),
        )
        for rule, seen in counting.by_rule.items()
    )
    return tuple(sorted(tallies, key=lambda one: (-one.led, -one.fired, one.rule)))


def _latency(ordered: list[float]) -> Latency | None:
    if not ordered:
        return None
    ranks = ((one, -(-one * len(ordered) // 100) - 1) for one in PERCENTILES)
    ends = [0, *(bisect_right(ordered, end) for end in LATENCY_ENDS), len(ordered)]
    return Latency(
        percentiles=tuple((one, ordered[rank]) for one, rank in ranks),
        longest=ordered[-1],
        histogram=tuple(high - low for low, high in pairwise(ends)),
    )
