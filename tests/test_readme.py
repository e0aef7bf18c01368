"""What the README shows is what the program does."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cds_service.registry import load as load_services
from cds_service.site import read_site
from tests.replay import replay, services
from tests.vignettes import FIXTURES, load

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SERVICE = "spine-mri-order-select"
LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")


@pytest.mark.parametrize("key", sorted(services()[SERVICE].prefetch))
def test_templates_can_be_pasted(key: str) -> None:
    """Each template stands in the README as discovery gives it."""
    assert f"    {key}\n        {services()[SERVICE].prefetch[key]}\n" in README


def test_the_card_shown_is_the_card_given() -> None:
    """Summary, every paragraph and button of the vignette, word for word."""
    vignette = load(FIXTURES / "suspected-discitis")
    (card,) = replay(vignette.service, vignette.body, vignette.at)["cards"]
    shown = README.replace("\n> ", " ").replace("\n", " ")
    detail = LINK.sub(r"\1", card["detail"]).replace("\n- ", "\n\n- ")
    buttons = [one["label"] for one in card["suggestions"]]

    wanted = [card["summary"], *detail.split("\n\n"), *buttons]
    assert [text for text in wanted if text not in shown] == []


def test_links_lead_somewhere() -> None:
    """Files the README points at exist."""
    for name in ("CONTRIBUTING.md", "fixtures/spine_mri/suspected-discitis"):
        assert name in README
        assert (ROOT / name).exists()
    assert json.loads((FIXTURES / "suspected-discitis/request.json").read_bytes())


def test_the_site_file_shown_can_be_used() -> None:
    """As it stands, it changes three things."""
    blocks = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    (shown,) = (one for one in blocks if "[spine_mri" in one)

    service = load_services(site=read_site(shown))[SERVICE]

    assert [change.kind for change in service.practice.changes] == [
        "limit",
        "rule",
        "order code",
    ]
