"""The page: it stands alone, says everything in words too, and can be read."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise

import pytest

from cds_service.operations.report.page import Grid, as_page, grid
from cds_service.operations.report.tally import Report, summarise
from tests.cds_service.operations.report.records import (
    SHOWN,
    SINCE,
    UNTIL,
    report,
    silence,
)

VOID = {"meta", "rect", "line"}
LEAST_CONTRAST = 4.5
INKS = {
    "ink": ("ground", "sheet"),
    "quiet": ("ground", "sheet"),
    "on-weak": ("h1", "h2", "h3", "h4"),
    "on-strong": ("h5",),
}


class Page(HTMLParser):
    """A page's elements, in order, with a check that each is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element."""
        if tag not in VOID:
            assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """List the attributes of every element of a kind."""
        return [attributes for name, attributes in self.found if name == tag]


@pytest.mark.parametrize("told", [report(), silence()], ids=["calls", "none"])
def test_the_page_is_whole(told: Report) -> None:
    """Closed elements, a language, a title, headings that skip no level."""
    page = Page(as_page(told))

    assert not page.open
    assert page.all("html") == [{"lang": "en"}]
    levels = [int(tag[1]) for tag, _ in page.found if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.fault(64)
def test_the_page_asks_nobody_for_anything() -> None:
    """No script, no host, no style but the one its policy names."""
    text = as_page(report())
    page = Page(text)
    style = text.partition("<style>")[2].partition("</style>")[0]
    hashed = b64encode(sha256(style.encode()).digest()).decode()

    assert not re.search(r"(src=|href|url\(|@import|<script|style=)", text)
    (policy,) = [one["content"] for one in page.all("meta") if "http-equiv" in one]
    assert policy == f"default-src 'none'; style-src 'sha256-{hashed}'"


@pytest.mark.fault(64)
def test_every_table_and_plot_has_words() -> None:
    """Captions, heads with a scope, and a name for whoever cannot see the plot."""
    page = Page(as_page(report()))

    assert len(page.all("caption")) == len(page.all("table")) > 5
    assert all("scope" in one for one in page.all("th"))
    assert all("aria-hidden" in one or one.get("aria-label") for one in page.all("svg"))
    scrolled = [one for one in page.all("div") if one.get("class") == "wide"]
    assert all(one["tabindex"] == "0" and one["aria-label"] for one in scrolled)


def test_what_was_counted_is_shown() -> None:
    """Tiles, rules, reasons, gaps, latency."""
    text = as_page(report())

    for shown in (
        "<dt>Calls</dt><dd>4</dd>",
        "INF1",
        "cannot-wait",
        "reports",
        "95 of 100 calls",
        "Feedback on 1 cards of other periods",
    ):
        assert shown in text


def test_silence_is_said() -> None:
    """A page without calls tells where to look."""
    assert "Nobody called in this period" in as_page(silence())


def test_a_chart_that_was_seen_whole_is_said() -> None:
    """No table of nothing; nor one of reasons where nobody gave one."""
    text = as_page(summarise([SHOWN], (), SINCE, UNTIL))

    assert "seen whole" in text
    assert "Why cards were overridden" not in text
    assert "other periods" not in text


def test_calls_without_cards_have_no_rules() -> None:
    """The sections about cards are left out."""
    bare = replace(SHOWN, card=None)

    text = as_page(summarise([bare], (), SINCE, UNTIL))

    assert "<h2>Rules</h2>" not in text
    assert "<h3>Knowledge</h3>" not in text
    assert not Page(text).open


def test_nothing_from_a_client_is_markup() -> None:
    """Its name, or a reason's code."""
    text = as_page(summarise([replace(SHOWN, client="<b>x")], (), SINCE, UNTIL))

    assert "&lt;b&gt;x" in text
    assert "<b>" not in text


def test_a_grid_is_ordered_by_its_sums() -> None:
    """The most frequent row and column first; a gap is a zero."""
    laid = grid((("a", "x", 1), ("b", "y", 5), ("b", "x", 2)))

    assert laid == Grid(("y", "x"), (("b", ((5, 5), (2, 4))), ("a", ((0, 0), (1, 3)))))
    assert grid(()) == Grid((), ())


def luminance(colour: str) -> float:
    """Compute the relative luminance of WCAG 2.2."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4
        for one in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.fault(64)
@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_text_can_be_read(scheme: int) -> None:
    """At least 4.5 to 1, as WCAG 2.2 AA asks, in light and in dark."""
    package = files("cds_service.operations.report")
    style = (package / "page.css").read_text(encoding="utf-8")
    block = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[scheme]
    colour = dict(re.findall(r"--([\w-]+): (#\w{6});", block))

    for ink, grounds in INKS.items():
        for ground in grounds:
            dark, light = sorted((luminance(colour[ink]), luminance(colour[ground])))
            assert (light + 0.05) / (dark + 0.05) >= LEAST_CONTRAST, (ink, ground)
