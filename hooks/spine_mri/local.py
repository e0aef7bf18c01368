"""What a site may change here, and how its file is checked."""

from __future__ import annotations

from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING

from cds_service.facts.quantity import Quantity
from cds_service.knowledge.coding import canonical_code, canonical_system
from cds_service.knowledge.practice import LocalChange, LocalOrder, Practice
from cds_service.reasoning.limit import DAY
from cds_service.site import UNCHANGED, SiteError
from hooks.spine_mri.limits import BY_NAME
from hooks.spine_mri.order_codes import is_published
from hooks.spine_mri.protocol import REGIONS, Contrast, mri_words
from hooks.spine_mri.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from cds_service.reasoning.limit import Limit
    from cds_service.site import (
        LimitTable,
        OrderCodeTable,
        RuleTable,
        SiteSection,
    )

# Off, each of these could leave a patient in danger without a word.
GUARDED = frozenset(
    {
        *("NEU1", "NEU2", "NEU3", "NEU4", "NEU6", "INF1", "INF2"),
        *("ONC1", "ONC2", "TRA5", "UNK2"),
    }
)
# It answers where no other rule does: without it there is no answer.
LAST = "NON1"


def practice_of(section: SiteSection, site: str) -> Practice:
    """Check what a site changes, and give it as the rules read it.

    Raises:
        SiteError: a name is not known, a number has another unit or goes too far, a
            rule may not be switched off, or an order code means something already.
    """
    if section == UNCHANGED:
        return Practice()
    limits = [_limit(name, one) for name, one in section.limits.items()]
    rules = [_rule(name, one) for name, one in section.rules.items()]
    orders = [_order(one) for one in section.order_codes]
    _refuse_twice(orders)
    return Practice(
        site=site,
        limits=MappingProxyType({limit.name: value for limit, value, _ in limits}),
        off=frozenset(id_ for id_, _ in rules),
        orders=tuple(order for order, _ in orders),
        changes=(
            *(change for *_, change in limits),
            *(change for _, change in rules),
            *(change for _, change in orders),
        ),
    )


def _known(kind: str, name: str, names: Iterable[str]) -> str:
    """Give *name* back, or say which name may have been meant."""
    known = sorted(names)
    if name in known:
        return name
    near = get_close_matches(name, known, 1)
    meant = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
    raise SiteError(f"{kind} {name}: no such name; {meant}")


def _limit(name: str, table: LimitTable) -> tuple[Limit, Decimal, LocalChange]:
    limit = BY_NAME[_known("limits", name, BY_NAME)]
    value = _number(limit, table.value)
    if not limit.lowest <= value <= limit.highest:
        lowest, highest = (_shown(limit, end) for end in (limit.lowest, limit.highest))
        raise SiteError(
            f"limits {name}: {_shown(limit, value)} is outside {lowest} to {highest} "
            f"({limit.why})"
        )
    change = LocalChange(
        kind="limit",
        name=name,
        before=str(limit),
        now=_shown(limit, value),
        why=table.why,
    )
    return limit, value, change


def _number(limit: Limit, text: str) -> Decimal:
    """Read the number in the limit's own unit; a window is whole days."""
    try:
        stated = Quantity.parse(text)
    except ValueError as error:
        raise SiteError(f"limits {limit.name}: {error}") from None
    found = stated.to(limit.unit)
    if found is None:
        raise SiteError(
            f"limits {limit.name}: {stated.unit} does not measure this; write it in "
            f"{limit.unit}"
        )
    if limit.unit == DAY and found.value % 1:
        raise SiteError(f"limits {limit.name}: write whole days, such as {limit}")
    return found.value


def _shown(limit: Limit, value: Decimal) -> str:
    return str(Quantity(value, limit.unit))


def _rule(name: str, table: RuleTable) -> tuple[str, LocalChange]:
    id_ = _known("rules", name, {rule.id for rule in RULES})
    short = id_.partition("-")[0]
    if short == LAST:
        raise SiteError(
            f"rules {name}: it answers where no other rule does and cannot be off"
        )
    if short in GUARDED and table.approved_by is None:
        raise SiteError(
            f"rules {name}: it guards against harm; to switch it off, add "
            '`approved_by = "name, role"` of who answers for that'
        )
    change = LocalChange(
        kind="rule",
        name=id_,
        before="on",
        now="off",
        why=table.why,
        approved_by=table.approved_by or "",
    )
    return id_, change


def _order(table: OrderCodeTable) -> tuple[LocalOrder, LocalChange]:
    named = f"{table.system} {table.code}"
    system = canonical_system(table.system)
    code = canonical_code(system, table.code)
    if is_published(system, code):
        raise SiteError(f"order_codes {named}: this code has a published meaning")
    sites = frozenset[str]().union(*(REGIONS[_region(named, r)] for r in table.region))
    known = [one.value for one in Contrast]
    contrast = Contrast(_known(f"order_codes {named}: contrast", table.contrast, known))
    words = mri_words(sites, contrast)
    order = LocalOrder(
        system=system,
        code=code,
        sites=sites,
        technique=contrast.value,
        display=table.display or words,
    )
    change = LocalChange(
        kind="order code", name=named, before="not known", now=words, why=table.why
    )
    return order, change


def _region(named: str, region: str) -> str:
    return _known(f"order_codes {named}: region", region, REGIONS)


def _refuse_twice(orders: Iterable[tuple[LocalOrder, LocalChange]]) -> None:
    """A code that stands twice may be meant either way."""
    seen: set[tuple[str, str]] = set()
    for order, change in orders:
        key = order.system, order.code
        if key in seen:
            raise SiteError(f"order_codes {change.name}: stands twice")
        seen.add(key)
