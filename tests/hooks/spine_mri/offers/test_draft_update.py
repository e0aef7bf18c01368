"""One click puts the draft right, and touches nothing else of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cds_service.cds_hooks.response import ActionType
from hooks.spine_mri.decision import decide
from hooks.spine_mri.offers.draft_update import draft_update, whole_spine
from tests.builders import LUMBAR_MRI, draft, facts_from
from tests.hooks.spine_mri.offers.shown import codes_of
from tests.hooks.spine_mri.stories import advice_for, chart, split
from tests.tables import each

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hooks.spine_mri.offers.offered import Offered
    from tests.builders import Resource

CPT = "http://www.ama-assn.org/go/cpt"
INFECTION = "has M46.46"


def suggested(story: str, orders: Resource | Sequence[Resource]) -> tuple[Offered, ...]:
    """Give what is offered to put an order right, or orders read as one."""
    return draft_update(decide(facts_from(chart(story), orders)))


@each(
    """
    chart                      | order           | priority | actions                       | why
    has M46.46                 | 72148           |          | update 72158 urgent           | CPT: contrast and priority
    has M46.46                 | 72148           | stat     | update 72158 stat             | CPT: contrast, and the priority stays
    has M46.46                 | 72158           | stat     |                               | nothing to put right
    has M46.46                 | 72158           | routine  | update 72158 urgent           | priority alone
    has M46.46                 | 72149           | stat     | update 72158 stat             | contrast alone becomes both
    has M46.46                 | 30679-5         | stat     | update 24967-2 stat           | LOINC stays LOINC
    has M46.46                 | 24968-0         | stat     | update 24967-2 stat           | LOINC that does not state contrast
    has M46.46                 | 394451000119106 | stat     | update 41333006 stat          | SNOMED stays SNOMED
    has M46.46                 | 41333006        | stat     |                               | SNOMED "with" is accepted
    has M46.46                 | MRI lumbar spine without contrast | stat | update MRI lumbar spine without and with contrast stat | a text stays a text
    has M46.46                 | 91717-9         | stat     | update 91716-1 stat           | the lumbar spine with the sacrum stays that
    has M46.46                 | 433141005       | stat     | update 433140006 stat         | in SNOMED too
    has M46.46                 | 726546000       | stat     | update 709653005 stat         | with the sacroiliac joints
    has M46.42                 | 72148           | stat     | update 72156 stat             | another region
    has M46.43                 | 72148           | stat     | update 72156 stat; create 72157 stat | two regions in CPT are two orders
    has M46.43                 | 30679-5         | stat     | update 43456-3 stat           | and one in LOINC
    has C79.51                 | 72148           | urgent   | update 72158 urgent; create 72156 urgent; create 72157 urgent | the whole spine in CPT
    has C79.51                 | 30679-5         | urgent   | update 30855-1 urgent         | the whole spine in LOINC
    has C79.51                 | 394451000119106 | urgent   | update 495741000119105 urgent | the whole spine in SNOMED
    has 449813001 @ 3 days     | 36531-2         | stat     | update 30679-5 stat           | the region nobody stated
    has 449813001 @ 3 days     | 24968-0         | stat     | update 30679-5 stat           | the contrast nobody stated
    has 449813001 @ 3 days     | 72158           |          | update 72158 stat             | as drafted, but at once
    has M54.16 @ 50 days; did 91251008 @ 45 days | 72158 |  | update 72148                  | contrast that adds little
    has M54.16 @ 50 days; did 91251008 @ 45 days | 72148 |  |                               | nothing to put right
    has M48.00 @ 50 days; has M54.2 @ 50 days; did 91251008 @ 45 days | 72148 |  | update 72141 | where it hurts
    has M54.50 @ 50 days       | 72148           |          |                               | care first: the draft is not the fault
    has M54.50 @ 50 days       | 72149           |          | update 72148                  | care first, and contrast alone
    has M54.50 @ 20 days       | 72148           |          |                               | against, or not known
    had C18.9 @ 4000 days      | 72158           |          |                               | a radiograph first: the draft is accepted
    """
)
def test_actions(row: dict[str, str]) -> None:
    """The draft's own code system is kept; several CPT regions are several orders."""
    members = {"priority": row["priority"]} if row["priority"] else {}

    found = suggested(row["chart"], draft(row["order"], **members))

    assert codes_of(found) == row["actions"]


