"""One click puts the draft right, and touches nothing else of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cds_service.cds_hooks.response import ActionType
from hooks.spine_mri.cards import present
from hooks.spine_mri.decision import decide
from hooks.spine_mri.order_codes import order_codes
from hooks.spine_mri.protocol import Contrast, mri_words, region_words
from hooks.spine_mri.suggestions import identify
from tests.builders import LUMBAR_MRI, draft, facts_from
from tests.hooks.spine_mri.stories import chart, split
from tests.tables import each

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cds_service.cds_hooks.response import Suggestion
    from tests.builders import Resource

CPT = "http://www.ama-assn.org/go/cpt"
INFECTION = "has M46.46"


def suggested(
    story: str, orders: Resource | Sequence[Resource]
) -> tuple[Suggestion, ...]:
    """Give the suggestions about an order, or orders read as one."""
    (card,) = present(decide(facts_from(chart(story), orders)), "seed")
    return card.suggestions


def written(found: tuple[Suggestion, ...]) -> str:
    """Write the actions as "update 72158 urgent; create 72156 urgent"."""
    return "; ".join(
        " ".join(
            part
            for part in (
                action.type.value,
                _code(action.resource or {}),
                (action.resource or {}).get("priority", ""),
            )
            if part
        )
        for suggestion in found
        for action in suggestion.actions
    )


def _code(resource: Any) -> str:
    concept = resource["code"]
    coded = ",".join(one["code"] for one in concept.get("coding", []))
    return coded or str(concept["text"])


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

    assert written(found) == row["actions"]


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

    assert written(suggested(row["chart"], drafts)) == row["actions"]


def test_recommended_is_a_change() -> None:
    """Where the draft is right but for its priority, nothing is recommended."""
    (change,) = suggested(INFECTION, draft())
    (soon,) = suggested(INFECTION, draft("72158"))

    assert change.is_recommended
    assert not soon.is_recommended


def test_uuids_tell_suggestions_apart() -> None:
    """The same parts give the same uuid, others another."""
    assert identify("seed", "a") == identify("seed", "a")
    assert len({identify("seed", "a"), identify("seed", "b"), identify("x", "a")}) == 3


def test_codes_of_a_system_without_one() -> None:
    """RadLex has no code for a scan, so there is none to suggest."""
    sites = frozenset({"lumbar"})

    assert order_codes("http://radlex.org", sites, Contrast.WITHOUT) == ()
    assert order_codes(CPT, frozenset({"sacral"}), Contrast.WITHOUT) == ()


@pytest.mark.parametrize(
    ("sites", "words"),
    [
        (set(), "spine"),
        ({"lumbar"}, "lumbar spine"),
        ({"lumbar", "cervical"}, "cervical and lumbar spine"),
        ({"lumbar", "cervical", "thoracic"}, "whole spine"),
        ({"lumbar", "sacroiliac"}, "lumbar spine and sacroiliac joints"),
        ({"sacroiliac"}, "sacroiliac joints"),
    ],
)
def test_region_in_words(sites: set[str], words: str) -> None:
    """Regions are named from the head down."""
    assert region_words(frozenset(sites)) == words


def test_scan_in_words() -> None:
    """Contrast that nobody stated is not named."""
    sites = frozenset({"lumbar"})

    assert mri_words(sites, Contrast.UNSPECIFIED) == "MRI lumbar spine"
    assert mri_words(sites, Contrast.WITH) == "MRI lumbar spine with contrast"
