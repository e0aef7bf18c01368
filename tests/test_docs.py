"""What the set-up guides show can be used as it stands."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from cds_service.settings import Settings
from tests.replay import services

ROOT = Path(__file__).parent.parent
GUIDES = {
    name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    for name in ("sandbox", "epic", "fhir-server", "no-card")
}
SELECT = "spine-mri-order-select"
BLOCKS = [
    pytest.param(block, id=f"{name}-{place}")
    for name, text in GUIDES.items()
    for place, block in enumerate(re.findall(r"```toml\n(.*?)```", text, re.DOTALL))
]


@pytest.mark.parametrize("key", sorted(services()[SELECT].prefetch))
def test_templates_can_be_pasted_into_epic(key: str) -> None:
    """Each as discovery gives it, so that none grows stale."""
    wanted = f"    {key}\n        {services()[SELECT].prefetch[key]}\n"

    assert wanted in GUIDES["epic"]


def test_epic_gets_no_template_that_is_gone() -> None:
    """As many as discovery has."""
    shown = re.findall(r"^    (\w+)\n        \S+$", GUIDES["epic"], re.MULTILINE)

    assert shown == list(services()[SELECT].prefetch)


@pytest.mark.parametrize("block", BLOCKS)
def test_settings_shown_are_settings(block: str) -> None:
    """Each block is read as a settings file, whatever stands in it."""
    read: dict[str, Any] = tomllib.loads(block)

    assert Settings.model_validate(read).model_fields_set >= read.keys()


@pytest.mark.parametrize("name", GUIDES)
def test_links_lead_somewhere(name: str) -> None:
    """To files that exist."""
    for target in re.findall(r"\]\(([^)#]+)", GUIDES[name]):
        assert (ROOT / "docs" / target).exists(), target


@pytest.mark.parametrize("name", ["spine-mri-order-select", "spine-mri-order-sign"])
def test_ids_are_those_of_discovery(name: str) -> None:
    """Where an id is to be typed in, it is the one."""
    assert name in services()
    assert name in GUIDES["epic"]
    assert name in GUIDES["no-card"]


def test_settings_named_exist() -> None:
    """`CDS_…` names a setting."""
    named = {
        one for text in GUIDES.values() for one in re.findall(r"CDS_([A-Z_]+)", text)
    }

    assert {one.lower() for one in named} <= Settings.model_fields.keys()
