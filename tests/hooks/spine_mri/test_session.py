"""Is an operation or an injection drafted in the same session?"""

from __future__ import annotations

from hooks.spine_mri.criteria.session import PLANNED_NOW
from tests.hooks.spine_mri.stories import expected, facts_of, told
from tests.tables import each, judges

CARE = "has M54.50 @ 50 days; did 91251008 @ 45 days"

test_planned_now = judges(
    PLANNED_NOW,
    """
    beside          | expected | why
                    | no       | the scan alone
    64493           | yes      | an injection into a facet joint
    91251008        | no       | exercises
    27096           | no       | the sacroiliac joint is not the spine
    308482002       | yes      | to the neurosurgeon
    306290009       | no       | to the rheumatologist
    27151001        | yes      | an operation
    72100           | no       | a radiograph
    91251008; 62323 | yes      | one of several
    """,
    facts_of,
)


@each("""
    beside | rule | advise    | why
           | PER4 | uncertain | nothing is planned
    64493  | PER1 | for       | an injection is being planned
    """)
def test_what_follows(row: dict[str, str]) -> None:
    """Six weeks of care in vain, and something to be done about it now."""
    assert told(row | {"chart": CARE}) == expected(row)


def test_it_is_named_by_its_draft() -> None:
    """The reason leads to the draft, and says that it is one."""
    (basis,) = PLANNED_NOW.assess(facts_of({"beside": "64493"})).basis

    assert basis.reference == "ServiceRequest/64493"
    assert basis.display.endswith("first level, drafted")
