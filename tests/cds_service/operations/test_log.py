"""A log line has what is on the list and nothing else."""

from __future__ import annotations

import ast
import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import structlog

import cds_service
from cds_service.operations.log import ALLOWED, configure_log

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    yield
    structlog.reset_defaults()


def test_what_is_not_on_the_list_is_dropped(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever logs it, and whatever it is."""
    configure_log("info")
    structlog.get_logger().info("call", service="s", patient="Canary", body={"a": 1})
    (line,) = capsys.readouterr().err.splitlines()

    told = json.loads(line)
    assert told.keys() == {"event", "service", "level", "timestamp"}
    assert told["timestamp"].endswith("Z")


def members_logged() -> Iterator[str]:
    """Yield the members of every line that our code logs."""
    for path in Path(cds_service.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                logs = node.func.attr in {"info", "warning", "error"}
                yield from (str(one.arg) for one in node.keywords if logs)


def test_the_list_has_what_is_logged_and_no_more() -> None:
    """Else a member would be dropped unseen, or let through for nobody."""
    assert set(members_logged()) == ALLOWED - {"event", "level", "timestamp"}


def test_a_log_that_cannot_be_written_costs_no_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A full disk, then a file that is closed."""
    full = Path("/dev/full").open("w", encoding="utf-8")  # noqa: SIM115 - closed below
    monkeypatch.setattr("sys.stderr", full)
    configure_log("info")

    structlog.get_logger().info("call")
    with suppress(OSError):
        full.close()
    structlog.get_logger().info("call")


def test_less_than_the_level_is_not_logged(capsys: pytest.CaptureFixture[str]) -> None:
    """A quiet installation."""
    configure_log("error")
    structlog.get_logger().info("call")

    assert capsys.readouterr().err == ""
