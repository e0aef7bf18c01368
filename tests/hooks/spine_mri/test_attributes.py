"""What the spine MRI content says of itself is whole and true."""

from __future__ import annotations

from cds_service.reasoning.outline import tree
from cds_service.site import read_site
from hooks.spine_mri.governance import REVISED, WRITTEN
from hooks.spine_mri.knowledge import knowledge
from hooks.spine_mri.modifiers import MODIFIERS
from hooks.spine_mri.rules import RULES
from hooks.spine_mri.service import SERVICES, services

SERVICE = SERVICES[0]
CONTENT = SERVICE.attributes
assert CONTENT is not None
ELEMENTS = [
    "race",
    "ethnicity",
    "language",
    "sexual orientation",
    "gender identity",
    "sex",
    "date of birth",
    "social determinants of health",
    "health status assessments",
]


def test_it_tells_the_use_of_every_element_asked_about() -> None:
    """In the order of the regulation."""
    assert CONTENT
    assert [one.element for one in CONTENT.uses] == ELEMENTS


def test_every_rule_and_modifier_is_told() -> None:
    """In the order in which they lead; modifiers last."""
    assert CONTENT
    ids = [one.id for one in CONTENT.rules]

    assert ids == [*(one.id for one in RULES), *(one.id for one in MODIFIERS)]


def test_whatever_is_cited_is_listed_once() -> None:
    """By rules, by modifiers and by the questions behind them."""
    assert CONTENT
    listed = [one.id for one in CONTENT.citations]
    cited = {one.id for rule in CONTENT.rules for one in rule.citations}
    asked = tree(one for rule in CONTENT.rules for one in rule.criteria)
    cited |= {one.citation.id for one in asked if one.citation}

    assert len(listed) == len(set(listed))
    assert cited <= set(listed)


def test_every_question_of_the_service_is_told_or_a_definition() -> None:
    """A criterion that decides and is not shown would be a hidden one."""
    assert CONTENT
    told = {
        one.id
        for rule in CONTENT.rules
        for root in rule.criteria
        for one in tree([root])
    }

    asked = {one.id for one in tree(SERVICE.criteria)}
    # One is a line of the card and no rule.
    assert asked - told <= {"contrast-reaction-unclear"}


def test_its_edition_is_the_one_on_the_cards() -> None:
    """Local changes make it another."""
    site = read_site(
        'name = "Here"\n[spine_mri.rules.PER2]\noff = true\nwhy = "unlike"\n'
    )
    changed = services(site.content["spine_mri"], site.name)[0]

    assert CONTENT
    assert changed.attributes
    for service in (SERVICE, changed):
        edition = knowledge(service.practice)
        assert service.attributes
        assert service.attributes.version == edition["version"]
        assert service.attributes.digest == edition["sha256"]
    assert changed.attributes.digest != CONTENT.digest


def test_a_revision_is_not_before_the_release() -> None:
    """Dates run one way."""
    assert WRITTEN <= REVISED
