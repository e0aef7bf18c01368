"""A running server reads settings and site file again when it is told to."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.builders import condition, request

if TYPE_CHECKING:
    from pathlib import Path

COMMAND = [sys.executable, "-c", "from cds_service.cli import main; main()", "serve"]
CALL = "/cds-services/spine-mri-order-select"
BODY = json.dumps(request([condition("M54.50", "9 days")]))
SITE = """
name = "General Hospital"
[spine_mri.rules.PER2]
off = true
why = "not here"
"""


def ask(port: int) -> Any:
    """Call the service; None while nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        headers = {"Content-Type": "application/json"}
        connection.request("POST", CALL, BODY, headers)
        return json.loads(connection.getresponse().read())
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def until(port: int, wanted: Any) -> Any:
    """Ask until the answer is as *wanted* says, for at most half a minute."""
    for _ in range(150):
        told = ask(port)
        if told is not None and wanted(told):
            return told
        time.sleep(0.2)
    pytest.fail("it never came")


def has_card(told: Any) -> bool:
    """Whether there is a card."""
    return bool(told["cards"])


def is_changed(told: Any) -> bool:
    """Whether the card tells that the site has changed something."""
    return has_card(told) and "General Hospital" in told["cards"][0]["detail"]


@pytest.mark.slow
@pytest.mark.fault(47)
def test_a_signal_has_settings_and_site_file_read_again(tmp_path: Path) -> None:
    """Off and on, a rule switched off; a wrong file changes nothing."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings, site = tmp_path / "settings.toml", tmp_path / "site.toml"
    settings.write_text("off = false\n", encoding="utf-8")
    site.write_text('name = "General Hospital"\n', encoding="utf-8")
    usual = {name: value for name, value in os.environ.items() if name != "PORT"}
    environment = usual | {
        "CDS_AUTH": "none",
        "CDS_STORE": f"sqlite:///{tmp_path}/store.sqlite",
        "CDS_SETTINGS": str(settings),
        "CDS_SITE": str(site),
    }
    with subprocess.Popen(  # noqa: S603 - our own command
        [*COMMAND, "--port", str(port), "--workers", "1"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            until(port, has_card)
            settings.write_text("off = true\n", encoding="utf-8")
            server.send_signal(signal.SIGHUP)
            until(port, lambda told: not has_card(told))
            settings.write_text("off = false\n", encoding="utf-8")
            site.write_text(SITE, encoding="utf-8")
            server.send_signal(signal.SIGHUP)
            until(port, is_changed)
            settings.write_text("nonsense = 1\n", encoding="utf-8")
            server.send_signal(signal.SIGHUP)
            time.sleep(1)
            assert is_changed(ask(port))
        finally:
            server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=20) == 0
