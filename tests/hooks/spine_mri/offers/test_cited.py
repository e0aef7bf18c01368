"""What is on record, old or without a date, is cited with a click and then judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hooks.spine_mri.decision import decide
from hooks.spine_mri.offers.cited import SHOWN, cited
from tests.builders import condition, draft, facts_from
from tests.hooks.spine_mri.offers.test_reported import ADVICE, card_about, said
from tests.hooks.spine_mri.stories import chart
from tests.tables import each

if TYPE_CHECKING:
    from tests.builders import Resource

PAIN = "has M54.50 @ 20 days"


@each(
    """
    chart                    | order | says                   | after                 | why
    has R33.9 @ 400 days     | 72148 | Urinary retention      | for NEU1 immediate    | a bladder that fails again
    has R32 @ 400 days       | 72148 | Urinary incontinence   | for NEU1 immediate    | cited alone, not the pain beside it
    has G83.4 @ 200 days     | 72148 | Cauda equina syndrome  | for NEU1 immediate    | it has come back
    has M21.371 @ 200 days   | 72148 | Foot drop              | for NEU3 urgent       | weaker than it was
    has R29.2 @ 200 days     | 72141 | Abnormal reflex        | change NEU2 urgent    | the cord
    has R78.81 @ 200 days    | 72148 | Bacteraemia            | change INF1 urgent    | another one
    has R50.9                | 72148 | Fever                  | change INF1 urgent    | a fever of today
    has V43.52XA             | 72141 | Transport accident     | change TRA1 urgent    | CT first
    suspects M46.46 @ 200 days | 72148 | Discitis             | change INF1 urgent    | suspected once more
    suspects C79.51 @ 200 days | 72148 | Bone metastasis      | change ONC1 urgent    | read as two things, offered once
    """
)
def test_the_next_call_judges_it(row: dict[str, str]) -> None:
    """One button; pressed, the rule that was waiting for a date decides."""
    story = f"{row['chart']}; {PAIN}"
    first = card_about(story, draft(row["order"]))
    (offered,) = [one for one in first["suggestions"] if "as new" in one["label"]]
    (action,) = offered["actions"]

    then = card_about(story, action["resource"])

    told = then["extension"][ADVICE]
    assert offered["label"] == f"Add to the order as new: {row['says']}"
    assert f"{said(told)} {told['urgency']}" == row["after"]


@each(
    """
    chart                              | order | why
    has M54.32                         | 72148 | a complaint, whatever else it may be
    did 50172003 @ 400 days            | 72148 | a procedure cannot be cited as a reason
    has Z99.2; has M54.50 @ 200 days   | 72148 | the pain is old, and the risk is one of now
    has 449813001 @ 3 days             | 72148 | judged already
    ended G83.4 @ 1 day                | 72148 | what the record has closed stays closed when it is cited
    """
)
def test_nothing_to_cite(row: dict[str, str]) -> None:
    """Where a date would settle nothing, none is asked for."""
    advice = decide(facts_from(chart(row["chart"]), draft(row["order"])))

    assert cited(advice) == ()


def test_what_is_cited_is_not_offered_again() -> None:
    """Brisk reflexes settle nothing about the lumbar spine, new or old."""
    story = f"has R29.2 @ 200 days; {PAIN}"
    (offered, *_) = card_about(story, draft())["suggestions"]

    then = card_about(story, offered["actions"][0]["resource"])

    assert offered["label"] == "Add to the order as new: Abnormal reflex"
    assert not [one for one in then["suggestions"] if "as new" in one["label"]]


def test_what_is_added() -> None:
    """A reference, after those there are, and the rest of the draft as it was."""
    given = [{"reference": "Condition/other"}]
    sent = draft(reasonReference=given, extension=[{"url": "x", "valueCode": "y"}])

    (offered,) = cited(decide(facts_from([_retention("old")], sent)))

    (action,) = offered.actions
    assert action.description == "Cite as a reason: Urinary retention"
    assert action.resource == {
        **sent,
        "reasonReference": [*given, {"reference": "Condition/old"}],
    }


def test_two_are_enough() -> None:
    """A card holds five buttons; the rest are asked in the next call."""
    signs = [_retention(f"c{number}") for number in range(SHOWN + 1)]

    assert len(cited(decide(facts_from(signs, draft())))) == SHOWN


def test_no_draft_of_another_release() -> None:
    """R5 has no reasonReference."""
    order = draft()
    order["code"] = {"concept": order["code"]}

    assert cited(decide(facts_from([_retention("old")], order))) == ()


def test_what_has_no_id_cannot_be_cited() -> None:
    """A resource without an id of FHIR's form has no address."""
    assert cited(decide(facts_from([_retention("not an id")], draft()))) == ()


def _retention(id_: str) -> Resource:
    return condition("R33.9", "400 days", id=id_)
