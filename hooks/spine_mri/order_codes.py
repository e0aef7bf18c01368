"""The code of a scan in the code system an order came in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hooks.spine_mri import value_sets as codes
from hooks.spine_mri.definitions import SACROILIAC, WHOLE_SPINE
from hooks.spine_mri.protocol import Contrast, in_order, mri_words

if TYPE_CHECKING:
    from collections.abc import Iterator

Key = tuple[str, frozenset[str], Contrast]


class OrderCode(NamedTuple):
    """A code for one scan, with our own words for it."""

    code: str
    display: str


def _key(system: str, sites: frozenset[str], contrast: Contrast) -> Key:
    """A whole spine is one key, whether or not the sacrum is named."""
    spine = min(WHOLE_SPINE, sites)
    doubled = contrast is Contrast.WITH
    return system, spine, Contrast.WITHOUT_AND_WITH if doubled else contrast


def _table() -> dict[Key, OrderCode]:
    """Keep the first code of each kind: the file lists the plain one first."""
    table: dict[Key, OrderCode] = {}
    for member in codes.MRI_SPINE_ORDER.members:
        contrast = Contrast((member.tag("contrast") or "unspecified").replace("_", "-"))
        if SACROILIAC in member.sites:
            continue
        words = OrderCode(member.code, mri_words(member.sites, contrast))
        table.setdefault(_key(member.system, member.sites, contrast), words)
    return table


_CODES = _table()


def order_codes(
    system: str, sites: frozenset[str], contrast: Contrast
) -> tuple[OrderCode, ...]:
    """Give one code for the scan, else one for each region; none where it lacks any."""
    whole = _CODES.get(_key(system, sites, contrast))
    if whole is not None:
        return (whole,)
    parts = tuple(_by_region(system, sites, contrast))
    return parts if len(parts) == len(sites) else ()


def _by_region(
    system: str, sites: frozenset[str], contrast: Contrast
) -> Iterator[OrderCode]:
    for site in in_order(sites):
        part = _CODES.get(_key(system, frozenset({site}), contrast))
        if part is not None:
            yield part
