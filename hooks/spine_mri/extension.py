"""The advice for machines, beside its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hooks.spine_mri.cautions import said
from hooks.spine_mri.definitions import WHOLE_SPINE
from hooks.spine_mri.knowledge import knowledge
from hooks.spine_mri.protocol import Contrast, in_order
from hooks.spine_mri.region import advised_sites
from hooks.spine_mri.rule import Advise, ContrastRow
from hooks.spine_mri.unseen import left_out
from hooks.spine_mri.wording import open_questions

if TYPE_CHECKING:
    from cds_service.reasoning.finding import Finding
    from hooks.spine_mri.advice import Advice
    from hooks.spine_mri.unseen import Gap

NAME = "spine-mri.advice"
COMPLETE, TARGETED = "complete", "targeted"
# Without something to scan there is nothing to say about how.
UNADVISED = frozenset(
    {
        *("orders", "advise", "rule", "rules", "reasons", "openQuestions"),
        *("knowledge", "appropriateness", "unseen", "leftOut"),
    }
)


def extension(advice: Advice) -> dict[str, Any]:
    """Write the advice as JSON; members without a value are left out."""
    members = {
        "orders": list(advice.facts.order.references),
        "advise": advice.advise.value,
        "protocol": _protocol(advice),
        **_where(advice),
        "urgency": advice.urgency.word,
        "appropriateness": _appropriateness(advice),
        "rule": advice.rule_id,
        "rules": _rules(advice),
        "reasons": [_reason(finding) for finding in _settled(advice)],
        "openQuestions": [one.criterion.id for one in open_questions(advice)],
        "unseen": [_unseen(gap) for gap in _gaps(advice)],
        "leftOut": [
            {"what": what, "number": number}
            for what, number in left_out(advice.facts).items()
        ],
        "knowledge": knowledge(advice.facts.practice),
    }
    kept = UNADVISED if _gives_no_scan(advice) else frozenset(members)
    told = {name: value for name, value in members.items() if value and name in kept}
    return {NAME: told}


def _gaps(advice: Advice) -> tuple[Gap, ...]:
    """The gaps; beside advice against stand only those that may hide something."""
    return advice.missing if advice.advise is Advise.AGAINST else advice.gaps


def _unseen(gap: Gap) -> dict[str, str]:
    told = {"query": gap.query, "state": gap.state.value}
    return {**told, "cause": gap.cause.value} if gap.cause else told


def _gives_no_scan(advice: Advice) -> bool:
    return advice.advise is Advise.AGAINST or advice.kept_from_against


def _appropriateness(advice: Advice) -> str | None:
    """Give ACR's grade of what the lead rule is about; a gap has none."""
    grade = advice.appropriateness
    return None if grade is None or advice.kept_from_against else grade.value


def _protocol(advice: Advice) -> str:
    unstated = advice.facts.order.technique == Contrast.UNSPECIFIED
    if unstated and advice.lead.rule.contrast is ContrastRow.EITHER:
        return "either"
    return advice.protocol.target.value


def _where(advice: Advice) -> dict[str, Any]:
    sites = advised_sites(advice)
    if not sites:
        return {}
    extent = COMPLETE if sites >= WHOLE_SPINE else TARGETED
    return {"extent": extent, "region": list(in_order(sites))}


def _rules(advice: Advice) -> list[str]:
    matched = (one.rule.id for one in advice.matched)
    fired = [one for one in matched if one != "NON1" or advice.lead.rule.id == "NON1"]
    return list(dict.fromkeys((*fired, *advice.modifiers)))


def _settled(advice: Advice) -> tuple[Finding, ...]:
    """The criteria behind the lead, every further red flag and caution, each once."""
    facts = advice.facts
    found = [judged.finding for judged in (advice.lead, *advice.added)]
    asked = (one.criterion for one in said(advice))
    found += [one.assess(facts) for one in asked if one is not None]
    held = (leaf for finding in found for leaf in finding.held(facts) if leaf.basis)
    return tuple({leaf.criterion.id: leaf for leaf in held}.values())


def _reason(finding: Finding) -> dict[str, Any]:
    return {
        "criterion": finding.criterion.id,
        "title": finding.criterion.title,
        "truth": finding.truth.name.lower(),
        "basis": [
            {
                "reference": basis.reference,
                "display": basis.display,
                **({"recorded": basis.recorded.isoformat()} if basis.recorded else {}),
            }
            for basis in finding.basis
        ],
    }
