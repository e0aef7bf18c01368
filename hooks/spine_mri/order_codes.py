"""The code of a scan in the code system an order came in."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.definitions import LUMBAR, SACRAL, WHOLE_SPINE
from hooks.spine_mri.protocol import Contrast, in_order, mri_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cds_service.knowledge.practice import LocalOrder
    from cds_service.knowledge.value_set import Member, ValueSet

Key = tuple[str, frozenset[str], Contrast]


class OrderCode(NamedTuple):
    """A code for one scan, with our own words for it."""

    code: str
    display: str


def _spine(sites: frozenset[str]) -> frozenset[str]:
    """The regions, whether or not a whole spine names the sacrum."""
    # Not min(): sets are ordered in part, and two that differ have no smaller one.
    whole = sites >= WHOLE_SPINE
    return WHOLE_SPINE if whole else sites


def _key(system: str, sites: frozenset[str], contrast: Contrast) -> Key:
    doubled = contrast is Contrast.WITH
    return system, _spine(sites), Contrast.WITHOUT_AND_WITH if doubled else contrast


def is_published(system: str, code: str) -> bool:
    """Whether the value sets say already what a code orders."""
    orders = (codes.MRI_SPINE_ORDER.id, codes.NOT_MRI_SPINE_LOOKALIKE.id)
    return any(hit.value_set in orders for hit in codes.VOCABULARY.lookup(system, code))


def _table() -> dict[Key, OrderCode]:
    """Keep the first code of each kind: the file lists the plain one first."""
    table: dict[Key, OrderCode] = {}
    for member in codes.MRI_SPINE_ORDER.members:
        contrast = Contrast((member.tag("contrast") or "unspecified").replace("_", "-"))
        words = OrderCode(member.code, mri_words(member.sites, contrast))
        table.setdefault(_key(member.system, member.sites, contrast), words)
    return table


_CODES = _table()


@lru_cache(maxsize=8)
def _table_with(local: tuple[LocalOrder, ...]) -> dict[Key, OrderCode]:
    """Add the codes of a site, in its own system."""
    own: dict[Key, OrderCode] = {}
    for one in local:
        key = _key(one.system, one.sites, Contrast(one.technique))
        own.setdefault(key, OrderCode(one.code, one.display))
    return _CODES | own


def order_codes(
    system: str,
    sites: frozenset[str],
    contrast: Contrast,
    local: tuple[LocalOrder, ...] = (),
) -> tuple[OrderCode, ...]:
    """Give one code for the scan, else one for each region; none where it lacks any."""
    table = _table_with(local) if local else _CODES
    asked = shown_by_scan(sites)
    for named in (sites, asked):
        whole = table.get(_key(system, named, contrast))
        if whole is not None:
            return (whole,)
    parts = tuple(_by_region(system, asked, contrast, table))
    return parts if len(parts) == len(asked) else ()


def shown_by_scan(sites: frozenset[str]) -> frozenset[str]:
    """A lumbar study shows the upper sacrum, which needs no code of its own."""
    return sites - {SACRAL} if LUMBAR in sites else sites


def _by_region(
    system: str, sites: frozenset[str], contrast: Contrast, table: dict[Key, OrderCode]
) -> Iterator[OrderCode]:
    for site in in_order(sites):
        part = table.get(_key(system, frozenset({site}), contrast))
        if part is not None:
            yield part


def study_codes(
    value_set: ValueSet, system: str, sites: frozenset[str], contrast: str = ""
) -> tuple[OrderCode, ...]:
    """Give the codes of another study: of the region, of each region, or of any spine.

    contrast: as the value set marks it; "" where it does not matter.
    """
    members = [
        one
        for one in value_set.members
        if one.system == system and (not contrast or one.tag("contrast") == contrast)
    ]
    asked = shown_by_scan(sites)
    parts = [_of(members, frozenset({site})) for site in in_order(asked)]
    each = tuple(code for part in parts for code in part) if all(parts) else ()
    return _of(members, asked) or each or _of(members, frozenset())


def _of(members: list[Member], sites: frozenset[str]) -> tuple[OrderCode, ...]:
    """Give the first code for exactly these regions; a whole spine is one."""
    found = (
        OrderCode(one.code, one.display)
        for one in members
        if _spine(one.sites) == _spine(sites)
    )
    return tuple(islice(found, 1))
