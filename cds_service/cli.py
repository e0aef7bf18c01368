"""The command line: serve, demo, explain, check, outline, report, audit."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import click

from cds_service.cds_hooks.errors import CallError
from cds_service.cds_hooks.request import parse_call
from cds_service.check import faults
from cds_service.demo import first_patient
from cds_service.explain import explained, service_for, told
from cds_service.operations.readiness import differences, self_test
from cds_service.operations.report_command import audit, report
from cds_service.operations.vignettes import shipped
from cds_service.reasoning.outline import outline as outlined
from cds_service.registry import RegistryError, load
from cds_service.server import serve as serve_until_stopped
from cds_service.settings import Settings, SettingsError, load_settings, load_site
from cds_service.settings_table import settings_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cds_service.cds_hooks.request import ServiceCall
    from cds_service.service import Service

SANDBOX = "https://sandbox.cds-hooks.org"

HOST = click.option("--host", help="Address to listen on.")
PORT = click.option("--port", type=int, help="TCP port to listen on.")

INSTANTS = ("%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Decision support for spine MRI orders, over CDS Hooks."""


main.add_command(report)
main.add_command(audit)


@main.command()
@HOST
@PORT
@click.option("--workers", type=int, help="Server processes.")
def serve(host: str | None, port: int | None, workers: int | None) -> None:
    """Serve in production: no demo parts."""
    _start(type, host=host, port=port, workers=workers)


@main.command()
@HOST
@PORT
def demo(host: str | None, port: int | None) -> None:
    """Serve with everything that makes it easy to try out."""
    origins = frozenset({"*"})
    given = {"host": host, "port": port, "workers": 1, "cors_origins": origins}
    _start(greet, demo=True, **given)


@main.command()
@click.argument("request", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--service", help="Service id; that of the request's hook, unless given.")
@click.option("--at", type=click.DateTime(INSTANTS), help="Instant; a day is in UTC.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def explain(
    request: Path, service: str | None, at: datetime | None, *, as_json: bool
) -> None:
    """Show the findings and the cards for one request, without a server."""
    given = at.replace(tzinfo=at.tzinfo or UTC) if at else None
    now = given or datetime.now(UTC)
    try:
        chosen, call = _asked(request.read_bytes(), service)
        lines = [] if as_json else list(told(chosen, call, now))
        shown = json.dumps(explained(chosen, call, now), indent=2) if as_json else ""
    except (CallError, SettingsError) as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(shown or "\n".join(lines))


@main.command()
def check() -> None:
    """Validate all content: ids, codes, citations, vignettes; the site file."""
    services = _services().values()
    found = [fault for service in services for fault in faults(service)]
    found += differences(shipped(), self_test().differing)
    for fault in sorted(set(found)):
        click.echo(fault)
    if found:
        raise click.ClickException("the content has faults")
    changes = {change: None for one in services for change in one.practice.changes}
    for change in changes:
        click.echo(f"{change.kind} {change}, because: {change.why}")
    click.echo("The content is sound.")


@main.command()
@click.option("--write", is_flag=True, help="Write all generated pages anew.")
def outline(*, write: bool) -> None:
    """Write out every criterion, or the pages a clinician reads and signs."""
    services = load().values()
    if write:
        pages = {path: text for one in services for path, text in one.pages().items()}
        write_pages({**pages, **settings_pages()})
        return
    for service in services:
        click.echo(f"\n# {service.title}\n")
        for criterion in service.criteria:
            click.echo("\n".join(outlined(criterion)))


def write_pages(pages: Mapping[Path, str]) -> None:
    """Write what differs, and say so."""
    for path, text in pages.items():
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            click.echo(f"{path.name}: up to date")
            continue
        path.write_text(text, encoding="utf-8")
        click.echo(f"{path.name}: written")


def greet(settings: Settings) -> None:
    """Print where to look, once there is something to see."""
    click.echo(greeting(settings))


def greeting(settings: Settings) -> str:
    """Tell where to look, and a call that works as it stands."""
    root = f"http://{settings.host}:{settings.port}"
    lines = (
        f"Console    {root}/",
        f"Discovery  {root}/cds-services",
        f"Sandbox    {_sandbox(root)}",
        f"Try it     {_curl(root)}",
        "Ctrl-C stops it.",
    )
    return "\n".join(lines)


def _sandbox(root: str) -> str:
    """Give the public Sandbox's address with this service and its chart filled in."""
    filled = {
        "hook": "order-select",
        "screen": "pama",
        "fhirServiceUrl": f"{root}/fhir/R4",
        "patientId": first_patient(),
        "serviceDiscoveryURL": f"{root}/cds-services",
    }
    return f"{SANDBOX}/?{urlencode(filled)}"


def _curl(root: str) -> str:
    """Give a call of today to send: with its own dates an example would grow old."""
    sent = "curl -s -H 'Content-Type: application/json' -d @-"
    service = f"{root}/cds-services/spine-mri-order-select"
    return f"curl -s {root}/demo/request | {sent} {service}"


def _read(given: Mapping[str, object]) -> Settings:
    told = {name: value for name, value in given.items() if value is not None}
    return load_settings(**told)


def _services() -> Mapping[str, Service[Any]]:
    """Load the services as the site wants them."""
    try:
        return load(site=load_site())
    except (RegistryError, SettingsError) as error:
        raise click.ClickException(str(error)) from None


def _asked(body: bytes, named: str | None) -> tuple[Service[Any], ServiceCall]:
    """Read a request as the server would: its keys are those of the settings."""
    services = _services()
    if named is not None and named not in services:
        known = ", ".join(services)
        raise click.ClickException(f"no service {named}: there is {known}")
    chosen = services[named] if named else service_for(services.values(), body)
    keys = load_settings().prefetch_keys
    return chosen, parse_call(body, chosen.hook).renamed(keys)


def _start(listening: Callable[[Settings], object], **given: object) -> None:
    """Serve by the settings; options that were given win."""
    try:
        serve_until_stopped(partial(_read, given), listening)
    except (RegistryError, SettingsError) as error:
        raise click.ClickException(str(error)) from None
