"""The console, in a real browser: what an informatician tries first."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.desk import desk
from tests.cds_service.demo.calls import DEMO

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

MARTA, CALLUM = "/?patient=104417", "/?patient=140286"
WITH = "MRI lumbar spine without and with contrast"
LOOKS = [
    pytest.param(
        {"viewport": {"width": width, "height": 900}, "color_scheme": scheme},
        id=f"{width}-{scheme}",
    )
    for width in (390, 1280)
    for scheme in ("light", "dark")
]


def test_a_patient_is_chosen_and_a_card_comes(browser: Browser, root: str) -> None:
    """From the list, by keyboard alone; the call is a real one and it is timed."""
    with desk(browser, root) as at:
        assert at.page.locator(".people li").count() == len(DEMO.patients)
        at.page.locator(".people a").first.focus()
        at.page.keyboard.press("Enter")
        at.settled()

        assert at.advice() == "change"
        assert at.page.locator(".card .indicator").inner_text().endswith("Warning")
        assert "CRP 88 mg/L" in at.page.locator(".card .detail li").all_inner_texts()[1]
        assert " ms: 1 card" in at.page.locator("#timing").inner_text()
        (call,) = at.calls()

    assert len(call["prefetch"]) == 10
    assert call["context"]["patientId"] == "104417"


def test_accepting_changes_the_draft_and_calms(browser: Browser, root: str) -> None:
    """The order is as suggested, the next card agrees, the feedback was taken."""
    with desk(browser, root + MARTA) as at:
        at.settled()
        at.page.get_by_role("button", name=f"Order {WITH}, urgent").click()
        at.page.locator(".card[data-advise=for]").wait_for()
        at.answers()

        assert at.page.locator("#drafted").inner_text() == f"{WITH}, urgent"
        assert at.page.locator(".card .indicator").inner_text().endswith("Information")
        assert at.page.get_by_role("radio", name="Without and with").is_checked()
        assert "“accepted” acknowledged" in at.page.locator("#feedback").inner_text()
        first, second = at.calls()
        ((_, told),) = [one for one in at.sent if one[0].endswith("/feedback")]

    assert told["feedback"][0]["outcome"] == "accepted"
    assert told["feedback"][0]["acceptedSuggestions"][0]["id"]
    drafts = [one["context"]["draftOrders"]["entry"] for one in (first, second)]
    priorities = [entry[0]["resource"]["priority"] for entry in drafts]
    assert priorities == ["routine", "urgent"]


def test_dismissing_asks_for_the_reason(browser: Browser, root: str) -> None:
    """One of the card's own; it is sent as feedback, and the card can be had again."""
    with desk(browser, root + CALLUM) as at:
        at.settled()
        at.page.get_by_text("Dismiss", exact=True).click()
        at.page.get_by_label("Required for referral").check()
        at.page.get_by_role("button", name="Dismiss the card").click()
        at.page.locator("#feedback", has_text="acknowledged").wait_for()

        assert at.page.locator(".card").count() == 0
        path, told = at.sent[-1]
        at.page.get_by_role("button", name="Ask again").click()
        at.page.locator(".card").wait_for()
        at.answers()

    (item,) = told["feedback"]
    assert path.endswith("/cds-services/spine-mri-order-select/feedback")
    assert item["outcome"] == "overridden"
    assert item["overrideReason"]["reason"]["code"] == "required-for-referral"


def test_a_withheld_key_makes_it_uncertain(browser: Browser, root: str) -> None:
    """What the EHR does not send is not taken for absent; sent again, all is as was."""
    with desk(browser, root + CALLUM) as at:
        at.settled()
        switch = at.page.get_by_role("switch", name="conditions")
        seen = at.advice()
        switch.uncheck()
        at.page.locator(".card[data-advise=uncertain]").wait_for()
        at.page.locator(".unseen li", has_text="conditions").wait_for()
        switch.check()
        at.page.locator(".card[data-advise=against]").wait_for()
        at.answers()
        calls = at.calls()

    assert seen == "against"
    assert ["conditions" in one["prefetch"] for one in calls] == [True, False, True]


def test_the_draft_can_be_written_anew(browser: Browser, root: str) -> None:
    """Region, contrast, priority, a coded reason and one in words: each is a call."""
    with desk(browser, root + CALLUM) as at:
        at.settled()
        at.page.get_by_role("radio", name="Cervical").check()
        at.page.get_by_role("radio", name="With only").check()
        at.page.get_by_role("radio", name="urgent").check()
        at.page.get_by_label("Add a coded reason").select_option(label="Fever")
        at.page.get_by_label("Add a reason in words").fill("numb <b>saddle</b>")
        at.page.keyboard.press("Enter")
        at.page.get_by_role("button", name="Remove Low back pain").click()
        assert at.page.evaluate("document.activeElement.id") == "reason"
        at.answers()

        chips = at.page.locator("#reasons li").all_inner_texts()
        last = at.calls()[-1]["context"]["draftOrders"]["entry"][0]["resource"]

    assert last["code"]["text"] == "MRI cervical spine with contrast only"
    assert last["priority"] == "urgent"
    assert [one["text"] for one in last["reasonCode"]] == [
        *("Fever", "numb <b>saddle</b>")
    ]
    assert [one.splitlines()[0] for one in chips] == ["Fever", "numb <b>saddle</b>"]


