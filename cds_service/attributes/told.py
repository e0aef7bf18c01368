"""The source attributes of a service, as they are written to the wire.

The thirteen of evidence-based decision support stand in the order of 45 CFR
170.315(b)(11)(iv)(A); the rest is what makes them worth reading. Inputs, logic and
what the site has changed are derived, so that they cannot say otherwise than the
program does.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from cds_service.attributes.inputs import inputs
from cds_service.reasoning.outline import tree

if TYPE_CHECKING:
    from cds_service.knowledge.citation import Citation
    from cds_service.knowledge.practice import LocalChange, Practice
    from cds_service.operations.readiness import SelfTest
    from cds_service.presentation.source_attributes import (
        RuleSummary,
        SourceAttributes,
    )
    from cds_service.reasoning.finding import Criterion
    from cds_service.service import Service
    from cds_service.switches import Switches

    Told = dict[str, Any]

REGULATION = "45 CFR 170.315(b)(11)(iv)(A)"


def told(
    service: Service[Any],
    content: SourceAttributes,
    switches: Switches,
    tested: SelfTest,
) -> Told:
    """Write everything there is to know of a service.

    Args:
        service: what is spoken of.
        content: what its content says of itself.
        switches: which of its cards are sent here.
        tested: what the vignettes came to in this process.
    """
    return {
        "service": _service(service),
        "regulation": REGULATION,
        "attributes": _thirteen(content),
        "intendedUse": content.intended_use,
        "users": content.users,
        "outOfScope": content.out_of_scope,
        "inputs": inputs(service),
        "logic": _logic(content),
        "knownLimits": list(content.limits),
        "review": _review(content),
        "knowledge": {"version": content.version, "sha256": content.digest},
        "localChanges": _local_changes(service.practice),
        "switches": asdict(switches),
        "accuracy": _accuracy(content, tested),
    }


def _service(service: Service[Any]) -> Told:
    return {
        "id": service.id,
        "hook": service.hook,
        "title": service.title,
        "description": service.description,
    }


def _thirteen(content: SourceAttributes) -> list[Told]:
    dates = {
        "released": content.released.isoformat(),
        "revised": content.revised.isoformat(),
    }
    named: tuple[tuple[str, object], ...] = (
        ("bibliographic citations", [citation(one) for one in content.citations]),
        ("developer", content.developer),
        ("funding source", content.funding),
        ("release and revision dates", dates),
        *(
            (f"use of {one.element}", {"used": one.used, "how": one.how})
            for one in content.uses
        ),
    )
    return [
        {"number": number, "attribute": name, "value": value}
        for number, (name, value) in enumerate(named, 1)
    ]


def citation(cited: Citation) -> Told:
    """Write where a statement can be read."""
    told_ = {"id": cited.id, "label": cited.label, "url": cited.url}
    return {**told_, "year": cited.year} if cited.year else told_


def _logic(content: SourceAttributes) -> Told:
    return {
        "inWords": list(content.how_it_decides),
        "rules": [_rule(one) for one in content.rules],
        "criteria": _criteria(content),
    }


def _rule(rule: RuleSummary) -> Told:
    members = {
        "id": rule.id,
        "says": rule.says,
        "advises": rule.advises,
        "urgency": rule.urgency,
        "when": rule.when,
        "criterion": rule.criterion.id if rule.criterion else "",
        "urgencies": [
            {"urgency": urgency, "criterion": one.id} for urgency, one in rule.urgencies
        ],
        "citations": [one.id for one in rule.citations],
    }
    return {name: value for name, value in members.items() if value}


def _criteria(content: SourceAttributes) -> dict[str, Told]:
    """Write every question behind the rules once, by its id."""
    roots = [root for rule in content.rules for root in rule.criteria]
    return {one.id: _criterion(one) for one in tree(roots)}


def _criterion(criterion: Criterion) -> Told:
    members = {
        "title": criterion.title,
        "condition": criterion.condition,
        "citation": criterion.citation.id if criterion.citation else "",
        "parts": [part.id for part in criterion.parts],
    }
    return {name: value for name, value in members.items() if value}


def _review(content: SourceAttributes) -> Told:
    return {
        "byClinicians": [
            {"by": one.by, "on": one.on.isoformat(), "edition": one.edition}
            for one in content.reviews
        ],
        "due": content.review_due.isoformat(),
    }


def _local_changes(practice: Practice) -> Told:
    return {
        "site": practice.site,
        "changes": [_change(one) for one in practice.changes],
    }


def _change(change: LocalChange) -> Told:
    """Write what a site has changed; who answers for it is told to no stranger."""
    return {
        "kind": change.kind,
        "name": change.name,
        "standard": change.before,
        "here": change.now,
        "because": change.why,
    }


def _accuracy(content: SourceAttributes, tested: SelfTest) -> Told:
    return {
        "vignettes": tested.replayed,
        "asAgreed": tested.replayed - len(tested.differing),
        "differing": list(tested.differing),
        "faults": list(tested.faults),
        "meaning": content.vignettes,
    }
