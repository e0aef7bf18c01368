"""Is the patient pregnant?

A pregnancy on record counts for 300 days, until its end is on record or the problem
is closed; one without a date is asked about rather than passed over, and one that the
order gives as its reason is one of now.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from cds_service.fhir.prefetch import key_of
from cds_service.knowledge.requirement import DataRequirement
from cds_service.knowledge.value_set import Role
from cds_service.reasoning.coded import counted, dated_within
from cds_service.reasoning.combination import any_of, unless
from cds_service.reasoning.measured import AboveOwnRange
from cds_service.reasoning.plain import Judgement, Verdict
from cds_service.reasoning.truth import Truth
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.citations import ACOG_723

if TYPE_CHECKING:
    from cds_service.facts.model import Fact, Facts

LASTS = timedelta(days=300)
TEST_COUNTS = timedelta(days=60)
# In m[IU]/mL; what a laboratory calls its own limit outweighs it.
HCG_LIMIT = Decimal(5)
MALE = "male"
NEEDS = frozenset({DataRequirement("Condition", None, codes.PREGNANCY.id)})
KEYS = tuple(sorted({key_of(need) for need in NEEDS}))


def _judge(facts: Facts) -> Verdict:
    found = facts.coded.get(codes.PREGNANCY.id, ())
    ends = [one for one in found if one.role is Role.EXCLUDE]
    current = [
        one for one in found if _is_current(one, facts) and not _ended(one, ends)
    ]
    if current:
        return Verdict(Truth.YES, tuple(one.basis for one in current))
    unseen = not facts.sees(KEYS)
    return Verdict(Truth.UNKNOWN if unseen else Truth.NO, unseen=unseen)


def _is_current(fact: Fact, facts: Facts) -> bool:
    fresh = fact.when is None or dated_within(fact, LASTS, facts.as_of)
    stands = fact.role is Role.INCLUDE and fact.active
    return stands and fresh and counted(fact, facts.as_of)


def _ended(fact: Fact, ends: list[Fact]) -> bool:
    """Whether a birth or loss is known to have come after."""
    return any(
        fact.when and end.when and end.when.first > fact.when.last for end in ends
    )


ON_RECORD = Judgement(
    id="pregnancy",
    title="Pregnancy on record",
    condition=(
        f"{codes.PREGNANCY.title}, active, dated within {LASTS.days} days, without a "
        "date or given by the order as its reason, and no birth or loss dated later"
    ),
    needs=NEEDS,
    judge=_judge,
    citation=ACOG_723,
)
TEST_POSITIVE = AboveOwnRange(
    id="pregnancy-test-positive",
    title="Pregnancy test positive",
    codes=codes.PREGNANCY_TEST,
    unit="m[IU]/mL",
    within=TEST_COUNTS,
    fallback=lambda _: HCG_LIMIT,
    fallback_words=f"positive, or above {HCG_LIMIT} m[IU]/mL",
)
IS_MALE = Judgement(
    id="male",
    title="Sex on record is male",
    condition="administrative gender is male",
    needs=frozenset({DataRequirement("Patient")}),
    judge=lambda facts: Verdict(Truth.of(value=facts.person.sex == MALE)),
)
PREGNANT = unless(
    "pregnant",
    "Pregnant",
    any_of(
        "pregnancy-or-test", "Pregnancy, or a positive test", ON_RECORD, TEST_POSITIVE
    ),
    IS_MALE,
)
