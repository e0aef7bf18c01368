"""The card: one line, its reasons, its sources, and how to disagree."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from markdown_it import MarkdownIt

from cds_service.answer import answer
from cds_service.cds_hooks.response import SUMMARY_LIMIT, render_cards
from cds_service.facts.model import Basis
from cds_service.reasoning.plain import Judgement, Verdict
from cds_service.reasoning.truth import Truth
from hooks.spine_mri.cards import present
from hooks.spine_mri.cautions import CHILD_WHOLE
from hooks.spine_mri.citations import ACR_CHILD
from hooks.spine_mri.headline import GAP, IN_VAIN, UNDECIDED, summary
from hooks.spine_mri.modifiers import MODIFIERS
from hooks.spine_mri.rules import RULES
from hooks.spine_mri.wording import FOOTER
from tests.builders import AT, call, draft, spine
from tests.hooks.spine_mri.stories import advice_for, card, chart, order
from tests.tables import each

if TYPE_CHECKING:
    from hooks.spine_mri.advice import Advice
    from hooks.spine_mri.rule import Rule

NORMAL = "lab 1988-5 5 mg/L @ 1 day; lab 4537-7 5 mm/h @ 1 day; temp 37 Cel @ 1 day"
FAILED = "has M54.16 @ 50 days; did 91251008 @ 45 days"
HEADLINES = [one.summary for one in MODIFIERS if one.summary]
# One chart for every rule that can lead, and some that say several things at once.
CHARTS = (
    "has 449813001 @ 3 days; has M46.46; has C50.911; had C18.9 @ 90 days",
    "has 449813001 @ 40 days",
    "has M21.371 @ 3 days; has 713512009 @ 3 days",
    "has M46.46; lab 1988-5 88 mg/L @ 1 day; temp 38.9 Cel @ 1 day; has A41.9 @ 2 days",
    "has 226034001",
    "has Z99.2; lab 1988-5 5 mg/L @ 1 day",
    "has C50.911",
    "had C18.9 @ 90 days",
    "had C18.9 @ 4000 days",
    FAILED,
    "has M54.50 @ 50 days",
    "has M54.50 @ 50 days; did 91251008 @ 45 days",
    "has M54.50 @ 20 days",
    "",
)
ORDERS = ("72148", "72149", "72158", "72142", "24968-0", "36531-2", "30855-1")
HTML = re.compile(r"</?[a-z][^>]*>", re.IGNORECASE)


def shown(row: dict[str, str]) -> list[dict[str, Any]]:
    """Answer a row as the service does, as it goes over the wire."""
    made = answer(spine(), call(chart(row["chart"]), [order(row)]), AT).cards
    rendered: list[dict[str, Any]] = render_cards(made)["cards"]
    return rendered


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.id}-{rule.priority}")
def test_what_every_rule_can_say(rule: Rule) -> None:
    """A summary fits on a card, a source is named, and nothing is ordered about."""
    assert 0 < len(rule.summary) <= SUMMARY_LIMIT
    assert rule.line
    # What lies outside the guideline has no source in it.
    assert rule.citations or rule.strength == "scope"
    assert rule.statements


@pytest.mark.parametrize("summary", [GAP, UNDECIDED, IN_VAIN, *HEADLINES])
def test_what_stands_instead_of_a_summary(summary: str) -> None:
    """These too fit on a card."""
    assert 0 < len(summary) <= SUMMARY_LIMIT


@pytest.mark.parametrize("code", ORDERS)
@pytest.mark.parametrize("story", CHARTS)
def test_detail_is_plain_markdown(story: str, code: str) -> None:
    """Every card: short summary, no HTML, no table, the footer, a label for all."""
    made = card({"chart": story, "order": code})
    html = MarkdownIt("gfm-like", {"linkify": False}).render(made.detail)

    assert 0 < len(made.summary) <= SUMMARY_LIMIT
    assert HTML.search(made.detail) is None
    assert "<table" not in html
    assert made.detail.rstrip().endswith(FOOTER)
    assert made.source.label


@each(
    """
    chart                                | order | says                                     | why
    has 449813001 @ 3 days               | 72149 | Possible cauda equina syndrome           | a red flag speaks for itself
                                         | 72148 | Cannot advise                            | an empty chart
    has M54.16 @ 50 days; did 91251008 @ 45 days | 72149 | Contrast-only                    | contrast alone
    has M54.16 @ 50 days; did 91251008 @ 45 days | 72158 | Contrast adds little             | contrast that is not needed
    has M48.00 @ 50 days; has M54.2 @ 50 days; did 91251008 @ 45 days | 72148 | The complaint is cervical spine, the order lumbar spine | elsewhere
    has M48.00 @ 50 days; has M54.2 @ 50 days; did 91251008 @ 45 days | 72158 | The complaint is cervical spine | elsewhere, and contrast
    has M54.16 @ 50 days; did 91251008 @ 45 days | 72148 | Six weeks of care on record      | nothing wrong with the draft
    """
)
def test_summary(row: dict[str, str]) -> None:
    """What matters most comes first."""
    assert row["says"] in card(row).summary


@each(
    """
    chart                | order | rated | source | why
    has M54.50 @ 20 days | 72148 | yes   | Low Back Pain | the low back
    has M54.2 @ 20 days  | 72141 | no    | Low Back Pain | the neck, of which no such rating is known
    has M54.12 @ 20 days | 72141 | yes   | Cervical      | pain of neck and arm has its own
    has M54.12 @ 50 days; did 91251008 @ 45 days | 72141 | yes | Cervical | care of the neck
    has M54.16 @ 50 days; did 91251008 @ 45 days | 72148 | yes | Low Back Pain | and of the low back
    """
)
def test_what_rates_the_neck(row: dict[str, str]) -> None:
    """No rating of the low back is shown for the neck."""
    made = card(row)

    assert ("MRI rated" in made.detail) is (row["rated"] == "yes")
    assert row["source"] in made.links[0].label


def test_uuids_are_stable() -> None:
    """The same request gets the same uuids, another one others."""
    row = {"chart": "has M46.46", "order": "72148"}
    first, again, other = shown(row), shown(row), shown(row | {"order": "72149"})

    assert first == again
    uuids = [one[0]["uuid"] for one in (first, other)]
    uuids += [one[0]["suggestions"][0]["uuid"] for one in (first, other)]
    assert len(set(uuids)) == 4


@each(
    """
    chart                  | topic         | label                        | why
    has M54.50 @ 20 days   | off-guideline | ACR Appropriateness Criteria | against is off the guideline
    has M46.46             | guideline     | IDSA 2015                    | the first source of the rule
                           | guideline     | Spine MRI decision support   | a gap has no published source
    """
)
def test_source(row: dict[str, str]) -> None:
    """The source is the first citation of the rule that leads."""
    source = card(row).source

    assert source.topic is not None
    assert source.topic.code == row["topic"]
    assert source.label.startswith(row["label"])


def test_links_are_the_sources() -> None:
    """Each published statement behind the rule can be read."""
    made = card({"chart": "has M46.46"})

    assert [link.label for link in made.links] == [
        "IDSA 2015 native vertebral osteomyelitis",
        "ACR Appropriateness Criteria: Suspected Spine Infection (2021)",
    ]
    assert all(link.url.startswith("https://") for link in made.links)


def test_no_card() -> None:
    """An order of something else, or a patient who has died, gets none."""
    knee = call((), [draft("73721")])
    dead = call([{"resourceType": "Patient", "id": "pat-1", "deceasedBoolean": True}])

    assert answer(spine(), knee, AT).cards == ()
    assert answer(spine(), dead, AT).cards == ()


@each(
    """
    chart                                        | missing      | says                                          | why
    has M46.46; lab 1988-5 88 mg/L @ 1 day       |              | CRP 88 mg/L                                   | the evidence with value and unit
    has M54.50 @ 9 days; lab 1988-5 88 mg/L @ 2 days; lab 1988-5 5 mg/L @ 1 day | | Normal: CRP 5 mg/L (23 Nov 2026), before: CRP 88 mg/L (22 Nov 2026). That does not exclude an infection | it can hardly have fallen so soon
    has 226034001; has M54.50 @ 9 days; lab 1988-5 5 mg/L @ 1 day | | Normal: CRP 5 mg/L (23 Nov 2026). That does not exclude an infection | a normal marker beside a risk of infection that counts all the same
    has M21.371 @ 3 days; has C50.911            |              | Also active or suspected cancer               | a further red flag
    has M46.46                                   |              | Consider **MRI lumbar spine without and with contrast**, priority urgent. Drafted: MRI lumbar spine without contrast, routine. | what to change
                                                 |              | the chart holds no problems                   | an empty chart
    has M46.46                                   | vitals       | Not seen: vital signs (not supplied).         | what was not seen
    has M46.46                                   |              | No recent result: temperature, CRP, ESR. | what was never measured
    has M46.46                                   |              | MRI rated usually appropriate.                | the grade, and of which study
    has M54.50 @ 20 days                         |              | MRI rated usually not appropriate.            | of the low back
    has M21.371 @ 3 days; has E11.9; has M54.50 @ 9 days | | Consider ESR and CRP: a weak risk of infection | a weak sign is worth a test
    """
)
def test_detail(row: dict[str, str]) -> None:
    """The detail says why, what to change, and what is missing."""
    assert row["says"] in card(row).detail


@each(
    """
    chart                                          | order | says                                       | told | why
    has M46.46                                     | 72158 | No recent result: temperature, CRP, ESR.   | yes  | infection is the question
    has M46.46; lab 1988-5 88 mg/L @ 1 day         | 72158 | No recent result: temperature, ESR.          | yes  | one of the two is known
    has R33.9 @ 400 days; has M54.50 @ 20 days     | 72148 | No recent result:                           | yes  | nobody knows what it is
    had C18.9 @ 4000 days                          | 72148 | No recent result:                           | yes  | ESR comes first here
    has M54.50 @ 20 days                           | 72148 | No recent result:                           | no   | simple pain
    has M54.50 @ 50 days                           | 72148 | No recent result:                           | no   | treatment comes first
    has V43.52XA @ 2 days; has M54.2 @ 2 days      | 72141 | No recent result:                           | no   | an injury
    has M21.371 @ 20 days                          | 72148 | No recent result:                           | no   | a nerve root is failing
    has M54.50 @ 20 days; lab 1988-5 <50 mg/L @ 1 day | 72148 | Undecided: CRP \\<50 mg/L (23 Nov 2026); consider repeating the test. | yes | seen, and it settles nothing
    has M54.50 @ 20 days; lab 1988-5 <50 mg/L @ 1 day | 72148 | Not seen:                               | no   | for it was seen
    has 226034001                                  | 72158 | ESR and CRP today                          | yes  | neither is on record
    has 226034001; lab 1988-5 5 mg/L @ 1 day       | 72158 | ESR and CRP today                          | yes  | ESR is still missing
    has 226034001; lab 1988-5 5 mg/L @ 1 day; lab 4537-7 5 mm/h @ 1 day | 72158 | ESR and CRP today     | no   | both were measured
    has M54.50 @ 20 days                           | 72149 | Contrast alone is not useful               | yes  | it is said where the scan is not advised
    has M54.50 @ 20 days                           | 72148 | Contrast alone is not useful               | no   | no contrast is drafted
    has M46.46                                     | 72149 | Contrast alone is not useful               | no   | the change says so
    """
)
def test_what_is_open_where_it_matters(row: dict[str, str]) -> None:
    """A question is asked where its answer could change what is done."""
    detail = card(row).detail

    assert (row["says"] in detail) is (row["told"] == "yes"), detail


@each(
    """
    chart                      | person  | order | told | why
    has M46.46                 | male 9  | 72158 | yes  | infection spreads along the spine of a child
    has C40.01 @ 90 days       | male 9  | 72158 | yes  | so does a tumour
    has M46.46                 | male 40 | 72158 | no   | an adult
    has M21.371 @ 3 days       | male 9  | 72148 | no   | a nerve root of a child
    has C79.51                 | male 9  | 72148 | no   | the whole spine is advised anyway
    """
)
def test_whole_spine_of_a_child(row: dict[str, str]) -> None:
    """The wider scan is preferred, and no reason to change the draft."""
    made = card(row)

    assert (CHILD_WHOLE in made.detail) is (row["told"] == "yes")
    sources = {link.label for link in made.links}
    assert (ACR_CHILD.label in sources) >= (row["told"] == "yes")


@each(
    """
    chart                                              | order | says                        | why
    has G95.20 @ 3 days                                | 72141 | consider emergency MRI      | the cord, in days
    has G95.20 @ 60 days                               | 72141 | consider urgent MRI         | the cord, in months
    has M21.371 @ 3 days                               | 72148 | consider urgent MRI now     | one nerve root
    has M21.371 @ 3 days; has V43.52XA @ 2 days        | 72148 | consider emergency MRI      | after a crash
    has M46.46                                         | 72158 | within 24 hours             | an infection
    has M46.46; has G06.1                              | 72158 | consider emergency MRI      | an abscess beside the cord
    has R33.9 @ 60 days; has M54.50 @ 60 days; has C50.911 | 72158 | consider emergency MRI  | a bladder sign beside a cancer
    has R33.9 @ 400 days; has M54.50 @ 20 days         | 72148 | Is it new? Urinary retention (20 Oct 2025) is on record | an old sign by its name
    ended M21.371 @ 10 days; has M54.50 @ 20 days      | 72148 | Is it over? Foot drop (resolved) is on record              | closed with a visit
    has Z99.2; has M54.50 @ 120 days                   | 72148 | Has the pain changed? Dialysis | a risk beside an old pain
    has E11.9 @ 900 days                               | 72148 | Is there new pain? Type 2 diabetes (7 Jun 2024) is on record | a risk that counts with pain alone
    did 89355001 @ 540 days                            | 72148 | Is there new pain?          | an operation likewise
    has M81.0 @ 900 days                               | 72148 | Is there new pain? Osteoporosis | so does weak bone
    has M54.50 @ 20 days; has 22325002 @ 2 days        | 72148 | Does it matter now?         | too vague
    has M54.50 @ 20 days; lab 1988-5 <50 mg/L @ 1 day  | 72148 | a test is undecided         | nothing is missing
    """
)
def test_summary_says_how_soon(row: dict[str, str]) -> None:
    """An emergency is called one, and what is to be asked is named."""
    summary = card(row).summary

    assert row["says"] in summary
    assert len(summary) <= SUMMARY_LIMIT


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.id}-{rule.priority}")
def test_emergency_summaries(rule: Rule) -> None:
    """They fit on a card, and say that it is one."""
    assert len(rule.emergency) <= SUMMARY_LIMIT
    assert not rule.emergency or "consider emergency MRI" in rule.emergency


def test_a_name_that_is_too_long_is_left_to_the_evidence() -> None:
    """The summary falls back to its own words."""
    advice = advice_for({"chart": "has R33.9 @ 400 days; has M54.50 @ 20 days"})
    long = Basis("Condition/1", "very " * 40 + "long")
    told = named(advice, long)

    assert summary(told) == told.lead.rule.summary
    assert summary(advice) != summary(told)


def named(advice: Advice, basis: Basis) -> Advice:
    """Let the lead rest on something else."""
    question = Judgement(
        id="asked",
        title="Asked",
        condition="asked",
        needs=frozenset(),
        judge=lambda _: Verdict(Truth.YES, (basis,)),
    )
    lead = advice.lead._replace(finding=question.assess(advice.facts))
    return replace(advice, lead=lead)


def test_normal_crp_is_no_comfort_in_a_fever() -> None:
    """Normal markers are no reason to doubt an infection that shows otherwise."""
    detail = card({"chart": "temp 38.9 Cel @ 1 day; lab 1988-5 5 mg/L @ 1 day"}).detail

    assert "Normal CRP" not in detail


def test_no_more_than_four_further_red_flags() -> None:
    """Others are counted."""
    advice = advice_for({"chart": CHARTS[0]})
    assert len(advice.added) == 3
    doubled = replace(advice, matched=(*advice.matched, *advice.added))

    (few,), (many,) = present(advice, "seed"), present(doubled, "seed")

    assert few.detail.count("Also ") == 3
    assert "and 2 more" not in few.detail
    assert many.detail.count("Also ") == 4
    assert "and 2 more" in many.detail


def test_weak_signs_do_not_delay_an_emergency() -> None:
    """A test is suggested beside weakness, and not beside the cauda equina."""
    weak = "has E11.9; has M54.50 @ 9 days; has 449813001 @ 3 days"

    assert "Consider ESR and CRP" not in card({"chart": weak}).detail


@each(
    """
    chart                                        | order   | priority | agrees | why
    has M54.16 @ 50 days; did 91251008 @ 45 days | 72148   |          | yes    | six weeks of care, and the right scan
    has M54.16 @ 50 days; did 91251008 @ 45 days | 72158   |          |        | contrast that adds little
    has M54.16 @ 50 days; did 91251008 @ 45 days | 24968-0 |          |        | contrast not stated: something to click
    has M21.371 @ 3 days                         | 72148   | urgent   | yes    | weakness, and the right scan soon
    has M21.371 @ 3 days                         | 72148   |          |        | not soon enough
    has 449813001 @ 3 days                       | 72148   | stat     |        | an emergency is never passed over
    has M54.16 @ 50 days; did 91251008 @ 45 days; has Z95.0 | 72148 | |       | a device to ask about
    has M54.50 @ 50 days; did 91251008 @ 45 days | 72148   |          |        | a question
    has M54.50 @ 9 days                          | 72148   |          |        | against
    """
)
def test_only_agreement_may_be_left_out(row: dict[str, str]) -> None:
    """A site may silence the card that says no more than that the order is right."""
    made = card(row | {"chart": f"{NORMAL}; {row['chart']}"})

    assert made.agrees == (row["agrees"] == "yes")
