"""Finding and registering services."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cds_service.registry import RegistryError, load, register
from cds_service.site import read_site
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


def shelf(root: Path, text: str) -> None:
    """Make a package with one folder of content."""
    for folder in ("", "toys"):
        (root / "shop" / folder).mkdir(exist_ok=True)
        (root / "shop" / folder / "__init__.py").touch()
    (root / "shop" / "toys" / "service.py").write_text(text)


CHANGEABLE = """
from cds_service.site import SiteError
from tests.toy import toy
def services(section, site):
    if section.rules:
        raise SiteError("rules TOY1: no such name")
    return (toy("order-select"),)
SERVICES = (toy("order-sign"),)
"""
RIGID = "from tests.toy import toy\nSERVICES = (toy('order-select'),)\n"
OFF = 'name = "A"\n[toys.rules.TOY1]\noff = true\nwhy = "x"'


def test_a_site_is_handed_to_the_content_it_is_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a section the services are as published; what it refuses stops the start."""
    shelf(tmp_path, CHANGEABLE)
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("shop", "shop.toys", "shop.toys.service"):
        monkeypatch.delitem(sys.modules, name, raising=False)

    assert list(load("shop")) == ["toy-order-sign"]
    assert list(load("shop", read_site('name = "A"\n[toys]'))) == ["toy-order-select"]
    with pytest.raises(RegistryError, match="CDS_SITE: toys: rules TOY1: no such name"):
        load("shop", read_site(OFF))
    with pytest.raises(
        RegistryError, match="CDS_SITE: games: no such content; there is toys"
    ):
        load("shop", read_site('name = "A"\n[games]'))


def test_content_may_be_closed_to_a_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A site that wants a change there is told so."""
    shelf(tmp_path, RIGID)
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("shop", "shop.toys", "shop.toys.service"):
        monkeypatch.delitem(sys.modules, name, raising=False)

    with pytest.raises(RegistryError, match="toys: a site can change nothing here"):
        load("shop", read_site(OFF))
