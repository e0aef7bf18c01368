"""What holds for every test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.stores import KINDS, fresh_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# How fast a machine is says nothing about the code: no test asserts a time.
settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("unhurried")


@pytest.fixture(params=KINDS)
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the URL of an empty store of each kind."""
    with fresh_store(request.param, tmp_path) as url:
        yield url
