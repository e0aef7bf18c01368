"""The sentences of a card's detail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.presentation.markdown import (
    bullets,
    evidence,
    links,
    paragraphs,
    plain,
)
from cds_service.reasoning.truth import Truth
from hooks.spine_mri.cautions import cautions, sources
from hooks.spine_mri.change import change
from hooks.spine_mri.criteria.fever import FEVER_MEASURED
from hooks.spine_mri.criteria.infection import CRP_RAISED, ESR_RAISED, SPINE_INFECTION
from hooks.spine_mri.criteria.unreadable_marker import MARKER_UNREADABLE
from hooks.spine_mri.earlier_mri import earlier_mri
from hooks.spine_mri.offers.table import MARKERS as BLOOD_TESTS
from hooks.spine_mri.offers.table import offers_of
from hooks.spine_mri.reasons import age_line, deciding_lines, evidence_lines
from hooks.spine_mri.rule import Advise, Urgency
from hooks.spine_mri.rules.infection import INF1, INF2
from hooks.spine_mri.set_aside import normal_markers, set_aside
from hooks.spine_mri.unseen import ORDER, left_out, listed, not_understood

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cds_service.facts.model import Basis, Facts
    from cds_service.reasoning.finding import Finding
    from hooks.spine_mri.advice import Advice, Judged

EVIDENCE_SHOWN = 5
ADDED_SHOWN = 4
ADDED_NAMED = 2
CHANGES_SHOWN = 3
# What can be measured today and would tell something.
MARKERS = (CRP_RAISED, ESR_RAISED)
NAMES = {FEVER_MEASURED.id: "temperature", CRP_RAISED.id: "CRP", ESR_RAISED.id: "ESR"}
TESTS = (FEVER_MEASURED, *MARKERS)
# Only where infection is the question, or nobody knows what is.
IN_SPITE = (INF1, INF2)
ASKED_FOR = ("INF", "UNK")
FOOTER = (
    "Supports, does not replace, clinical judgement. No clinician has reviewed these "
    "rules yet."
)
LOOK = "Consider looking there yourself: a red flag would call for the scan."
RATINGS = {
    "usually-appropriate": "usually appropriate",
    "may-be-appropriate": "may be appropriate",
    "usually-not-appropriate": "usually not appropriate",
}


def detail(advice: Advice) -> str:
    """Write why, what to change, what is missing, and where it stands."""
    rule = advice.lead.rule
    cited = links(sources(advice))
    rating = None if advice.kept_from_against else advice.appropriateness
    rated = f". MRI rated {RATINGS[rating]}." if rating else ""
    return paragraphs(
        (
            bullets(_reasons(advice)),
            change(advice),
            bullets(cautions(advice)),
            "" if advice.kept_from_against else _background(advice),
            set_aside(advice) if rule.advise is Advise.AGAINST else "",
            _not_seen(advice),
            _not_understood(advice),
            _left_out(advice),
            _unavailable(advice),
            _undecided(advice),
            _open(advice),
            _changed_here(advice),
            f"Source: {cited}{rated}" if cited else rated,
            FOOTER,
        )
    )


def _reasons(advice: Advice) -> Iterator[str]:
    """The evidence of the lead, then one line for each further red flag."""
    told = evidence_lines(advice.lead.finding, advice.facts)
    yield from (plain(line) for line in told[:EVIDENCE_SHOWN])
    yield from age_line(advice.lead.finding, advice.facts)
    for added in advice.added[:ADDED_SHOWN]:
        yield f"Also {_added_evidence(added, advice.facts, told)}"
    yield from _rest(len(advice.added) - ADDED_SHOWN)
    # Nobody should wait for a result in an emergency.
    pressing = advice.urgency is Urgency.IMMEDIATE
    weak = "Also" if pressing else "Consider ESR and CRP:"
    for one in advice.suggested:
        yield f"{weak} {_added_evidence(one, advice.facts, told)}"
    yield from filter(None, (earlier_mri(advice), _in_spite_of_markers(advice)))


def _in_spite_of_markers(advice: Advice) -> str:
    """The normal markers where an infection speaks for the scan all the same.

    Beside another question they would reassure about what they say nothing of.
    """
    known = SPINE_INFECTION.assess(advice.facts).truth is Truth.YES
    rules = (one.rule for one in (advice.lead, *advice.added))
    if known or not any(one in IN_SPITE for one in rules):
        return ""
    return normal_markers(advice.facts)


def _rest(more: int) -> tuple[str, ...]:
    return (f"and {more} more",) if more > 0 else ()


def _added_evidence(judged: Judged, facts: Facts, told: Sequence[str]) -> str:
    """What a rule beside the lead is about, with what the lead has not named."""
    lines = deciding_lines(judged.finding, facts)
    named = [one for one in lines if one not in told][:ADDED_NAMED]
    line = judged.rule.line
    return f"{line}: {plain(', '.join(named))}" if named else line


def _background(advice: Advice) -> str:
    """What the rule has to say, as far as it is still to be said."""
    rule = advice.lead.rule
    asked = (one.assess(advice.facts) for one in MARKERS)
    due = any(one.truth is Truth.UNKNOWN for one in asked)
    return " ".join(one for one in (rule.detail, rule.untested if due else "") if one)


def _not_seen(advice: Advice) -> str:
    if advice.no_history:
        return "Not seen: the chart holds no problems and the order gives no reason."
    unknown = "the date of birth: judged as an adult" * _is_of_no_age(advice)
    named = "; ".join(filter(None, (listed(advice.not_loaded), unknown)))
    look = f" {LOOK}" * (bool(advice.not_loaded) and advice.kept_from_against)
    return f"Not seen: {named}.{look}" if named else ""


def _is_of_no_age(advice: Advice) -> bool:
    """Whether the patient was seen, and how old nobody knows."""
    facts = advice.facts
    return facts.sees(("patient",)) and facts.person.birth is None


def _not_understood(advice: Advice) -> str:
    number = not_understood(advice.facts)
    problems = f"{number} problem{'s' * (number > 1)} in words alone, without a code"
    asked = any(one.query == ORDER for one in advice.missing)
    order = "the order's reason or note, or part of it" * asked
    told = "; ".join(filter(None, (order, problems * bool(number))))
    look = f" {LOOK}" * (advice.kept_from_against and not advice.not_loaded)
    return f"Not understood: {told}.{look}" if told else ""


def _left_out(advice: Advice) -> str:
    counted = left_out(advice.facts).items()
    told = ", ".join(
        f"{number} resource{'s' * (number > 1)} {whom}" for whom, number in counted
    )
    return f"Left out: {told}." if told else ""


def _unavailable(advice: Advice) -> str:
    failed = ", ".join(dict.fromkeys(one.rule for one in advice.faults))
    return f"A check was unavailable: {failed}. Judge that yourself." if failed else ""


def _undecided(advice: Advice) -> str:
    listed = ", ".join(evidence(one) for one in doubtful(advice))
    return f"Undecided: {listed}; consider repeating the test." if listed else ""


def doubtful(advice: Advice) -> tuple[Basis, ...]:
    """The results that settle nothing: without a unit, or only a bound."""
    asked = (criterion.assess(advice.facts) for criterion in TESTS)
    found = (basis for one in asked if one.unseen for basis in one.basis)
    unreadable = MARKER_UNREADABLE.assess(advice.facts).basis
    return tuple(dict.fromkeys((*found, *unreadable)))


def open_questions(advice: Advice) -> tuple[Finding, ...]:
    """What was never measured and would have told something, each test once."""
    asked = (criterion.assess(advice.facts) for criterion in TESTS)
    return tuple(one for one in asked if one.truth is Truth.UNKNOWN and not one.unseen)


def _open(advice: Advice) -> str:
    """Name the tests that were not done."""
    if not _tests_matter(advice):
        return ""
    named = ", ".join(NAMES[one.criterion.id] for one in open_questions(advice))
    return f"No recent result: {named}." if named else ""


def _tests_matter(advice: Advice) -> bool:
    """Whether a test would tell something, and there is time to wait for it."""
    told = (advice.rule_id, *(one.rule.id for one in advice.added))
    matters = any(one.startswith(ASKED_FOR) for one in told) or _asks_for(advice)
    return matters and advice.urgency is not Urgency.IMMEDIATE


def _asks_for(advice: Advice) -> bool:
    """Whether the leading rule wants ESR or CRP before the scan."""
    offered = offers_of(advice)
    asking = (offered.get(one) for one in BLOOD_TESTS)
    return any(one is advice.lead.rule for one in asking)


def _changed_here(advice: Advice) -> str:
    """What the site that asks has changed, so that nobody takes it for the guideline.

    What it has switched off and would have spoken comes first.
    """
    practice = advice.facts.practice
    changes = [one for one in practice.changes if one.kind != "order code"]
    ordered = sorted(changes, key=lambda one: one.name not in advice.silenced)
    told = "; ".join(plain(str(one)) for one in ordered[:CHANGES_SHOWN])
    more = f"; and {len(ordered) - CHANGES_SHOWN} more" * (len(ordered) > CHANGES_SHOWN)
    return f"Changed at {plain(practice.site)}: {told}{more}." if told else ""
