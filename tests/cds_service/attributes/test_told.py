"""The source attributes for programs."""

from __future__ import annotations

from dataclasses import replace

from cds_service.attributes.told import told
from cds_service.knowledge.practice import LocalChange, Practice
from cds_service.switches import Switches
from tests.cds_service.attributes.content import (
    AMISS,
    CONTENT,
    ELEMENTS,
    REVIEWED,
    SOUND,
)
from tests.toy import toy

SERVICE = toy("order-select")
TOLD = told(SERVICE, CONTENT, Switches(), SOUND)
CHANGE = LocalChange(
    kind="rule",
    name="TOY1",
    before="on",
    now="off",
    why="no paper",
    approved_by="Ada Okafor, head",
)


def test_the_thirteen_stand_in_the_order_of_the_regulation() -> None:
    """Four about the rules, nine about elements of a person."""
    attributes = TOLD["attributes"]

    assert [one["number"] for one in attributes] == list(range(1, 14))
    assert [one["attribute"] for one in attributes] == [
        "bibliographic citations",
        "developer",
        "funding source",
        "release and revision dates",
        *(f"use of {one}" for one in ELEMENTS),
    ]
    assert attributes[3]["value"] == {"released": "2026-01-02", "revised": "2026-03-04"}
    assert attributes[9]["value"] == {"used": True, "how": "About sex."}
    assert attributes[4]["value"]["used"] is False


def test_a_year_that_is_not_known_is_left_out() -> None:
    """No null on the wire."""
    book, said = TOLD["attributes"][0]["value"]

    assert book == {
        "id": "toy-book",
        "label": "The book of toys",
        "url": "https://toy.example/book",
        "year": 1999,
    }
    assert "year" not in said


def test_the_logic_is_told_down_to_the_last_question() -> None:
    """Each once, by the id under which a rule or another question names it."""
    first, second = TOLD["logic"]["rules"]
    criteria = TOLD["logic"]["criteria"]

    assert first == {
        "id": "TOY1",
        "says": "Wrap it",
        "advises": "for",
        "urgency": "routine",
        "criterion": "any",
        "urgencies": [{"urgency": "urgent", "criterion": "a"}],
        "citations": ["toy-book"],
    }
    assert second == {"id": "TOY2", "says": "Adds a bow.", "when": "It is a gift."}
    assert criteria["any"]["parts"] == ["a", "b"]
    assert criteria["a"] == {"title": "Is it a?", "condition": "says yes"}


def test_who_did_not_review_is_not_said_to_have() -> None:
    """Nobody is an empty list; who did is named with day and edition."""
    reviewed = told(SERVICE, replace(CONTENT, reviews=REVIEWED), Switches(), SOUND)

    assert TOLD["review"] == {"byClinicians": [], "due": "2027-01-02"}
    assert reviewed["review"]["byClinicians"] == [
        {"by": "Ada Okafor, toymaker", "on": "2026-05-06", "edition": "0.1.0"}
    ]


def test_what_a_site_changed_is_told_without_who_answers_for_it() -> None:
    """Anyone may ask, so no name of the site's staff is told."""
    practice = Practice(site="Toy shop", changes=(CHANGE,))

    local = told(replace(SERVICE, practice=practice), CONTENT, Switches(), SOUND)

    assert TOLD["localChanges"] == {"site": "", "changes": []}
    assert local["localChanges"]["site"] == "Toy shop"
    assert local["localChanges"]["changes"] == [
        {
            "kind": "rule",
            "name": "TOY1",
            "standard": "on",
            "here": "off",
            "because": "no paper",
        }
    ]
    assert "Okafor" not in str(local)


def test_the_switches_in_force_are_told() -> None:
    """Who sees no card can find out why."""
    shadowed = told(SERVICE, CONTENT, Switches(shadow=True, share=10), SOUND)

    assert shadowed["switches"] == {
        "off": False,
        "shadow": True,
        "share": 10,
        "quiet": False,
    }


def test_accuracy_is_what_the_self_test_came_to() -> None:
    """With the names of the vignettes that were answered otherwise."""
    amiss = told(SERVICE, CONTENT, Switches(), AMISS)["accuracy"]

    assert (TOLD["accuracy"]["asAgreed"], TOLD["accuracy"]["vignettes"]) == (3, 3)
    assert (amiss["asAgreed"], amiss["differing"]) == (2, ["story"])
    assert amiss["faults"] == ["a code"]
