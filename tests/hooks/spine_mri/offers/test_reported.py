"""What only the clinician knows is added with a click, and judged in the next call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cds_service.answer import answer
from cds_service.cds_hooks.response import render_cards
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.decision import decide
from hooks.spine_mri.offers.reported import CANDIDATE, MARK, ORIGIN, REPORTS, reported
from hooks.spine_mri.order_codes import OrderCode
from tests.builders import AT, call, draft, facts_from, spine
from tests.hooks.spine_mri.stories import advice_for, chart
from tests.tables import each

if TYPE_CHECKING:
    from tests.builders import Resource

ADVICE = "spine-mri.advice"
PAIN = "has M54.50 @ 20 days"


def card_about(story: str, order: Resource) -> Any:
    """Answer a call, as the client reads it."""
    (made,) = answer(spine(), call(chart(story), [order]), AT).cards
    return render_cards([made])["cards"][0]


@each(
    """
    chart                                        | order   | accepts           | before         | after                         | why
    has M54.50 @ 20 days                         | 72148   | saddle numbness   | against NON1   | for NEU1 immediate            | an emergency that no chart held
    has M54.50 @ 20 days                         | 72148   | bladder           | against NON1   | for NEU1 immediate            | with back pain: an emergency
    has M54.50 @ 20 days                         | 72148   | leg weakness      | against NON1   | for NEU3 urgent               | no six weeks for a weak leg
    has M54.2 @ 20 days                          | 72141   | bladder           | against NON1   | change NEU2 immediate         | the cord, where the neck hurts
                                                 | 72148   | saddle numbness   | uncertain UNK1 | for NEU1 immediate            | an empty chart
                                                 | 72148   | bladder           | uncertain UNK1 | for NEU6 urgent               | without a complaint: examine today
                                                 | 72148   | fever             | uncertain UNK1 | change INF1 urgent            | an infection
                                                 | 72148   | drug use          | uncertain UNK1 | change INF2 urgent            | a host at high risk
    has M54.50 @ 50 days; did 91251008 @ 45 days | 72148   | surgery           | uncertain PER4 | for PER1 routine              | now the scan has a use
    has M54.50 @ 50 days                         | 72148   | fever             | change PER2    | change INF1 urgent            | care can wait
    has R33.9 @ 60 days; has M54.50 @ 60 days    | 72148   | saddle numbness   | for NEU6       | for NEU1 immediate            | what the examination found
    has M54.2 @ 20 days                          | 72141   | arm weakness      | against NON1   | for NEU3 urgent               | a weak arm
    has M54.2 @ 20 days                          | 72141   | spastic gait      | against NON1   | change NEU2 urgent            | the cord
    has 449813001 @ 200 days                     | 72148   | as new            | uncertain UNK2 | for NEU1 immediate            | an old sign that is there again
    has E11.9 @ 900 days                         | 72148   | low back pain     | uncertain UNK2 | change INF3 routine           | a risk that counts with the pain
    has M81.0 @ 900 days                         | 72148   | low back pain     | uncertain UNK2 | for TRA3 routine              | so does weak bone
    did 89355001 @ 540 days                      | 72141   | neck pain         | uncertain UNK2 | change POS1 routine           | the pain after an operation
    has Z99.2; lab 1988-5 5 mg/L @ 1 day         | 72148   | drug use          | uncertain INF2 | change INF2 routine           | normal markers do not reassure in this
    """
)
def test_the_next_call_judges_it(row: dict[str, str]) -> None:
    """Accept the suggestion, call again: the rule fires, and it is not asked again."""
    first = card_about(row["chart"], draft(row["order"]))
    accepted = next(
        one for one in first["suggestions"] if row["accepts"] in one["label"]
    )
    (action,) = accepted["actions"]

    then = card_about(row["chart"], action["resource"])

    before, after = (one["extension"][ADVICE] for one in (first, then))
    assert said(before) == row["before"]
    assert f"{said(after)} {after['urgency']}" == row["after"]
    assert accepted["label"] not in [
        one["label"] for one in then.get("suggestions", [])
    ]


def said(told: dict[str, Any]) -> str:
    """The advice and the rule, without its branch."""
    return f"{told['advise']} {told['rule'].partition('-')[0]}"


def test_what_is_added() -> None:
    """A coding, its text marked, and the rest of the draft as it was."""
    sent = draft(reasons=["M54.50"], extension=[{"url": "x", "valueCode": "y"}])

    found = reported(decide(facts_from(chart(PAIN), sent)))

    (action,) = found[0].actions
    assert action.resource == sent | {
        "reasonCode": [
            *sent["reasonCode"],
            {
                "extension": [ORIGIN],
                "coding": [
                    {
                        "system": "http://snomed.info/sct",
                        "code": "449813001",
                        "display": "Saddle numbness",
                        "userSelected": True,
                    }
                ],
                "text": "Saddle numbness (reported at order entry)",
            },
        ]
    }


@pytest.mark.parametrize(
    ("given", "kept"),
    [([], 0), (None, 0), ({"text": "back pain"}, 1), ([{"text": "back pain"}], 1)],
)
def test_reasons_as_clients_send_them(given: Any, kept: int) -> None:
    """None, an empty list, or one object where a list is due."""
    sent = {**draft(), "reasonCode": given}

    (action,) = reported(decide(facts_from(chart(PAIN), sent)))[0].actions

    assert len((action.resource or {})["reasonCode"]) == kept + 1


@each(
    """
    chart                  | order   | reason                    | first                   | why
    has M54.50 @ 20 days   | 72148   |                           | saddle numbness         | the lumbar spine: the cauda equina
    has M54.2 @ 20 days    | 72141   |                           | new loss of bladder control or bowel control | the neck: no saddle
    has M54.50 @ 20 days   | 36531-2 |                           | saddle numbness         | a region nobody stated may be lumbar
    has M54.50 @ 20 days; has F11.20 @ 20 days | 72148 | 226034001 |                       | a host at risk decides already
    has R50.9; has 449813001 @ 200 days | 72148 |              | saddle numbness         | of two on record, the one that cannot wait
    has M46.46             | 72148   |                           |                         | a red flag decides already
    has R33.9 @ 60 days; has M54.50 @ 60 days | 72148 |        | saddle numbness         | but where it asks for an examination
    has R33.9 @ 60 days; has M54.50 @ 60 days; has M46.46 | 72148 | |                      | and not where it is an emergency already
    has G35.A              | 72141   |                           |                         | nor outside these rules
    has M54.16 @ 50 days; did 91251008 @ 45 days | 72148 |      |                         | the scan fits
    has M54.16 @ 50 days; did 91251008 @ 45 days | 72158 |      |                         | so it does, but for its contrast
    """
)
def test_which_is_first(row: dict[str, str]) -> None:
    """What cannot wait, and what is on record without being settled."""
    labels = [one.label for one in reported(advice_for(row))]

    assert [one.partition(": ")[2] for one in labels[:1]] == (
        [row["first"]] if row["first"] else []
    )


def test_what_the_order_states_is_not_asked() -> None:
    """A reason given once is enough, even where it did not decide."""
    facts = facts_from(chart("has M54.50 @ 200 days"), draft(reasons=["226034001"]))
    advice = decide(facts)

    labels = [one.label for one in reported(advice)]

    assert advice.advise.value == "uncertain"
    assert labels
    assert "Add to the order: injecting drug use" not in labels


@pytest.mark.parametrize(
    "members",
    [
        {"resourceType": "DiagnosticOrder"},
        {"code": {"concept": {"text": "MRI lumbar spine without contrast"}}},
    ],
)
def test_orders_of_another_version(members: dict[str, Any]) -> None:
    """They give their reasons in other places."""
    facts = facts_from(chart(PAIN), draft(**members))

    assert reported(decide(facts)) == ()


@pytest.mark.parametrize("report", [CANDIDATE, *REPORTS], ids=lambda one: one.words)
def test_every_report_is_one_of_ours(report: Any) -> None:
    """Its code is a member of the value set it is meant for."""
    held = {
        hit.value_set: hit.member.role.value
        for hit in codes.VOCABULARY.lookup(report.system, report.code)
    }

    assert held[report.value_set.id] == "include"
    assert MARK not in report.words
    assert OrderCode(report.code, report.words).code
