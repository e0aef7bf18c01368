"""Tests are offered where a rule asks for them and no result is at hand."""

from __future__ import annotations

from typing import Any

import pytest

from hooks.spine_mri.decision import decide
from hooks.spine_mri.offers.laboratory import REPEATED, laboratory
from tests.builders import draft, facts_from
from tests.hooks.spine_mri.offers.shown import beside, codes_of, led_by
from tests.hooks.spine_mri.stories import advice_for, chart
from tests.tables import each

INFECTION = "has M46.46"


@each(
    """
    chart                                     | actions | why
    has M46.46                                | create 30341-2 urgent; create 1988-5 urgent; create 600-7 urgent; create 600-7 urgent | nothing was measured
    has M46.46; lab 1988-5 88 mg/L @ 30 days  | create 30341-2 urgent; create 600-7 urgent; create 600-7 urgent | the CRP of the last month is known
    has M46.46; lab 1988-5 88 mg/L @ 31 days  | create 30341-2 urgent; create 1988-5 urgent; create 600-7 urgent; create 600-7 urgent | an older one is not
    has M46.46; lab 1988-5 88 mg/L @ 1 day; lab 4537-7 74 mm/h @ 1 day | create 600-7 urgent; create 600-7 urgent | both known: cultures alone
    has M46.46; lab 1988-5 88 @ 1 day         | create 30341-2 urgent; create 600-7 urgent; create 600-7 urgent | a result without a unit is there to be read
    has 226034001                             | create 30341-2 urgent; create 1988-5 urgent; create 600-7 urgent; create 600-7 urgent | a high-risk host
    has 449813001 @ 3 days; has M46.46        | create 30341-2 stat; create 1988-5 stat; create 600-7 stat; create 600-7 stat | beside cauda equina syndrome
    had C18.9 @ 4000 days                     | create 30341-2 | a cancer long ago: ESR first
    has C50.911                               |         | active cancer: a test would not change the scan
    has M54.50 @ 20 days                      |         | no rule asks
    has M54.50 @ 20 days; lab 1988-5 <50 mg/L @ 1 day | create 1988-5 | one that settles nothing, again
    has M54.50 @ 20 days; lab 4537-7 30 @ 1 day; lab 1988-5 5 mg/L @ 1 day | create 30341-2 | the other one
    has M54.50 @ 20 days; lab 1988-5 <50 mg/L @ 31 days |         | too old to have settled anything
    has M54.50 @ 50 days; lab 1988-5 <50 mg/L @ 1 day |         | it keeps us from nothing
    """
)
def test_tests(row: dict[str, str]) -> None:
    """Two sets of cultures, and only for a suspected infection."""
    assert codes_of(laboratory(advice_for(row))) == row["actions"]


@each(
    """
    rule               | beside          | label             | why
    INF3-diabetes-only |                 | Order ESR and CRP | a weak host
    ONC3-weak          |                 | Order ESR and CRP | a possible sign of cancer
    ONC3b-weak-pair    |                 | Order ESR and CRP | over fifty and not better
    PER2               | INF3-diabetes-only | Order ESR and CRP | diabetes beside a rule that leads
    PER2               | ONC3b-weak-pair | Order ESR and CRP | the pair beside a rule that leads
    """
)
def test_tests_of_weak_signs(row: dict[str, str]) -> None:
    """Also where another rule leads."""
    advice = led_by(
        advice_for({"chart": "has M54.50 @ 20 days"}), row["rule"], "change"
    )
    if row["beside"]:
        advice = beside(advice, row["beside"])

    (found,) = laboratory(advice)

    assert found.label == row["label"]
    assert found.rule == (row["beside"] or row["rule"])


def test_a_repeat_is_no_suspicion() -> None:
    """It says why it is asked for, and is gone once it is being ordered."""
    story = chart("has M54.50 @ 20 days; lab 1988-5 <50 mg/L @ 1 day")
    (found,) = laboratory(decide(facts_from(story, draft())))
    ordered = facts_from(story, draft(), beside=[draft("1988-5", id="lab")])

    (action,) = found.actions
    assert action.resource is not None
    assert action.resource["reasonCode"] == [{"text": REPEATED}]
    assert laboratory(decide(ordered)) == ()


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("30341-2", "Order CRP and two sets of blood cultures"),
        ("1988-5", "Order ESR and two sets of blood cultures"),
        ("600-7", "Order ESR and CRP"),
        ("4537-7", "Order CRP and two sets of blood cultures"),
        ("718-7", "Order ESR, CRP and two sets of blood cultures"),
    ],
)
def test_what_is_being_ordered_is_not_offered(code: str, label: str) -> None:
    """A click on an offer makes it go away in the next answer."""
    lab = draft(code, id="lab")
    facts = facts_from(chart(INFECTION), draft(), beside=[lab])

    (found,) = laboratory(decide(facts))

    assert found.label == label


def test_what_an_order_says() -> None:
    """Same patient, visit and doctor; why; and no date that nobody gave."""
    members: dict[str, Any] = {
        "encounter": {"reference": "Encounter/1", "display": "Visit"},
        "requester": {"extension": [{"url": "x", "valueCode": "unknown"}]},
        "authoredOn": "2026-11-24T11:00:00Z",
    }
    facts = facts_from(chart(INFECTION), draft(**members))

    (found,) = laboratory(decide(facts))

    assert found.actions[0].resource == {
        "resourceType": "ServiceRequest",
        "status": "draft",
        "intent": "order",
        "priority": "urgent",
        "code": {
            "coding": [
                {"system": "http://loinc.org", "code": "30341-2", "display": "ESR"}
            ],
            "text": "ESR",
        },
        "subject": {"reference": "Patient/pat-1"},
        "encounter": {"reference": "Encounter/1"},
        "reasonCode": [{"text": "Suspected spine infection"}],
    }


@pytest.mark.parametrize(
    "members",
    [
        {"resourceType": "ProcedureRequest"},
        {"subject": None},
        {"subject": {"identifier": {"value": "1"}}},
        {"code": {"concept": {"text": "MRI lumbar spine without contrast"}}},
    ],
)
def test_orders_of_another_version_get_none(members: dict[str, Any]) -> None:
    """What could not be valid beside the draft is not offered."""
    facts = facts_from(chart(INFECTION), draft(**members))

    assert laboratory(decide(facts)) == ()
