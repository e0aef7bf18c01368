"""A report for a terminal, for a spreadsheet, for a program."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from typing import TYPE_CHECKING

import orjson
from rich.box import HORIZONTALS
from rich.console import Group
from rich.table import Table
from rich.text import Text

from cds_service.operations.report.tables import tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from cds_service.operations.report.tables import Cell, ReportTable
    from cds_service.operations.report.tally import Report

# A spreadsheet takes a cell that begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_terminal(report: Report) -> RenderableType:
    """Write the tables for a terminal; those without rows say so in a word."""
    period = f"{report.since:%d %b %Y %H:%M} to {report.until:%d %b %Y %H:%M} UTC"
    return Group(
        Text(f"Decision support, {period}\n", style="bold"),
        *(_drawn(one) for one in tables(report)),
    )


def as_csv(report: Report) -> str:
    """Write every number as a row of its own: table, row, column, value."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(("table", "row", "column", "value"))
    for one in tables(report):
        rows.writerows(_long(one))
    return written.getvalue()


def as_json(report: Report) -> str:
    """Write the report as one JSON object."""
    return orjson.dumps(asdict(report), option=orjson.OPT_INDENT_2).decode()


def _long(one: ReportTable) -> Iterator[tuple[Cell, ...]]:
    """Yield every number of a table with the names of its row and column."""
    for row in one.rows:
        name = " / ".join(str(cell) for cell in row[: one.keys])
        columns = zip(one.columns[one.keys :], row[one.keys :], strict=True)
        yield from ((one.title, _plain(name), column, cell) for column, cell in columns)


def _drawn(one: ReportTable) -> RenderableType:
    if not one.rows:
        return Text(f"{one.title}: none\n")
    drawn = Table(
        title=one.title,
        title_justify="left",
        box=HORIZONTALS,
        show_edge=False,
        pad_edge=False,
        collapse_padding=True,
    )
    for number, column in enumerate(one.columns):
        names = number < one.keys
        # A heading of several words may take several lines, a word stays whole.
        whole = names or " " not in column
        drawn.add_column(column, justify="left" if names else "right", no_wrap=whole)
    for row in one.rows:
        drawn.add_row(*(Text(_shown(cell)) for cell in row))
    return Group(drawn, Text(f"{one.note}\n", style="dim"))


def _shown(cell: Cell) -> str:
    return cell if isinstance(cell, str) else f"{cell:,}"


def _plain(name: str) -> str:
    return f"'{name}" if name.startswith(FORMULA) else name
