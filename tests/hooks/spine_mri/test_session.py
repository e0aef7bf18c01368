"""Is an operation or an injection drafted in the same session?"""

from __future__ import annotations

from typing import Any

import pytest

from hooks.spine_mri.criteria.session import PLANNED_NOW
from tests.builders import draft, facts_from
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


TAXONOMY = "http://nucc.org/provider-taxonomy"


@each("""
    specialty  | where     | expected | why
    207T00000X | performer | yes      | a neurosurgeon is to act on it
    207T00000X | requester | yes      | a neurosurgeon asks for it
    208VP0000X | requester | yes      | a pain physician asks for it
    208100000X | requester | no       | a rehabilitation physician does not operate
    207Q00000X | requester | no       | nor does a family doctor
    """)
def test_who_asks(row: dict[str, str]) -> None:
    """A specialty in the order counts as a plan."""
    role = {"coding": [{"system": TAXONOMY, "code": row["specialty"]}]}
    doctor = {"resourceType": "PractitionerRole", "id": "r", "specialty": [role]}
    places: dict[str, dict[str, Any]] = {
        "performer": {"performerType": role},
        "requester": {"contained": [doctor], "requester": {"reference": "#r"}},
    }
    members = places[row["where"]]

    found = PLANNED_NOW.assess(facts_from(order=draft(**members)))

    assert found.truth.name.lower() == row["expected"]


@pytest.mark.parametrize("contained", ["r", [7], [{"resourceType": "Patient"}]])
def test_whatever_else_is_contained(contained: object) -> None:
    """It is passed over."""
    finding = PLANNED_NOW.assess(facts_from(order=draft(contained=contained)))

    assert finding.truth.name == "NO"
