"""What a value set and its members tell of themselves."""

from __future__ import annotations

from cds_service.knowledge.citation import Citation
from cds_service.knowledge.coding import ICD10CM, LOINC, SNOMED
from cds_service.knowledge.requirement import DataRequirement
from cds_service.knowledge.value_set import Match, Member, Role, ValueSet


def test_a_mark_is_read_by_its_key() -> None:
    """A key that is only the start of another finds nothing."""
    member = Member(LOINC, "1-8", tags=frozenset({"contrast=without"}))
    assert member.tag("contrast") == "without"
    assert member.tag("con") is None


def test_a_query_asks_for_exact_codes_that_count() -> None:
    """Families and excluded codes cannot be asked for; other systems are left."""
    value_set = ValueSet(
        "toy",
        "Toy",
        members=(
            Member(LOINC, "1988-5"),
            Member(LOINC, "45062-7", role=Role.EXCLUDE),
            Member(ICD10CM, "M54", match=Match.PREFIX),
            Member(SNOMED, "279039007"),
            Member(LOINC, "11039-5", role=Role.QUALITATIVE),
        ),
    )
    assert value_set.codes_in(LOINC) == ("1988-5", "11039-5")
    assert value_set.codes_in(ICD10CM) == ()


def test_content_can_stand_in_sets() -> None:
    """Requirements and citations are compared by what they say."""
    assert len({DataRequirement("Condition"), DataRequirement("Condition")}) == 1
    assert Citation("a", "A", "https://a.example").year is None
