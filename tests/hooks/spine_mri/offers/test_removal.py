"""To give up the order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hooks.spine_mri.decision import decide
from hooks.spine_mri.offers.removal import removal
from tests.builders import draft, facts_from
from tests.hooks.spine_mri.offers.shown import led_by
from tests.hooks.spine_mri.stories import advice_for, chart

PAIN = "has M54.50 @ 20 days"


def test_the_draft_is_named() -> None:
    """By its relative reference, and nothing more."""
    (found,) = removal(advice_for({"chart": PAIN}))

    (action,) = found.actions
    assert (action.type.value, action.resource_id) == ("delete", "ServiceRequest/103")
    assert action.resource is None


def test_every_draft_of_a_whole_spine() -> None:
    """Three orders read as one go together."""
    drafts = [draft(code, id=code) for code in ("72141", "72146", "72148")]

    (found,) = removal(decide(facts_from(chart(PAIN), drafts)))

    assert [one.resource_id for one in found.actions] == [
        "ServiceRequest/72141",
        "ServiceRequest/72146",
        "ServiceRequest/72148",
    ]


def test_not_where_something_may_be_hidden() -> None:
    """Uncertain, a change or for: the order stays."""
    advice = advice_for({"chart": PAIN})

    assert removal(advice_for({})) == ()
    assert removal(led_by(advice, "PER2", "change")) == ()


@pytest.mark.parametrize("identity", ["", None, 103])
def test_a_draft_without_an_id_cannot_be_named(identity: object) -> None:
    """Its place in the bundle is no reference, and a number is no id."""
    advice = advice_for({"chart": PAIN})
    order = advice.facts.order
    unnamed = replace(order, resources=({**order.resources[0], "id": identity},))

    assert removal(replace(advice, facts=replace(advice.facts, order=unnamed))) == ()
