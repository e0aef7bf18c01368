"""A made-up content that says something of itself, with one of everything."""

from __future__ import annotations

from datetime import date

from cds_service.knowledge.citation import Citation
from cds_service.operations.readiness import SelfTest
from cds_service.presentation.source_attributes import (
    ElementUse,
    Review,
    RuleSummary,
    SourceAttributes,
)
from cds_service.reasoning.combination import any_of
from tests.cds_service.reasoning.answers import saying

BOOK = Citation("toy-book", "The book of toys", "https://toy.example/book", 1999)
SAYING = Citation("saying", "What is said", "https://toy.example/said")
ELEMENTS = (
    *("race", "ethnicity", "language", "sexual orientation", "gender identity"),
    *("sex", "date of birth", "social determinants of health"),
    "health status assessments",
)
QUESTION = any_of("any", "A or b", *saying("yes no"))
(URGENT,) = saying("yes")
CONTENT = SourceAttributes(
    developer="Toymakers <b>& sons</b>",
    funding="none",
    released=date(2026, 1, 2),
    revised=date(2026, 3, 4),
    reviews=(),
    review_due=date(2027, 1, 2),
    uses=tuple(
        ElementUse(one, used=one == "sex", how=f"About {one}.") for one in ELEMENTS
    ),
    intended_use="To choose a toy.",
    users="Children.",
    out_of_scope="Swimming.",
    how_it_decides=("It tosses a coin.",),
    rules=(
        RuleSummary(
            id="TOY1",
            says="Wrap it",
            citations=(BOOK,),
            advises="for",
            urgency="routine",
            criterion=QUESTION,
            urgencies=(("urgent", URGENT),),
        ),
        RuleSummary(id="TOY2", says="Adds a bow.", citations=(), when="It is a gift."),
    ),
    citations=(BOOK, SAYING),
    limits=("It cannot count.",),
    vignettes="Made up.",
    version="0.1.0",
    digest="abc",
)
REVIEWED = (Review("Ada Okafor, toymaker", date(2026, 5, 6), "0.1.0"),)
SOUND = SelfTest(faults=(), differing=(), replayed=3)
AMISS = SelfTest(faults=("a code",), differing=("story",), replayed=3)
