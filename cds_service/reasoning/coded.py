"""The words for coded facts: has, new, undated, old, recent, resolved, past, suspected.

They mean here, and nowhere else, what the clinical rules mean by them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypedDict

from cds_service.reasoning.coded_criterion import (
    ANYWHERE,
    INCLUDED,
    ORDER,
    CodedCriterion,
)
from cds_service.reasoning.limit import count_of, span, window_of

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Unpack

    from cds_service.facts.model import Fact, Facts
    from cds_service.knowledge.citation import Citation
    from cds_service.knowledge.value_set import Role, ValueSet
    from cds_service.reasoning.limit import Days, Window

__all__ = [
    "ANYWHERE",
    "INCLUDED",
    "ORDER",
    "SUSPICION_LASTS",
    "CodedCriterion",
    "counted",
    "dated_within",
    "has",
    "new",
    "old",
    "past",
    "recent",
    "resolved",
    "suspected",
    "undated",
]
# A suspicion that nobody confirmed or dropped within a month is an old one.
SUSPICION_LASTS = timedelta(days=30)


class Narrowed(TypedDict, total=False):
    """What narrows a criterion down; see CodedCriterion."""

    roles: frozenset[Role]
    tags: frozenset[str]
    avoid: frozenset[str]
    sites: frozenset[str]
    sources: tuple[str, ...]
    stated: bool
    citation: Citation | None


def has(
    codes: ValueSet,
    id_: str = "",
    title: str = "",
    **narrowed: Unpack[Narrowed],
) -> CodedCriterion:
    """Active now, whatever its date."""
    return CodedCriterion(
        id=id_ or codes.id,
        title=title or codes.title,
        condition=f"{codes.title}, active",
        codes=codes,
        holds=lambda fact, facts: fact.active and counted(fact, facts.as_of),
        **narrowed,
    )


def new(
    codes: ValueSet,
    days: Days,
    id_: str = "",
    title: str = "",
    **narrowed: Unpack[Narrowed],
) -> CodedCriterion:
    """Active and dated within *days*, or stated by the order itself."""
    within, shown = window_of(days), count_of(days)
    return CodedCriterion(
        id=id_ or f"{codes.id}-new-{shown}d",
        title=title or f"{codes.title}, new",
        condition=f"{codes.title}, active, dated within {shown} days or in the order",
        codes=codes,
        holds=lambda fact, facts: (
            fact.active
            and counted(fact, facts.as_of)
            and _dated_within(fact, within, facts)
        ),
        **narrowed,
    )


def recent(
    codes: ValueSet,
    days: Days,
    id_: str = "",
    title: str = "",
    **narrowed: Unpack[Narrowed],
) -> CodedCriterion:
    """Happened within *days*, over or not, or stated by the order itself."""
    within, shown = window_of(days), count_of(days)
    return CodedCriterion(
        id=id_ or f"{codes.id}-recent-{shown}d",
        title=title or f"{codes.title}, recent",
        condition=f"{codes.title}, over or not, dated within {shown} days",
        codes=codes,
        window=within,
        holds=lambda fact, facts: (
            counted(fact, facts.as_of) and _dated_within(fact, within, facts)
        ),
        **narrowed,
    )


def undated(
    codes: ValueSet,
    id_: str = "",
    title: str = "",
    **narrowed: Unpack[Narrowed],
) -> CodedCriterion:
    """Active, without any date, and not stated by the order."""
    return CodedCriterion(
        id=id_ or f"{codes.id}-undated",
        title=title or f"{codes.title}, without a date",
        condition=f"{codes.title}, active, without any date",
        codes=codes,
        holds=lambda fact, facts: (
            fact.active
            and counted(fact, facts.as_of)
            and fact.when is None
            and not fact.stated
        ),
        **narrowed,
    )


def old(
    codes: ValueSet,
    days: Days,
    id_: str = "",
    title: str = "",
    **narrowed: Unpack[Narrowed],
) -> CodedCriterion:
    """Active and dated more than *days* ago."""
    within, shown = window_of(days), count_of(days)
    return CodedCriterion(
        id=id_ or f"{codes.id}-old-{shown}d",
        title=title or f"{codes.title}, old",
        condition=f"{codes.title}, active, dated more than {shown} days ago",
        codes=codes,
        holds=lambda fact, facts: (
            fact.active
            and fact.when is not None
            and not fact.when.age_at_most(facts.as_of, span(within, facts.practice))
        ),
        **narrowed,
    )


def resolved(
    codes: ValueSet,
    days: Days,
    id_: str = "",
    title: str = "",
    **narrowed: Unpack[Narrowed],
) -> CodedCriterion:
    """Over, and so for no more than *days*."""
    within, shown = window_of(days), count_of(days)
    return CodedCriterion(
        id=id_ or f"{codes.id}-resolved-{shown}d",
        title=title or f"{codes.title}, resolved",
        condition=f"{codes.title}, over since no more than {shown} days",
        codes=codes,
        holds=lambda fact, facts: not fact.active and _over_within(fact, within, facts),
        **narrowed,
    )


def past(
    codes: ValueSet,
    id_: str = "",
    title: str = "",
    **narrowed: Unpack[Narrowed],
) -> CodedCriterion:
    """Inactive, in remission or resolved."""
    return CodedCriterion(
        id=id_ or f"{codes.id}-past",
        title=title or f"{codes.title}, past",
        condition=f"{codes.title}, inactive, in remission or resolved",
        codes=codes,
        holds=lambda fact, _: not fact.active,
        **narrowed,
    )


def suspected(
    codes: ValueSet,
    id_: str = "",
    title: str = "",
    **narrowed: Unpack[Narrowed],
) -> CodedCriterion:
    """Unconfirmed, provisional, differential or "rule out", and not an old one."""
    return CodedCriterion(
        id=id_ or f"{codes.id}-suspected",
        title=title or f"{codes.title}, suspected",
        condition=f"{codes.title}, suspected within {SUSPICION_LASTS.days} days",
        codes=codes,
        holds=lambda fact, facts: fact.suspected and counted(fact, facts.as_of),
        **narrowed,
    )


def counted(fact: Fact, as_of: datetime) -> bool:
    """Whether a fact counts: confirmed, or a suspicion that is still fresh."""
    if not fact.suspected or fact.stated or fact.recorded is None:
        return True
    return fact.recorded.age_at_most(as_of, SUSPICION_LASTS)


def dated_within(fact: Fact, within: timedelta, as_of: datetime) -> bool:
    """Whether it is stated by the order, or dated no longer ago than *within*."""
    if fact.stated:
        return True
    return fact.when is not None and fact.when.age_at_most(as_of, within)


def _dated_within(fact: Fact, within: Window, facts: Facts) -> bool:
    return dated_within(fact, span(within, facts.practice), facts.as_of)


def _over_within(fact: Fact, within: Window, facts: Facts) -> bool:
    end = fact.ended or fact.when
    length = span(within, facts.practice)
    return end is None or end.age_at_most(facts.as_of, length)
