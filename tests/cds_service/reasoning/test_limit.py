"""A named number, as published and as a site sets it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from cds_service.knowledge.practice import AS_PUBLISHED, LocalChange, Practice
from cds_service.reasoning.limit import Limit, count_of, span, window_of

WAIT = Limit(
    name="wait",
    title="How long to wait",
    value=Decimal(42),
    unit="d",
    lowest=Decimal(28),
    highest=Decimal(84),
    why="nobody waits longer",
)
HERE = Practice(site="Toy Hospital", limits={"wait": Decimal(28)})


def test_as_published_where_no_site_says_otherwise() -> None:
    """Also where the site changes something else."""
    other = Practice(limits={"weight": Decimal(1)})

    assert WAIT.under(AS_PUBLISHED) == WAIT.under(other) == 42
    assert WAIT.under(HERE) == 28


def test_a_window_has_the_length_of_the_practice() -> None:
    """One without a name has the same everywhere."""
    assert span(WAIT, AS_PUBLISHED) == timedelta(days=42)
    assert span(WAIT, HERE) == timedelta(days=28)
    assert span(timedelta(days=7), HERE) == timedelta(days=7)


def test_days_with_and_without_a_name() -> None:
    """Criteria take either; their ids show the published number."""
    assert (window_of(7), count_of(7)) == (timedelta(days=7), 7)
    assert (window_of(WAIT), count_of(WAIT)) == (WAIT, 42)
    assert str(WAIT) == "42 d"


def test_a_change_in_words() -> None:
    """What holds here, and what holds elsewhere."""
    change = LocalChange(
        kind="limit", name="wait", before="42 d", now="28 d", why="short queue"
    )

    assert str(change) == "wait: 28 d (standard: 42 d)"
