"""What the text of an order says, where its codes say nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from cds_service.knowledge.wording import readable
from hooks.spine_mri.protocol import Contrast

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_MRI: Final = re.compile(r"\b(?:mri?|magnetic\s+resonance)\b(?!\s*(?:angio|a\b))")
_NEVER_SPINE: Final = re.compile(r"\b(?:mra|mrv|angio\w*|venogra\w*|brachial|plexus)\b")
_ELSEWHERE: Final = re.compile(
    r"\b(?:sacro-?iliac|si\s+joints?|pelvis|hip|knee|shoulder|brain|head|abdomen"
    r"|breast|neck\s+soft)\b"
)
_JOINTS: Final = re.compile(r"\bsacro-?iliac\b|\bsi\s+joints?\b")
_SPINE: Final = re.compile(r"\bspin(?:e|al)\b|\bvertebra\w*|\bback\b")

SITES: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        "cervical": re.compile(
            r"\bneck\s+spine\b|\bc(?:erv(?:ical)?)?[\s\-\.]*(?:spine|sp)\b|\bcervical\b"
            r"|\bc\s?[/\-]\s?t[\s\-]*spine\b|\bcervico-?thoracic\b"
        ),
        "thoracic": re.compile(
            r"\bt(?:h(?:or(?:acic)?)?)?[\s\-\.]*(?:spine|sp)\b|\bthoracic\b|\bdorsal\b"
            r"|\bt[\s/\-]*l[\s\-]*spine\b|\bc\s?[/\-]\s?t[\s\-]*spine\b"
            r"|\bcervico-?thoracic\b|\bthoraco-?lumbar\b"
        ),
        "lumbar": re.compile(
            r"\bl(?:umb(?:ar)?)?[\s\-\./]*(?:s(?:acral)?[\s\-]*)?(?:spine|sp)\b"
            r"|\blumbar\b|\blumbo-?sacral\b|\bl[\-/ ]?s\s*spine\b"
            r"|\bt[\s/\-]*l[\s\-]*spine\b|\bthoraco-?lumbar\b"
        ),
        "sacral": re.compile(
            r"\bsacr(?:um|al)\b|\blumbo-?sacral\b|\bl[\-/ ]?s\s*spine\b|\bcoccyx\b"
        ),
    }
)
"""Words of each level of the spine."""

_COMPLETE: Final = re.compile(
    r"\b(?:whole|total|entire|complete|full|pan)[\s\-]*spine\b|\bspine\s+survey\b"
    r"|\bneuro?axis\b|\bc[\s/,+&\-]*t[\s/,+&\-]*l[\s\-]*spine\b"
)

_WITH: Final = r"\bw(?:ith)?\b(?!\s+(?:sedation|an(?:a)?esth))"
_WITHOUT: Final = r"\bw(?:ith)?\s*/?\s*o(?:ut)?\b"

# The order matters: words for both series hold the words for either one.
CONTRASTS: Final = (
    (
        Contrast.WITHOUT_AND_WITH,
        re.compile(
            rf"{_WITHOUT}.*(?:&|\band\b|\+|/|\bthen\b|{_WITH}).*{_WITH}"
            r"|\bwithout\b[^;]*\bfollowed by\b|\bw\s*/?\s*wo\b|\bwo\s*/?\s*w\b"
            r"|\bpre\s*(?:&|and|/)\s*post\b|\bw\s*&\s*w\s*/?\s*o\b"
            rf"|{_WITH}\s*/?\s*(?:&|\+|/|\band\b)?\s*{_WITHOUT}"
        ),
    ),
    (
        Contrast.WITHOUT,
        re.compile(
            r"\bw\s*/\s*o\b|\bwo\b|\bwithout\b|\bnon[\s\-]?contrast\b"
            r"|\bno\s+contrast\b|\bunenhanced\b|\bplain\b"
        ),
    ),
    (
        Contrast.WITH_ONLY,
        re.compile(
            r"\bw(?:ith)?\s*/?\s*(?:iv\s+)?(?:contrast|gad\w*|dye)\b"
            r"|\bpost[\s\-]?contrast\b|\benhanced\b|(?<![^\s\w])\+\s*c\b"
        ),
    ),
)
"""How contrast is planned, by the first pattern that matches."""


@dataclass(frozen=True, slots=True)
class OrderText:
    """A spine MRI as the text of an order describes it.

    Attributes:
        sites: Levels named; empty where the text only says spine.
        complete: The whole spine is asked for.
        contrast: How contrast is planned.
    """

    sites: frozenset[str]
    complete: bool
    contrast: Contrast


def read_order_text(
    texts: Iterable[str],
) -> tuple[frozenset[str], Contrast] | None:
    """Return the levels and the contrast that the names of an order state.

    The first text that names a spine MRI counts, before all one that says levels;
    None where there is no such text. Contrast comes from the same text.
    """
    found = [order for order in map(read_order, texts) if order]
    if not found:
        return None
    best = next((order for order in found if order.sites), found[0])
    return best.sites, best.contrast


def read_order(text: str) -> OrderText | None:
    """Return what a text orders, or None where that is no spine MRI.

    Only for the name of the order (`code.text`, `coding.display`): a reason or a
    note speaks of contrast and of body parts in other ways.
    """
    plain = readable(text)
    if not _MRI.search(plain) or _NEVER_SPINE.search(plain):
        return None
    complete = _COMPLETE.search(plain) is not None
    named = (site for site, words in SITES.items() if words.search(plain))
    sites = frozenset(SITES if complete else named)
    if not sites and (_ELSEWHERE.search(plain) or not _SPINE.search(plain)):
        return None
    return OrderText(sites, complete, _contrast(plain))


def names_joints(text: str) -> bool:
    """Whether the name of an order is that of an MRI of the sacroiliac joints."""
    plain = readable(text)
    return bool(_MRI.search(plain) and _JOINTS.search(plain))


def _contrast(plain: str) -> Contrast:
    found = (kind for kind, words in CONTRASTS if words.search(plain))
    return next(found, Contrast.UNSPECIFIED)
