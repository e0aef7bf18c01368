"""The pages a clinician reads: up to date, complete, and every link leads somewhere."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from cds_service.presentation.source_attributes import Review
from hooks.spine_mri.disagreements import DISAGREEMENTS
from hooks.spine_mri.governance import NEXT_REVIEW_DUE, WRITTEN
from hooks.spine_mri.modifiers import MODIFIERS
from hooks.spine_mri.pages import FOLDER, ROOT, pages
from hooks.spine_mri.pages.clinical import clinical_page
from hooks.spine_mri.pages.layout import rule_anchor
from hooks.spine_mri.pages.shown_by import short, shown_by
from hooks.spine_mri.pages.traceability import (
    Trace,
    files_showing,
    traceability_page,
    traces,
)
from hooks.spine_mri.rules import RULES
from hooks.spine_mri.statements import STATEMENTS, Statement
from hooks.spine_mri.value_sets import VALUE_SETS

if TYPE_CHECKING:
    from pathlib import Path

    from hooks.spine_mri.rule import Rule

PAGES = pages()
CLINICAL = PAGES[FOLDER / "README.md"]
SHOWN = shown_by(ROOT, RULES)
TRACES = traces(RULES)
EACH_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
EACH_TRACE = pytest.mark.parametrize("trace", TRACES, ids=lambda one: one.statement.id)
LINK = re.compile(r"\]\((?!https://)([^)#]*)(#[^)]*)?\)")


@EACH_PAGE
def test_it_says_what_the_rules_say(page: Path) -> None:
    """`cds-service outline --write` was run after the last change."""
    assert page.read_text(encoding="utf-8") == PAGES[page]


@EACH_PAGE
def test_its_links_lead_somewhere(page: Path) -> None:
    """Each names a file that exists, and a place that is marked there."""
    astray = []
    for file, place in LINK.findall(PAGES[page]):
        target = (page.parent / file).resolve() if file else page
        text = PAGES.get(target, "")
        if not target.exists() or (place and f'<a id="{place[1:]}">' not in text):
            astray.append(file + place)

    assert astray == []


@EACH_PAGE
def test_a_place_is_marked_once(page: Path) -> None:
    """Otherwise a link leads to the wrong rule."""
    places = re.findall(r'<a id="([^"]*)">', PAGES[page])

    assert len(places) == len(set(places))


def test_it_says_that_no_clinician_has_reviewed_it() -> None:
    """Plainly, under the status."""
    assert "Reviewed: **by no clinician so far. Not for clinical use.**" in CLINICAL


def test_a_review_is_shown() -> None:
    """With name, day and the edition that was read, once there is one."""
    review = Review("Dr Ada Okafor, radiologist", date(2027, 1, 9), "0.2.0")

    page = clinical_page(RULES, (review,))

    assert "Dr Ada Okafor, radiologist, 9 Jan 2027, edition 0.2.0" in page
    assert "by no clinician" not in page


def test_the_next_review_comes_after_the_writing() -> None:
    """It is due at most two years later."""
    assert 0 < (NEXT_REVIEW_DUE - WRITTEN).days <= 730


@pytest.mark.parametrize("rule", RULES, ids=rule_anchor)
def test_each_rule_has_its_section(rule: Rule) -> None:
    """With everything a reader has to judge."""
    section = CLINICAL.partition(f'<a id="{rule_anchor(rule)}">')[2]
    section = section.partition("\n<a id=")[0]

    for said in (rule.summary, rule.contrast.value, rule.strength, "ACR rating"):
        assert said in section
    for cited in rule.citations:
        assert cited.url in section


def test_a_rule_of_two_branches_is_told_apart() -> None:
    """Each branch has a place of its own on the page."""
    anchors = [rule_anchor(rule) for rule in RULES]

    assert len(anchors) == len(set(anchors))


def test_each_value_set_is_listed() -> None:
    """Read by a rule or not yet."""
    table = CLINICAL.partition('<a id="value-sets">')[2]

    assert [one.id for one in VALUE_SETS if one.title not in table] == []


def test_each_modifier_that_can_fire_is_explained() -> None:
    """Each has its section; an advice carries no other."""
    sections = (f'<a id="{one.id.lower()}">' for one in MODIFIERS)

    assert [one for one in sections if one not in CLINICAL] == []


def test_statements_are_numbered_as_in_the_summary() -> None:
    """S1 to S38, none left out."""
    assert [one.id for one in STATEMENTS] == [f"S{number}" for number in range(1, 39)]


def test_rules_name_statements_that_exist() -> None:
    """A statement that a rule carries is one of the summary."""
    by_rules = {one for rule in RULES for one in rule.statements}
    named = by_rules.union(*(one.statements for one in MODIFIERS))

    assert named <= {one.id for one in STATEMENTS}


@EACH_TRACE
def test_a_statement_is_carried_or_set_aside_with_a_reason(trace: Trace) -> None:
    """None is forgotten."""
    assert trace.settled


def test_a_forgotten_statement_is_noticed() -> None:
    """Without rule, place or reason nothing is settled."""
    assert not Trace(Statement("S1", "MRI is for red flags"), (), ()).settled


@EACH_TRACE
def test_a_statement_waits_only_for_a_rule_that_is_not_written(trace: Trace) -> None:
    """Once the rule is there, it names the statement itself."""
    awaited = trace.statement.waits_for
    written = {short(rule.id) for rule in RULES}

    assert awaited not in written or awaited in {short(one) for one in trace.rules}


@EACH_TRACE
def test_what_shows_a_statement_exists(trace: Trace) -> None:
    """A vignette has its case, a test file has a test; what is carried has one."""
    files = files_showing(trace, SHOWN)

    assert files or not (trace.rules or trace.statement.place)
    for name in files:
        path = ROOT / name
        text = "" if path.is_dir() else path.read_text(encoding="utf-8")
        shows = (path / "case.toml").is_file() or re.search(
            r"^(def )?test_", text, re.MULTILINE
        )
        assert shows, name


def test_what_waits_is_said_to_wait() -> None:
    """Without its rule the page promises nothing."""
    page = traceability_page((), {})

    assert "not yet: waits for rule AXS1" in page


def test_each_disagreement_is_about_rules_by_their_short_names() -> None:
    """And is shown at every one of them that is written."""
    for one in DISAGREEMENTS:
        for name in one.rules:
            assert re.fullmatch(r"[A-Z]{3}\d[a-z]?", name)
        written = [rule for rule in RULES if short(rule.id) in one.rules]
        assert CLINICAL.count(f"[{one.id}](#{one.id.lower()})") == len(written)
