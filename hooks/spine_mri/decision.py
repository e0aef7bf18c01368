"""From findings to advice: lead, contrast, region, urgency, advice, indicator."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from cds_service.fhir.prefetch import key_of
from cds_service.fhir.sight import State
from cds_service.reasoning.guard import guarded
from cds_service.reasoning.truth import Truth
from hooks.spine_mri.advice import Advice, Judged, Protocol
from hooks.spine_mri.contrast import advised_contrast
from hooks.spine_mri.criteria.reassurance import NORMAL_MARKERS
from hooks.spine_mri.criteria.unreadable_marker import MARKER_UNREADABLE
from hooks.spine_mri.definitions import is_child
from hooks.spine_mri.modifiers import CON1, CON2, INF4, MODIFIERS, UNK1
from hooks.spine_mri.precautions import safe_contrast
from hooks.spine_mri.protocol import ENHANCED, Contrast
from hooks.spine_mri.region import needed_sites, region_fits
from hooks.spine_mri.rule import Advise
from hooks.spine_mri.rules import RULES
from hooks.spine_mri.unseen import gaps
from hooks.spine_mri.urgency import priority_fits, urgency_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cds_service.facts.model import Facts, Fault
    from cds_service.reasoning.finding import Finding
    from hooks.spine_mri.precautions import Safe
    from hooks.spine_mri.rule import Rule

ORDER, PATIENT = "order", "patient"
DOUBLED = ENHANCED - {Contrast.WITH_ONLY}
# What a rule needs; an allergy or an implant not seen hides no red flag.
FLAG_KEYS = frozenset(
    {ORDER, *(key_of(need) for rule in RULES for need in rule.criterion.needs)}
)


def decide(facts: Facts) -> Advice:
    """Follow the first rule that matches, as the others allow."""
    judged = judge(facts)
    # The last speaks where no other does, even where a fault of ours keeps it from it.
    matched = tuple([one for one in judged if one.matched])
    lead = (matched or judged[-1:])[0]
    red_flags = tuple([one for one in (matched or (lead,)) if one.rule.is_red_flag])
    safe = safe_contrast(lead.rule, [one.rule for one in red_flags], facts)
    protocol = _protocol(lead, red_flags, facts, safe)
    urgency = urgency_of(red_flags, facts)
    silenced = _silenced(judged, facts)
    gap = bool(silenced or facts.faults) or _is_gap(judged, lead, facts)
    advise = _advise(lead, protocol, Contrast(facts.order.technique), gap=gap)
    return Advice(
        facts=facts,
        advise=advise,
        lead=lead,
        judged=judged,
        matched=matched,
        modifiers=_fired(facts, advise, lead, safe, gap=gap),
        protocol=protocol,
        urgency=urgency,
        gaps=tuple(gaps(facts)),
        no_history=_is_empty(facts),
        priority_fits=priority_fits(facts.order, urgency),
        silenced=silenced,
        faults=_faults(judged, facts, safe),
    )


def _faults(judged: Sequence[Judged], facts: Facts, safe: Safe) -> tuple[Fault, ...]:
    rules = [one.fault for one in judged if one.fault is not None]
    return (*rules, *facts.faults, *safe.faults)


def assess(facts: Facts) -> tuple[Finding, ...]:
    """Give the finding of every rule, in the order of their priority."""
    return tuple(rule.criterion.assess(facts) for rule in RULES)


def judge(facts: Facts) -> tuple[Judged, ...]:
    """Judge every rule; one that holds may keep others from matching."""
    asked = [guarded(rule.id, rule.criterion, facts) for rule in RULES]
    holds = tuple([finding.truth is Truth.YES for finding, _ in asked])
    standing = _standing(holds, facts.practice.off, child=is_child(facts))
    return tuple(
        [
            Judged(rule, finding, *stands, fault)
            for rule, (finding, fault), stands in zip(
                RULES, asked, standing, strict=True
            )
        ]
    )


# Few sets of rules hold together, and each comes again and again.
@lru_cache(maxsize=1024)
def _standing(
    holds: tuple[bool, ...], off: frozenset[str], *, child: bool
) -> tuple[tuple[bool, bool], ...]:
    """Say of every rule whether it matches, and whether it is suppressed."""
    skipped = [(rule.adults_only and child) or rule.id in off for rule in RULES]
    known = list(zip(RULES, holds, skipped, strict=True))
    held = [rule for rule, holding, skip in known if holding and not skip]
    suppressed = [skip or _gives_way(rule, held) for rule, _, skip in known]
    pairs = zip(holds, suppressed, strict=True)
    return tuple((holding and not out, out) for holding, out in pairs)


def _gives_way(rule: Rule, held: Sequence[Rule]) -> bool:
    """Whether one of the rules that hold keeps this one from matching."""
    return any(
        one.id in rule.unless or one.priority < rule.gives_way_before
        for one in held
        if one is not rule
    )


def _silenced(judged: Sequence[Judged], facts: Facts) -> tuple[str, ...]:
    """Name the rules that the site has off and that might have spoken for the scan.

    What one of them says is not said, but it never turns into advice against.
    """
    if not facts.practice.off:
        return ()
    child = is_child(facts)
    silent = (
        one.rule.id
        for one in judged
        if one.rule.id in facts.practice.off
        and one.rule.advise is not Advise.AGAINST
        and not (one.rule.adults_only and child)
        and (one.finding.truth is Truth.YES or one.finding.unseen)
    )
    return tuple(dict.fromkeys(silent))


def _is_gap(judged: tuple[Judged, ...], lead: Judged, facts: Facts) -> bool:
    """Whether a rule that speaks for the scan could lead if all had been seen."""
    before = (one for one in judged if one.rule.priority < lead.rule.priority)
    hidden = any(one.finding.unseen and not one.suppressed for one in before)
    # Someone whose age nobody knows may be a child.
    unknown = not facts.sees((PATIENT,)) or facts.person.birth is None
    unreadable = MARKER_UNREADABLE.assess(facts).truth is Truth.YES
    return hidden or unknown or unreadable or _is_empty(facts)


def _is_empty(facts: Facts) -> bool:
    """Whether there is neither a problem on record nor a reason in the order."""
    return facts.conditions == 0 and facts.sight[ORDER].state is State.NONE_RECORDED


def _protocol(
    lead: Judged, red_flags: tuple[Judged, ...], facts: Facts, safe: Safe
) -> Protocol:
    drafted = Contrast(facts.order.technique)
    needed = needed_sites(lead, red_flags, facts)
    target = advised_contrast(drafted, safe.wanted)
    forbidden = safe.forbids(drafted)
    another_agent = forbidden and target is Contrast.WITHOUT_AND_WITH
    return Protocol(
        target=target,
        contrast_fits=drafted in (*safe.wanted.accepted, Contrast.UNSPECIFIED),
        sites=needed,
        region_fits=region_fits(lead, needed, facts),
        contrast_forbidden=forbidden,
        second_choice=Contrast.WITHOUT if another_agent else None,
    )


def _advise(
    lead: Judged, protocol: Protocol, drafted: Contrast, *, gap: bool
) -> Advise:
    own = lead.rule.advise
    if own is Advise.AGAINST:
        return Advise.UNCERTAIN if gap else own
    if drafted is Contrast.WITH_ONLY or protocol.contrast_forbidden:
        return Advise.CHANGE
    if own is Advise.FOR and not (protocol.contrast_fits and protocol.region_fits):
        return Advise.CHANGE
    return own


def _fired(
    facts: Facts, advise: Advise, lead: Judged, safe: Safe, *, gap: bool
) -> tuple[str, ...]:
    """Give the modifiers that fired, by the patient, draft, markers and sight."""
    drafted = Contrast(facts.order.technique)
    unneeded = drafted in DOUBLED and drafted not in safe.sought.accepted
    holds = {
        CON1.id: drafted is Contrast.WITH_ONLY and advise is Advise.CHANGE,
        CON2.id: unneeded and lead.rule.advise is Advise.FOR,
        INF4.id: NORMAL_MARKERS.assess(facts).truth is Truth.YES,
        UNK1.id: gap or not facts.complete >= FLAG_KEYS & facts.sight.keys(),
    }
    fired = safe.fired.union(one for one, fires in holds.items() if fires)
    return tuple(one.id for one in MODIFIERS if one.id in fired)
