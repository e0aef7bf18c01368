"""The page on which a radiologist reads, checks and signs the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.presentation.criteria_list import CriteriaList, written_once
from cds_service.presentation.markdown import day
from hooks.spine_mri import governance
from hooks.spine_mri.local import GUARDED, LAST
from hooks.spine_mri.modifiers import MODIFIERS
from hooks.spine_mri.pages.appendix import (
    differences,
    limits_table,
    numbers_table,
    sources,
    value_set_files,
    value_sets_table,
)
from hooks.spine_mri.pages.layout import GENERATED, heading, table
from hooks.spine_mri.pages.marks import MARKS
from hooks.spine_mri.pages.rule_section import (
    at_a_glance,
    modifier_section,
    rule_section,
)
from hooks.spine_mri.value_sets import VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cds_service.presentation.source_attributes import Review
    from cds_service.reasoning.finding import Criterion
    from hooks.spine_mri.rule import Rule

WHY_MRI = (
    "Among the ways to image the spine, MRI shows soft tissue best: discs, marrow, "
    "what lies beside the spine and what presses on cord and roots, in any plane. "
    "Infection, inflammation and compression of the cord show on it before CT or "
    "radiographs. It uses no ionising radiation, which counts for children and for "
    "repeated scans. It also finds much that explains no pain, so a question comes "
    "first."
)
TRACED = "Traced to the commissioning summary, statement by statement"
HOW_ASKED = (
    "Every rule asks something of the chart and of the order. Each question is "
    "answered yes, no or unknown; unknown never speaks against a scan and never counts "
    "as six weeks of care. A diagnosis that was refuted or entered in error counts for "
    "nothing; a suspected one counts where suspicion is the point of the scan."
)
HOW_JOINED = (
    "All rules are asked. Of those that hold, the one with the lowest priority number "
    "leads and speaks on the card; every further red flag (priority below 66) becomes "
    "a line on the same card, and the most pressing urgency of all holds. A deficit "
    "together with infection or active cancer is always immediate. Contrast and region "
    "are those that all matched red flags need together. A draft that fits is left "
    "alone, one that does not gets a proposed change."
)
HOW_DATED = (
    "“Dated within n days” also holds for what the order itself states. Where only a "
    "month or a year is known, the reading is chosen under which a red flag is not "
    "called old."
)


LOCAL = (
    "In its own file a site may set another number for a limit that has a name, within "
    "the bounds of this table; the questions above then hold with that number. It may "
    "switch a rule off. A rule that guards against harm "
    f"({', '.join(sorted(GUARDED))}) needs the name of who answers for that; {LAST} "
    "cannot be off. A rule that is off never turns into advice against: the answer is "
    "then uncertain. Every change is named on each card."
)


def clinical_page(
    rules: Sequence[Rule], reviews: Sequence[Review] = governance.REVIEWS
) -> str:
    """Write the whole page."""
    asked = tuple(_asked(rules))
    criteria = CriteriaList(written_once(asked), VOCABULARY, value_set_files(), MARKS)
    parts = (
        GENERATED,
        "# MRI of the spine at order entry: the rules",
        *_status(reviews),
        *_reading(),
        heading("rules", "The rules at a glance"),
        _glance(rules),
        "\\* more or less urgent in cases that the rule names",
        heading("each-rule", "Each rule, the most pressing first"),
        *(rule_section(rule, rules, criteria) for rule in rules),
        heading("modifiers", "What changes an answer and never leads"),
        *(modifier_section(one, criteria) for one in MODIFIERS),
        heading("definitions", "Questions that several rules ask"),
        *criteria.definitions(),
        *_appendix(rules, asked),
    )
    return "\n\n".join(parts) + "\n"


def _appendix(rules: Sequence[Rule], asked: Sequence[Criterion]) -> Iterator[str]:
    yield heading("numbers", "Every threshold and window")
    yield numbers_table(asked)
    yield heading("local-practice", "What a site may change")
    yield LOCAL
    yield limits_table()
    yield heading("value-sets", "Value sets")
    yield value_sets_table(asked)
    yield heading("disagreements", "Where the sources differ")
    yield from differences(rules)
    yield heading("sources", "Sources")
    yield sources(rules, asked)


def _asked(rules: Sequence[Rule]) -> Iterator[Criterion]:
    for rule in rules:
        yield rule.criterion
        yield from (one.criterion for one in rule.urgencies)
    yield from (one.criterion for one in MODIFIERS if one.criterion)


def _status(reviews: Sequence[Review]) -> Iterator[str]:
    yield heading("status", "Status")
    signed = "; ".join(
        f"{one.by}, {day(one.on)}, edition {one.edition}" for one in reviews
    )
    due = day(governance.NEXT_REVIEW_DUE)
    reviewed = signed or "**by no clinician so far. Not for clinical use.**"
    lines = (
        f"Intended use: {governance.INTENDED_USE}",
        f"For: {governance.USERS}",
        f"Out of scope: {governance.OUT_OF_SCOPE}",
        f"Written by: {governance.AUTHORS}; {day(governance.WRITTEN)}",
        f"Reviewed: {reviewed}",
        f"Next review due: {due}, and before any clinical use",
        f"{TRACED}: [TRACEABILITY.md](TRACEABILITY.md)",
    )
    yield "\n".join(f"- {line}" for line in lines)


def _reading() -> Iterator[str]:
    yield heading("why-mri", "Why MRI at all")
    yield WHY_MRI
    yield heading("reading", "How an answer is made")
    yield from (HOW_ASKED, HOW_JOINED, HOW_DATED)


def _glance(rules: Sequence[Rule]) -> str:
    head = (
        "priority",
        "rule",
        "what the card says",
        "advises",
        "urgency",
        "ACR rating",
    )
    return table(head, (at_a_glance(rule) for rule in rules))
