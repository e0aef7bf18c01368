"""The evidence of a card: one line for each resource, what decides first."""

from __future__ import annotations

from datetime import date

from cds_service.facts.model import Basis
from cds_service.reasoning.combination import all_of
from cds_service.reasoning.plain import Judgement, Verdict
from cds_service.reasoning.truth import Truth
from hooks.spine_mri.decision import decide
from hooks.spine_mri.reasons import age_line, evidence_lines
from tests.builders import condition, draft, facts_from, patient
from tests.hooks.spine_mri.stories import advice_for
from tests.tables import each


@each(
    """
    chart                                           | order | reason | lines | why
    has C79.51 @ 9 days                             | 72158 |        | Bone metastasis (15 Nov 2026) | the exact name, not the range of all cancers
    has C61 @ 9 days                                | 72158 |        | Prostate cancer (15 Nov 2026) | so of another cancer
    has R33.9 @ 3 days; has M54.6 @ 9 days          | 72146 |        | Urinary retention (21 Nov 2026); Thoracic spine pain (15 Nov 2026) | the sign before the pain
    has M54.16 @ 50 days; did 91251008 @ 45 days; did 91251008 @ 44 days | 72148 | | Radiculopathy (5 Oct 2026); Treatment: Physical therapy procedure since 10 Oct 2026 | the root, then the care as one line
    has M54.50 @ 50 days; did 91251008 @ 45 days    | 72148 |        | Treatment: Physical therapy procedure since 10 Oct 2026; Low back pain (5 Oct 2026) | the pain last
    has M21.371 @ 3 days                            | 72148 | M21.371 | Foot drop (21 Nov 2026), stated in the order | chart and order say the same
    has M54.50 @ 3 days                             | 72148 | M21.371 | Foot drop, stated in the order | the order alone says it
    has M21.371 @ 3 days; has M21.371 @ 9 days      | 72148 |        | Foot drop (15 Nov 2026, last 21 Nov 2026) | one name, the first and the last day
    had C18.9 @ 3000 days                           | 72158 |        | Colon cancer (7 Sep 2018, resolved) | what is over is said to be
    had C18.9 @ 3000 days; had C18.9 @ 2000 days    | 72158 |        | Colon cancer (7 Sep 2018, last 3 Jun 2021, resolved) | of both
    had C18.9                                       | 72158 |        | Colon cancer (resolved) | no date is known
    suspects M46.46 @ 3 days                        | 72158 |        | Discitis (21 Nov 2026, suspected) | not confirmed
    had M46.46 @ 30 days; has M46.46 @ 3 days       | 72158 |        | Discitis (21 Nov 2026); Discitis (25 Oct 2026, resolved) | over, and there again
    """
)
def test_lines(row: dict[str, str]) -> None:
    """Each resource has one line, by its most exact name."""
    advice = advice_for(row)

    told = evidence_lines(advice.lead.finding, advice.facts)

    assert "; ".join(told) == row["lines"]


def test_what_was_injected_decides_and_is_no_care_beside_itself() -> None:
    """An injection is a reason of its own."""
    advice = advice_for(
        {
            "chart": "has M54.50 @ 90 days; did 62323 @ 60 days; did 91251008 @ 50 days",
            "order": "72148",
        }
    )

    first, care, pain = evidence_lines(advice.lead.finding, advice.facts)

    assert advice.lead.rule.id == "PER1"
    assert "injection" in first
    assert care == "Treatment: Physical therapy procedure since 5 Oct 2026"
    assert pain.startswith("Low back pain")


def test_words_of_the_order_are_vaguer_than_the_chart() -> None:
    """What the order says in words is told beside the code of the chart."""
    advice = advice_for({"chart": "has M46.46 @ 3 days", "reason": "discitis"})

    told = evidence_lines(advice.lead.finding, advice.facts)

    assert told == ("Discitis (21 Nov 2026), stated in the order",)


def test_words_that_name_a_resource_without_a_code() -> None:
    """They stand where there is nothing more exact."""
    advice = advice_for({"chart": "has epidural abscess"})

    assert evidence_lines(advice.lead.finding, advice.facts) == (
        "Infection of the spine",
    )


def test_every_kind_of_treatment_has_its_own_day() -> None:
    """A drug taken for six weeks does not make six weeks of exercise."""
    days = (date(2026, 10, 1), date(2026, 11, 5), date(2026, 11, 12))
    kinds = ("Conservative care", "Physical therapy", "Physical therapy")
    done = [
        Basis(f"Procedure/{number}", kind, day)
        for number, (kind, day) in enumerate(zip(kinds, days, strict=True))
    ]
    facts = facts_from()

    (line,) = evidence_lines(_met("care-42d", *done).assess(facts), facts)

    told = "Conservative care since 1 Oct 2026, Physical therapy since 5 Nov 2026"
    assert line == f"Treatment: {told}"


def test_undated_treatment_says_no_day() -> None:
    """The line begins with what was done."""
    facts = facts_from()
    done = Basis("Procedure/1", "Physical therapy procedure")

    told = evidence_lines(_met("care-42d", done).assess(facts), facts)

    assert told == ("Treatment: Physical therapy procedure",)


def test_a_resource_keeps_the_name_that_its_codes_give() -> None:
    """Whichever question met it first."""
    facts = facts_from()
    vague = Basis("Condition/1", "Malignant neoplasm")
    exact = Basis("Condition/1", "Bone metastasis", name="Bone metastasis")
    both = all_of("both", "Both", _met("first", vague), _met("second", exact))

    assert evidence_lines(both.assess(facts), facts) == ("Bone metastasis",)


def _met(id_: str, *basis: Basis) -> Judgement:
    """Make a question that rests on these resources."""
    return Judgement(
        id=id_,
        title="Asked",
        condition="asked",
        needs=frozenset(),
        judge=lambda _: Verdict(Truth.YES, basis),
    )


@each(
    """
    chart                                      | person  | lines  | why
    has M54.50 @ 9 days                        | male 76 | Age 76 | the age is what speaks for a look
    has M54.50 @ 9 days                        | male 40 |        | no rule asked for it
    has M54.50 @ 9 days                        | male 4  | Age 4  | it is too low
    has M54.50 @ 40 days                       | male 9  |        | a child, by the duration of the pain
    has M54.50 @ 9 days; has M80.08XA @ 9 days | male 76 |        | the fracture says enough
    """
)
def test_the_age(row: dict[str, str]) -> None:
    """It is told where a question about it carries the advice."""
    advice = advice_for(row)

    assert "; ".join(age_line(advice.lead.finding, advice.facts)) == row["lines"]


def test_an_age_of_two_years() -> None:
    """Where only the year of birth is known."""
    someone = [patient(birth="1950"), condition("M54.50", "9 days")]
    facts = facts_from(someone, draft("72148"))

    assert age_line(decide(facts).lead.finding, facts) == ("Age 75 or 76",)
