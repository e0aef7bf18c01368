"""Faults of content are found and named."""

from __future__ import annotations

from dataclasses import replace

from cds_service.check import code_faults, criterion_faults, faults
from cds_service.knowledge.citation import Citation
from cds_service.knowledge.coding import LOINC
from cds_service.knowledge.value_set import Member, ValueSet
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
