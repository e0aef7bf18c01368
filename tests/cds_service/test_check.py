"""Faults of content are found and named."""

from __future__ import annotations

from dataclasses import replace

from cds_service.check import (
    code_faults,
    criterion_faults,
    faults,
    repeated_codes,
    shared_codes,
)
from cds_service.knowledge.citation import Citation
from cds_service.knowledge.coding import LOINC
from cds_service.knowledge.value_set import Match, Member, Role, ValueSet
from cds_service.knowledge.vocabulary import Vocabulary
from hooks.spine_mri.criteria.infection import CRP_RAISED
from tests.replay import services


def test_the_content_is_sound() -> None:
    """Every service passes its own check."""
    for service in services().values():
        assert list(faults(service)) == []


def test_a_mistyped_code_is_named() -> None:
    """A check digit that does not fit names value set and code."""
    wrong = ValueSet("crp", "CRP", members=(Member(LOINC, "1988-6"),))

    (fault,) = code_faults(wrong)
    assert "value set crp, code 1988-6" in fault


def test_a_code_that_stands_twice_is_named() -> None:
    """In one value set only one of them could count; a family is another thing."""
    code = Member(LOINC, "1988-5")
    family = replace(code, match=Match.PREFIX)
    excluded = replace(code, role=Role.EXCLUDE)

    assert not list(repeated_codes(ValueSet("crp", "CRP", members=(code, family))))
    (fault,) = repeated_codes(ValueSet("crp", "CRP", members=(code, excluded)))
    assert "value set crp, code 1988-5" in fault


def test_a_result_is_of_one_test() -> None:
    """A code of two tests that are measured is named; what one excludes is no claim."""
    code = Member(LOINC, "1988-5")
    crp, esr = (ValueSet(name, name, members=(code,)) for name in ("crp", "esr"))
    other = replace(esr, members=(replace(code, role=Role.EXCLUDE),))
    service = services()["spine-mri-order-select"]
    wrong = replace(
        service, criteria=(), presence={}, vocabulary=Vocabulary((crp, esr))
    )

    assert not list(shared_codes((crp, other)))
    (fault,) = faults(wrong)
    assert "value sets crp and esr, code 1988-5" in fault


def test_two_questions_under_one_id() -> None:
    """An id stands for one question."""
    other = replace(CRP_RAISED, title="Something else")

    (fault,) = criterion_faults((CRP_RAISED, other))
    assert "crp-raised" in fault


def test_a_citation_to_nowhere() -> None:
    """A source can be opened."""
    nowhere = Citation("x", "X", "http://example.org")

    (fault,) = criterion_faults((replace(CRP_RAISED, citation=nowhere),))
    assert "https" in fault
