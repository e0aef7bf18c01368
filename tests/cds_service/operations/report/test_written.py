"""The report for a terminal, a spreadsheet, a program."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from rich.console import Console

from cds_service.operations.report.tally import Report, summarise
from cds_service.operations.report.written import as_csv, as_json, as_terminal
from tests.cds_service.operations.report.records import (
    SHOWN,
    SINCE,
    UNTIL,
    report,
    silence,
)


def printed(told: Report) -> str:
    """Print to a terminal of 80 columns."""
    console = Console(width=80, file=io.StringIO())
    with console.capture() as capture:
        console.print(as_terminal(told))
    return capture.get()


def test_the_terminal_shows_every_number_whole() -> None:
    """In eighty columns nothing is cut."""
    shown = printed(report())

    assert "01 Nov 2026 00:00 to 01 Dec 2026 00:00 UTC" in shown
    assert "…" not in shown
    for word in ("INF1", "overridden", "cannot-wait", "without-and-with", "p95"):
        assert word in shown


def test_an_empty_table_is_a_word() -> None:
    """Not a head without rows."""
    assert "Rules: none" in printed(silence())


def test_csv_has_a_number_a_row() -> None:
    """So that any spreadsheet can pivot it."""
    rows = list(csv.DictReader(io.StringIO(as_csv(report()))))

    found = {(one["table"], one["row"], one["column"]): one["value"] for one in rows}
    assert found["Overview", "calls", "count"] == "4"
    assert found["Rules", "INF1", "accepted"] == "1"
    assert found["Advice", "change / without-and-with", "cards"] == "3"
    assert found["Override reasons", "INF1 / cannot-wait", "% of overridden"] == "100.0"
    assert found["Days", "2026-11-03", "calls"] == "0"


@pytest.mark.parametrize("name", ["=1+1", "@x", "-x"])
def test_no_cell_is_a_formula(name: str) -> None:
    """A client's name is not ours."""
    told = summarise([replace(SHOWN, client=name)], (), SINCE, UNTIL)

    assert f"Clients,'{name},calls,1" in as_csv(told)


def test_json_holds_the_whole_report() -> None:
    """Instants in ISO 8601."""
    told = json.loads(as_json(report()))

    assert told["since"] == "2026-11-01T00:00:00+00:00"
    assert told["totals"]["overridden"] == 2
    assert told["rules"][0]["reasons"] == [["cannot-wait", 1]]
    assert json.loads(as_json(silence()))["latency"] is None
