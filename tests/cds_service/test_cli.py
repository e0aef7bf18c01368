"""The command line."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest
from click.testing import CliRunner

from cds_service.cli import greeting, main, write_pages
from cds_service.settings import Settings
from tests.vignettes import FIXTURES

if TYPE_CHECKING:
    from pathlib import Path

COMMAND = [sys.executable, "-c", "from cds_service.cli import main; main()"]


def free_port() -> int:
    """Find a port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def status_of(port: int, path: str) -> int:
    """Ask until somebody answers, for at most half a minute."""
    for _ in range(300):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except ConnectionError:
            time.sleep(0.1)
        finally:
            connection.close()
    pytest.fail("nobody answers")


def started(command: str, port: int, folder: Path) -> subprocess.Popen[str]:
    """Start a server that asks nobody who calls."""
    environment = {name: value for name, value in os.environ.items() if name != "PORT"}
    environment |= {"CDS_AUTH": "none", "CDS_STORE": f"sqlite:///{folder}/store.db"}
    return subprocess.Popen(  # noqa: S603 - our own command
        [*COMMAND, command, "--port", str(port)],
        env=environment | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_server_starts_answers_and_stops(command: str, tmp_path: Path) -> None:
    """Ready within seconds, and told to stop it leaves with 0."""
    port = free_port()
    with started(command, port, tmp_path) as server:
        try:
            answered = status_of(port, "/cds-services"), status_of(port, "/nowhere")
        finally:
            server.send_signal(signal.SIGTERM)
        left = server.wait(timeout=20)

    assert answered == (200, 404)
    assert left == 0


def test_the_demo_greets_whom_it_can_answer(tmp_path: Path) -> None:
    """What it says to try works at once."""
    port = free_port()
    with started("demo", port, tmp_path) as server:
        try:
            told = server.stdout.readline() if server.stdout else ""
            with socket.create_connection(("127.0.0.1", port), timeout=5):
                pass
        finally:
            server.terminate()

    assert told == f"Console    http://127.0.0.1:{port}/\n"


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_wrong_setting_stops_the_start(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line that names it, and no traceback."""
    monkeypatch.setenv("CDS_PROT", "1")

    result = CliRunner().invoke(main, [command])

    assert result.exit_code == 1
    assert result.output == "Error: CDS_PROT: no such setting\n"


def test_an_option_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is checked like one."""
    monkeypatch.delenv("PORT", raising=False)

    result = CliRunner().invoke(main, ["serve", "--port", "99999"])

    assert "port:" in result.output


def test_help_lists_the_commands() -> None:
    """With what each is for."""
    result = CliRunner().invoke(main, ["--help"])

    assert result.exit_code == 0
    assert "serve" in result.output
    assert "demo" in result.output


def test_the_demo_greets_with_a_call_that_works() -> None:
    """It asks for a call of today and posts it to the service."""
    asked, posted = (
        greeting(Settings(port=8123, demo=True)).splitlines()[3].split(" | ")
    )

    assert asked.split()[-1] == "http://127.0.0.1:8123/demo/request"
    assert posted.endswith(" http://127.0.0.1:8123/cds-services/spine-mri-order-select")


def test_the_demo_greets_with_three_links() -> None:
    """The console, discovery, and the public Sandbox with everything filled in."""
    links = re.findall(r"https?://\S+", greeting(Settings(port=8123, demo=True)))
    sandbox = urlsplit(links[2])

    assert links[:2] == ["http://127.0.0.1:8123/", "http://127.0.0.1:8123/cds-services"]
    assert sandbox.netloc == "sandbox.cds-hooks.org"
    assert dict(parse_qsl(sandbox.query, strict_parsing=True)) == {
        "hook": "order-select",
        "screen": "pama",
        "fhirServiceUrl": "http://127.0.0.1:8123/fhir/R4",
        "patientId": "104417",
        "serviceDiscoveryURL": "http://127.0.0.1:8123/cds-services",
    }


def test_pages_are_written_where_they_differ(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is up to date is left as it is."""
    stale, fresh = tmp_path / "stale.md", tmp_path / "fresh.md"
    fresh.write_text("toys", encoding="utf-8")

    write_pages({stale: "wheels", fresh: "toys"})

    assert stale.read_text(encoding="utf-8") == "wheels"
    assert capsys.readouterr().out == "stale.md: written\nfresh.md: up to date\n"


def test_the_pages_of_the_services_are_up_to_date() -> None:
    """Writing them anew changes nothing."""
    result = CliRunner().invoke(main, ["outline", "--write"])

    assert result.exit_code == 0
    assert set(result.output.splitlines()) == {
        "README.md: up to date",
        "TRACEABILITY.md: up to date",
        "operations.md: up to date",
    }


SITE = """
name = "Toy Hospital"
[spine_mri.limits.crp-upper]
value = "{} mg/L"
why = "our laboratory"
"""


def test_check_tells_what_a_site_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each change once, with its reason; a wrong one is one line and no traceback."""
    path = tmp_path / "site.toml"
    monkeypatch.setenv("CDS_SITE", str(path))

    path.write_text(SITE.format(8), encoding="utf-8")
    sound = CliRunner().invoke(main, ["check"])
    path.write_text(SITE.format(80), encoding="utf-8")
    wrong = CliRunner().invoke(main, ["check"])

    assert sound.output.splitlines() == [
        "limit crp-upper: 8 mg/L (standard: 10 mg/L), because: our laboratory",
        "The content is sound.",
    ]
    assert wrong.exit_code == 1
    assert wrong.output.startswith(
        "Error: CDS_SITE: spine_mri: limits crp-upper: 80 mg/L"
    )


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({}, "issuers: list who may call, or set CDS_AUTH=none"),
        ({"CDS_ISSUERS": '[{"iss": "a", "jwks": {}}]'}, "public_url: "),
        (
            {
                "CDS_ISSUERS": '[{"iss": "a", "jwks": {"keys": []}}]',
                "CDS_PUBLIC_URL": "https://cds.example",
            },
            "issuers.0.jwks: keys not read: no public key that has a kid",
        ),
    ],
)
def test_nobody_serves_without_knowing_who_may_call(
    given: dict[str, str], asked: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless that is the wish."""
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("CDS_STORE", f"sqlite:///{tmp_path}/store.db")

    result = CliRunner().invoke(main, ["serve"])

    assert result.exit_code == 1
    assert result.output.startswith(f"Error: {asked}")


@pytest.mark.parametrize(
    ("url", "trouble", "hint"),
    [
        ("mysql://user:secret@host/name", "address", "write sqlite:///FILE"),
        (
            "postgresql+psycopg://user:secret@127.0.0.1:1/name",
            "unreachable",
            "is its server up",
        ),
    ],
)
def test_a_store_that_cannot_be_opened_stops_the_start(
    url: str, trouble: str, hint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What to look at is said; its URL may hold a password, so it is not repeated."""
    monkeypatch.setenv("CDS_STORE", url)

    result = CliRunner().invoke(main, ["serve"])

    said = f"Error: store: the store is unavailable: {trouble}; {hint}"
    assert result.output.startswith(said)
    assert "secret" not in result.output


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_wrong_site_file_stops_the_start(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything listens."""
    path = tmp_path / "site.toml"
    path.write_text(SITE.format(80), encoding="utf-8")
    monkeypatch.setenv("CDS_SITE", str(path))

    result = CliRunner().invoke(main, [command])

    assert result.exit_code == 1
    assert result.output.count("crp-upper") == 1


def test_a_day_is_an_instant_too() -> None:
    """Its beginning, in UTC."""
    request = str(FIXTURES / "suspected-discitis" / "request.json")
    by_day = CliRunner().invoke(main, ["explain", request, "--at", "2026-11-20"])
    instant = "2026-11-20T00:00:00+0000"
    by_instant = CliRunner().invoke(main, ["explain", request, "--at", instant])

    assert by_day.exit_code == 0
    assert by_day.output == by_instant.output