def test_an_order_is_added_and_another_removed(browser: Browser, root: str) -> None:
    """As the suggestions say; with nothing left to judge the service is silent."""
    with desk(browser, root + CALLUM) as at:
        at.settled()
        at.page.get_by_role("button", name="Order physical therapy").click()
        at.page.locator("#beside", has_text="Physical therapy").wait_for()
        at.answers()
        at.page.get_by_text("more", exact=False).locator("visible=true").last.click()
        at.page.get_by_role("button", name="Remove this MRI order").click()
        at.page.get_by_text("nothing to say").wait_for()
        at.answers()

        assert at.page.locator("#drafted").inner_text() == "nothing"
        at.page.get_by_role("button", name="Draft the MRI again").click()
        at.page.locator(".card").wait_for()
        at.answers()


def test_a_service_that_is_gone_is_said(browser: Browser, root: str) -> None:
    """No old card stands there as if it were the answer; back again, it answers."""
    with desk(browser, root + CALLUM) as at:
        at.settled()
        at.page.context.set_offline(offline=True)
        at.page.get_by_role("radio", name="urgent").check()
        at.page.get_by_text("The service does not answer.").wait_for()
        assert at.page.locator(".card").count() == 0
        assert at.complaints
        at.complaints.clear()

        at.page.context.set_offline(offline=False)
        at.page.get_by_role("radio", name="routine").check()
        at.page.locator(".card").wait_for()
        at.answers()


def test_every_reason_leads_to_its_resource(browser: Browser, root: str) -> None:
    """From the tree by a click, and from the chart; Escape closes it."""
    with desk(browser, root + MARTA) as at:
        at.settled()
        at.page.get_by_text("Sign of infection with spinal pain").click()
        at.page.locator("#why .tree .tree .truth").first.wait_for()
        at.page.get_by_role("button", name="CRP 88 mg/L").first.click()
        shown = json.loads(at.page.locator("#resource pre").inner_text())
        at.page.keyboard.press("Escape")
        at.page.locator("#resource").wait_for(state="hidden")
        at.page.get_by_role("button", name="Type 2 diabetes").click()
        problem = json.loads(at.page.locator("#resource pre").inner_text())

    assert shown["valueQuantity"]["value"] == 88
    assert problem["resourceType"] == "Condition"


def test_the_call_can_be_copied_and_made_again(
    browser: Browser, root: str, tmp_path: Path
) -> None:
    """The curl line gives the answer that is shown."""
    grants: Any = {"permissions": ["clipboard-read", "clipboard-write"]}
    with desk(browser, root + MARTA, **grants) as at:
        at.settled()
        at.page.get_by_text("Request: POST").click()
        at.page.get_by_role("button", name="Copy as curl").click()
        at.page.get_by_role("button", name="Copied").wait_for()
        line = at.page.evaluate("navigator.clipboard.readText()")
        at.page.get_by_text("Response: 200").click()
        shown = json.loads(at.page.get_by_role("region", name="Response").inner_text())

    script = tmp_path / "call.sh"
    script.write_text(line.replace("curl -s", "printf '%s\\n'"), encoding="utf-8")
    words = subprocess.run(  # noqa: S603 - a line of ours, curl taken out of it
        ["/bin/sh", str(script)], capture_output=True, check=True, text=True, timeout=10
    ).stdout
    body = words[words.index("{") : words.rindex("}") + 1]
    assert json.loads(body)["prefetch"]["patient"]["id"] == "104417"
    assert shown["cards"][0]["extension"]["spine-mri.advice"]["advise"] == "change"


@pytest.mark.parametrize("path", ["/", MARTA], ids=["list", "order"])
@pytest.mark.parametrize("look", LOOKS)
def test_everybody_can_use_it(
    browser: Browser, root: str, path: str, look: Any, tmp_path: Path
) -> None:
    """WCAG 2.2 AA by axe, everything opened; nothing is wider than the screen."""
    with desk(browser, root + path, **look) as at:
        if path != "/":
            at.settled()
            at.page.locator("summary:visible").evaluate_all(
                "all => all.forEach((one) => { one.parentElement.open = true; })"
            )
        at.page.screenshot(path=tmp_path / "page.png", full_page=True)

        assert at.accessible() == []
        wide = at.page.evaluate("document.documentElement.scrollWidth")
        assert wide == look["viewport"]["width"]


@pytest.mark.parametrize("look", LOOKS)
def test_a_resource_is_shown_to_everybody(
    browser: Browser, root: str, look: Any
) -> None:
    """The dialog too is without a fault of accessibility."""
    with desk(browser, root + MARTA, **look) as at:
        at.settled()
        at.page.get_by_role("button", name="ESR 74 mm/h").first.click()

        assert at.page.get_by_role("dialog").is_visible()
        assert at.accessible() == []


def test_stories_follow_each_other(browser: Browser, root: str) -> None:
    """Each is answered with a card, and no browser complains."""
    advised = []
    with desk(browser, root + MARTA) as at:
        for story in DEMO.patients[:5]:
            at.page.locator(".patient", has_text=story.title).wait_for()
            at.settled()
            advised.append(at.advice())
            at.page.get_by_role("link", name="Next: ").click()
        at.page.locator(".patient", has_text=DEMO.patients[5].title).wait_for()
        at.settled()

    assert advised == ["change", "against", "for", "for", "change"]
