"""Can a suspected compression of the cord wait for a day?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cds_service.reasoning.plain import Judgement, Verdict
from cds_service.reasoning.truth import Truth
from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.criteria.cord import CORD_SUSPECTED
from hooks.spine_mri.criteria.neurology import MAJOR_ELEMENTS

if TYPE_CHECKING:
    from cds_service.facts.model import Fact, Facts

ACUTE = timedelta(days=14)
# An elective order names a myelopathy without a date; these are never elective.
NEVER_ELECTIVE = (
    *MAJOR_ELEMENTS,
    codes.URINARY_INCONTINENCE_NEW,
    codes.BILATERAL_LEG_WEAKNESS,
    codes.CORD_MOTOR_DEFICIT,
)
CORD_ELEMENTS = (*NEVER_ELECTIVE, codes.MYELOPATHY, codes.GAIT_OR_SENSORY_SIGN)
STATED = frozenset(one.id for one in NEVER_ELECTIVE)


def cord_facts(facts: Facts) -> tuple[Fact, ...]:
    """The facts for which compression of the cord is suspected."""
    signs = [fact for one in CORD_ELEMENTS for fact in facts.coded.get(one.id, ())]
    behind = frozenset(CORD_SUSPECTED.assess(facts).basis) if signs else ()
    return tuple(fact for fact in signs if fact.basis in behind)


def _judge(facts: Facts) -> Verdict:
    acute = [fact.basis for fact in cord_facts(facts) if _is_acute(fact, facts)]
    return Verdict(Truth.of(value=bool(acute)), tuple(acute))


def _is_acute(fact: Fact, facts: Facts) -> bool:
    if fact.stated and fact.value_set in STATED:
        return True
    return fact.when is not None and fact.when.age_at_most(facts.as_of, ACUTE)


CORD_EMERGENCY = Judgement(
    id="cord-emergency",
    title="Cord compression that cannot wait",
    condition=(
        f"a sign of it dated within {ACUTE.days} days, or paraparesis, tetraparesis or "
        "sphincter loss stated in the order"
    ),
    needs=CORD_SUSPECTED.needs,
    judge=_judge,
)
