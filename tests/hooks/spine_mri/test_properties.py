"""What holds for every chart, whatever is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cds_service.cds_hooks.response import Indicator
from hooks.spine_mri.decision import decide
from hooks.spine_mri.modifiers import SAF2, SAF3
from hooks.spine_mri.protocol import ENHANCED, Contrast
from hooks.spine_mri.rule import Advise, Urgency
from tests.builders import draft, facts_from, spine
from tests.hooks.spine_mri.stories import chart, person, split

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hooks.spine_mri.advice import Advice
    from tests.builders import Resource

# Other work on the same machine must not fail a test.
unhurried = settings(deadline=None, max_examples=60)

GUARDED = (
    *("NEU1", "NEU2", "NEU3", "NEU4", "NEU6", "INF1", "INF2", "ONC1", "ONC2", "TRA5"),
)
CONDITIONS = (
    *("M54.50", "M54.2", "M54.6", "M54.9", "M54.12", "M54.16", "M48.061", "278860009"),
    *("G83.4", "449813001", "R33.9", "R33.0", "R32", "R15.9", "M54.31", "M54.32"),
    *("M21.371", "713512009", "G82.20", "M46.46", "G06.1", "A41.9", "R78.81", "R50.9"),
    *("C50.911", "C79.51", "C18.9", "Z85.038", "Z85.3", "D05.10", "C44.91"),
    *("226034001", "F11.20", "F11.90", "Z99.2", "B20", "D70.9", "E11.9", "A15.0"),
    *("M80.08XA", "407153006", "M45.6", "W18.30XA", "M50.00", "M81.0", "Z79.01"),
    *("Z33.1", "O80", "N17.9", "N18.4", "Z95.0"),
    *("R70.0", "I10", "J45.909", "N39.3", "Low back pain", "Foot drop", "no fever"),
)
RESULTS = (
    *("88 mg/L", "12 mg/L", "5 mg/L", "1.2 mg/dL", "88", ">5 mg/L", "<20 mg/L", "high"),
)
RATES = ("80 mm/h", "25 mm/h", "31 mm/h", "5 mm/h", "80", ">15 mm/h", "<30 mm/h")
WARMTHS = ("38.6 Cel", "37 Cel", "101 [degF]", "98.6 [degF]", "38.6", "hot")
FILTRATION = ("22 mL/min/{1.73_m2}", "80 mL/min/{1.73_m2}", "<60 mL/min/{1.73_m2}")
ALLERGENS = ("105879004", "426722004", "385420005", "Gadavist")
DEVICES = ("14106009", "Pacemaker")
PROCEDURES = (
    "307280005",
    "175140001",
    "91251008",
    "97161",
    "62323",
    "62326",
    "27151001",
    "229065009",
)
DRUGS = (
    "warfarin",
    "ibuprofen",
    "amoxicillin",
    "infliximab",
    "methotrexate",
    "prednisone",
)
REASONS = ("M54.50", "low back pain", "rule out discitis", "no red flags", "I10", "xyz")
ORDERS = ("72148", "72158", "72149", "72141", "72146", "24968-0", "36531-2", "30855-1")
PERSONS = ("male 30", "male 70", "female 30", "female 80", "other 30", "male")
# Each of these alone is a red flag, so that it must show whatever else is on record.
RED_FLAGS = (
    *("has G83.4 @ 3 days", "has 449813001 @ 80 days", "has R15.9", "has M21.371"),
    *("has M46.46 @ 500 days", "has A41.9 @ 80 days", "has R50.9 @ 14 days"),
    *("lab 1988-5 88 mg/L @ 0 days", "temp 38.6 Cel @ 1 day", "has R79.82 @ 30 days"),
    *("has C50.911", "has C79.51 @ 900 days", "had C50.911 @ 9000 days"),
    *("suspects C61 @ 30 days", "suspects G83.4 @ 30 days", "has Z85.3"),
)

# Neither hides a red flag, nor is one.
RISKS = (
    *("lab 98979-8 22 mL/min/{1.73_m2} @ 3 days", "wears 14106009"),
    *("did 307280005 @ 900 days", "allergic 385420005"),
)
NO_CONTRAST = (
    "has Z33.1 @ 90 days",
    "lab 2106-3 Positive @ 9 days",
    "allergic Gadavist",
)
AGES = st.sampled_from((0, 1, 6, 8, 13, 15, 29, 31, 41, 42, 89, 91, 364, 366, 4000))


def _items(word: str, whats: Sequence[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda what, age: f"{word} {what} @ {age} days", st.sampled_from(whats), AGES
    )


ITEMS = st.one_of(
    _items("has", CONDITIONS),
    st.sampled_from(CONDITIONS).map(lambda what: f"has {what}"),
    _items("had", CONDITIONS),
    _items("suspects", CONDITIONS),
    _items("lab 1988-5", RESULTS),
    _items("lab 4537-7", RATES),
    _items("temp", WARMTHS),
    _items("did", PROCEDURES),
    _items("takes", DRUGS),
    _items("lab 98979-8", FILTRATION),
    _items("lab 2106-3", ("Positive", "Negative")),
    _items("allergic", ALLERGENS),
    _items("wears", DEVICES),
    _items("referred", ("308482002", "91251008")),
)
STORIES = st.lists(ITEMS, max_size=7).map("; ".join)
DRAFTS = st.builds(
    lambda code, reasons, priority: draft(code, reasons, priority=priority),
    st.sampled_from(ORDERS),
    st.lists(st.sampled_from(REASONS), max_size=2),
    st.sampled_from(("routine", "urgent", "stat")),
)
WHO = st.sampled_from(PERSONS)
# Ways in which a resource cannot be read any more.
SPOILED = st.sampled_from(
    (
        {"code": {"coding": [{"userSelected": True}]}},
        {"code": None, "medicationCodeableConcept": None},
        {"onsetDateTime": "lately", "performedDateTime": "lately"},
        {"valueQuantity": {"value": "x"}, "valueString": None},
        {"effectiveDateTime": "yesterday"},
        {"status": "who-knows"},
    )
)


def advised(
    resources: Sequence[Resource], order: Resource, missing: Sequence[str] = ()
) -> Advice:
    """Decide about a chart and an order."""
    return decide(facts_from(resources, order, missing=missing))


def appears(before: Advice, after: Advice) -> bool:
    """Whether `after` is against and `before` was not."""
    return after.advise is Advise.AGAINST and before.advise is not Advise.AGAINST


@pytest.mark.fault(28)
@unhurried
@given(story=STORIES, who=WHO, order=DRAFTS, flag=st.sampled_from(RED_FLAGS))
def test_a_red_flag_never_makes_against_appear(
    story: str, who: str, order: Resource, flag: str
) -> None:
    """With a red flag on record nobody is advised against the scan."""
    after = advised([*person(who), *chart(f"{story}; {flag}")], order)

    assert after.advise is not Advise.AGAINST


@unhurried
@given(story=STORIES, who=WHO, order=DRAFTS, more=_items("has", CONDITIONS))
def test_a_diagnosis_of_red_flags_never_makes_against_appear(
    story: str, who: str, order: Resource, more: str
) -> None:
    """One more diagnosis never does, but for the pain whose age it tells."""
    before = advised([*person(who), *chart(story)], order)
    after = advised([*person(who), *chart(f"{story}; {more}")], order)

    tells_of_pain = more.startswith(("has M5", "has M48", "has 27", "has Low"))
    # A chart that was empty is no longer.
    settled = before.no_history or tells_of_pain
    assert settled or not appears(before, after)


@pytest.mark.fault(28)
@unhurried
@example(
    "lab 4537-7 25 mm/h @ 1 day; has M54.50 @ 3 days", "female 30", draft(), "patient"
)
@given(
    story=STORIES,
    who=WHO,
    order=DRAFTS,
    hidden=st.sampled_from(tuple(spine().prefetch)),
)
def test_hiding_a_query_never_makes_against_appear(
    story: str, who: str, order: Resource, hidden: str
) -> None:
    """What is not seen may be there."""
    resources = [*person(who), *chart(story)]

    before, after = advised(resources, order), advised(resources, order, [hidden])

    assert not appears(before, after)


@pytest.mark.fault(28)
@unhurried
@given(
    story=STORIES.filter(bool), who=WHO, order=DRAFTS, spoiled=SPOILED, place=st.data()
)
def test_spoiling_a_resource_never_makes_against_appear(
    story: str, who: str, order: Resource, spoiled: Resource, place: st.DataObject
) -> None:
    """What cannot be read may say anything."""
    resources = chart(story)
    index = place.draw(st.integers(0, len(resources) - 1))
    broken = {**resources[index], **spoiled}
    after = [*resources[:index], broken, *resources[index + 1 :]]

    assert not appears(
        advised([*person(who), *resources], order),
        advised([*person(who), *after], order),
    )


@unhurried
@given(story=STORIES, who=WHO, order=DRAFTS, hidden=st.sampled_from(("", "vitals")))
def test_the_guard(story: str, who: str, order: Resource, hidden: str) -> None:
    """A matched red flag is never advised against; an emergency is critical."""
    advice = advised([*person(who), *chart(story)], order, split(hidden))

    matched = [one.rule.id for one in advice.judged if one.matched]
    if any(rule.startswith(GUARDED) for rule in matched):
        assert advice.advise is not Advise.AGAINST
    if advice.urgency is Urgency.IMMEDIATE:
        assert advice.advise in {Advise.FOR, Advise.CHANGE}
        assert advice.indicator is Indicator.CRITICAL


@unhurried
@given(story=STORIES, who=WHO, order=DRAFTS, risk=st.sampled_from(RISKS))
def test_kidneys_and_implants_change_no_answer(
    story: str, who: str, order: Resource, risk: str
) -> None:
    """They make a card louder and add a line; the scan stays as it was."""
    before = advised([*person(who), *chart(story)], order)
    after = advised([*person(who), *chart(f"{story}; {risk}")], order)

    assert after.protocol == before.protocol
    assert after.rule_id == before.rule_id
    assert after.advise is before.advise
    assert after.urgency is before.urgency


@unhurried
@given(story=STORIES, who=WHO, order=DRAFTS, reason=st.sampled_from(NO_CONTRAST))
def test_contrast_is_never_advised_against_the_patient(
    story: str, who: str, order: Resource, reason: str
) -> None:
    """In pregnancy never; after a reaction never without a second choice."""
    advice = advised([*person(who), *chart(f"{story}; {reason}")], order)

    pregnant, reacted = (one.id in advice.modifiers for one in (SAF2, SAF3))
    plain = advice.protocol.target is Contrast.WITHOUT
    enhanced = Contrast(advice.facts.order.technique) in ENHANCED
    assert plain or not pregnant
    assert plain or not reacted or not enhanced or advice.protocol.second_choice
    if (pregnant or reacted) and enhanced:
        assert advice.advise is not Advise.FOR
