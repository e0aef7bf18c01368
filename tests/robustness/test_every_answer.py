"""Every vignette over HTTP: answers by the book, and pages that run nothing."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import orjson
import pytest

from cds_service.app import create_app
from cds_service.settings import Settings
from tests.vignettes import FOLDERS, load

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

PAGES = (
    "/cds-services/spine-mri-order-select/source-attributes",
    "/",
)
CARD = {"summary", "indicator", "source"}


@cache
def client() -> FlaskClient:
    """Serve the demo, which has every page."""
    return create_app(settings=Settings(auth="none", demo=True)).test_client()


@pytest.mark.fault(61)
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_answer_is_by_the_book(folder: Path) -> None:
    """200, JSON, cards with all that they must have, and nothing that is empty."""
    vignette = load(folder)
    told = client().post(
        f"/cds-services/{vignette.service}",
        data=vignette.body,
        content_type="application/json",
    )
    answer = orjson.loads(told.data)

    assert (told.status_code, told.mimetype) == (200, "application/json")
    # The demo rates orders, and says so in both places.
    assert set(answer) <= {"cards", "systemActions", "extension"}
    for card in answer["cards"]:
        assert card.keys() >= CARD
        assert 0 < len(card["summary"]) < 140
        assert card["indicator"] in {"info", "warning", "critical"}
        assert card["source"]["label"]
        assert ("selectionBehavior" in card) is ("suggestions" in card)
        assert all(value not in (None, "", [], {}) for value in card.values())


@pytest.mark.fault(64)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_runs_nothing_of_its_own(path: str) -> None:
    """Its policy allows no inline script or style, and it holds none."""
    told = client().get(path, headers={"Accept": "text/html"}, follow_redirects=True)
    policy = told.headers["Content-Security-Policy"]
    page = told.get_data(as_text=True).lower()

    assert told.mimetype == "text/html"
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "<script>" not in page
    assert " style=" not in page
    assert " onclick=" not in page
    assert 'lang="en"' in page
