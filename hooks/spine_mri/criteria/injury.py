"""Which injuries of the spine were of high energy, and when."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cds_service.knowledge.value_set import Role
from cds_service.reasoning.coded import counted, dated_within, has
from cds_service.reasoning.plain import age_of
from cds_service.reasoning.truth import Truth
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.criteria.neurology import AFTER_CARE

if TYPE_CHECKING:
    from collections.abc import Callable

    from cds_service.facts.model import Fact, Facts

HIGH_ENERGY = "energy=high"
# A broken vertebra alone is high energy only in someone whose bone is sound.
VERTEBRAL = "kind=vertebral-fracture"
SOUND_BONE_BELOW = 65
RECENT = timedelta(days=90)
OSTEOPOROSIS = has(codes.OSTEOPOROSIS)


def high_energy(facts: Facts, within: timedelta) -> tuple[Fact, ...]:
    """Give the high-energy injuries of the spine in *within*."""
    return _forceful(facts, lambda fact: dated_within(fact, within, facts.as_of))


def of_unknown_day(facts: Facts) -> tuple[Fact, ...]:
    """Give those that are over, have no date, and may be of the last months."""
    return _forceful(facts, lambda fact: _may_be_recent(fact, facts))


def _may_be_recent(fact: Fact, facts: Facts) -> bool:
    undated = not (fact.active or fact.stated or fact.when)
    return undated and (
        fact.ended is None or fact.ended.age_at_most(facts.as_of, RECENT)
    )


def _forceful(facts: Facts, counts: Callable[[Fact], bool]) -> tuple[Fact, ...]:
    found = [
        fact
        for fact in facts.coded.get(codes.RECENT_TRAUMA.id, ())
        if fact.role is Role.INCLUDE
        and HIGH_ENERGY in fact.tags
        and not AFTER_CARE & fact.tags
        and counted(fact, facts.as_of)
        and counts(fact)
    ]
    forceful = any(VERTEBRAL not in fact.tags for fact in found)
    sound = forceful or not found or _has_sound_bone(facts)
    return tuple(one for one in found if sound or VERTEBRAL not in one.tags)


def _has_sound_bone(facts: Facts) -> bool:
    age = age_of(facts)
    young = age is None or age[0] < SOUND_BONE_BELOW
    return young and OSTEOPOROSIS.assess(facts).truth is not Truth.YES
