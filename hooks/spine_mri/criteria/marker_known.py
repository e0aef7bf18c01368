"""Is an inflammatory marker known, whatever it says?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.knowledge.requirement import DataRequirement
from cds_service.reasoning.plain import Judgement, Verdict
from cds_service.reasoning.truth import Truth

if TYPE_CHECKING:
    from cds_service.facts.model import Facts
    from cds_service.reasoning.finding import Criterion


def marker_known(id_: str, title: str, *tests: Criterion) -> Judgement:
    """One of *tests* has a result that settles it, one way or the other.

    A result that only bounds the value on both sides of the limit, or has no unit,
    settles nothing.
    """

    def judge(facts: Facts) -> Verdict:
        findings = [test.assess(facts) for test in tests]
        settled = [one for one in findings if one.truth is not Truth.UNKNOWN]
        if settled:
            basis = tuple(basis for one in settled for basis in one.basis)
            return Verdict(Truth.YES, basis)
        unseen = any(one.unseen for one in findings)
        return Verdict(Truth.UNKNOWN if unseen else Truth.NO, unseen=unseen)

    return Judgement(
        id=id_,
        title=title,
        condition="one of these is settled, yes or no",
        needs=frozenset[DataRequirement]().union(*(test.needs for test in tests)),
        judge=judge,
        parts=tests,
    )
