"""The page about a service, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.desk import desk
from tests.browser.test_console import LOOKS

if TYPE_CHECKING:
    from typing import Any

    from playwright.sync_api import Browser

PATH = "/cds-services/spine-mri-order-select/source-attributes"


@pytest.mark.parametrize("look", LOOKS)
def test_the_page_is_accessible(
    browser: Browser, root: str, look: dict[str, Any]
) -> None:
    """WCAG 2.2 AA, folded and opened, light and dark; it never scrolls sideways."""
    with desk(browser, root + PATH, **look) as at:
        assert at.accessible() == []
        at.page.locator("details > summary").nth(0).click()
        at.page.get_by_text("When INF1-probable holds").click()
        at.page.get_by_text("C-reactive protein raised").first.wait_for()
        wide = at.page.evaluate("document.documentElement.scrollWidth")
        broken = at.accessible()

    assert broken == []
    assert wide <= look["viewport"]["width"]


def test_a_source_is_found_by_its_place(browser: Browser, root: str) -> None:
    """Where a card's source leads; the style came through the policy."""
    with desk(browser, f"{root}{PATH}#idsa-2015") as at:
        found = at.page.locator(":target a")
        address = found.get_attribute("href")
        size = at.page.locator("h1").evaluate("one => getComputedStyle(one).fontSize")

    assert address == "https://doi.org/10.1093/cid/civ482"
    assert size == "27.2px"


def test_it_can_be_printed(browser: Browser, root: str) -> None:
    """Black on white, without the way around, each source with its address."""
    with desk(browser, root + PATH, color_scheme="dark") as at:
        at.page.emulate_media(media="print", color_scheme="dark")
        hidden = not at.page.locator("nav").is_visible()
        section = at.page.locator("section").first
        ground = section.evaluate("one => getComputedStyle(one).backgroundColor")
        ink = section.evaluate("one => getComputedStyle(one).color")

    assert hidden
    assert (ground, ink) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")
