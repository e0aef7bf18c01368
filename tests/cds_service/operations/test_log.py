"""A log line has what is on the list and nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import structlog

from cds_service.operations.log import configure_log

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


def test_less_than_the_level_is_not_logged(capsys: pytest.CaptureFixture[str]) -> None:
    """A quiet installation."""
    configure_log("error")
    structlog.get_logger().info("call")

    assert capsys.readouterr().err == ""
