"""What is offered, in which order, and which of it is recommended."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from fhir.resources.R4B import get_fhir_model_class
from hypothesis import given, settings

from cds_service.cds_hooks.response import ActionType
from hooks.spine_mri.decision import decide
from hooks.spine_mri.offers.removal import LABEL as REMOVE
from hooks.spine_mri.offers.therapy import LABEL as THERAPY
from hooks.spine_mri.offers.therapy import SOMETHING_ELSE
from hooks.spine_mri.rule import Advise
from hooks.spine_mri.suggestions import SHOWN, identify, numbered, suggestions
from tests.builders import Resource, facts_from
from tests.hooks.spine_mri.offers.shown import CARD, led_by, offered
from tests.hooks.spine_mri.stories import advice_for, chart, person
from tests.hooks.spine_mri.test_cards import CHARTS, ORDERS
from tests.hooks.spine_mri.test_properties import DRAFTS, STORIES, WHO
from tests.tables import each

# Other work on the same machine must not fail a test.
unhurried = settings(deadline=None, max_examples=60)


@each(
    """
    chart                      | order | priority | labels | why
    has M46.46                 | 72148 |          | Order MRI lumbar spine without and with contrast, urgent; Order ESR, CRP and two sets of blood cultures | a red flag: no more questions
    has 449813001 @ 3 days     | 72148 |          | Set priority to stat | an emergency: one click
    has V43.52XA @ 2 days; has M54.2 @ 2 days | 72141 |  | Order CT cervical spine without contrast | CT first: the MRI is not hurried
    has V43.52XA @ 2 days; has R20.0 @ 2 days | 72141 |  | Order CT cervical spine without contrast; Set priority to stat | but for a sign of the nerves
    has 449813001 @ 3 days     | 72148 | stat     |        | nothing to put right
    has M54.16 @ 50 days; did 91251008 @ 45 days | 72148 | |  | six weeks of care failed, and the draft fits
    has M54.50 @ 20 days       | 72148 |          | Order physical therapy; Add to the order: saddle numbness; Add to the order: new loss of bladder control or bowel control; Add to the order: progressive leg weakness; Remove this MRI order | against: care, what only the doctor knows, and to give it up
    has M54.50 @ 50 days       | 72148 |          | Order physical therapy; Add to the order: saddle numbness; Add to the order: new loss of bladder control or bowel control; Add to the order: progressive leg weakness; Add to the order: fever at home | care first: the order may stay
    has M54.50 @ 50 days; did 91251008 @ 45 days | 72148 | | Add to the order: surgery or injection is an option; Add to the order: saddle numbness; Add to the order: new loss of bladder control or bowel control; Add to the order: progressive leg weakness; Add to the order: fever at home | what would make the scan useful
                               | 72148 |          | Add to the order: saddle numbness; Add to the order: new loss of bladder control or bowel control; Add to the order: progressive leg weakness; Add to the order: fever at home; Add to the order: injecting drug use | nothing known: neither care nor removal
    has R50.9                  | 72148 |          | Add to the order as new: Fever; Add to the order: saddle numbness; Add to the order: new loss of bladder control or bowel control; Add to the order: progressive leg weakness; Add to the order: injecting drug use | the fever without a date is asked about once
    """
)
def test_what_is_offered(row: dict[str, str]) -> None:
    """The better order, tests, other steps, questions; to give it up comes last."""
    assert "; ".join(one.label for one in offered(row)) == row["labels"]


@each(
    """
    chart                | order | recommended                                              | why
    has M46.46           | 72148 | Order MRI lumbar spine without and with contrast, urgent | the draft is changed
    has M46.46           | 72158 | Set priority to urgent                                   | the draft is right but for its priority
    has C50.911          | 72158 | Set priority to urgent                                   | so is this one
    has M54.16 @ 50 days; did 91251008 @ 45 days | 72148 |                                                          | all of it is right
    has M54.50 @ 50 days | 72148 | Order physical therapy                                   | care first
    has M54.50 @ 50 days | 72149 | Order physical therapy                                   | care first, though contrast is wrong too
    had C18.9 @ 4000 days | 72148 | Order ESR                                               | tests first
    has M54.50 @ 20 days | 72148 |                                                          | against: nothing is pressed on anybody
                         | 72148 |                                                          | nothing known
    """
)
def test_what_is_recommended(row: dict[str, str]) -> None:
    """What the advice comes down to, where it is to change something."""
    recommended = [one.label for one in offered(row) if one.is_recommended]

    assert recommended == ([row["recommended"]] if row["recommended"] else [])


def test_a_change_without_a_step_recommends_nothing() -> None:
    """A rule may ask for a change that no button can make."""
    advice = led_by(advice_for({"chart": "has M54.50 @ 20 days"}), "OUT1", "change")

    assert not any(one.is_recommended for one in suggestions(advice, CARD))


def test_what_is_left_is_offered_again() -> None:
    """A client takes one button; the card for the changed order has the others."""
    update, *others = offered({"chart": "has M46.46", "order": "72148"})
    (action,) = update.actions
    assert action.resource is not None

    facts = facts_from(chart("has M46.46"), dict(action.resource))
    again = suggestions(decide(facts), CARD)

    assert [one.label for one in again] == [one.label for one in others]


def test_uuids_tell_suggestions_apart() -> None:
    """The same parts give the same uuid, others another."""
    assert identify("seed", "a") == identify("seed", "a")
    assert len({identify("seed", "a"), identify("seed", "b"), identify("x", "a")}) == 3


def test_suggestions_are_numbered_from_their_card() -> None:
    """They are uuids of the card's version, and none is the card's own."""
    cards = (CARD, f"{CARD[:24]}ffffffffffff")
    numbers = [numbered(card, number) for card in cards for number in range(SHOWN + 1)]

    assert numbers[0] == CARD
    assert len(set(numbers)) == len(numbers)
    assert {UUID(one).version for one in numbers} == {5}
    assert {str(UUID(one)) for one in numbers} == set(numbers)


@pytest.mark.parametrize("code", ORDERS)
@pytest.mark.parametrize("story", CHARTS)
def test_every_resource_is_sound(story: str, code: str) -> None:
    """What is created or changed is valid R4B, strictly and as a whole."""
    actions = [
        action
        for one in offered({"chart": story, "order": code})
        for action in one.actions
    ]

    for action in actions:
        if action.resource is not None:
            model = get_fhir_model_class(action.resource["resourceType"])
            model.model_validate_json(json.dumps(action.resource))
    created = [one.resource for one in actions if one.type is ActionType.CREATE]
    for resource in created:
        assert resource is not None
        assert resource["status"] == "draft"
        assert "id" not in resource
        assert "authoredOn" not in resource


@unhurried
@given(story=STORIES, who=WHO, order=DRAFTS)
def test_what_holds_for_every_card(story: str, who: str, order: Resource) -> None:
    """Few, told apart, one recommended; to give up only where we advise against."""
    advice = decide(facts_from([*person(who), *chart(story)], order))

    found = suggestions(advice, CARD)

    labels = [one.label for one in found]
    assert len(found) <= SHOWN
    assert len({one.uuid for one in found}) == len(found)
    to_change = advice.advise is Advise.CHANGE or not advice.priority_fits
    assert sum(one.is_recommended for one in found) <= to_change
    assert (REMOVE in labels) == (advice.advise is Advise.AGAINST)
    assert REMOVE not in labels[:-1]


@unhurried
@given(story=STORIES, who=WHO, order=DRAFTS)
def test_therapy_is_never_offered_beside_a_red_flag(
    story: str, who: str, order: Resource
) -> None:
    """What might be an infection or a tumour is not exercised away."""
    advice = decide(facts_from([*person(who), *chart(story)], order))

    found = suggestions(advice, CARD)

    flagged = any(one.rule.id.startswith(SOMETHING_ELSE) for one in advice.matched)
    assert not (flagged and THERAPY in {one.label for one in found})
