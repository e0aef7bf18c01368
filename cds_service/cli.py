"""The command line: `cds-service serve`, `cds-service demo`."""

from __future__ import annotations

from pathlib import Path

import click

from cds_service.registry import RegistryError
from cds_service.server import serve as serve_until_stopped
from cds_service.settings import Settings, SettingsError, load_settings

EXAMPLE = Path("fixtures/spine_mri/suspected-discitis/request.json")

HOST = click.option("--host", help="Address to listen on.")
PORT = click.option("--port", type=int, help="TCP port to listen on.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Decision support for spine MRI orders, over CDS Hooks."""


@main.command()
@HOST
@PORT
@click.option("--workers", type=int, help="Server processes.")
def serve(host: str | None, port: int | None, workers: int | None) -> None:
    """Serve in production: no demo parts."""
    _start(_settings(host=host, port=port, workers=workers))


@main.command()
@HOST
@PORT
def demo(host: str | None, port: int | None) -> None:
    """Serve with everything that makes it easy to try out."""
    origins = frozenset({"*"})
    settings = _settings(
        host=host, port=port, workers=1, demo=True, cors_origins=origins
    )
    click.echo(greeting(settings))
    _start(settings)


def greeting(settings: Settings) -> str:
    """Tell where to look, and a call that works as it stands."""
    root = f"http://{settings.host}:{settings.port}"
    lines = [f"Services  {root}/cds-services"]
    if EXAMPLE.is_file():
        lines.append("Try it    " + _curl(f"{root}/cds-services"))
    return "\n".join([*lines, "Ctrl-C stops it."])


def _curl(root: str) -> str:
    kind = "-H 'Content-Type: application/json'"
    return f"curl -s {kind} -d @{EXAMPLE} {root}/spine-mri-order-select"


def _settings(**given: object) -> Settings:
    """Read the settings; options that were given win."""
    try:
        return load_settings(
            **{name: value for name, value in given.items() if value is not None}
        )
    except SettingsError as error:
        raise click.ClickException(str(error)) from None


def _start(settings: Settings) -> None:
    try:
        serve_until_stopped(settings)
    except RegistryError as error:
        raise click.ClickException(str(error)) from None
