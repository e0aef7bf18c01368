"""`cds-service report` and `audit`: what a period's calls and cards came to."""

from __future__ import annotations

from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson
from rich.console import Console

from cds_service.operations.audit import audit_event, guidance_response
from cds_service.operations.report.page import as_page
from cds_service.operations.report.tally import Report, summarise
from cds_service.operations.report.written import as_csv, as_json, as_terminal
from cds_service.settings import SettingsError, load_settings
from cds_service.store.address import place
from cds_service.store.opening import kept_at
from cds_service.store.unavailable import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cds_service.store.kept import Kept

INSTANT = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S%z"])
PERIOD = timedelta(days=30)
DAY = timedelta(days=1)
SHAPES = {"audit-event": audit_event, "guidance-response": guidance_response}


@click.command()
@click.option("--since", type=INSTANT, help="First day or instant; 30 days ago.")
@click.option("--until", type=INSTANT, help="Last day, or instant of the end; now.")
@click.option("--csv", "form", flag_value="csv", help="Write CSV, a number a row.")
@click.option("--json", "form", flag_value="json", help="Write JSON.")
@click.option(
    "--html",
    "page",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a page with plots to this file.",
)
def report(
    since: datetime | None, until: datetime | None, form: str | None, page: Path | None
) -> None:
    """Report what a period of calls and cards came to; days are in UTC."""
    found = _read(*_period(since, until))
    if page is not None:
        _save(page, as_page(found))
    if form == "csv":
        click.echo(as_csv(found), nl=False)
    elif form == "json":
        click.echo(as_json(found))
    elif page is None:
        Console().print(as_terminal(found))


@click.command()
@click.option("--since", type=INSTANT, help="First day or instant; 30 days ago.")
@click.option("--until", type=INSTANT, help="Last day, or instant of the end; now.")
@click.option(
    "--shape",
    type=click.Choice(list(SHAPES)),
    default="audit-event",
    show_default=True,
    help="FHIR resource to write.",
)
def audit(since: datetime | None, until: datetime | None, shape: str) -> None:
    """Write the decisions of a period as FHIR R4 resources, one a line."""
    begin, end = _period(since, until)
    with _kept() as kept:
        _write(map(SHAPES[shape], kept.decisions(begin, end)))


def _save(page: Path, text: str) -> None:
    try:
        page.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{page}: {error.strerror}") from None
    click.echo(f"{page}: written")


def _write(resources: Iterable[dict[str, Any]]) -> None:
    for resource in resources:
        click.echo(orjson.dumps(resource).decode())


def _period(
    since: datetime | None, until: datetime | None
) -> tuple[datetime, datetime]:
    """Give the ends of the period that is asked for."""
    end = _end(until) if until else datetime.now(UTC)
    begin = _in_utc(since) if since else end - PERIOD
    if begin >= end:
        raise click.BadParameter("the end is not after the beginning")
    return begin, end


def _read(since: datetime, until: datetime) -> Report:
    with _kept() as kept:
        decisions, feedback = kept.decisions(since, until), kept.feedback(since)
        return summarise(decisions, feedback, since, until)


@contextmanager
def _kept() -> Iterator[Kept]:
    """Open what the settings' store keeps; say what is in the way, and where."""
    where = ""
    try:
        url = load_settings().store
        where = f" ({place(url)})"
        with closing(kept_at(url)) as kept:
            yield kept
    except (SettingsError, StoreUnavailable) as error:
        raise click.ClickException(f"{error}{where}") from None


def _in_utc(instant: datetime) -> datetime:
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)


def _end(until: datetime) -> datetime:
    """Take a day whole, and an instant, which has a time zone, as it is."""
    return _in_utc(until) + (timedelta(0) if until.tzinfo else DAY)