def test_update_echoes_the_rest() -> None:
    """Whatever else was sent comes back as it was, known to us or not."""
    sent = draft(
        reasons=["M54.50"],
        note="please call before",
        extension=[{"url": "https://example.org/x", "valueString": "1"}],
        unknownMember={"a": [1, 2.50, None]},
        code={
            "coding": [{"system": CPT, "code": LUMBAR_MRI, "userSelected": True}],
            "text": "MRI lumbar",
            "extension": [{"url": "https://example.org/y"}],
        },
    )

    (suggestion,) = suggested(INFECTION, sent)

    (action,) = suggestion.actions
    changed = dict(action.resource or {})
    code = changed.pop("code")
    assert changed.pop("priority") == "urgent"
    assert changed == {name: value for name, value in sent.items() if name != "code"}
    words = "MRI lumbar spine without and with contrast"
    coding = {"system": CPT, "code": "72158", "display": words}
    extension = [{"url": "https://example.org/y"}]
    assert code == {"coding": [coding], "text": words, "extension": extension}


def test_priority_alone_leaves_the_code() -> None:
    """What is right about the order is not rewritten."""
    sent = draft("72158", reasons=["M54.50"])

    (suggestion,) = suggested(INFECTION, sent)

    (action,) = suggestion.actions
    assert action.resource == sent | {"priority": "urgent"}
    assert suggestion.label == "Set priority to urgent"


@pytest.mark.parametrize(
    "system", ["urn:oid:2.16.840.1.113883.6.12", "http://www.ama-assn.org/go/cpt/", ""]
)
def test_system_is_spelled_as_it_was_sent(system: str) -> None:
    """A client finds its own code system again; none where it sent none."""
    coding = {"system": system, "code": LUMBAR_MRI} if system else {"code": LUMBAR_MRI}

    (suggestion,) = suggested(INFECTION, draft(code={"coding": [coding]}))

    (action,) = suggestion.actions
    (changed,) = (action.resource or {})["code"]["coding"]
    assert changed["code"] == "72158"
    assert changed.get("system", "") in {system, CPT}


def test_further_orders_have_no_identity() -> None:
    """What is created gets its id and its numbers from the client."""
    named = draft(identifier=[{"value": "1"}], requisition={"value": "2"}, meta={})

    (suggestion,) = suggested("has C79.51", named)

    updated, *created = suggestion.actions
    assert updated.type is ActionType.UPDATE
    assert (updated.resource or {})["id"] == "103"
    assert [one.type for one in created] == [ActionType.CREATE] * 2
    own = {"id", "identifier", "requisition", "meta"}
    assert all(own.isdisjoint(one.resource or {}) for one in created)


@each(
    """
    chart      | codes               | actions                                          | why
    has M46.46 | 72141; 72146; 72148 | update 72156 urgent; update 72157 urgent; update 72158 urgent | every draft is put right
    has M46.46 | 72156; 72157; 72158 | update 72156 urgent; update 72157 urgent; update 72158 urgent | priority of every draft
    """
)
def test_a_whole_spine_of_three(row: dict[str, str]) -> None:
    """Each draft keeps its own region."""
    drafts = [draft(code, id=code) for code in split(row["codes"])]

    assert codes_of(suggested(row["chart"], drafts)) == row["actions"]


@each(
    """
    chart                | person  | order | actions | why
    has M46.46           | male 9  | 72148 | update 72158 urgent; create 72156 urgent; create 72157 urgent | a child: the wider scan is preferred
    has M46.46           | male 9  | 72158 | update 72158 urgent; create 72156 urgent; create 72157 urgent | also where the draft fits
    has M46.46           | male 40 | 72148 |         | an adult
    has C79.51           | male 9  | 72148 |         | it is what is advised anyway
    has M21.371 @ 3 days | male 9  | 72148 |         | a nerve root
    """
)
def test_whole_spine_of_a_child(row: dict[str, str]) -> None:
    """It is offered beside what is advised, and never recommended."""
    found = whole_spine(advice_for(row))

    assert codes_of(found) == row["actions"]
    assert all(not one.rule for one in found)
