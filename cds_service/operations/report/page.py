"""A report as one HTML page that stands alone: no script, no other host."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from cds_service.operations.report.plots import bar, columns, shade
from cds_service.operations.report.tables import percent, tables

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cds_service.operations.report.tables import ReportTable
    from cds_service.operations.report.tally import Report

PACKAGE = "cds_service.operations.report"


@dataclass(frozen=True, slots=True)
class Grid:
    """A heat table: a count for each row and column, with its shade."""

    across: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[int, int], ...]], ...]


def as_page(report: Report) -> str:
    """Write the page."""
    pages = Environment(
        loader=PackageLoader(PACKAGE, ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.globals.update(bar=bar, percent=percent)
    style = (files(PACKAGE) / "page.css").read_text(encoding="utf-8")
    days = [(f"{day:%d %b}".lstrip("0"), count) for day, count in report.days]
    by_title = {one.title: one for one in tables(report)}
    return pages.get_template("page.html").render(
        report=report,
        totals=report.totals,
        tables=by_title,
        days=columns(days),
        latency=columns(_latency(by_title)),
        advice=grid(report.advice),
        unseen=grid(report.unseen),
        reasons=grid(_reasons(report)),
        style=Markup(style),  # noqa: S704 - our own file
        style_hash=b64encode(sha256(style.encode()).digest()).decode(),
    )


def grid(counts: tuple[tuple[str, str, int], ...]) -> Grid:
    """Turn counts by two names into a table, rows and columns by their sums."""
    most = max((count for *_, count in counts), default=0)
    found = {(down, across): count for down, across, count in counts}
    across = _by_sum({name: 0 for _, name, _ in counts}, found, 1)
    down = _by_sum({name: 0 for name, _, _ in counts}, found, 0)
    rows = ((row, tuple(found.get((row, one), 0) for one in across)) for row in down)
    return Grid(
        across,
        tuple((row, tuple((n, shade(n, most)) for n in cells)) for row, cells in rows),
    )


def _by_sum(
    sums: dict[str, int], found: Mapping[tuple[str, str], int], place: int
) -> tuple[str, ...]:
    """Order names by how often they occur, the most frequent first."""
    for names, count in found.items():
        sums[names[place]] += count
    return tuple(sorted(sums, key=lambda name: (-sums[name], name)))


def _reasons(report: Report) -> tuple[tuple[str, str, int], ...]:
    return tuple(
        (one.rule, code, count) for one in report.rules for code, count in one.reasons
    )


def _latency(by_title: Mapping[str, ReportTable]) -> list[tuple[str, int]]:
    rows = by_title["Latency classes"].rows
    return [(str(name), int(count)) for name, count in rows]
