"""Ratings on what is offered: as it will be judged once it is taken."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from cds_service.answer import answer
from cds_service.cds_hooks.pama import EXTENSION, can_be_rated
from tests.builders import AT, call, condition, draft, spine
from tests.hooks.spine_mri.stories import chart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cds_service.answer import Answer

GCODE = "example-gcode"


def rated(story: str, orders: Sequence[dict[str, Any]] = ()) -> Answer:
    """Answer a call about these orders, with ratings."""
    return answer(spine(), call(chart(story), orders), AT, gcode=GCODE)


def code_of(resource: Any) -> str:
    """Read the rating of an order; "" where it has none."""
    found = (
        one["valueCodeableConcept"]["coding"][0]["code"]
        for one in resource.get("extension", ())
        if one["url"] == EXTENSION
    )
    return next(found, "")


def updates(told: Answer) -> dict[str, list[str]]:
    """Give the ratings of the updates that are offered, by label."""
    return {
        one.label: [
            code_of(action.resource)
            for action in one.actions
            if action.type == "update"
        ]
        for card in told.cards
        for one in card.suggestions
    }


def test_the_better_order_is_rated_as_it_will_be() -> None:
    """Contrast alone where none is needed is not appropriate; the plain scan is."""
    told = rated("has 449813001 @ 2 days", [draft("72149")])

    (action,) = told.actions
    assert code_of(action.resource) == "not-appropriate"
    (better,) = (v for k, v in updates(told).items() if k.startswith("Order MRI"))
    assert better == ["appropriate"]


def test_a_reason_that_decides_is_offered_with_its_rating() -> None:
    """What was against becomes appropriate by a click."""
    told = rated("has M54.50 @ 10 days")

    assert [code_of(one.resource) for one in told.actions] == ["not-appropriate"]
    assert updates(told)["Add to the order: saddle numbness"] == ["appropriate"]


def test_what_would_stay_undetermined_is_not_offered() -> None:
    """Contrast that the patient had better not get is no settled question."""
    story = "has M54.50 @ 10 days; allergic 105879004"
    plain = answer(spine(), call(chart(story), [draft("72158")]), AT)
    told = rated(story, [draft("72158")])

    numb = "Add to the order: saddle numbness"
    assert numb in {one.label for one in plain.cards[0].suggestions}
    assert numb not in updates(told)
    assert all(all(codes) for codes in updates(told).values())


def test_orders_that_are_one_are_rated_each() -> None:
    """One update names one order."""
    orders = [draft(code, id=code) for code in ("72141", "72146", "72148")]
    told = answer(spine(), call([condition("C79.51")], orders), AT, gcode=GCODE)

    named = [one.resource["id"] for one in told.actions if one.resource]
    assert named == ["72141", "72146", "72148"]


def test_nothing_to_judge_is_nothing_to_rate() -> None:
    """An order of something else."""
    knee = draft("73721")

    assert rated("has M54.50", [knee]).actions == ()
    assert answer(spine(), call(), AT).actions == ()


@pytest.mark.parametrize(
    ("resource", "able"),
    [
        (draft(), True),
        ({**draft(), "id": ""}, False),
        ({**draft(), "resourceType": "ProcedureRequest"}, False),
        ({**draft(), "code": {"concept": {"coding": []}}}, False),
    ],
    ids=["R4", "no id", "STU3", "R5"],
)
def test_only_an_r4_order_is_rated(resource: dict[str, Any], *, able: bool) -> None:
    """The guide is about those."""
    assert can_be_rated(resource) is able


def test_an_order_of_another_version_gets_a_card_and_no_rating() -> None:
    """The advice does not depend on it."""
    old = {**draft(), "resourceType": "ProcedureRequest"}
    told = rated("has M54.50 @ 10 days", [old])

    assert told.cards
    assert told.actions == ()


def test_a_service_that_rates_nothing_answers_as_ever() -> None:
    """Updates cannot be rated then, and are left out with a G-code set."""
    silent = replace(spine(), rate=lambda _: None)
    told = answer(silent, call(chart("has 449813001"), [draft("72149")]), AT, gcode="G")

    assert told.actions == ()
    assert not [codes for codes in updates(told).values() if codes]


@pytest.mark.parametrize("url", [{}, [], 3, None, "https://ehr.example.org/own"])
def test_an_extension_of_the_clients_own_stays(url: object) -> None:
    """Whatever stands where its url is due."""
    own = {"url": url, "valueString": "kept"}

    (action,) = rated("has 449813001 @ 2 days", [draft(extension=[own])]).actions

    assert action.resource is not None
    assert own in action.resource["extension"]
