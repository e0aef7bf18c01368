"""`cds-service report`."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from cds_service.cli import main
from cds_service.store.opening import open_store
from tests.cds_service.operations.report.records import ANSWERS, DECISIONS

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

NOVEMBER = ("--since", "2026-11-01", "--until", "2026-11-30")


@pytest.fixture
def filled(store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fill a store and set it as the installation's."""
    store = open_store(store_url)
    store.kept.save_decisions(DECISIONS)
    store.kept.save_feedback(ANSWERS)
    store.close()
    monkeypatch.setenv("CDS_STORE", store_url)


def run(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, ["report", *arguments])


def told(*arguments: str) -> Any:
    """Run the command and read its JSON."""
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


@pytest.mark.usefixtures("filled")
def test_it_prints_tables() -> None:
    """Without an option that says otherwise."""
    result = run(*NOVEMBER)

    assert result.exit_code == 0
    assert "Overview" in result.output
    assert "INF1" in result.output


@pytest.mark.usefixtures("filled")
def test_it_writes_csv() -> None:
    """And nothing beside it."""
    assert run(*NOVEMBER, "--csv").output.startswith("table,row,column,value\n")


@pytest.mark.usefixtures("filled")
def test_it_writes_a_page(tmp_path: Path) -> None:
    """To a file; the terminal is told where."""
    page = tmp_path / "report.html"

    result = run(*NOVEMBER, "--html", str(page))

    assert result.output == f"{page}: written\n"
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.usefixtures("filled")
def test_a_page_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """In one line, with the file, and no traceback."""
    page = tmp_path / "nowhere" / "report.html"

    result = run(*NOVEMBER, "--html", str(page))

    assert result.exit_code == 1
    assert result.output == f"Error: {page}: No such file or directory\n"


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("since", "until", "calls"),
    [
        ("2026-11-01", "2026-11-30", 4),
        ("2026-11-02", "2026-11-02", 3),
        ("2026-11-03", "2026-11-03", 0),
        ("2026-11-02T09:00:00+0000", "2026-11-04T09:00:00+0000", 3),
        ("2026-11-02T11:00:00+0200", "2026-11-04T11:00:01+0200", 4),
    ],
)
def test_a_day_is_taken_whole_and_an_instant_as_it_is(
    since: str, until: str, calls: int
) -> None:
    """The last day belongs to the period, the last instant does not."""
    assert told("--since", since, "--until", until)["totals"]["calls"] == calls


@pytest.mark.usefixtures("filled")
def test_the_last_thirty_days_are_the_period() -> None:
    """Unless it is said."""
    period = told()
    since, until = (datetime.fromisoformat(period[one]) for one in ("since", "until"))

    assert until - since == timedelta(days=30)
    assert abs(datetime.now(UTC) - until) < timedelta(minutes=5)


@pytest.mark.usefixtures("filled")
def test_a_period_ends_after_it_begins() -> None:
    """Else the command says so."""
    result = run("--since", "2026-11-02", "--until", "2026-11-01")

    assert result.exit_code == 2
    assert "the end is not after the beginning" in result.output


def test_a_store_that_is_not_there_is_said_and_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report on a misspelt file would be a report of silence."""
    monkeypatch.setenv("CDS_STORE", f"sqlite:///{tmp_path / 'none.sqlite'}")

    result = run()

    assert result.exit_code == 1
    missing = f"the store is unavailable: missing ({tmp_path / 'none.sqlite'})"
    assert missing in result.output
    assert not list(tmp_path.iterdir())
