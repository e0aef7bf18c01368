"""The advice for machines, beside the words of the card."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.answer import answer
from hooks.spine_mri.extension import NAME
from tests.builders import AT, call, draft, spine
from tests.hooks.spine_mri.stories import card, chart
from tests.tables import each

NORMAL = "lab 1988-5 5 mg/L @ 1 day; lab 4537-7 5 mm/h @ 1 day; temp 37 Cel @ 1 day"


def extension(row: dict[str, str]) -> dict[str, Any]:
    """Give what a card says to machines."""
    told: dict[str, Any] = (card(row).extension or {})[NAME]
    return told


def test_one_card_for_three_codes() -> None:
    """A whole spine of three codes is one order, and its card names all three."""
    drafts = [draft(code, id=code) for code in ("72141", "72146", "72148")]

    cards = answer(spine(), call(chart("has M54.50 @ 20 days"), drafts), AT).cards

    (made,) = cards
    assert (made.extension or {})[NAME]["orders"] == [
        "ServiceRequest/72141",
        "ServiceRequest/72146",
        "ServiceRequest/72148",
    ]


@each(
    """
    chart                                | order   | protocol         | extent   | why
    has 449813001 @ 3 days               | 24968-0 | either           | targeted | contrast not stated, and both will do
    has 449813001 @ 3 days               | 72148   | without          | targeted | as drafted
    has M46.46                           | 24968-0 | without-and-with | targeted | contrast not stated
    has C79.51                           | 72158   | without-and-with | complete | the whole spine
    has M54.16 @ 50 days; did 91251008 @ 45 days | 36531-2 | without  | targeted | where it hurts
    """
)
def test_advice_for_machines(row: dict[str, str]) -> None:
    """Protocol and extent are said in the published words."""
    told = extension(row)

    assert (told["protocol"], told["extent"]) == (row["protocol"], row["extent"])


def test_no_region_is_said_where_nothing_says_one() -> None:
    """Neither the order nor the chart names a level."""
    told = extension({"chart": "has M21.371 @ 3 days", "order": "36531-2"})

    assert "region" not in told
    assert "extent" not in told


@pytest.mark.parametrize("story", ["", f"has M54.50 @ 20 days; {NORMAL}"])
def test_without_a_scan_nothing_is_said_of_it(story: str) -> None:
    """Against, or nothing to go by: no protocol, region or urgency."""
    told = extension({"chart": story})

    assert not {"protocol", "region", "extent", "urgency"} & told.keys()
