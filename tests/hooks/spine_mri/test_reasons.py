"""The evidence of a card: one line for each resource, what decides first."""

from __future__ import annotations

from cds_service.facts.model import Basis
from cds_service.reasoning.plain import Judgement, Verdict
from cds_service.reasoning.truth import Truth
from hooks.spine_mri.reasons import evidence_lines
from tests.builders import facts_from
from tests.hooks.spine_mri.stories import advice_for
from tests.tables import each


@each(
    """
    chart                                           | order | reason | lines | why
    has C79.51 @ 9 days                             | 72158 |        | Bone metastasis (15 Nov 2026) | the exact name, not the range of all cancers
    has C61 @ 9 days                                | 72158 |        | Prostate cancer (15 Nov 2026) | so of another cancer
    has R33.9 @ 3 days; has M54.6 @ 9 days          | 72146 |        | Urinary retention (21 Nov 2026); Thoracic spine pain (15 Nov 2026) | the sign before the pain
    has M54.16 @ 50 days; did 91251008 @ 45 days; did 91251008 @ 44 days | 72148 | | Radiculopathy (5 Oct 2026); Treatment since 10 Oct 2026: Physical therapy procedure | the root, then the care as one line
    has M54.50 @ 50 days; did 91251008 @ 45 days    | 72148 |        | Treatment since 10 Oct 2026: Physical therapy procedure; Low back pain (5 Oct 2026) | the pain last
    has M21.371 @ 3 days                            | 72148 | M21.371 | Foot drop (21 Nov 2026), stated in the order | chart and order say the same
    has M54.50 @ 3 days                             | 72148 | M21.371 | Foot drop, stated in the order | the order alone says it
    has M21.371 @ 3 days; has M21.371 @ 9 days      | 72148 |        | Foot drop (15 Nov 2026 to 21 Nov 2026) | one name, the first and the last day
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
    assert care == "Treatment since 5 Oct 2026: Physical therapy procedure"
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


def test_undated_treatment_says_no_day() -> None:
    """The line begins with what was done."""
    facts = facts_from()
    done = Basis("Procedure/1", "Physical therapy procedure")
    question = Judgement(
        id="care-42d",
        title="Care",
        condition="care",
        needs=frozenset(),
        judge=lambda _: Verdict(Truth.YES, (done,)),
    )

    told = evidence_lines(question.assess(facts), facts)

    assert told == ("Treatment: Physical therapy procedure",)
