"""Judge so that a fault of ours costs what rests on it, and no more."""

from __future__ import annotations

from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING

from cds_service.facts.model import Fault
from cds_service.reasoning.finding import Finding
from cds_service.reasoning.truth import Truth

if TYPE_CHECKING:
    from cds_service.facts.model import Facts
    from cds_service.reasoning.finding import Criterion


def guarded(
    rule: str, criterion: Criterion, facts: Facts
) -> tuple[Finding, Fault | None]:
    """Judge *criterion*; where that fails the answer is unknown, and unseen.

    What the program cannot judge may be anything, so no answer is against.
    """
    try:
        return criterion.assess(facts), None
    except Exception as error:  # noqa: BLE001 - the one guard around a rule
        last = extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}:{last.lineno}"
        fault = Fault(rule, type(error).__name__, where)
        return Finding(criterion, Truth.UNKNOWN, unseen=True), fault
