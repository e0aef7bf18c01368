"""Counting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cds_service.operations.report.tally import Latency, RuleTally, Totals, summarise
from tests.cds_service.operations.report.records import (
    CALL,
    DECISIONS,
    FEEDBACK,
    SHOWN,
    SINCE,
    UNTIL,
    report,
    silence,
)
from tests.records import HOUR


def test_calls_and_cards_are_counted() -> None:
    """A call may have no card, or several."""
    assert report().totals == Totals(
        calls=4,
        calls_with_card=3,
        cards=4,
        shown=3,
        accepted=1,
        overridden=2,
        other_feedback=1,
    )


def test_rules_are_counted_with_what_became_of_their_cards() -> None:
    """Feedback goes to the rule that led; the others fired, too."""
    assert report().rules == (
        RuleTally("INF1", 3, 3, 2, 1, 1, (("cannot-wait", 1),)),
        RuleTally("UNK1", 1, 1, 1, 0, 1, (("no coded reason", 1),)),
        RuleTally("SAF1", 0, 3, 0, 0, 0, ()),
    )
    assert [one.unanswered for one in report().rules] == [0, 0, 0]


def test_a_card_without_feedback_is_unanswered() -> None:
    """Only where it was shown."""
    told = summarise(DECISIONS, (), SINCE, UNTIL)

    assert [one.unanswered for one in told.rules] == [2, 1, 0]


def test_advice_is_counted_with_its_protocol() -> None:
    """Where there is none, that is said."""
    assert report().advice == (
        ("change", "without-and-with", 3),
        ("uncertain", "none", 1),
    )


def test_what_was_not_seen_is_counted() -> None:
    """Once a call, by query and state; what is there or stale was seen."""
    assert report().unseen == (("reports", "failed: timed-out", 1),)


def test_days_without_a_call_are_listed() -> None:
    """Silence is a finding."""
    assert report().days == (
        (date(2026, 11, 2), 3),
        (date(2026, 11, 3), 0),
        (date(2026, 11, 4), 1),
    )


def test_latency_is_counted_once_a_call() -> None:
    """Percentiles by nearest rank; the last class is open."""
    assert report().latency == Latency(
        percentiles=((50, 4.0), (90, 2000.0), (95, 2000.0), (99, 2000.0)),
        longest=2000.0,
        histogram=(1, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1),
    )


def test_of_a_hundred_calls_the_ranks_are_exact() -> None:
    """Call for call."""
    calls = [replace(CALL, call=str(n), latency_ms=float(n)) for n in range(100, 0, -1)]

    latency = summarise(calls, (), SINCE, UNTIL).latency

    assert latency is not None
    assert latency.percentiles == ((50, 50.0), (90, 90.0), (95, 95.0), (99, 99.0))


def test_callers_services_and_editions_are_counted() -> None:
    """An unverified client is called that."""
    told = report()

    assert told.services == (("spine-mri-order-select", 4),)
    assert told.clients == (("https://ehr.example.org", 3), ("not verified", 1))
    assert told.versions == (("1.0.0 (abcdef01)", 4),)


def test_of_several_answers_the_latest_counts() -> None:
    """A clinician may think again."""
    again = replace(FEEDBACK, outcome="overridden", at=FEEDBACK.at + HOUR)

    totals = summarise([SHOWN], [FEEDBACK, again], SINCE, UNTIL).totals

    assert (totals.accepted, totals.overridden) == (0, 1)


def test_a_card_that_was_sent_twice_is_answered_once() -> None:
    """The same request gets the same card."""
    twice = [SHOWN, replace(SHOWN, call="again")]

    totals = summarise(twice, [FEEDBACK], SINCE, UNTIL).totals

    assert (totals.shown, totals.accepted, totals.other_feedback) == (2, 1, 0)


def test_a_card_without_advice_is_counted() -> None:
    """Content need not advise."""
    bare = replace(CALL, card="c-1", shown=True)

    told = summarise([bare], (), SINCE, UNTIL)

    assert [one.rule for one in told.rules] == ["no rule"]
    assert told.advice == (("-", "none", 1),)
    assert told.versions == (("- (-)", 1),)


def test_nothing_is_counted_as_nothing() -> None:
    """No call, no division by none."""
    told = silence()

    assert told.totals.calls == 0
    assert told.latency is None
    assert (told.days, told.rules, told.advice) == ((), (), ())
