"""Is a tumour of the spine suspected?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.fhir.prefetch import key_of
from cds_service.knowledge.requirement import DataRequirement
from cds_service.knowledge.value_set import Role
from cds_service.reasoning.coded import (
    ORDER,
    counted,
    has,
    suspected,
)
from cds_service.reasoning.combination import any_of
from cds_service.reasoning.limit import span
from cds_service.reasoning.plain import Judgement, Verdict, found_or_seen
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.citations import ACP_2011, ACR_LOW_BACK_PAIN, NICE_NG234
from hooks.spine_mri.limits import CANCER_REMOTE_AFTER

if TYPE_CHECKING:
    from cds_service.facts.model import Fact, Facts
    from cds_service.facts.timing import Moment

PAST_NEEDS = frozenset(
    DataRequirement("Condition", None, one.id)
    for one in (
        codes.MALIGNANCY_HISTORY,
        codes.MALIGNANCY_ACTIVE,
        codes.BONE_SEEKING_CANCER,
    )
)
KEYS = (*sorted({key_of(need) for need in PAST_NEEDS}), ORDER)

SPINE_MALIGNANCY = has(codes.SPINE_OR_BONE_MALIGNANCY)
CANCER_ACTIVE = any_of(
    "cancer-active",
    "Active or suspected cancer",
    has(codes.MALIGNANCY_ACTIVE),
    SPINE_MALIGNANCY,
    suspected(codes.MALIGNANCY_ACTIVE),
    has(
        codes.MALIGNANCY_ACTIVE,
        "lung-cancer-suspected",
        "Suspected lung cancer",
        roles=frozenset({Role.UNCERTAIN}),
        tags=frozenset({"kind=suspicion"}),
    ),
    citation=NICE_NG234,
)


def past_cancers(facts: Facts) -> tuple[Fact, ...]:
    """Cancers that are over: by a history code, by status, or by their role."""
    history = [
        fact
        for fact in facts.coded.get(codes.MALIGNANCY_HISTORY.id, ())
        if fact.role is Role.INCLUDE
    ]
    once_active = [
        fact
        for fact in facts.coded.get(codes.MALIGNANCY_ACTIVE.id, ())
        if fact.role is Role.HISTORY or (fact.role is Role.INCLUDE and not fact.active)
        # A suspicion that was dropped has never been a cancer.
        if counted(fact, facts.as_of)
    ]
    return (*history, *once_active)


def _last_date(fact: Fact) -> Moment | None:
    """The latest date a past cancer is known by: onset, recorded or ended."""
    known = [when for when in (fact.when, fact.recorded, fact.ended) if when]
    return max(known, key=lambda when: when.last, default=None)


def _is_remote(fact: Fact, facts: Facts) -> bool:
    """Whether it ended over ten years ago and does not seek the bone."""
    last = _last_date(fact)
    if last is None or last.age_at_most(
        facts.as_of, span(CANCER_REMOTE_AFTER, facts.practice)
    ):
        return False
    return fact.basis.reference not in bone_seeking(facts)


def bone_seeking(facts: Facts) -> frozenset[str]:
    """The resources that name a cancer prone to spread to bone."""
    seeking = facts.coded.get(codes.BONE_SEEKING_CANCER.id, ())
    return frozenset(fact.basis.reference for fact in seeking)


def _past(facts: Facts, *, remote: bool) -> Verdict:
    found = (
        fact.basis for fact in past_cancers(facts) if _is_remote(fact, facts) is remote
    )
    return found_or_seen(found, facts, KEYS)


CANCER_PAST = Judgement(
    id="cancer-past",
    title="Cancer in the past ten years, or one prone to spread to bone",
    condition=(
        "past cancer, other than non-melanoma skin cancer and in situ; its latest date "
        f"unknown, within {CANCER_REMOTE_AFTER.days} days, or the cancer seeks bone"
    ),
    needs=PAST_NEEDS,
    judge=lambda facts: _past(facts, remote=False),
    citation=ACR_LOW_BACK_PAIN,
)
CANCER_REMOTE = Judgement(
    id="cancer-remote",
    title="Cancer more than ten years ago",
    condition=f"past cancer, every date more than {CANCER_REMOTE_AFTER.days} days ago",
    needs=PAST_NEEDS,
    judge=lambda facts: _past(facts, remote=True),
    citation=ACP_2011,
)


def _ever(facts: Facts) -> Verdict:
    return found_or_seen((fact.basis for fact in past_cancers(facts)), facts, KEYS)


CANCER_EVER = any_of(
    "cancer-ever",
    "Cancer, now or at any time",
    CANCER_ACTIVE,
    Judgement(
        id="cancer-past-any",
        title="Cancer in the past, however long ago",
        condition="past cancer, other than non-melanoma skin cancer and in situ",
        needs=PAST_NEEDS,
        judge=_ever,
    ),
)
