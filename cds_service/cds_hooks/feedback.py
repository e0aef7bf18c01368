"""Feedback: what clinicians did with the cards they were shown.

Source: CDS Hooks 2.0.1, section "Feedback". Lenient towards what real clients send:
cards never heard of, reasons without display or system, the plural spelling
`overrideReasons` with one reason or a list. Comments are dropped unless they are
asked for: they are free text and may name the patient.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from cds_service.cds_hooks import members
from cds_service.cds_hooks.errors import BadRequest, TooLarge

if TYPE_CHECKING:
    from collections.abc import Mapping

BYTE_LIMIT = 64 * 1024
ITEM_LIMIT = 100
# Whatever names a card, a suggestion or a reason; a uuid has 36.
ID_LIMIT = 255
# RFC 3339 with a zone. datetime.fromisoformat alone takes more: weeks, no zone.
INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)


class Outcome(StrEnum):
    """What became of a card."""

    ACCEPTED = "accepted"
    OVERRIDDEN = "overridden"


@dataclass(frozen=True, slots=True)
class OverrideReason:
    """Why a card was put aside, by code; *system* is "" where none was sent."""

    code: str
    system: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What happened to one card.

    Attributes:
        card: the card's uuid as reported; it need not be one of ours.
        accepted: uuids of the suggestions that were taken.
        reason: why it was overridden, if that was said by code.
        at: when, with a time zone.
        comment: the clinician's own words, if they were asked for.
    """

    card: str
    outcome: Outcome
    accepted: tuple[str, ...]
    reason: OverrideReason | None
    at: datetime
    comment: str | None = field(default=None, repr=False)


def parse_feedback(body: bytes, *, comments: bool = False) -> tuple[Feedback, ...]:
    """Read a feedback body: all of its items or none.

    Args:
        body: as received.
        comments: read what clinicians wrote, too.

    Raises:
        TooLarge: over 64 KiB.
        BadRequest: no feedback, or over 100 items; names the JSON path.
    """
    if len(body) > BYTE_LIMIT:
        remedy = f"Send at most {BYTE_LIMIT} bytes at a time."
        raise TooLarge("The feedback is too long", "$", remedy)
    items = members.array(members.read_object(body), "feedback", "$")
    if len(items) > ITEM_LIMIT:
        remedy = f"Send at most {ITEM_LIMIT} items at a time."
        raise BadRequest("The feedback has too many items", "$.feedback", remedy)
    return tuple(
        _item(item, f"$.feedback[{at}]", comments=comments)
        for at, item in enumerate(items)
    )


def _item(item: object, where: str, *, comments: bool) -> Feedback:
    if not isinstance(item, dict):
        raise BadRequest("A feedback item is not an object", where, "Send an object.")
    outcome = _outcome(item, where)
    overridden = outcome is Outcome.OVERRIDDEN
    override, beneath = _override(item, where) if overridden else ({}, where)
    return Feedback(
        card=_name(members.text(item, "card", where), f"{where}.card"),
        outcome=outcome,
        accepted=_accepted(item, where) if outcome is Outcome.ACCEPTED else (),
        reason=_reason(override, beneath),
        at=_instant(item, where),
        comment=_comment(override) if comments else None,
    )


def _name(value: str, where: str) -> str:
    """Refuse as the name of anything what is a text: it might be about a patient."""
    if len(value) > ID_LIMIT or not value.isprintable():
        remedy = f"Send an id or code of at most {ID_LIMIT} characters on one line."
        raise BadRequest("An id or code is too long or not printable", where, remedy)
    return value


def _outcome(item: Mapping[str, Any], where: str) -> Outcome:
    try:
        return Outcome(members.text(item, "outcome", where))
    except ValueError:
        what = "Member `outcome` is not one of the codes"
        remedy = "Send `accepted` or `overridden`."
        raise BadRequest(what, f"{where}.outcome", remedy) from None


def _accepted(item: Mapping[str, Any], where: str) -> tuple[str, ...]:
    """Read which suggestions were taken: at least one, each by its id."""
    taken = members.array(item, "acceptedSuggestions", where)
    where = f"{where}.acceptedSuggestions"
    if not taken or not all(isinstance(suggestion, dict) for suggestion in taken):
        what = "An accepted card names no suggestion"
        raise BadRequest(what, where, 'Send `[{"id": …}]`.')
    return tuple(
        _name(members.text(suggestion, "id", f"{where}[{at}]"), f"{where}[{at}].id")
        for at, suggestion in enumerate(taken)
    )


def _override(item: Mapping[str, Any], where: str) -> tuple[dict[str, Any], str]:
    """Find why a card was overridden, and its path.

    Under either spelling; of a list, the first that gives a reason counts.
    """
    name = "overrideReason" if "overrideReason" in item else "overrideReasons"
    given = item.get(name)
    if not isinstance(given, list):
        single = members.optional_mapping(item, name, where) or {}
        return single, f"{where}.{name}"
    where = f"{where}.{name}"
    reasoned = (
        (one, f"{where}[{at}]")
        for at, one in enumerate(given)
        if isinstance(one, dict) and one.get("reason")
    )
    return next(reasoned, ({}, where))


def _reason(override: Mapping[str, Any], where: str) -> OverrideReason | None:
    """Read the coded reason; None where none was given."""
    coding = members.optional_mapping(override, "reason", where) or {}
    code = members.optional_text(coding, "code", f"{where}.reason")
    system = members.optional_text(coding, "system", f"{where}.reason") or ""
    if not code:
        return None
    named = f"{where}.reason"
    return OverrideReason(
        _name(code, f"{named}.code"), _name(system, f"{named}.system")
    )


def _comment(override: Mapping[str, Any]) -> str | None:
    """Read the comment; whatever is no text is none. A database has no use for NUL."""
    comment = override.get("userComment")
    return comment.replace("\0", "") if isinstance(comment, str) else None


def _instant(item: Mapping[str, Any], where: str) -> datetime:
    stamp = members.text(item, "outcomeTimestamp", where)
    try:
        if INSTANT.fullmatch(stamp):
            return datetime.fromisoformat(stamp.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        pass  # A month 13, before the year 1: refused below like any other text.
    what = "Member `outcomeTimestamp` is not an instant"
    remedy = "Send date and time with time zone, as in RFC 3339."
    raise BadRequest(what, f"{where}.outcomeTimestamp", remedy)
