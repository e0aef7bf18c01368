"""Whether a text states, suspects or denies what one of its phrases names."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final

from cds_service.knowledge.coding import bare

LIMIT: Final = 256
"""Characters of a text that are read: displays and reasons are shorter."""

_REACH: Final = 40
"""Characters before a phrase in which a denial or a doubt still bears on it."""

_SENTENCE: Final = re.compile(r"[;!\n]|\.(?=\s|$)")
_SAYS: Final = re.compile(r"\w")
_TURN: Final = re.compile(r"[;!\n]|\.(?=\s|$)|\b(?:but|however|although|except|yet)\b")

_DENIAL: Final = re.compile(
    r"\b(?:no|not|denies|denied|denying|without|negative for|absence of"
    r"|ruled out|excluded|fam(?:ily)?\s+(?:history|hx)|fhx?)\b"
)
# These deny something else: the relief, the doubt, or the denial itself.
_FALSE_DENIAL: Final = re.compile(
    r"\b(?:no|not|without)\s+(?:\w+\s+){0,2}?"
    r"(?:improv\w*|relief|reliev\w*|better|benefit|respon\w*|change|resol\w*|help\w*"
    r"|doubt|only|exclud\w*|rul\w*\s+out)\b"
)
_DOUBT: Final = re.compile(
    r"\?|\b(?:rule[\s-]?out|r\s?/\s?o|exclude|excluding|quer(?:y|ied)"
    r"|suspect(?:ed)?|suspicio(?:n|us)|possibl[ey]|probabl[ey]|(?:un)?likely"
    r"|concern(?:s|ed|ing)?|worr(?:y|ied|ying|isome)"
    r"|eval(?:uate|uation)?\.?\s+for|assess(?:ment)?\s+for)(?!\w)"
)
# A pattern may end within a word, whose rest comes first.
_LINK: Final = (
    r"\w*[\s,:\-()]*(?:(?:is|was|were|are|be|been|has|have|had|to|now|already)\s+)*"
)
_DENIAL_AFTER: Final = re.compile(
    _LINK + r"(?:(?:ruled\s+out|excluded|denied|absent|unlikely"
    r"|not\s+(?:present|seen|found|evident))\b"
    r"|(?<=[:\-( ])(?:no|none|nil|neg(?:ative)?)\b(?=\W*(?:$|[,;.)])))"
)
_DOUBT_AFTER: Final = re.compile(
    _LINK + r"(?:\?|(?:suspected|possible|queried|likely)\b"
    r"|(?:cannot|can't|not)\s+(?:\w+\s+){0,2}(?:ruled\s+out|excluded)\b"
    r"|(?<=to\sbe\s)(?:ruled\s+out|excluded)\b)"
)


_DENIED: Final = re.compile(
    r"(?<!not )(?<!not be )(?<!to be )\b(?:ruled\s+out|excluded|denied)\W*$"
)
# A denial goes on over a list, however long, until something is stated.
_LISTS: Final = re.compile(r"\b(?:no|denie[sd]|denying|negative for|absence of)\b")
# Of two things with a comma between, the second may be stated.
_LISTS_ALL: Final = re.compile(
    r"\b(?:denie[sd]|denying|negative for|absence of)\b[^,/]*"
    r"(?:[,/][^,/]*(?:[,/]|\band\b)|\band\b[^,/]*$)"
    r"|\b(?:or|nor)\b[^,/]*$"
)
_ITEM: Final = re.compile(r"[,/:]|\b(?:and|or|nor)\b")
_ITEM_WORDS: Final = 4
_STATES: Final = re.compile(
    r"\d|\?|\b(?:ha(?:s|ve|d|ving)|with|is|are|was|report\w*|present\w*|complain\w*"
    r"|c/o|now|new(?:ly)?|since|today|yesterday|develop\w*|start\w*|worse\w*)\b"
)
# One by one, which takes a fifth of the time that `str.translate` takes.
_PLAIN: Final = (("\u2019", "'"), ("\u00a0", " "), ("\t", " "), ("\r", " "))


class Claim(Enum):
    """How a text stands to a phrase in it."""

    STATED = auto()
    SUSPECTED = auto()
    DENIED = auto()


def readable(text: str) -> str:
    """Return what patterns are matched against: lower case, cut at `LIMIT`."""
    plain = text[:LIMIT].lower()
    if not plain.isascii():
        plain = bare(plain)
    for sign, instead in _PLAIN:
        plain = plain.replace(sign, instead)
    return plain


def sentence_around(text: str, start: int, end: int) -> str:
    """Return the sentence of `text` that holds the phrase at `start:end`."""
    return _before(_SENTENCE, text[:start]) + text[start:end] + _after(text[end:])


def denies(text: str) -> bool:
    """Whether a text denies all it names: "no known problems", "discitis ruled out".

    "Kidney graft, not otherwise specified" denies nothing of what it names.
    """
    plain = _FALSE_DENIAL.sub(" ", readable(text)).strip()
    return bool(_DENIAL.match(plain) or _DENIED.search(plain))


def apart(text: str) -> tuple[str, str]:
    """Return what a text states, and what it denies after that, from the denial on."""
    plain = _FALSE_DENIAL.sub(" ", readable(text))
    denial = _DENIAL.search(plain)
    at = denial.start() if denial else len(plain)
    return plain[:at], plain[at:]


def clauses(text: str) -> list[str]:
    """Give what is said apart: of "no fever, but sweats" the first denies, not all."""
    return [one for one in _TURN.split(readable(text)) if _SAYS.search(one)]


def without_denied_lists(text: str) -> str:
    """Leave out the lists of which every item is denied: "denies fever, numbness".

    "No fever, numbness" may state the second; "no fever or numbness" does not.
    """
    return ";".join(_until_denied(one) for one in _TURN.split(readable(text)))


def _until_denied(sentence: str) -> str:
    denial = _LISTS.search(sentence)
    if denial is None:
        return sentence
    denied = sentence[denial.start() :]
    whole = _is_list(sentence[denial.end() :]) and _LISTS_ALL.search(denied)
    return sentence[: denial.start()] if whole else sentence


def _is_list(text: str) -> bool:
    """Whether a text only names things, and states nothing."""
    items = _ITEM.split(text)
    short = all(len(one.split()) <= _ITEM_WORDS for one in items)
    return short and not _STATES.search(text)


def _is_listed(lead: str) -> bool:
    """Whether the last denial goes on over a list to the end of *lead*."""
    *_, last = (0, *(one.end() for one in _LISTS.finditer(lead)))
    return last > 0 and _is_list(lead[last:])


def claim(text: str, start: int, end: int) -> Claim:
    """Judge the phrase at `start:end` by the words around it in its sentence."""
    sentence = _FALSE_DENIAL.sub(" ", _before(_TURN, text[:start]))
    lead = _before(_TURN, text[max(0, start - _REACH) : start])
    rest = _after(text[end:])
    # Doubt first: "to be excluded" holds the words of a denial.
    if _DOUBT_AFTER.match(rest):
        return Claim.SUSPECTED
    denied = _DENIAL.search(_FALSE_DENIAL.sub(" ", lead))
    if denied or _is_listed(sentence) or _DENIAL_AFTER.match(rest):
        return Claim.DENIED
    return Claim.SUSPECTED if _DOUBT.search(lead) else Claim.STATED


def _before(boundary: re.Pattern[str], lead: str) -> str:
    """Return the part of `lead` behind its last boundary."""
    ends = [match.end() for match in boundary.finditer(lead)]
    return lead[ends[-1] :] if ends else lead


def _after(rest: str) -> str:
    """Return the part of `rest` before the end of the sentence."""
    boundary = _SENTENCE.search(rest)
    return rest[: boundary.start()] if boundary else rest
