"""A radiograph or a CT first, joints to add, a CT for who cannot have MRI."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hooks.spine_mri.decision import decide
from hooks.spine_mri.offers.other_imaging import other_imaging
from tests.builders import draft, facts_from
from tests.hooks.spine_mri.offers.shown import beside, codes_of, led_by
from tests.hooks.spine_mri.stories import advice_for, chart
from tests.tables import each

PAIN = "has M54.9 @ 20 days"
DEVICE = "SAF4-device"


@each(
    """
    rule               | advise  | order   | actions                        | why
    TRA1-high-energy   | change  | 72148   | create 72131                   | CT first after high energy
    TRA1-high-energy   | change  | 72141   | create 72125                   | of the neck
    TRA1-high-energy   | change  | 30679-5 | create 30620-9                 | LOINC stays LOINC
    TRA1-high-energy   | change  | 36531-2 | create 36530-4                 | no region known: the spine
    TRA2-ankylosed     | for     | 72148   | create 72131                   | CT as well in a stiff spine
    TRA7-recent-trauma | change  | 72148   | create 72100; create 72131     | a radiograph, or CT
    TRA3-fragility     | change  | 72146   | create 72070                   | a radiograph of the chest
    TRA3-fragility     | for     | 72148   | create 72100                   | a radiograph will do as well
    PER3-thoracic      | change  | 72146   | create 72070                   | thoracic pain
    ONC2-history       | change  | 72148   | create 72100                   | a cancer long ago
    ONC2-history       | for     | 72148   |                                | a radiograph does not rule out a tumour
    ONC3-weak          | change  | 72148   | create 72100                   | a weak sign of cancer
    ONC3b-weak-pair    | change  | 72148   | create 72100                   | two of them
    PED1               | change  | 72148   | create 72100                   | a child with a warning sign
    PED1               | against | 72148   |                                | a child without one
    AXS1               | change  | 30679-5 | create 36502-3; create 36633-6 | add the sacroiliac joints
    AXS1               | change  | 72148   | create 36502-3; create 36633-6 | CPT has none for the joints: LOINC
    AXS1               | change  | 394451000119106 | create 1332288001; create 783627007 | SNOMED stays SNOMED
    AXS1-suspected     | change  | 72148   | create 36633-6; create 36502-3 | a radiograph first
    AXS1               | for     | 30679-5 |                                | the joints are ordered
    ONC3-weak          | change  | MRI lumbar spine without contrast | create 24972-2 | a text has no system: LOINC
    ONC3-weak          | change  | 30855-1 | create 38008-9                 | the whole spine in one
    ONC3-weak          | change  | 726546000 | create 840361000             | the joints of the draft have no film here
    NON1               | against | 72148   |                                | no study before care
    """
)
def test_studies(row: dict[str, str]) -> None:
    """Of the region the MRI is to show, in the code system of the draft."""
    advice = led_by(
        advice_for({"chart": PAIN, "order": row["order"]}), row["rule"], row["advise"]
    )

    assert codes_of(other_imaging(advice)) == row["actions"]


def test_labels() -> None:
    """The button says what, where, and how."""
    advice = led_by(advice_for({"chart": PAIN}), "TRA7-recent-trauma", "change")

    assert [one.label for one in other_imaging(advice)] == [
        "Order radiograph lumbar spine",
        "Order CT lumbar spine without contrast",
    ]


def test_ct_beside_a_deficit() -> None:
    """After high energy a CT is offered though the deficit leads."""
    advice = beside(advice_for({"chart": "has 449813001 @ 3 days"}), "TRA1-high-energy")

    assert codes_of(other_imaging(advice)) == "create 72131 stat"


def test_no_radiograph_beside_a_red_flag() -> None:
    """What comes first in weak signs does not delay an emergency."""
    advice = beside(advice_for({"chart": "has 449813001 @ 3 days"}), "ONC3-weak")

    assert other_imaging(advice) == ()


@each(
    """
    chart                    | person    | actions      | why
    has M54.50 @ 20 days     | male 17   | create 72100 | the dose of CT spares a child
    has M54.50 @ 20 days     | male 18   | create 72100; create 72131 | an adult
    has M54.50 @ 20 days     | male      | create 72100; create 72131 | age not known: an adult
    """
)
def test_ct_of_a_child(row: dict[str, str]) -> None:
    """None by default."""
    advice = led_by(advice_for(row), "TRA7-recent-trauma", "change")

    assert codes_of(other_imaging(advice)) == row["actions"]


@each(
    """
    chart                      | rule  | actions        | why
    has 449813001 @ 3 days     |       | create 24965-6 stat | the canal is asked about: myelography
    has G95.20 @ 3 days        |       | create 72125 stat; create 72128 stat; create 72131 stat | the cord: no puncture below it
    has M46.46                 |       | create 72132 urgent | an infection: with contrast
    has C50.911                |       | create 72132 urgent | a tumour: with contrast
    has M54.16 @ 50 days; did 91251008 @ 45 days | | create 72131 | a disc: without
    has M54.50 @ 20 days       |       |                | against: nothing instead either
    """
)
def test_instead_of_mri(row: dict[str, str]) -> None:
    """With an implanted device, what shows most of what is asked about."""
    advice = advice_for(row)
    unsafe = replace(advice, modifiers=(*advice.modifiers, DEVICE))

    found = other_imaging(unsafe)

    assert codes_of(found) == row["actions"]
    assert all(not one.rule for one in found)
    assert all(one.label.startswith("Only if MRI cannot be done: o") for one in found)
    assert other_imaging(advice) == ()


def test_a_draft_that_is_no_r4_order_gets_none_beside_it() -> None:
    """What it shares with others could not be read."""
    wrapped = {**draft(), "code": {"concept": {"text": "MRI lumbar spine"}}}
    advice = decide(facts_from(chart("has V43.52XA @ 2 days; has M54.50"), wrapped))

    assert advice.lead.rule.id == "TRA1-high-energy"
    assert other_imaging(advice) == ()


@pytest.mark.parametrize(
    ("code", "actions"),
    [("72100", "create 72131"), ("72131", "create 72100"), ("718-7", None)],
)
def test_what_is_being_ordered_is_not_offered(code: str, actions: str | None) -> None:
    """A study among the drafts of the session is not offered again."""
    facts = facts_from(chart(PAIN), draft(), beside=[draft(code, id="other")])

    found = other_imaging(led_by(decide(facts), "TRA7-recent-trauma", "change"))

    assert codes_of(found) == (actions or "create 72100; create 72131")
