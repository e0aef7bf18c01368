"""Criteria as lists: what is asked twice stands once, and every code list is linked."""

from __future__ import annotations

from datetime import timedelta

from cds_service.facts.quantity import Quantity
from cds_service.knowledge.citation import Citation
from cds_service.knowledge.value_set import Role, ValueSet
from cds_service.knowledge.vocabulary import Vocabulary
from cds_service.presentation.criteria_list import CriteriaList, numbers, written_once
from cds_service.reasoning.coded import has, new
from cds_service.reasoning.combination import all_of, any_of
from cds_service.reasoning.comparison import Comparison
from cds_service.reasoning.measured import MeasurementCriterion
from cds_service.reasoning.plain import AgeAtLeast

SOURCE = Citation("book", "Book of toys", "https://toy.example/book")
CITED = "([Book of toys](https://toy.example/book))"
LOOSE = ValueSet("loose", "Loose wheel")
SPEED = ValueSet("speed", "Speed")
WHEEL = has(LOOSE)
RECENT = new(
    LOOSE,
    30,
    "loose-lately",
    "Wheel that came loose",
    roles=frozenset({Role.INCLUDE, Role.SUPPORTING}),
    tags=frozenset({"axle=front"}),
    avoid=frozenset({"axle=toy"}),
    sites=frozenset({"left", "anywhere"}),
    sources=("Procedure",),
)
VAGUE = has(LOOSE, "loose-vague", roles=frozenset({Role.SUPPORTING}))
FAST = MeasurementCriterion(
    id="fast",
    title="Fast",
    codes=SPEED,
    comparison=Comparison.ABOVE,
    threshold=Quantity.parse("10 mg/L"),
    within=timedelta(days=2),
    citation=SOURCE,
)
SHAKY = any_of("shaky", "Shaky", WHEEL, RECENT)
DANGEROUS = all_of("dangerous", "Dangerous", SHAKY, FAST, citation=SOURCE)
WATCHED = any_of(
    "watched", "To be watched", SHAKY, AgeAtLeast(id="old", title="Old", years=3)
)
LISTS = CriteriaList(
    shared=written_once((DANGEROUS, WATCHED)),
    vocabulary=Vocabulary((LOOSE, SPEED)),
    files={"loose": "sets/loose.json"},
    marks={"axle=front": "of the front axle"},
)


def test_what_is_asked_twice_is_linked() -> None:
    """Where it is asked there is a link, and the parts stand under its own heading."""
    assert LISTS.condition(DANGEROUS).splitlines() == [
        f"- **Dangerous**: all of {CITED}",
        "  - [Shaky](#criterion-shaky)",
        f"  - Fast: Speed \\> 10 mg/L in 2 days (reads Speed) {CITED}",
    ]


def test_it_is_written_out_once() -> None:
    """Heading, how its parts are joined, and the parts."""
    head, joined, parts = LISTS.definitions()

    assert head.endswith("### Shaky")
    assert '<a id="criterion-shaky">' in head
    assert joined == "Any of:"
    plain, narrowed = parts.splitlines()
    assert plain == "- [Loose wheel](sets/loose.json), active"
    assert narrowed == (
        "- Wheel that came loose: [Loose wheel](sets/loose.json), active, dated within "
        "30 days or in the order; vague codes too; only of the front axle; not "
        "axle=toy; region left or not stated; in procedures"
    )


def test_vague_codes_may_be_all_that_counts() -> None:
    """Then the list says so."""
    assert LISTS.condition(VAGUE).endswith(", active; vague codes alone")


def test_a_short_question_is_repeated_rather_than_linked() -> None:
    """One line is sooner read again than looked up."""
    assert list(written_once((WHEEL, all_of("both", "Both", WHEEL, FAST), FAST))) == []


def test_numbers_are_collected() -> None:
    """Every question that turns on one, each once, by its title."""
    found = [one.id for one in numbers((DANGEROUS, WATCHED))]

    assert found == ["fast", "old", "loose-lately"]
