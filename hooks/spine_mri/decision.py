"""From findings to advice: lead, contrast, region, urgency, advice, indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.cds_hooks.response import Indicator
from cds_service.fhir.sight import State
from cds_service.reasoning.truth import Truth
from hooks.spine_mri.advice import (
    CONTRAST_ONLY,
    CONTRAST_UNNEEDED,
    DATA_GAP,
    NORMAL_MARKERS,
    Advice,
    Judged,
    Protocol,
)
from hooks.spine_mri.contrast import advised_contrast, contrast_wanted
from hooks.spine_mri.criteria.infection import SPINE_INFECTION_PROBABLE
from hooks.spine_mri.criteria.reassurance import REASSURING
from hooks.spine_mri.definitions import is_child
from hooks.spine_mri.protocol import ENHANCED, Contrast
from hooks.spine_mri.region import needed_sites, region_fits
from hooks.spine_mri.rule import Advise, Tone, Urgency
from hooks.spine_mri.rules import RULES
from hooks.spine_mri.urgency import priority_fits, urgency_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cds_service.facts.model import Facts
    from cds_service.reasoning.finding import Finding
    from hooks.spine_mri.rule import Rule

ORDER, PATIENT = "order", "patient"


def decide(facts: Facts) -> Advice:
    """Follow the first rule that matches, as the others allow."""
    judged = judge(facts)
    lead = next(one for one in judged if one.matched)
    red_flags = tuple(one for one in judged if one.matched and one.rule.is_red_flag)
    protocol = _protocol(lead, red_flags, facts)
    urgency = urgency_of(red_flags, facts)
    empty = facts.conditions == 0 and facts.sight[ORDER].state is State.NONE_RECORDED
    unknown = not facts.sees((PATIENT,))
    gap = empty or unknown or any(_may_hide_a_flag(one) for one in judged)
    advise = _advise(lead, protocol, Contrast(facts.order.technique), gap=gap)
    fits = priority_fits(facts.order, urgency)
    return Advice(
        facts=facts,
        advise=advise,
        lead=lead,
        judged=judged,
        added=tuple(one for one in red_flags if one is not lead),
        modifiers=_modifiers(facts, advise, lead, protocol, gap=gap),
        protocol=protocol,
        urgency=urgency,
        indicator=_indicator(advise, lead, protocol, facts, urgency),
        missing=_missing(facts),
        no_history=empty,
        priority_fits=fits,
    )


def assess(facts: Facts) -> tuple[Finding, ...]:
    """Give the finding of every rule, in the order of their priority."""
    return tuple(rule.criterion.assess(facts) for rule in RULES)


def judge(facts: Facts) -> tuple[Judged, ...]:
    """Judge every rule; one that holds may keep others from matching."""
    child = is_child(facts)
    findings = [
        (rule, rule.criterion.assess(facts), rule.adults_only and child)
        for rule in RULES
    ]
    held = [
        rule
        for rule, finding, skipped in findings
        if finding.truth is Truth.YES and not skipped
    ]
    return tuple(
        _judged(rule, finding, held, skipped=skipped)
        for rule, finding, skipped in findings
    )


def _judged(
    rule: Rule, finding: Finding, held: Sequence[Rule], *, skipped: bool
) -> Judged:
    suppressed = skipped or any(_beats(one, rule) for one in held if one is not rule)
    matched = finding.truth is Truth.YES and not suppressed
    return Judged(rule, finding, matched, suppressed)


def _beats(held: Rule, rule: Rule) -> bool:
    return held.id in rule.unless or held.priority < rule.gives_way_before


def _may_hide_a_flag(one: Judged) -> bool:
    """Whether a rule that speaks for the scan could match if all had been seen."""
    return one.finding.unseen and not one.suppressed


def _protocol(lead: Judged, red_flags: tuple[Judged, ...], facts: Facts) -> Protocol:
    drafted = Contrast(facts.order.technique)
    rules = [one.rule for one in red_flags]
    target, accepted = contrast_wanted(lead.rule, rules)
    needed = needed_sites(lead, red_flags, facts)
    return Protocol(
        target=advised_contrast(drafted, target, accepted),
        contrast_fits=drafted in accepted or drafted is Contrast.UNSPECIFIED,
        sites=needed,
        region_fits=region_fits(lead, needed, facts.order),
    )


def _advise(
    lead: Judged, protocol: Protocol, drafted: Contrast, *, gap: bool
) -> Advise:
    own = lead.rule.advise
    if own is Advise.AGAINST:
        return Advise.UNCERTAIN if gap else own
    if drafted is Contrast.WITH_ONLY:
        return Advise.CHANGE
    if own is Advise.FOR and not (protocol.contrast_fits and protocol.region_fits):
        return Advise.CHANGE
    return own


def _modifiers(
    facts: Facts, advise: Advise, lead: Judged, protocol: Protocol, *, gap: bool
) -> tuple[str, ...]:
    drafted = Contrast(facts.order.technique)
    infected = SPINE_INFECTION_PROBABLE.assess(facts).truth is Truth.YES
    fired = {
        CONTRAST_ONLY: drafted is Contrast.WITH_ONLY and advise is Advise.CHANGE,
        CONTRAST_UNNEEDED: lead.rule.advise is Advise.FOR
        and _is_unneeded(drafted, protocol),
        NORMAL_MARKERS: not infected and REASSURING.assess(facts).truth is Truth.YES,
        DATA_GAP: gap or bool(_missing(facts)),
    }
    return tuple(rule for rule, holds in fired.items() if holds)


def _is_unneeded(drafted: Contrast, protocol: Protocol) -> bool:
    """Whether the draft asks for contrast that no finding accepts."""
    doubled = drafted in ENHANCED - {Contrast.WITH_ONLY}
    return doubled and not protocol.contrast_fits


def _indicator(
    advise: Advise, lead: Judged, protocol: Protocol, facts: Facts, urgency: Urgency
) -> Indicator:
    """Give the first row of the indicator table that holds."""
    if urgency is Urgency.IMMEDIATE:
        return Indicator.CRITICAL
    if advise is Advise.UNCERTAIN:
        return Indicator.INFO
    drafted = Contrast(facts.order.technique)
    if drafted is Contrast.WITH_ONLY and advise is Advise.CHANGE:
        return Indicator.WARNING
    unneeded = lead.rule.advise is Advise.FOR and _is_unneeded(drafted, protocol)
    unneeded_alone = unneeded and protocol.region_fits
    if lead.rule.tone is Tone.CALM or unneeded_alone:
        return Indicator.INFO
    right = advise is Advise.FOR and priority_fits(facts.order, urgency)
    if lead.rule.tone is Tone.UNTIL_RIGHT:
        return Indicator.INFO if right else Indicator.WARNING
    return Indicator.INFO if advise is Advise.FOR else Indicator.WARNING


def _missing(facts: Facts) -> tuple[tuple[str, str], ...]:
    """Name the queries that were not seen whole, with their published state."""
    return tuple(
        (key, (State.REJECTED if sight.unreadable else sight.state).value)
        for key, sight in facts.sight.items()
        if not sight.complete
    )
