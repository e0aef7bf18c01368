"""What this content says of itself to whoever asks whether to trust it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.presentation.source_attributes import RuleSummary, SourceAttributes
from hooks.spine_mri import governance
from hooks.spine_mri.knowledge import knowledge
from hooks.spine_mri.modifiers import MODIFIERS
from hooks.spine_mri.pages.appendix import cited
from hooks.spine_mri.pages.clinical import HOW_ASKED, HOW_DATED, HOW_JOINED
from hooks.spine_mri.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cds_service.knowledge.practice import Practice
    from cds_service.reasoning.finding import Criterion
    from hooks.spine_mri.modifier import Modifier
    from hooks.spine_mri.rule import Rule


def source_attributes(
    practice: Practice, criteria: Sequence[Criterion]
) -> SourceAttributes:
    """Say what the content is, as a site has it."""
    edition = knowledge(practice)
    return SourceAttributes(
        developer=governance.AUTHORS,
        funding=governance.FUNDING,
        released=governance.WRITTEN,
        revised=governance.REVISED,
        reviews=governance.REVIEWS,
        review_due=governance.NEXT_REVIEW_DUE,
        uses=governance.USES,
        intended_use=governance.INTENDED_USE,
        users=governance.USERS,
        out_of_scope=governance.OUT_OF_SCOPE,
        how_it_decides=(HOW_ASKED, HOW_JOINED, HOW_DATED),
        rules=(*map(_rule, RULES), *map(_modifier, MODIFIERS)),
        citations=cited(RULES, criteria),
        limits=governance.KNOWN_LIMITS,
        vignettes=governance.VIGNETTES,
        version=edition["version"],
        digest=edition["sha256"],
    )


def _rule(rule: Rule) -> RuleSummary:
    return RuleSummary(
        id=rule.id,
        says=rule.summary,
        citations=rule.all_citations,
        advises=rule.advise.value,
        urgency=rule.urgency.word,
        when=f"Stands back for {', '.join(rule.unless)}." if rule.unless else "",
        criterion=rule.criterion,
        urgencies=tuple((one.urgency.word, one.criterion) for one in rule.urgencies),
    )


def _modifier(modifier: Modifier) -> RuleSummary:
    return RuleSummary(
        id=modifier.id,
        says=modifier.effect,
        citations=modifier.citations,
        when=modifier.when,
        criterion=modifier.criterion,
    )
