"""Every line has a test that exists, or a reason, and the pages say so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.traceability import (
    CONFORMANCE,
    FAULTS,
    all_tests,
    checklist,
    conformance_page,
    faults,
    faults_page,
    specification,
)

if TYPE_CHECKING:
    from tests.traceability import Promise

LINES = [*specification(), *checklist(), *faults()]
# What of HL7's numbers is about clients, or a MAY or SHOULD, is not among the 73.
SPECIFICATION_LINES, CHECKLIST_LINES, FAULT_ROWS = 73, 70, 64


def test_the_lists_are_whole() -> None:
    """No line is missing, and none is there twice."""
    spec = [one.id for one in specification()]
    numbers = [int(one.removeprefix("cds-hooks_2.0/")) for one in spec]

    assert len(set(numbers)) == SPECIFICATION_LINES == len(numbers)
    assert numbers == sorted(numbers)
    assert [one.id for one in checklist()] == [
        f"R{number}" for number in range(1, CHECKLIST_LINES + 1)
    ]
    assert [one.id for one in faults()] == [
        str(number) for number in range(1, FAULT_ROWS + 1)
    ]


@pytest.mark.parametrize("line", LINES, ids=lambda one: one.id)
def test_a_line_is_shown(line: Promise) -> None:
    """By tests that exist; by a reason where there can be none."""
    assert line.tests or line.besides
    assert set(line.tests) <= set(all_tests())
    assert re.fullmatch(r"[^|\n]+", line.says)


@pytest.mark.parametrize("row", faults(), ids=lambda one: one.id)
def test_a_fault_is_tried(row: Promise) -> None:
    """At least once where faults are tried."""
    assert row.fault
    assert any(one.startswith("robustness/") for one in row.tests)


@pytest.mark.fault(61)
def test_the_pages_are_those_of_the_lists() -> None:
    """Else: `python -m tests.traceability`."""
    assert CONFORMANCE.read_text(encoding="utf-8") == conformance_page()
    assert FAULTS.read_text(encoding="utf-8") == faults_page()
