"""Finding and registering services."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cds_service.registry import RegistryError, load, register
from tests.toy import toy

if TYPE_CHECKING:
    from pathlib import Path

TOY = toy("order-select")


def test_every_folder_with_a_service_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new folder is a new service; folders without one are passed over."""
    for folder in ("", "toys", "notes"):
        (tmp_path / "shelf" / folder).mkdir(exist_ok=True)
        (tmp_path / "shelf" / folder / "__init__.py").touch()
    (tmp_path / "shelf" / "loose.py").touch()
    (tmp_path / "shelf" / "toys" / "service.py").write_text(
        "from tests.toy import toy\nSERVICES = (toy('order-select'),)\n"
    )
    monkeypatch.syspath_prepend(tmp_path)

    assert list(load("shelf")) == ["toy-order-select"]


def test_ours_are_found() -> None:
    """The content shipped here offers both order hooks."""
    assert {"spine-mri-order-select", "spine-mri-order-sign"} <= set(load())


def test_an_id_is_claimed_once() -> None:
    """Two services under one id stop the start."""
    with pytest.raises(RegistryError, match="toy-order-select: two services"):
        register([TOY, TOY])


@pytest.mark.parametrize("identity", ["", "Toy", "a/b", "a b", "-a", "a--b", "é"])
def test_an_id_is_fit_for_a_path(identity: str) -> None:
    """Anything else stops the start."""
    with pytest.raises(RegistryError, match="lower-case"):
        register([replace(TOY, id=identity)])


def test_a_hook_must_be_known() -> None:
    """Only hooks whose context can be read are served."""
    with pytest.raises(RegistryError, match="order-select, order-sign"):
        register([replace(TOY, hook="patient-view")])
