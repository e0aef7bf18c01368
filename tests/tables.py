"""Write a criterion's test as a table a clinician can read and correct.

    crp      | age    | expected | unseen | why
    9.9 mg/L | 1 day  | no       |        | just below the threshold
    88       | 1 day  | unknown  | unseen | a number without a unit

A row is a patient; an empty cell is a fact the chart does not hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from cds_service.facts.model import Facts
    from cds_service.reasoning.finding import Criterion


def rows(table: str) -> list[dict[str, str]]:
    """Read a table into one dict per row; a row of another width raises."""
    lines = [line for line in table.strip().splitlines() if line.strip()]
    header, *body = ([cell.strip() for cell in line.split("|")] for line in lines)
    return [dict(zip(header, cells, strict=True)) for cells in body]


def each(table: str) -> pytest.MarkDecorator:
    """Parametrize a test by *row*, each named by its `why`."""
    cases = rows(table)
    return pytest.mark.parametrize("row", cases, ids=[row["why"] for row in cases])


def judges(
    criterion: Criterion, table: str, patient: Callable[[dict[str, str]], Facts]
) -> Any:
    """Make a test that *criterion* judges every row of *table* as expected.

    `expected` is yes, no or unknown. Where there is a column `unseen`, the word in it
    says that evidence may exist which could not be read; empty says that it was seen.
    """

    @each(table)
    def test(row: dict[str, str]) -> None:
        finding = criterion.assess(patient(row))

        assert finding.truth.name.lower() == row["expected"]
        if "unseen" in row:
            assert finding.unseen == bool(row["unseen"])

    return test
