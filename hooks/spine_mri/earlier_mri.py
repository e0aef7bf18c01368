"""What an earlier MRI says beside a rule that leads in spite of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.presentation.markdown import evidence
from hooks.spine_mri.criteria.earlier_scan import earlier_scan, since_scan

if TYPE_CHECKING:
    from datetime import date

    from cds_service.facts.model import Basis, Facts
    from hooks.spine_mri.advice import Advice

# From here on an earlier scan is a reason of its own, or pain has outlasted it.
BEFORE = 69
# An early scan without findings does not rule these out.
NEVER_SETTLED = ("INF1", "INF2", "NEU6")
ASKED, SINCE = "Is the finding newer?", "The finding is dated after it."


def earlier_mri(advice: Advice) -> str:
    """Name the scan, for the clinician to compare dates; "" where there is none."""
    scan = earlier_scan(advice.facts)
    if scan is None or scan.when is None or advice.lead.rule.priority >= BEFORE:
        return ""
    told = SINCE if _is_newer(advice, scan.when.last.date()) else ASKED
    return f"Scanned already: {evidence(scan.basis)}. {told}"


def _is_newer(advice: Advice, scanned: date) -> bool:
    """Whether all that the lead rests on came after a day; an order is of today."""
    ordered = frozenset(advice.facts.order.references)
    basis = [one for one in advice.lead.finding.basis if one.reference not in ordered]
    return bool(basis) and all(
        one.recorded is not None and one.recorded > scanned for one in basis
    )


def is_older_than_scan(advice: Advice) -> bool:
    """Whether the scan came after all that the lead rests on, pain included."""
    scan = earlier_scan(advice.facts)
    rule, basis = advice.lead.rule, advice.lead.finding.basis
    if scan is None or scan.when is None or not basis:
        return False
    if rule.priority >= BEFORE or rule.id.startswith(NEVER_SETTLED):
        return False
    day = scan.when.first.date()
    older = all(one.recorded is not None and one.recorded < day for one in basis)
    stated = _states_any(advice.facts, frozenset(basis))
    return older and not stated and not any(since_scan(scan.when, advice.facts))


def _states_any(facts: Facts, basis: frozenset[Basis]) -> bool:
    """Whether the order gives one of these as its reason: then it is of today."""
    return any(
        fact.stated and fact.basis in basis
        for found in facts.coded.values()
        for fact in found
    )
