"""The newest result against the highest before it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from cds_service.reasoning.fall import MeasuredFall
from hooks.spine_mri import value_sets as codes
from tests.builders import facts_from
from tests.hooks.spine_mri.stories import chart, facts_of
from tests.tables import judges

FALL = MeasuredFall(
    id="weight-fall",
    title="Weight down",
    codes=codes.BODY_WEIGHT,
    fraction=Decimal("0.05"),
    within=timedelta(days=365),
    fresh=timedelta(days=90),
    apart=timedelta(days=14),
    category="vital-signs",
)

test_fall = judges(
    FALL,
    """
    chart                                              | missing | expected | unseen | why
                                                       |         | unknown  |        | never weighed
                                                       | vitals  | unknown  | unseen | vital signs were not supplied
    weighs 95 kg @ 0 days                              |         | unknown  |        | weighed once
    weighs 95 kg @ 0 days; weighs 100 kg @ 100 days    |         | yes      |        | at the limit
    weighs 95.1 kg @ 0 days; weighs 100 kg @ 100 days  |         | no       |        | just above it
    weighs 100 kg @ 0 days; weighs 95 kg @ 100 days    |         | no       |        | gained
    weighs 95 kg @ 90 days; weighs 100 kg @ 200 days   |         | yes      |        | newest weight, last valid moment
    weighs 95 kg @ 91 days; weighs 100 kg @ 200 days   |         | unknown  |        | nobody weighed since
    weighs 95 kg @ 0 days; weighs 100 kg @ 365 days    |         | yes      |        | highest weight, last valid moment
    weighs 95 kg @ 0 days; weighs 100 kg @ 366 days    |         | unknown  |        | longer ago
    weighs 95 kg @ 0 days; weighs 100 kg @ 14 days     |         | yes      |        | far enough apart
    weighs 95 kg @ 0 days; weighs 100 kg @ 13 days     |         | unknown  |        | too close: water, not tissue
    weighs 95 kg @ 0 days; weighs 100 kg @ 300 days; weighs 96 kg @ 100 days | | yes | | the highest counts, not the last before it
    weighs 99 kg @ 0 days; weighs 90 kg @ 30 days; weighs 100 kg @ 300 days | | no |  | lost and regained
    weighs 209 [lb_av] @ 0 days; weighs 100 kg @ 100 days |      | yes      |        | pounds against kilograms
    weighs 95000 g @ 0 days; weighs 100 kg @ 100 days  |         | yes      |        | grams
    weighs 95 @ 0 days; weighs 100 kg @ 100 days       |         | unknown  | unseen | a number without a unit may be any weight
    weighs 95 @ 0 days; weighs 94 kg @ 1 day; weighs 100 kg @ 100 days | | yes |      | and does not hide the one before
    weighs <95 kg @ 0 days; weighs 100 kg @ 100 days   |         | unknown  |        | nor is a bound
    weighs 950 kg @ 100 days; weighs 95 kg @ 0 days    |         | unknown  | unseen | nobody weighs that much
    weighs 3142-7 95 kg @ 0 days; weighs 100 kg @ 100 days |     | unknown  |        | what the patient says
    weighs 95 kg @ 0 days; weighs 3142-7 100 kg @ 100 days |     | unknown  |        | and said then
    weighs 8344-4 95 kg @ 0 days; weighs 100 kg @ 100 days |     | unknown  |        | after dialysis
    weighs 95 kg @ 0 days; weighs 8347-7 100 kg @ 100 days |     | unknown  |        | before dialysis
    weighs 3141-9 95 kg @ 0 days; weighs 100 kg @ 100 days |     | yes      |        | measured, under another code
    weighs 8351-9 95 kg @ 0 days; weighs 8350-1 100 kg @ 100 days | | unknown |       | without clothes against with them
    weighs 8351-9 95 kg @ 0 days; weighs 8351-9 100 kg @ 100 days | | yes    |        | without clothes both times
    weighs 95 kg @ 0 days; weighs 100 kg @ 100 days    | conditions | yes   |        | another query
    weighs 99 kg @ 0 days; weighs 100 kg @ 100 days    |         | no       |        | a little less
    """,
    facts_of,
)


@pytest.mark.parametrize(
    ("story", "basis"),
    [
        (
            "weighs 95 kg @ 0 days; weighs 100 kg @ 100 days",
            ["Down 5 %: Weight 95 kg", "Weight 100 kg"],
        ),
        (
            "weighs 158 [lb_av] @ 0 days; weighs 171 [lb_av] @ 99 days",
            ["Down 8 %: Weight 158 [lb_av]", "Weight 171 [lb_av]"],
        ),
        ("weighs 99 kg @ 0 days; weighs 100 kg @ 100 days", ["Weight 99 kg"]),
    ],
)
def test_what_it_rests_on(story: str, basis: list[str]) -> None:
    """Both weights and how far it fell; the newest alone where it did not."""
    found = FALL.assess(facts_from(chart(story))).basis

    assert [one.display for one in found] == basis


def test_its_condition() -> None:
    """What the clinical page says of it."""
    assert FALL.condition == (
        "Body weight: newest result, no older than 90 days, 5 % or more below the "
        "highest of the same kind in 365 days that is 14 days older or more"
    )
