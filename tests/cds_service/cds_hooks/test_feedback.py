"""Feedback on cards."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from cds_service.cds_hooks.errors import BadRequest, TooLarge
from cds_service.cds_hooks.feedback import (
    Feedback,
    Outcome,
    OverrideReason,
    parse_feedback,
)
from tests.cds_service.cds_hooks.bodies import encode

INSTANT = "2026-11-24T20:00:00Z"


def accepted(**members: Any) -> dict[str, Any]:
    """Make the item for an accepted card."""
    item = {
        "card": "c-1",
        "outcome": "accepted",
        "acceptedSuggestions": [{"id": "s-1"}],
        "outcomeTimestamp": INSTANT,
    }
    return item | members


def overridden(**members: Any) -> dict[str, Any]:
    """Make the item for an overridden card."""
    item = {"card": "c-1", "outcome": "overridden", "outcomeTimestamp": INSTANT}
    return item | members


def parse(*items: object) -> tuple[Feedback, ...]:
    """Parse a body of *items*."""
    return parse_feedback(encode({"feedback": items}))


def test_an_accepted_card_names_its_suggestions() -> None:
    """Card, suggestions and instant arrive."""
    assert parse(accepted()) == (
        Feedback(
            card="c-1",
            outcome=Outcome.ACCEPTED,
            accepted=("s-1",),
            reason=None,
            at=datetime(2026, 11, 24, 20, tzinfo=UTC),
        ),
    )


@pytest.mark.parametrize("name", ["overrideReason", "overrideReasons"])
def test_a_reason_is_read_under_either_spelling(name: str) -> None:
    """The specification writes the singular, Epic the plural."""
    reason = {"reason": {"code": "patient-refuses", "system": "urn:r"}}

    (item,) = parse(overridden(**{name: reason}))

    assert item.reason == OverrideReason("patient-refuses", "urn:r")


@pytest.mark.parametrize(
    ("override", "expected"),
    [
        (None, None),
        ({}, None),
        ({"reason": None}, None),
        ({"reason": {}}, None),
        ({"reason": {"display": "Other"}}, None),
        ({"reason": {"code": "x"}}, OverrideReason("x", "")),
        ({"userComment": "he said no"}, None),
    ],
    ids=str,
)
def test_a_reason_may_be_thin_or_missing(
    override: object, expected: OverrideReason | None
) -> None:
    """Without display, without system, or a comment alone."""
    (item,) = parse(overridden(overrideReason=override))

    assert item.reason == expected
    assert "he said" not in repr(item)


@pytest.mark.parametrize("name", ["overrideReason", "overrideReasons"])
def test_of_a_list_of_reasons_the_first_counts(name: str) -> None:
    """The plural invites a list; one card has one reason."""
    reasons = [None, {}, {"reason": {"code": "a"}}, {"reason": {"code": "b"}}]

    (several,) = parse(overridden(**{name: reasons}))
    (none,) = parse(overridden(**{name: [{"userComment": "x"}]}))

    assert several.reason == OverrideReason("a", "")
    assert none.reason is None


@pytest.mark.fault(54)
@pytest.mark.parametrize(
    ("comment", "expected"),
    [("well \0known", "well known"), (None, None), (7, None), ({}, None)],
    ids=str,
)
def test_a_comment_is_read_only_where_it_is_wanted(
    comment: object, expected: str | None
) -> None:
    """It is free text and may name the patient."""
    body = encode({"feedback": [overridden(overrideReason={"userComment": comment})]})

    (dropped,) = parse_feedback(body)
    (read,) = parse_feedback(body, comments=True)

    assert dropped.comment is None
    assert read.comment == expected
    assert "known" not in repr(read)


def test_items_may_repeat_and_mix() -> None:
    """A batch spans cards and times, and may say the same again."""
    assert len(parse(accepted(), accepted(), overridden(card="never ours"))) == 3


@pytest.mark.parametrize(
    "stamp",
    [
        "2026-11-24T20:00:00Z",
        "2026-11-24t20:00:00z",
        "2026-11-24T20:00:00.123456789+01:00",
        "2024-02-29T23:59:59-05:30",
    ],
)
def test_an_instant_has_a_time_zone(stamp: str) -> None:
    """Fractions and offsets are read."""
    assert parse(overridden(outcomeTimestamp=stamp))[0].at.tzinfo is not None


@pytest.mark.parametrize(
    "stamp",
    [
        None,
        "",
        1,
        "2026-11-24",
        "2026-11-24T20:00:00",
        "2026-13-24T20:00:00Z",
        "2026-02-29T20:00:00Z",
        "2026-W48-2T20:00:00Z",
        "20261124T200000Z",
        "٢٠٢٦-11-24T20:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "yesterday",
    ],
)
def test_what_is_no_instant_is_refused(stamp: object) -> None:
    """Dates alone, times without zone, days that never were."""
    with pytest.raises(BadRequest, match="outcomeTimestamp"):
        parse(overridden(outcomeTimestamp=stamp))


@pytest.mark.parametrize(
    ("item", "where"),
    [
        ("x", "$.feedback[0]"),
        (None, "$.feedback[0]"),
        (accepted(card=None), "$.feedback[0].card"),
        (accepted(card=3), "$.feedback[0].card"),
        (accepted(outcome=None), "$.feedback[0].outcome"),
        (accepted(outcome="ignored"), "$.feedback[0].outcome"),
        (accepted(acceptedSuggestions=None), "$.feedback[0].acceptedSuggestions"),
        (accepted(acceptedSuggestions=[]), "$.feedback[0].acceptedSuggestions"),
        (accepted(acceptedSuggestions=["s"]), "$.feedback[0].acceptedSuggestions"),
        (
            accepted(acceptedSuggestions=[{}]),
            "$.feedback[0].acceptedSuggestions[0].id",
        ),
        (accepted(card="c" * 256), "$.feedback[0].card"),
        (accepted(card="seen\nMr. Smith"), "$.feedback[0].card"),
        (
            accepted(acceptedSuggestions=[{"id": "s" * 256}]),
            "$.feedback[0].acceptedSuggestions[0].id",
        ),
        (
            overridden(overrideReason={"reason": {"code": "c" * 256}}),
            "$.feedback[0].overrideReason.reason.code",
        ),
        (
            overridden(overrideReasons=[{"reason": {"code": "c", "system": "\0"}}]),
            "$.feedback[0].overrideReasons[0].reason.system",
        ),
        (overridden(overrideReason="no"), "$.feedback[0].overrideReason"),
        (
            overridden(overrideReasons={"reason": "no"}),
            "$.feedback[0].overrideReasons.reason",
        ),
    ],
    ids=str,
)
def test_what_is_amiss_is_named(item: object, where: str) -> None:
    """Every fault has its path."""
    with pytest.raises(BadRequest, match=re.escape(f"({where})")):
        parse(item)


@pytest.mark.parametrize("body", [{}, {"feedback": {}}, {"card": "c-1"}], ids=str)
def test_a_body_holds_a_list(body: object) -> None:
    """Earlier drafts of the specification sent one item bare: that is refused."""
    with pytest.raises(BadRequest, match=re.escape("$.feedback")):
        parse_feedback(encode(body))


def test_a_hundred_items_are_enough() -> None:
    """One more is refused."""
    assert len(parse(*[overridden()] * 100)) == 100
    with pytest.raises(BadRequest, match="too many"):
        parse(*[overridden()] * 101)


def test_a_long_body_is_refused_unread() -> None:
    """Over 64 KiB nothing is parsed."""
    with pytest.raises(TooLarge):
        parse_feedback(b" " * (64 * 1024 + 1))
