"""The source attributes for people."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from cds_service.attributes.page import POLICY, as_page
from cds_service.attributes.told import told
from cds_service.knowledge.practice import LocalChange, Practice
from cds_service.switches import Switches
from tests.cds_service.attributes.content import AMISS, CONTENT, REVIEWED, SOUND
from tests.toy import toy

if TYPE_CHECKING:
    from cds_service.operations.readiness import SelfTest
    from cds_service.presentation.source_attributes import SourceAttributes

UNREVIEWED = "No clinician has reviewed these rules. Not for clinical use."
ALL_ON = Switches(off=True, shadow=True, share=5, quiet=True)
CHANGE = LocalChange(kind="limit", name="x", before="1", now="2", why="ours")


def page(
    content: SourceAttributes = CONTENT,
    switches: Switches = Switches(),  # noqa: B008 - frozen
    tested: SelfTest = SOUND,
    practice: Practice | None = None,
) -> str:
    """Write the page of the toy service."""
    service = replace(toy("order-select"), practice=practice or Practice())
    return as_page(told(service, content, switches, tested), content)


class Elements(HTMLParser):
    """The elements of a page, each closed where it has to be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.sources: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        members = {name: value or "" for name, value in attrs}
        self.ids += filter(None, [members.get("id")])
        self.hrefs += filter(None, [members.get("href")])
        self.sources += filter(None, [members.get("src"), members.get("style")])
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element."""
        assert self.open.pop() == tag


FULL = page(
    replace(CONTENT, reviews=REVIEWED),
    ALL_ON,
    AMISS,
    Practice(site="Toy shop", changes=(CHANGE,)),
)


@pytest.mark.parametrize("text", [page(), FULL], ids=["published", "changed"])
def test_the_page_is_whole(text: str) -> None:
    """Every element is closed, no id stands twice, every place linked to exists."""
    found = Elements(text)

    assert not found.open
    assert len(found.ids) == len(set(found.ids))
    places = {one[1:] for one in found.hrefs if one.startswith("#")}
    assert places <= set(found.ids)
    assert '<html lang="en">' in text


def test_its_one_style_is_the_one_the_policy_lets_through() -> None:
    """By its hash; and nothing is loaded from anywhere."""
    (style,) = re.findall(r"<style>(.*?)</style>", page(), re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()

    assert f"style-src 'sha256-{digest}'" in POLICY
    assert "default-src 'none'" in POLICY
    assert Elements(page()).sources == []
    assert "<script" not in page()


def test_words_are_never_markup() -> None:
    """Whoever writes content cannot write elements."""
    assert "Toymakers &lt;b&gt;&amp; sons&lt;/b&gt;" in page()


def test_the_page_says_that_no_clinician_has_reviewed() -> None:
    """Until one has, who is then named."""
    assert UNREVIEWED in page()
    assert UNREVIEWED not in FULL
    assert "Ada Okafor, toymaker, 2026-05-06, edition 0.1.0" in FULL


def test_a_rule_opens_to_its_questions() -> None:
    """Nested as they are judged."""
    text = re.sub(r"\s+", " ", page())

    assert "<summary>When TOY1 holds</summary>" in text
    assert '<span class="question">Is it a?</span>: says yes' in text
    assert "routine, urgent where “Is it a?” holds." in text
    assert "When TOY2 holds" not in text


def test_what_the_self_test_found_is_shown() -> None:
    """As a number, and by name where something differs."""
    assert "<strong>3 of 3</strong> vignettes" in page()
    assert "Answered otherwise" not in page()
    assert "<strong>2 of 3</strong> vignettes" in FULL
    assert "Answered otherwise: story" in FULL
    assert "Faults of the content: a code" in FULL


def test_what_holds_at_the_site_is_shown() -> None:
    """Its changes, and every switch in force."""
    assert "Nothing was changed" in page()
    assert "limit x: 2 (standard: 1), because: ours" in FULL
    for told_ in ("switched off", "shows nothing", "to 5 of a hundred", "left out"):
        assert told_ in FULL
        assert told_ not in page()
