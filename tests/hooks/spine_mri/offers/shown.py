"""What a card offers about a chart, and about a rule that leads."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hooks.spine_mri.advice import Judged
from hooks.spine_mri.rule import Advise
from hooks.spine_mri.suggestions import identify, suggestions
from tests.hooks.spine_mri.stories import advice_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cds_service.cds_hooks.response import Suggestion
    from hooks.spine_mri.advice import Advice
    from hooks.spine_mri.offers.offered import Offered


CARD = identify("seed")
"""The uuid of the card they stand on."""


def offered(row: Mapping[str, str]) -> tuple[Suggestion, ...]:
    """Give what the card about a row offers."""
    return suggestions(advice_for(row), CARD)


def led_by(advice: Advice, rule_id: str, advise: str) -> Advice:
    """Let a rule of this id and advice lead, with the findings that led before.

    It stands for a rule whose own findings are another test's affair.
    """
    rule = replace(advice.lead.rule, id=rule_id, advise=Advise(advise))
    lead = advice.lead._replace(rule=rule)
    others = tuple(one for one in advice.matched if one is not advice.lead)
    return replace(advice, lead=lead, matched=(lead, *others), advise=rule.advise)


def beside(advice: Advice, rule_id: str) -> Advice:
    """Let a rule of this id match too."""
    rule = replace(advice.lead.rule, id=rule_id)
    more = Judged(rule, advice.lead.finding, matched=True, suppressed=False)
    return replace(advice, matched=(*advice.matched, more))


def codes_of(found: Iterable[Suggestion | Offered]) -> str:
    """Write the actions as "create 30341-2; create 1988-5 urgent; delete"."""
    return "; ".join(
        _action(action.type.value, action.resource or {})
        for one in found
        for action in one.actions
    )


def _action(word: str, resource: Mapping[str, Any]) -> str:
    concept = resource.get("code", {})
    coded = ",".join(one["code"] for one in concept.get("coding", []))
    what = coded or str(concept.get("text", ""))
    return " ".join(part for part in (word, what, resource.get("priority")) if part)
