"""One rule as a clinician reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.presentation.markdown import links, paragraphs, plain
from hooks.spine_mri.disagreements import DISAGREEMENTS
from hooks.spine_mri.pages.layout import heading, rule_anchor, rule_link
from hooks.spine_mri.pages.shown_by import short
from hooks.spine_mri.rule import Advise, Urgency
from hooks.spine_mri.wording import RATINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cds_service.presentation.criteria_list import CriteriaList
    from hooks.spine_mri.modifier import Modifier
    from hooks.spine_mri.rule import Rule

ADVISES = {
    Advise.FOR: "for the scan; a change where contrast or region do not fit",
    Advise.CHANGE: "something else first, or another order",
    Advise.UNCERTAIN: "neither for nor against: a question to the clinician",
    Advise.AGAINST: "against the scan for now; uncertain where data are missing",
}
URGENCIES = {
    Urgency.ROUTINE: "routine",
    Urgency.URGENT: "urgent",
    Urgency.IMMEDIATE: "immediate",
}


def rule_section(rule: Rule, rules: Sequence[Rule], criteria: CriteriaList) -> str:
    """Write everything there is to check about a rule."""
    return paragraphs(
        (
            heading(rule_anchor(rule), rule.id, 3),
            _quoted(rule),
            "\n".join(f"- {name}: {told}" for name, told in _properties(rule, rules)),
            "Holds when:",
            criteria.condition(rule.criterion),
            *_urgencies(rule, criteria),
        )
    )


def _quoted(rule: Rule) -> str:
    """Write what the card says."""
    more = f"\n>\n> {plain(rule.detail)}" if rule.detail else ""
    more += f" *While ESR or CRP is unknown:* {rule.untested}" * bool(rule.untested)
    return f"> **{plain(rule.summary)}**{more}"


def _properties(rule: Rule, rules: Sequence[Rule]) -> Iterator[tuple[str, str]]:
    yield "Priority", f"{rule.priority:g}{'' if rule.is_red_flag else ' (no red flag)'}"
    yield "Advises", ADVISES[rule.advise]
    yield "Contrast", rule.contrast.value
    yield "Urgency", _urgency(rule)
    if rule.emergency:
        yield "As an emergency", f"“{plain(rule.emergency)}”"
    yield "Shown as a warning", rule.tone.value
    if rule.adults_only:
        yield "Asked of", "adults alone"
    yield "As an added reason", f"“{plain(rule.line)}”"
    if rule.unless:
        yield "Stands back for", ", ".join(_stands_back(rule, rules))
    yield from _grounds(rule)


def _grounds(rule: Rule) -> Iterator[tuple[str, str]]:
    """What it rests on."""
    neck = "" if rule.rated_for_neck else "; of the neck alone, not known"
    yield "ACR rating", f"{_rating(rule)}{neck}"
    yield "Strength", plain(rule.strength)
    yield "Sources", links(rule.citations)
    if rule.neck_citations:
        yield "Sources for the neck alone", links(rule.neck_citations)
    yield "Statements", statements(rule.statements)
    disputed = [one.id for one in DISAGREEMENTS if short(rule.id) in one.rules]
    if disputed:
        yield (
            "Sources differ",
            ", ".join(f"[{one}](#{one.lower()})" for one in disputed),
        )


def _rating(rule: Rule) -> str:
    return RATINGS[rule.appropriateness] if rule.appropriateness else "none"


def statements(ids: Sequence[str]) -> str:
    """Link statements to where they are traced."""
    linked = (f"[{one}](TRACEABILITY.md#{one.lower()})" for one in ids)
    return ", ".join(linked) or "none"


def _stands_back(rule: Rule, rules: Sequence[Rule]) -> Iterator[str]:
    for id_ in rule.unless:
        first = next((one for one in rules if one.id == id_), None)
        yield rule_link(first) if first else id_


def _urgency(rule: Rule) -> str:
    branches = "".join(
        f"{URGENCIES[one.urgency]} where “{plain(one.criterion.title)}” holds; "
        for one in rule.urgencies
    )
    other = "otherwise " if branches else ""
    return f"{branches}{other}{URGENCIES[rule.urgency]}"


def _urgencies(rule: Rule, criteria: CriteriaList) -> Iterator[str]:
    for one in rule.urgencies:
        yield f"Then {URGENCIES[one.urgency]}:"
        yield criteria.condition(one.criterion)


def modifier_section(modifier: Modifier, criteria: CriteriaList) -> str:
    """Write everything there is to check about a modifier."""
    rating = modifier.appropriateness
    told = [
        f"- When: {modifier.when}",
        f"- Effect: {modifier.effect}",
        *_card_words(modifier),
        f"- ACR rating: {RATINGS[rating] if rating else 'none'}",
        f"- Strength: {plain(modifier.strength)}",
        f"- Sources: {links(modifier.citations) or 'none'}",
        f"- Statements: {statements(modifier.statements)}",
    ]
    asked = modifier.criterion
    return paragraphs(
        (
            heading(modifier.id.lower(), modifier.id, 3),
            "\n".join(told),
            criteria.condition(asked) if asked else "",
        )
    )


def _card_words(modifier: Modifier) -> Iterator[str]:
    """Write what the card says of it: its headline, and its line."""
    if modifier.summary:
        yield f"- As the headline: “{plain(modifier.summary)}”"
    if modifier.line:
        head = f"{modifier.heading} (…): " if modifier.heading else ""
        yield f"- As a line: “{plain(head + modifier.line)}”"


def at_a_glance(rule: Rule) -> tuple[str, ...]:
    """Write a rule as one row: priority, rule, summary, advice, urgency, rating."""
    rating = _rating(rule)
    return (
        f"{rule.priority:g}",
        rule_link(rule),
        plain(rule.summary),
        rule.advise.value,
        _urgency(rule) if not rule.urgencies else f"{URGENCIES[rule.urgency]} *",
        rating,
    )
