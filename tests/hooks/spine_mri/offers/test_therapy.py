"""Physical therapy is offered for pain alone."""

from __future__ import annotations

from hooks.spine_mri.decision import decide
from hooks.spine_mri.offers.therapy import therapy
from tests.builders import draft, facts_from
from tests.hooks.spine_mri.offers.shown import beside, codes_of
from tests.hooks.spine_mri.stories import advice_for, chart
from tests.tables import each

PAIN = "has M54.50 @ 20 days"


@each(
    """
    chart                                      | missing | offered | why
    has M54.50 @ 20 days                       |         | yes     | pain without a red flag
    has M54.50 @ 50 days                       |         | yes     | six weeks of pain, no care on record
    has M54.12 @ 20 days                       |         | yes     | a root without a red flag
    has M54.50 @ 20 days                       | vitals  |         | something was not seen
                                               |         |         | nothing is known
    has M54.50 @ 20 days; has R50.9            |         |         | a fever nobody dated
    has M46.46                                 |         |         | an infection
    has M54.50 @ 50 days; did 91251008 @ 45 days |       |         | it was done
    has M54.50 @ 20 days; did 91251008 @ 5 days |        |         | it has begun
    has M54.50 @ 20 days; referred 91251008 @ 5 days |   |         | it was asked for
    has M54.50 @ 20 days; did 91251008 @ 200 days |      | yes     | an earlier course is another story
    """
)
def test_offered(row: dict[str, str]) -> None:
    """Where it leads to care, is not under way, and nothing else may be behind it."""
    found = therapy(advice_for(row))

    assert codes_of(found) == ("create 91251008" if row["offered"] else "")


@each(
    """
    rule                      | why
    INF3-diabetes-only        | an infection that markers have not excluded
    ONC3b-weak-pair           | a tumour not excluded
    TRA3-fragility            | a fracture
    NEU5-unclear-deficit      | a deficit that nobody explained
    UNK2-undated-flag         | a flag nobody dated
    """
)
def test_never_beside_something_else(row: dict[str, str]) -> None:
    """Whatever it is that matched too."""
    advice = advice_for({"chart": PAIN})

    assert therapy(advice)
    assert therapy(beside(advice, row["rule"])) == ()


def test_the_reason_is_the_complaint() -> None:
    """The therapist reads why."""
    (pain,) = therapy(advice_for({"chart": PAIN}))
    (unnamed,) = therapy(advice_for({"chart": "has I10"}))

    reasons = [one.actions[0].resource or {} for one in (pain, unnamed)]
    assert [one["reasonCode"][0]["text"] for one in reasons] == [
        "Back pain",
        "Spinal pain",
    ]


def test_a_draft_of_it_is_enough() -> None:
    """What is being ordered is not offered again; another order hinders nothing."""
    drafted, other = (
        facts_from(chart(PAIN), draft(), beside=[draft(code, id="other")])
        for code in ("97161", "718-7")
    )

    assert therapy(decide(drafted)) == ()
    assert therapy(decide(other))


def test_no_order_without_a_patient() -> None:
    """A draft that names nobody gives nobody to treat."""
    facts = facts_from(chart(PAIN), draft(subject=None))

    assert therapy(decide(facts)) == ()
