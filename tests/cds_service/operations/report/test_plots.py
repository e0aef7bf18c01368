"""Where the marks of a plot go."""

from __future__ import annotations

import pytest

from cds_service.operations.report.plots import (
    HEIGHT,
    LABELS,
    WIDTH,
    bar,
    columns,
    shade,
)


def test_columns_stand_on_the_axis() -> None:
    """The tallest reaches the top, a small one is seen, none is nothing."""
    laid = columns([("a", 1000), ("b", 1), ("c", 0)])

    assert laid.top == 1000
    assert [one.height for one in laid.columns] == [HEIGHT, 1.5, 0.0]
    assert all(one.y + one.height == HEIGHT for one in laid.columns)
    assert laid.columns[-1].x + laid.columns[-1].width <= WIDTH
    assert laid.columns[0].title == "a: 1,000"


@pytest.mark.parametrize("count", [1, LABELS, LABELS + 1, 365])
def test_labels_have_room(count: int) -> None:
    """Few enough to be read, and the first is one of them."""
    laid = columns([(str(number), 1) for number in range(count)])

    labels = [one.label for one in laid.columns if one.label]
    assert labels[0] == "0"
    assert len(labels) <= LABELS


def test_no_columns_are_no_chart() -> None:
    """Nothing is divided by nothing."""
    assert columns([]).columns == ()
    assert columns([]).top == 0


def test_a_bar_is_cut_in_proportion() -> None:
    """Side by side; what is small is seen, what is none is left out."""
    pieces = bar((("a", 50), ("b", 0), ("c", 25)), 100)

    assert [(one.kind, one.x, one.width) for one in pieces] == [
        ("a", 0.0, 50.0),
        ("c", 50.0, 25.0),
    ]
    assert bar((("a", 1),), 100_000)[0].width == 0.5
    assert bar((("a", 2),), 0)[0].width == 100.0
    assert bar((), 0) == ()


def test_shades_grow_with_the_count() -> None:
    """None is no shade, the most is the deepest."""
    grades = [shade(count, 100) for count in (0, 1, 10, 40, 100)]

    assert grades == sorted(grades)
    assert (grades[0], grades[-1]) == (0, 5)
    assert shade(0, 0) == 0
