"""A spine that was operated, is inflamed, or is ill in a way of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hooks.spine_mri.cards import present
from hooks.spine_mri.criteria.other_indication import OTHER_INDICATION
from hooks.spine_mri.criteria.spondyloarthritis import (
    JOINTS_ORDERED,
    KNOWN_SPONDYLOARTHRITIS,
    SPONDYLOARTHRITIS,
)
from hooks.spine_mri.criteria.surgery import (
    OPERATED_WITHOUT_COMPLAINT,
    PAIN_AFTER_SURGERY,
)
from hooks.spine_mri.decision import decide
from hooks.spine_mri.orders import shows_joints
from tests.builders import draft, facts_from
from tests.hooks.spine_mri.stories import advice_for, chart, expected, facts_of, told
from tests.tables import each, judges

test_pain_after_surgery = judges(
    PAIN_AFTER_SURGERY,
    """
    chart                                      | order | reason | missing    | expected | unseen | why
    has M54.50 @ 90 days                       |       |        |            | no       |        | new pain, never operated
    has M54.50 @ 90 days                       |       |        | procedures | unknown  | unseen | procedures not supplied
    has M54.50 @ 90 days; has M96.1 @ 900 days |       |        |            | yes      |        | last valid moment
    has M54.50 @ 91 days; has M96.1 @ 900 days |       |        |            | no       |        | pain for longer
    has M54.50; has M96.1                      |       |        |            | yes      |        | nobody knows since when
    has M54.50 @ 400 days; has M54.16 @ 9 days; has M96.1 | |   |            | yes      |        | the youngest pain counts
    has M96.1 @ 900 days                       |       |        |            | no       |        | no complaint on record
    has M96.1 @ 900 days                       |       | M54.16 |            | yes      |        | the order states the complaint
    has M54.50 @ 9 days; had M96.1 @ 9000 days |       |        |            | yes      |        | over, and operated all the same
    has M54.50 @ 9 days; did 50172003 @ 900 days |     |        |            | yes      |        | a lumbar fusion, as a procedure
    has M54.50 @ 9 days; did 50172003          |       |        |            | yes      |        | at a time unknown
    has M54.50 @ 9 days; referred 50172003 @ 9 days | |         |            | no       |        | planned is not done
    has M54.50 @ 9 days; did 50172003 @ 900 days | 72141 |      |            | no       |        | lumbar fusion, neck order
    has M54.50 @ 9 days; has 202723000         |       |        |            | no       |        | operated at the neck, lumbar order
    has M54.50 @ 9 days; did 89355001 @ 900 days | 72141 |      |            | yes      |        | a discectomy, level not named
    has M54.50 @ 9 days; did 50172003 @ 900 days | 36531-2 |    |            | yes      |        | region of the order not named
    has M54.50 @ 9 days; has Z98.1             |       |        |            | yes      |        | a fused joint, beside back pain
    has Z98.1                                  |       |        |            | no       |        | a fused joint may be any
    """,
    facts_of,
)

test_operated_without_complaint = judges(
    OPERATED_WITHOUT_COMPLAINT,
    """
    chart                                | missing    | expected | why
                                         |            | no       | nothing on record
                                         | procedures | unknown  | procedures not supplied
    did 50172003 @ 900 days              |            | yes      | why is it scanned?
    did 50172003 @ 900 days; has M54.50 @ 200 days | | no       | for a pain of long standing
    """,
    facts_of,
)

test_spondyloarthritis = judges(
    SPONDYLOARTHRITIS,
    """
    chart                                    | person  | reason | missing    | expected | unseen | why
                                             | male 30 |        |            | no       |        | nothing on record
                                             | male 30 |        | conditions | unknown  | unseen | the problem list was not supplied
    has 713777005 @ 900 days                 | male 60 |        |            | yes      |        | known, at any age
                                             | male 60 | M45.A6 |            | yes      |        | the order states it
    suspects 713777005 @ 30 days             | male 60 |        |            | yes      |        | suspected of late
    suspects 713777005 @ 31 days             | male 60 |        |            | no       |        | suspected once
    had 713777005 @ 9 days                   | male 60 |        |            | no       |        | over
    has M46.1 @ 900 days                     | male 44 |        |            | yes      |        | sacroiliitis, last valid age
    has M46.1 @ 900 days                     | male 45 |        |            | no       |        | sacroiliitis of a worn joint
    has M46.1 @ 900 days                     | male    |        |            | unknown  | unseen | age not known
    has 713777005; has W18.30XA @ 90 days    | male 30 |        |            | no       |        | a fall, last valid moment
    has 713777005; has W18.30XA @ 91 days    | male 30 |        |            | yes      |        | a fall of longer ago
    has 713777005; has W18.30XD @ 9 days     | male 30 |        |            | yes      |        | after-care of a fall
    has M46.46                               | male 30 |        |            | no       |        | an infection is no inflammation of this kind
    """,
    facts_of,
)

test_known_spondyloarthritis = judges(
    KNOWN_SPONDYLOARTHRITIS,
    """
    chart                                    | person  | reason | missing    | expected | unseen | why
                                             | male 30 |        |            | no       |        | nothing on record
                                             | male 30 |        | conditions | unknown  | unseen | the problem list was not supplied
    has 713777005 @ 900 days                 | male 60 |        |            | yes      |        | known, at any age
                                             | male 60 | M45.A6 |            | yes      |        | the order states it
    suspects 713777005 @ 9 days              | male 60 |        |            | no       |        | suspected
    suspects 713777005 @ 9 days; has M45.6   | male 60 |        |            | yes      |        | suspected and known
    had 713777005 @ 9 days                   | male 60 |        |            | no       |        | over
    has M46.1 @ 900 days                     | male 30 |        |            | no       |        | sacroiliitis is a sign of it
    has 713777005; has W18.30XA @ 90 days    | male 30 |        |            | no       |        | a fall, last valid moment
    """,
    facts_of,
)

test_joints_ordered = judges(
    JOINTS_ORDERED,
    """
    order                         | expected | why
    72148                         | no       | the lumbar spine
    726546000                     | yes      | lumbar spine and joints in one code
    MRI lumbar spine and SI joints | yes     | in words
    MRI lumbar spine              | no       | in words, without
    36059-4                       | no       | the sacrum is not its joints
    """,
    facts_of,
)


@pytest.mark.parametrize(
    ("code", "ordered"),
    [
        ("36502-3", True),
        ("1332288001", True),
        ("726546000", True),
        ("MRI sacroiliac joints without contrast", True),
        ("24900-3", False),
        ("X-ray sacroiliac joints", False),
        ("72141", False),
    ],
)
def test_joints_ordered_beside(code: str, *, ordered: bool) -> None:
    """A draft of its own will do; a radiograph of the joints is another matter."""
    order = replace(facts_from().order, beside=(draft(code),))

    assert shows_joints(order) is ordered


test_other_indication = judges(
    OTHER_INDICATION,
    """
    chart                       | person  | missing    | expected | why
                                | male 30 |            | no       | nothing on record
                                | male 30 | conditions | unknown  | the problem list was not supplied
    has G35.A                   | male 30 |            | yes      | multiple sclerosis
    has G95.0 @ 9000 days       | male 30 |            | yes      | a syrinx, however long known
    had G97.0 @ 900 days        | male 30 |            | no       | a leak that has closed
    has M41.9                   | male 18 |            | no       | a crooked spine in an adult
    has M41.9                   | male 17 |            | yes      | in a child
    has M41.9; referred 308482002 @ 180 days | male 40 | | yes    | to be operated, last valid moment
    has M41.9; referred 308482002 @ 181 days | male 40 | | no     | an older referral
    """,
    facts_of,
)


@each("""
    chart                                        | person  | order     | rule | advise    | target           | region              | urgency | indicator | why
    has M54.16 @ 21 days; did 89355001 @ 540 days | male 42 | 72148    | POS1 | change    | without-and-with | lumbar              | routine | info      | scar or disc: contrast tells
    has M54.16 @ 21 days; did 89355001 @ 540 days | male 42 | 72158    | POS1 | for       | without-and-with | lumbar              | routine | info      | contrast drafted
    has M54.16 @ 21 days; did 89355001 @ 540 days | male 42 | 24968-0  | POS1 | for       | without-and-with | lumbar              | routine | info      | contrast not stated
    has M54.16 @ 21 days; did 89355001 @ 540 days | male 42 | 72149    | POS1 | change    | without-and-with | lumbar              | routine | warning   | contrast alone
    has M54.16 @ 21 days; did 89355001 @ 540 days | male 42 | 30855-1  | POS1 | for       | without-and-with | lumbar              | routine | info      | the whole spine shows it too
    has M54.50 @ 21 days; did 50172003 @ 540 days; has M54.6 @ 20 days | male 42 | 72158 | POS1 | for | without-and-with | lumbar | routine | info | pain elsewhere too: the operated region
    has M54.2 @ 21 days; did 50172003 @ 540 days | male 42 | 72158     | POS1 | change    | without-and-with | cervical            | routine | info      | all the pain is elsewhere
    has M54.16 @ 21 days; did 89355001 @ 89 days | male 42 | 72148     | INF2 | change    | without-and-with | lumbar              | urgent  | warning   | operated of late: infection first
    has M21.371 @ 3 days; has M54.16 @ 3 days; did 89355001 @ 540 days | male 42 | 72148 | NEU3 | change | without-and-with | lumbar | urgent | warning | a weak leg leads, the scar asks for contrast
    has M54.50 @ 200 days; did 89355001 @ 540 days | male 42 | 72148   | PER2 | change    | without          | lumbar              | routine | warning   | pain of long standing
    did 89355001 @ 540 days                      | male 42 | 72148     | UNK2 | uncertain | without          |                     | routine | info      | operated, no complaint on record
    has M54.50 @ 10 days; has 713777005          | male 60 | 72148     | AXS1 | change    | without          | lumbar sacroiliac   | routine | info      | joints not ordered
    has M54.50 @ 10 days; has 713777005          | male 60 | 72158     | AXS1 | change    | without-and-with | lumbar sacroiliac   | routine | info      | contrast is accepted
    has M54.50 @ 10 days; has 713777005          | male 60 | 72149     | AXS1 | change    | without          | lumbar sacroiliac   | routine | warning   | contrast alone
    has M54.50 @ 10 days; has 713777005          | male 60 | 726546000 | AXS1 | for       | without          | lumbar sacroiliac   | routine | info      | joints in the same order
    has 713777005                                | male 60 | 72148     | AXS1 | change    | without          | lumbar sacroiliac   | routine | info      | no complaint: the spine as ordered
    has M54.50 @ 10 days; has M46.1              | male 30 | 72148     | AXS1 | change    | without          | lumbar sacroiliac   | routine | info      | the sacrum stands for its joints
    has M54.50 @ 10 days; suspects 713777005 @ 9 days | male 30 | 72148 | AXS1 | change   | without          | lumbar sacroiliac   | routine | info      | not confirmed
    has M54.50 @ 10 days; suspects 713777005 @ 9 days | male 30 | 726546000 | AXS1 | for | without         | lumbar sacroiliac   | routine | info      | joints in the same order
    has M54.50 @ 10 days; has M46.1              | male 50 | 72148     | NON1 | against   | without          | lumbar              | routine | warning   | sacroiliitis of a worn joint
    has M54.50 @ 10 days; has 713777005; has W18.30XA @ 9 days | male 30 | 72148 | UNK2 | uncertain | without | lumbar              | routine | info      | fallen, and not fused
    has M54.50 @ 10 days; has M45.6; has W18.30XA @ 9 days | male 30 | 72148 | TRA2 | for  | without          | lumbar              | urgent  | warning   | fallen, and fused
    has M54.50 @ 10 days; has 713777005; has M21.371 @ 3 days | male 30 | 72148 | NEU3 | for | without        | lumbar              | urgent  | warning   | a weak leg leads
    has M54.50 @ 10 days; has G35.A              | male 30 | 72148     | OUT1 | uncertain | without          |                     | routine | info      | multiple sclerosis
    has M54.50 @ 10 days; has D33.4              | male 30 | 72158     | OUT1 | uncertain | without-and-with |                     | routine | info      | a benign tumour of the cord
    has M54.2 @ 10 days; has G35.A               | male 30 | 72148     | OUT1 | uncertain | without          |                     | routine | info      | the region as ordered
    has M54.16 @ 50 days; did 91251008 @ 45 days; has G35.A | male 30 | 72148 | PER1 | for | without         | lumbar              | routine | info      | six weeks of care have failed
    """)
def test_answers(row: dict[str, str]) -> None:
    """What the rules come to together."""
    assert told(row) == expected(row)


@each(
    """
    chart                     | rule           | recommended                                  | why
    has 713777005             | AXS1           | Order MRI sacroiliac joints without contrast | known: the joints as well
    has M46.1                 | AXS1-suspected | Order radiograph sacroiliac joints           | a sign of it: a radiograph first
    suspects M45.6 @ 9 days   | AXS1-suspected | Order radiograph sacroiliac joints           | not confirmed
    has M46.1; did 783627007 @ 20 days | AXS1-suspected | Order MRI sacroiliac joints without contrast | taken already
    """
)
def test_a_suspicion_is_told_from_a_diagnosis(row: dict[str, str]) -> None:
    """The radiograph comes first for who is not known to have it."""
    story = {"chart": f"has M54.50 @ 10 days; {row['chart']}", "person": "male 30"}
    advice = advice_for(story)

    best = [
        one.label
        for one in present(advice, "seed")[0].suggestions
        if one.is_recommended
    ]

    assert (advice.rule_id, best) == (row["rule"], [row["recommended"]])


def test_joints_in_a_draft_of_their_own() -> None:
    """The draft stands as it is: nothing is left to change."""
    resources = chart("has M54.50 @ 10 days; has 713777005")
    joints = draft("36502-3", id="joints")

    advice = decide(facts_from(resources, draft(), beside=[joints]))

    assert (advice.rule_id, advice.advise) == ("AXS1", "for")
    assert present(advice, "seed")[0].suggestions == ()


def test_contrast_alone_stays_in_its_code_system() -> None:
    """CPT has no code for spine and joints in one: the spine keeps its own."""
    row = {"chart": "has M54.50 @ 10 days; has 713777005", "order": "72149"}
    (card,) = present(advice_for(row), "seed")
    update = next(
        one for one in card.suggestions if one.label.startswith("Order MRI l")
    )

    (resource,) = (action.resource for action in update.actions)
    assert resource is not None
    assert resource["code"]["coding"][0]["code"] == "72148"


def test_outside_the_rules_there_is_no_guideline_to_cite() -> None:
    """The card is ours alone."""
    row = {"chart": "has M54.50 @ 10 days; has G35.A"}
    (card,) = present(advice_for(row), "seed")

    assert card.source.url == ""
    assert card.links == ()
