"""A report as tables, which every way of showing it draws from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cds_service.operations.report.tally import LATENCY_ENDS

if TYPE_CHECKING:
    from cds_service.operations.report.tally import Counts, Report

Cell = str | int | float


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table; its first *keys* columns name the row, the others are numbers.

    Attributes:
        note: what is counted, in a sentence.
    """

    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    keys: int = 1


def tables(report: Report) -> tuple[ReportTable, ...]:
    """Lay out everything a report holds."""
    return (
        _whole(report),
        _rules(report),
        _advice(report),
        _reasons(report),
        _unseen(report),
        _latency(report),
        _histogram(report),
        _days(report),
        _counts("Services", "Calls by service.", "service", report.services),
        _counts("Clients", "Calls by verified issuer.", "client", report.clients),
        _counts("Knowledge", "Cards by edition.", "version", report.versions),
    )


def percent(part: int, whole: int) -> float:
    """Give *part* of *whole* in percent, to one decimal; 0 of nothing."""
    return round(100 * part / whole, 1) if whole else 0.0


def _whole(report: Report) -> ReportTable:
    totals = report.totals
    rows = (
        ("calls", totals.calls),
        ("calls with a card", totals.calls_with_card),
        ("cards", totals.cards),
        ("cards shown", totals.shown),
        ("accepted", totals.accepted),
        ("overridden", totals.overridden),
        ("feedback on other cards", totals.other_feedback),
    )
    return ReportTable("Overview", "The whole period.", ("what", "count"), rows)


def _rules(report: Report) -> ReportTable:
    columns = ("rule", "fired", "% of calls", "shown")
    answered = ("accepted", "overridden", "no feedback")
    rows = tuple(
        (
            *(one.rule, one.fired, percent(one.fired, report.totals.calls)),
            *(one.shown, one.accepted, one.overridden, one.unanswered),
        )
        for one in report.rules
    )
    note = "How often each fired, and what became of the cards that it led to."
    return ReportTable("Rules", note, columns + answered, rows)


def _advice(report: Report) -> ReportTable:
    note = "Cards by what they advise and with which protocol."
    rows = tuple((*one, percent(one[2], report.totals.cards)) for one in report.advice)
    columns = ("advise", "protocol", "cards", "% of cards")
    return ReportTable("Advice", note, columns, rows, keys=2)


def _reasons(report: Report) -> ReportTable:
    note = "Why clinicians put cards aside, by the rule that led."
    rows = tuple(
        (one.rule, code, count, percent(count, one.overridden))
        for one in report.rules
        for code, count in one.reasons
    )
    columns = ("rule", "reason", "cards", "% of overridden")
    return ReportTable("Override reasons", note, columns, rows, keys=2)


def _unseen(report: Report) -> ReportTable:
    note = "Calls for which a part of the chart was not seen whole."
    rows = tuple((*one, percent(one[2], report.totals.calls)) for one in report.unseen)
    columns = ("query", "state", "calls", "% of calls")
    return ReportTable("Not seen", note, columns, rows, keys=2)


def _latency(report: Report) -> ReportTable:
    note = "Milliseconds that so many of the calls did not pass."
    found = report.latency
    rows: list[tuple[Cell, ...]] = []
    if found is not None:
        rows = [(f"p{one}", round(took, 2)) for one, took in found.percentiles]
        rows.append(("longest", round(found.longest, 2)))
    return ReportTable("Latency", note, ("percentile", "ms"), tuple(rows))


def _histogram(report: Report) -> ReportTable:
    names = [*(f"to {end} ms" for end in LATENCY_ENDS), f"over {LATENCY_ENDS[-1]} ms"]
    counts = report.latency.histogram if report.latency else ()
    note = "Calls by how long they took."
    rows = tuple(zip(names, counts, strict=False))
    return ReportTable("Latency classes", note, ("latency", "calls"), rows)


def _days(report: Report) -> ReportTable:
    note = "Calls by day, UTC. A day without any is worth a question."
    rows = tuple((day.isoformat(), count) for day, count in report.days)
    return ReportTable("Days", note, ("day", "calls"), rows)


def _counts(title: str, note: str, name: str, counts: Counts) -> ReportTable:
    counted = note.partition(" ")[0].lower()
    return ReportTable(title, note, (name, counted), counts)
