"""How a spine MRI is done: contrast, and the words for region and contrast."""

from __future__ import annotations

from enum import StrEnum

from hooks.spine_mri.definitions import (
    CERVICAL,
    LUMBAR,
    SACRAL,
    SACROILIAC,
    THORACIC,
    WHOLE_SPINE,
)


class Contrast(StrEnum):
    """What a draft says about intravenous contrast.

    WITH is SNOMED's "with contrast": it does not say that images without are left
    out, so it reads as without and with.
    """

    WITHOUT = "without"
    WITHOUT_AND_WITH = "without-and-with"
    WITH = "with"
    WITH_ONLY = "with-only"
    UNSPECIFIED = "unspecified"


ENHANCED = frozenset({Contrast.WITHOUT_AND_WITH, Contrast.WITH, Contrast.WITH_ONLY})
IN_WORDS = {
    Contrast.WITHOUT: "without contrast",
    Contrast.WITHOUT_AND_WITH: "without and with contrast",
    Contrast.WITH: "with contrast",
    Contrast.WITH_ONLY: "with contrast only",
    Contrast.UNSPECIFIED: "contrast not stated",
}
# As a site file names them; a whole spine needs no list.
REGIONS = {
    **{one: frozenset({one}) for one in (CERVICAL, THORACIC, LUMBAR, SACRAL)},
    SACROILIAC: frozenset({SACROILIAC}),
    "whole": WHOLE_SPINE,
}
# From the head down, which is how radiologists name them.
TOP_DOWN = (CERVICAL, THORACIC, LUMBAR, SACRAL, SACROILIAC)


def in_order(sites: frozenset[str]) -> tuple[str, ...]:
    """The regions from the head down."""
    return tuple(site for site in TOP_DOWN if site in sites)


def region_words(sites: frozenset[str]) -> str:
    """Name regions: "lumbar spine", "whole spine", "spine" where none is given."""
    if sites >= WHOLE_SPINE:
        return "whole spine"
    named = [site for site in in_order(sites) if site != SACROILIAC]
    spine = f"{' and '.join(named)} spine".strip()
    joints = "sacroiliac joints"
    if SACROILIAC not in sites:
        return spine
    return f"{spine} and {joints}" if named else joints


def mri_words(sites: frozenset[str], contrast: Contrast) -> str:
    """Name a scan: "MRI lumbar spine without contrast"."""
    if contrast is Contrast.UNSPECIFIED:
        return f"MRI {region_words(sites)}"
    return f"MRI {region_words(sites)} {IN_WORDS[contrast]}"
