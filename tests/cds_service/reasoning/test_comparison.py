"""More than, no less than, less than, no more than: each at its limit."""

from __future__ import annotations

from datetime import timedelta

from cds_service.facts.quantity import Quantity
from cds_service.reasoning.comparison import Comparison
from cds_service.reasoning.measured import MeasurementCriterion
from hooks.spine_mri import value_sets as codes
from tests.builders import facts_from, temperature
from tests.tables import each


@each("""
    comparison | below | at  | above | why
    ABOVE      | no    | no  | yes   | more than
    AT_LEAST   | no    | yes | yes   | no less than
    BELOW      | yes   | no  | no    | less than
    AT_MOST    | yes   | yes | no    | no more than
    """)
def test_comparisons(row: dict[str, str]) -> None:
    """Each holds the value against the threshold in its own way."""
    criterion = MeasurementCriterion(
        id="temperature",
        title="Temperature",
        codes=codes.BODY_TEMPERATURE,
        comparison=Comparison[row["comparison"]],
        threshold=Quantity.parse("38.0 Cel"),
        within=timedelta(days=7),
        category="vital-signs",
    )
    measured = {"below": "37.9 Cel", "at": "100.4 [degF]", "above": "38.1 Cel"}

    for name, result in measured.items():
        finding = criterion.assess(facts_from([temperature(result)]))
        assert finding.truth.name.lower() == row[name], name
