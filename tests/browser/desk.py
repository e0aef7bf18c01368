"""The order-entry screen, as a clinician uses it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import (  # type: ignore[import-untyped]
    Axe,  # its package carries no types
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Request

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(frozen=True, slots=True)
class Desk:
    """A page, what its browser complained about, and the calls it made.

    Attributes:
        complaints: errors of scripts, of the console, of requests.
        sent: path and JSON body of every POST, in order.
    """

    page: Page
    complaints: list[str]
    sent: list[tuple[str, Any]]

    def settled(self) -> None:
        """Wait for the answer and the reasons behind it."""
        self.page.locator("#timing", has_text="Answered in").wait_for()
        self.page.locator("#why > *").first.wait_for()

    def advice(self) -> str:
        """Read what the one card advises."""
        return str(self.page.locator(".card").get_attribute("data-advise"))

    def answers(self) -> None:
        """Wait for the next answer of the service."""
        self.page.wait_for_load_state("networkidle")

    def calls(self) -> list[Any]:
        """List the calls of the service."""
        return [body for path, body in self.sent if path.endswith("-order-select")]

    def accessible(self) -> list[str]:
        """Name every rule of WCAG 2.2 AA, or good practice, that is broken."""
        options = {"runOnly": {"type": "tag", "values": WCAG}}
        found = Axe().run(self.page, options=options).response["violations"]
        return [
            f"{one['id']}: {node['html'][:120]}"
            for one in found
            for node in one["nodes"]
        ]


@contextmanager
def desk(browser: Browser, url: str, **context: Any) -> Iterator[Desk]:
    """Open *url* in a fresh profile, and fail on any complaint of the browser."""
    page = browser.new_context(**context).new_page()
    page.set_default_timeout(20_000)
    complaints: list[str] = []
    sent: list[tuple[str, Any]] = []

    def note(request: Request) -> None:
        if request.method == "POST":
            sent.append((request.url.split("?")[0], request.post_data_json))

    page.on("request", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda said: complaints.append(said.text) if said.type == "error" else None,
    )
    page.goto(url)
    yield Desk(page, complaints, sent)
    page.context.close()
    assert complaints == []
