"""How to disagree: coded reasons that fit the rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hooks.spine_mri.override_reasons import (
    ALWAYS,
    CARE_ELSEWHERE,
    ELSEWHERE,
    FAMILIES,
    override_reasons,
)
from hooks.spine_mri.rules import RULES
from tests.hooks.spine_mri.offers.shown import led_by
from tests.hooks.spine_mri.stories import advice_for, card
from tests.tables import each

if TYPE_CHECKING:
    from cds_service.cds_hooks.response import Coding

EVERY: tuple[Coding, ...] = tuple(
    dict.fromkeys((*ALWAYS, *ELSEWHERE, *(one for _, ones in FAMILIES for one in ones)))
)
PAIN = {"chart": "has M54.50 @ 20 days"}


@each(
    """
    chart                                        | order | priority | offered | why
    has M54.50 @ 50 days                         | 72148 |          | yes     | a warning
    has 449813001 @ 3 days                       | 72148 |          | yes     | critical, priority too low
    has 449813001 @ 3 days                       | 72148 | stat     | no      | for, and all is right
    has M46.46                                   | 72148 | stat     | yes     | a change
    has M54.16 @ 50 days; did 91251008 @ 45 days | 72148 |          | no      | for
    """
)
def test_where_they_are_offered(row: dict[str, str]) -> None:
    """Wherever there is something to override, and nowhere else."""
    offered = card(row).override_reasons

    assert bool(offered) == (row["offered"] == "yes")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.id}-{rule.priority}")
@pytest.mark.parametrize("advise", ["change", "against", "uncertain"])
def test_four_are_offered_whatever_the_rule(rule: object, advise: str) -> None:
    """A red flag we cannot see, radiology, imaging elsewhere, an operation."""
    offered = override_reasons(led_by(advice_for(PAIN), rule.id, advise))  # type: ignore[attr-defined]

    assert offered[:4] == ALWAYS
    assert len(set(offered)) == len(offered)


@each(
    """
    rule                     | advise    | says                                       | why
    NON1                     | against   | Required for referral                      | a surgeon or an insurer asks for it
    NON1                     | against   | Patient cannot wait: urgent clinical judgement | the doctor saw the patient, we did not
    PER2                     | change    | Six weeks of treatment done, not in the record | the commonest gap of a chart
    DUP1                     | against   | New or worse since the last scan           | what makes a second scan worth it
    INF1-probable            | change    | Patient has contraindication to recommended action | contrast
    ONC2-history             | change    | Recommended action was already completed   | the radiograph was taken
    INF2-high-risk-host      | for       | Finding is old or explained                | a fever from elsewhere
    NEU1-cauda-equina        | for       | Treatment or service is not practically available | no scanner at night
    TRA1-high-energy         | change    | Finding is old or explained                | an old injury
    AXS1                     | change    | Required for referral                      | the rheumatologist wants the spine
    OUT1-other-indication    | uncertain | Required for referral                      | whatever has no family
    """
)
def test_reasons_of_a_family(row: dict[str, str]) -> None:
    """Each family of rules is overridden for reasons of its own."""
    urgent = advice_for({"chart": "has M46.46"})

    offered = override_reasons(led_by(urgent, row["rule"], row["advise"]))

    assert row["says"] in {one.display for one in offered}


@each(
    """
    chart                                                 | order | offered | why
    has M54.50 @ 50 days                                  | 72148 | yes     | no treatment is on record
    has M54.50 @ 50 days; did 91251008 @ 45 days          | 72148 | no      | it is on record, a plan is not
    has M54.16 @ 50 days; did 91251008 @ 45 days          | 72158 | no      | nor where contrast is to be changed
    has M54.50 @ 20 days                                  | 72148 | yes     | simple pain
    """
)
def test_treatment_is_not_asked_for_twice(row: dict[str, str]) -> None:
    """Six weeks on record need not be said to be done."""
    offered = card(row).override_reasons

    assert offered
    assert (CARE_ELSEWHERE in offered) is (row["offered"] == "yes")


def test_a_gap_is_overridden_as_a_gap() -> None:
    """Where data are missing, nothing is said of the treatment."""
    offered = override_reasons(advice_for({}))

    assert offered == (*ALWAYS, *ELSEWHERE)


def test_every_reason_is_complete() -> None:
    """Code, system and display, and no code twice."""
    assert all(one.code and one.system and one.display for one in EVERY)
    assert len({(one.system, one.code) for one in EVERY}) == len(EVERY)
