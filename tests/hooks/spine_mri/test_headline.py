"""The one line that everybody reads, and what of the draft is to change."""

from __future__ import annotations

import pytest

from cds_service.cds_hooks.response import SUMMARY_LIMIT
from hooks.spine_mri.headline import CONSIDER, FITS, of_whole_spine
from hooks.spine_mri.rules import RULES
from tests.hooks.spine_mri.stories import card
from tests.tables import each

ORDERED = [
    words
    for rule in RULES
    if rule.is_red_flag and rule.advise == "for"
    for words in (rule.summary, rule.emergency)
    if CONSIDER in words
]


@each(
    """
    chart                | order | priority | summary | why
    has M46.46           | 72158 | urgent   | Suspected or known spine infection: the order fits, MRI without and with contrast within 24 hours | ordered so
    has M46.46           | 72158 | routine  | Suspected or known spine infection: consider MRI without and with contrast within 24 hours | too late
    has M46.46           | 72148 | urgent   | Suspected or known spine infection: consider MRI without and with contrast within 24 hours | without contrast
    has M46.46           | 24968-0 | urgent | Suspected or known spine infection: consider MRI without and with contrast within 24 hours | contrast that nobody stated
    has 449813001 @ 3 days | 36531-2 | stat | Possible cauda equina syndrome: consider emergency MRI now, not delayed for contrast | a region that nobody stated
    has 449813001 @ 3 days | 72148 | stat   | Possible cauda equina syndrome: the order fits, emergency MRI now, not delayed for contrast | an emergency
    has M21.371 @ 3 days | 72148 | urgent   | New motor weakness with spine pain: the order fits, urgent MRI now, not after six weeks of treatment | weakness
    has C79.51           | 72158 | urgent   | Cancer with spine pain: consider MRI of the whole spine without and with contrast within a week | a part of what is needed
    has R29.2 @ 3 days; has M54.2 @ 3 days | 72141 | stat | Signs of spinal cord compression: consider emergency MRI of the whole spine | what was drafted is no choice
    has M21.371 @ 3 days; has V43.52XA @ 2 days | 72148 | stat | New motor weakness with spine pain: the order fits, emergency MRI; CT first if it causes no delay | an injury with a deficit
    has V43.52XA @ 2 days; has M54.50 @ 2 days | 72148 | urgent | Acute spine trauma: consider CT first; MRI without contrast if deficit or ligament injury | and without
    has R33.9 @ 60 days; has M54.50 @ 60 days | 72148 | urgent | Possible cauda equina sign: check perineum, anal tone and bladder residual today | an examination is no order
    has M54.16 @ 50 days; did 91251008 @ 45 days | 72149 | routine | Contrast-only spine MRI is not useful: consider MRI without contrast | contrast that nobody needs
    has M48.00 @ 50 days; has C18.9 @ 4000 days; did 91251008 @ 45 days | 72149 | urgent | Cancer with spine pain: consider MRI without and with contrast within a week | contrast that is needed
    """
)
def test_summary(row: dict[str, str]) -> None:
    """Who has ordered exactly this is not told to consider it."""
    assert card(row).summary == row["summary"]


@pytest.mark.parametrize("words", ORDERED)
def test_what_is_considered_is_what_was_ordered(words: str) -> None:
    """Only a scan, or its contrast, is what an order can fit."""
    asked = words.split(CONSIDER)[1].removeprefix("urgent ").removeprefix("emergency ")

    assert asked.startswith(("MRI", "contrast"))
    assert len(words.replace(CONSIDER, FITS)) <= SUMMARY_LIMIT
    assert len(of_whole_spine(words)) <= SUMMARY_LIMIT


@each(
    """
    chart                                          | order | priority | says | why
    has M46.46                                     | 72158 | routine  | Consider priority **urgent**. Drafted: routine. | only the priority is wrong
    has 449813001 @ 3 days                         | 72148 | urgent   | Consider priority **stat**. Drafted: urgent. | an emergency
    has M46.46                                     | 72158 | urgent   |      | nothing is wrong
    has M54.16 @ 50 days; did 91251008 @ 45 days   | 72148 | routine  |      | routine is enough
    has V43.52XA @ 2 days; has M54.2 @ 2 days      | 72141 | routine  |      | CT first: the MRI is not hurried
    has M46.46                                     | 24968-0 | urgent | Consider **MRI lumbar spine without and with contrast**. Drafted: MRI lumbar spine. | contrast that nobody stated
    has M46.46                                     | 24968-0 | routine | Consider **MRI lumbar spine without and with contrast**, priority urgent. Drafted: MRI lumbar spine, routine. | as the button does
    has C79.51                                     | 72158 | urgent   | Why the whole spine: a cancer may be in several places. | cancer of the spine
    has R29.2 @ 3 days; has M54.2 @ 3 days         | 72148 | urgent   | Why the whole spine: no level of the cord is known. | signs of the cord
    has A18.01                                     | 72157 | urgent   | Why the whole spine: the infection may be in several places. | tuberculosis
    has M46.46; has M54.2 @ 3 days; has M54.50 @ 3 days | 72158 | urgent | Why the whole spine: the pain is in several regions. | pain in two regions
    has R33.9 @ 3 days; has M54.2 @ 3 days; has M54.50 @ 3 days | 72148 | stat | Why the whole spine: the pain is not in the lumbar spine alone. | the pain is higher up as well
    has M46.46                                     | 72148 | urgent   | Consider **MRI lumbar spine without and with contrast**. Drafted: MRI lumbar spine without contrast. | the region is right
    """
)
def test_change(row: dict[str, str]) -> None:
    """The words say what the button does, and why it is so much."""
    detail = card(row).detail

    assert row["says"] in detail
    asks = "Consider **" in detail or "Consider priority" in detail
    assert asks == bool(row["says"])


@each(
    """
    chart                                              | missing | says | why
    has M54.50 @ 9 days; has N39.3 @ 900 days          |         | Seen, not counted as a red flag: Stress incontinence (7 Jun 2024). | old and of another kind
    has M54.50 @ 9 days; has E11.9 @ 900 days; lab 1988-5 5 mg/L @ 1 day; temp 37 Cel @ 1 day | | Seen, not counted as a red flag: Type 2 diabetes (7 Jun 2024). Normal: CRP 5 mg/L (23 Nov 2026) | a weak risk, and what speaks against it
    has M54.50 @ 9 days; has N39.3 @ 900 days          | vitals  | Seen, not counted as a red flag: Stress incontinence (7 Jun 2024). | where sight is missing too
    has M54.50 @ 9 days; has D04.9 @ 9 days; has D03.9 @ 8 days; has D05.10 @ 7 days; has Z80.3 @ 6 days; has N39.3 @ 5 days | | Family history of cancer | the newest
    has M54.50 @ 9 days; has D04.9 @ 9 days; has D03.9 @ 8 days; has D05.10 @ 7 days; has Z80.3 @ 6 days; has N39.3 @ 5 days | | and 1 more. | no more than a few
    has M54.50 @ 9 days; has 15777000 @ 9 days         |         |      | nobody takes prediabetes for a red flag
    has M54.50 @ 9 days                                |         |      | pain alone
    has M54.50 @ 50 days; has N39.3 @ 900 days         |         |      | not where we do not advise against
    """
)
def test_set_aside(row: dict[str, str]) -> None:
    """Where we advise against, what was read and not counted is named."""
    detail = card(row).detail

    assert row["says"] in detail
    assert ("Seen, not counted" in detail) == bool(row["says"])
