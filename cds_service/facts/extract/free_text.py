"""Whether all that a text says was understood, or something in it may be missed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cds_service.knowledge.vocabulary import COMPLAINT, NAMED
from cds_service.knowledge.wording import (
    LIMIT,
    apart,
    clauses,
    denies,
    without_denied_lists,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cds_service.facts.lexicon import Lexicon

# Where a list goes on, and a denial may or may not.
PARTS = re.compile(r",|\band\b|\+", re.IGNORECASE)
# Where something else may be named.
ITEMS = re.compile(r"[,+&/()]|\b(?:and|with|due to|secondary to|in setting of|plus)\b")
_COMPLAINT = re.compile(rf"\w*{re.escape(COMPLAINT)}[\w{re.escape(COMPLAINT)}]*")
_SAYS = re.compile(r"[^\W\d_]")


def is_understood(text: str, lexicon: Lexicon) -> bool:
    """Whether a text means something to us, and all of it.

    "Low back pain and Krebs" names one thing that we know and one that may be a red
    flag; "follow up" names nothing.
    """
    if len(text) > LIMIT or not _SAYS.search(text):
        return False
    if lexicon.harmless.is_name(text):
        return True
    items = _items(text, lexicon)
    rest = _unsettled(items, lexicon)
    silent = bool(items) and len(rest) == len(items)
    return not (silent or _may_warn(rest, lexicon) or is_ambiguous(text, lexicon))


def is_read_whole(text: str, lexicon: Lexicon) -> bool:
    """Whether nothing in a text may be a red flag in words that we do not know.

    It need not mean anything: "please schedule for Friday".
    """
    rest = _unsettled(_items(text, lexicon), lexicon)
    return not (_may_warn(rest, lexicon) or is_ambiguous(text, lexicon))


def is_ambiguous(text: str, lexicon: Lexicon) -> bool:
    """Whether more may be said than was read.

    A long text is read in part only. "No fever, saddle numbness" may deny both or
    state the second: what a part says alone and the whole does not, is in doubt.
    """
    if len(text) > LIMIT:
        return True
    parts = PARTS.split(without_denied_lists(text))
    if len(parts) == 1:
        return False
    alone = set[str]().union(*(_named(part, lexicon) for part in parts))
    return not alone <= _named(text, lexicon)


def _named(text: str, lexicon: Lexicon) -> set[str]:
    hits = lexicon.vocabulary.read_text(text)
    return {hit.value_set for hit in hits} & lexicon.wanted


def _items(text: str, lexicon: Lexicon) -> list[str]:
    """The things said, apart, without the lists of which all is denied."""
    told, words = without_denied_lists(text), lexicon.harmless
    masked = lexicon.vocabulary.masked(told, words.complaints, words.unsettling)
    return [item for clause in clauses(masked) for item in ITEMS.split(clause)]


def _unsettled(items: Iterable[str], lexicon: Lexicon) -> list[str]:
    return [item for item in items if not _is_settled(item, lexicon)]


def _may_warn(items: Iterable[str], lexicon: Lexicon) -> bool:
    return not all(map(lexicon.harmless.is_ordinary, items))


def _is_settled(item: str, lexicon: Lexicon) -> bool:
    """Whether an item is denied, or names what we know.

    Beside a mere complaint all has to be ordinary; what is of concern is judged, and
    in a chart has words beside it that we need not know: "fall from a horse".
    """
    stated, denied = apart(item)
    if NAMED in stated or denies(item) or lexicon.harmless.is_name(stated):
        return True
    beside = _COMPLAINT.sub(" ", stated)
    return (bool(denied) or beside != stated) and lexicon.harmless.is_ordinary(beside)
