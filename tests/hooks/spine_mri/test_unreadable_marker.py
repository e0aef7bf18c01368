"""Is a marker of the last month beyond judging, and what follows from it?

1988-5 CRP (limit 10 mg/L), 4537-7 ESR (limit 22.5 mm/h for a man of 45).
"""

from __future__ import annotations

from hooks.spine_mri.criteria.unreadable_marker import MARKER_UNREADABLE
from tests.hooks.spine_mri.stories import card, expected, facts_of, told
from tests.tables import each, judges

CALM = "has M54.50 @ 9 days; temp 37 Cel @ 1 day; "

test_unreadable = judges(
    MARKER_UNREADABLE,
    """
    chart                                               | expected | why
    lab 1988-5 5 mg/L @ 1 day; lab 4537-7 5 mm/h @ 1 day | no      | both can be read
    lab 1988-5 >5 mg/L @ 1 day                          | yes      | may be below or above
    lab 1988-5 <20 mg/L @ 1 day                         | yes      | may be above
    lab 1988-5 <5 mg/L @ 1 day                          | no       | below, however low
    lab 1988-5 88 @ 1 day                               | yes      | no unit
    lab 1988-5 88 mm/h @ 1 day                          | yes      | a unit of something else
    lab 1988-5 pending @ 1 day                          | yes      | words without a number
    lab 1988-5 normal @ 1 day                           | yes      | words are no number, whatever they say
    lab 4537-7 >20 mm/h @ 1 day                         | yes      | may be below or above
    lab 4537-7 <20 mm/h @ 1 day                         | no       | below
    lab 4537-7 80 @ 1 day                               | yes      | no unit
    lab 1988-5 88 @ 30 days                             | yes      | last valid moment
    lab 1988-5 88 @ 31 days                             | no       | older
    lab 1988-5 5 mg/L @ 1 day; lab 1988-5 88 @ 20 days  | yes      | a later normal leaves this one open
    """,
    facts_of,
)


@each(
    """
    chart                                                                     | advise    | modifiers | why
    lab 1988-5 5 mg/L @ 1 day; lab 4537-7 5 mm/h @ 1 day                       | against   | INF4      | both can be read
    lab 1988-5 >5 mg/L @ 1 day; lab 4537-7 5 mm/h @ 1 day                      | uncertain | UNK1      | one of them cannot
    lab 1988-5 5 mg/L @ 1 day; lab 1988-5 88 @ 20 days; lab 4537-7 5 mm/h @ 1 day | uncertain | UNK1 INF4 | nor could an earlier one
    """
)
def test_answers(row: dict[str, str]) -> None:
    """It keeps the answer from being against, and nothing else."""
    assert told(row | {"chart": CALM + row["chart"]}) == expected(row)


def test_it_is_named() -> None:
    """Also where a later result could be read."""
    told_of = f"{CALM}lab 1988-5 5 mg/L @ 1 day; lab 1988-5 88 @ 20 days"

    assert (
        "Undecided: CRP: result not readable (4 Nov 2026);"
        in card({"chart": told_of}).detail
    )
