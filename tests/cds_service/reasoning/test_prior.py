"""Findings laid down beforehand are those that asking one by one would make."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cds_service.fhir.prefetch import KEYS
from cds_service.knowledge.practice import AS_PUBLISHED, Practice
from cds_service.reasoning import prior
from cds_service.reasoning.coded import has
from cds_service.reasoning.combination import all_of, any_of
from cds_service.reasoning.outline import tree
from cds_service.reasoning.plain import AgeAtLeast, Judgement, Verdict
from cds_service.reasoning.prior import Prior
from cds_service.reasoning.truth import Truth
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.definitions import pain_new
from hooks.spine_mri.limits import PAIN_NEW
from hooks.spine_mri.service import CRITERIA
from tests.builders import condition, facts_from, patient
from tests.hooks.spine_mri.stories import chart, person
from tests.hooks.spine_mri.test_properties import DRAFTS, STORIES, WHO, unhurried

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cds_service.facts.model import Facts
    from cds_service.reasoning.finding import Criterion
    from tests.builders import Resource

EVERY = tuple({id(one): one for one in tree(CRITERIA)}.values())
SERVICE = Prior(CRITERIA)
GAPS = st.sets(st.sampled_from(sorted(set(KEYS.values()))), max_size=2)


def agree(criteria: Iterable[Criterion], made: Prior, facts: Facts) -> bool:
    """Whether every finding is the one that asking makes."""
    asked = replace(facts)
    made.lay_down(facts)
    return all(facts.judged[id(one)] == one.assess(asked) for one in criteria)


@settings(unhurried, max_examples=200)
@given(story=STORIES, who=WHO, order=DRAFTS, gaps=GAPS)
def test_every_finding_is_the_one_that_asking_makes(
    story: str, who: str, order: Resource, gaps: set[str]
) -> None:
    """Whatever is on record, and whatever could not be seen."""
    resources = [*person(who), *chart(story)]

    assert agree(EVERY, SERVICE, facts_from(resources, order, missing=gaps))


def asking(judge: Callable[[Facts], object]) -> Criterion:
    """Make a judgement that holds where *judge* finds something."""
    return Judgement(
        id="asked",
        title="Asked",
        condition="asks",
        needs=frozenset(),
        judge=lambda facts: Verdict(Truth.of(value=bool(judge(facts)))),
    )


PAIN = has(codes.BACK_PAIN)
AGED = any_of("aged", "Aged", AgeAtLeast(id="old", title="Old", years=65), PAIN)


@pytest.mark.parametrize(
    "judge",
    [
        lambda facts: facts.coded,
        lambda facts: [*facts.coded.values()],
        lambda facts: codes.BACK_PAIN.id in facts.coded,
        lambda facts: facts.coded.get(codes.BACK_PAIN.id),
        lambda facts: facts.conditions,
        lambda facts: facts.person.sex == "male" and facts.coded,
        lambda facts: AGED.assess(facts).truth is Truth.YES,
        lambda facts: facts.sees(["conditions"]) and facts.coded,
    ],
)
def test_whatever_a_judgement_looks_at_is_noticed(
    judge: Callable[[Facts], object],
) -> None:
    """One set, all of them, the person, or another criterion: it is asked again."""
    criteria = (all_of("both", "Both", asking(judge), AGED), PAIN)
    every = tuple(tree(criteria))
    made = Prior(criteria)

    for chart_ in ([], [condition("M54.50")], [condition("I10"), patient(80)]):
        assert agree(every, made, facts_from(chart_))


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Charts with ever other gaps do not fill the memory, nor change an answer."""
    monkeypatch.setattr(prior, "_REMEMBERED", 2)
    every = tuple(tree([AGED]))
    made = Prior([AGED])

    for gaps in ([], ["conditions"], ["patient"], ["conditions", "patient"], []):
        assert agree(every, made, facts_from([condition("M54.50")], missing=gaps))


def test_patterns_that_are_kept_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Charts that answer ever otherwise do not fill it either."""
    monkeypatch.setattr(prior, "_PATTERNS", 1)
    every = tuple(tree([AGED]))
    made = Prior([AGED])
    pain, over = condition("M54.50"), condition("M54.50", status="resolved")

    for chart_ in ([], [pain], [over], [pain], []):
        assert agree(every, made, facts_from(chart_))


def test_a_practice_has_its_own_answers() -> None:
    """What a site sets otherwise is part of what is laid down."""
    wide = Practice(limits={PAIN_NEW.name: Decimal(365)})
    criteria = (pain_new(PAIN_NEW),)
    facts = facts_from([condition("M54.50", onset="2026-03-01")])

    for practice in (AS_PUBLISHED, wide):
        assert agree(
            criteria, Prior(criteria, practice), replace(facts, practice=practice)
        )
