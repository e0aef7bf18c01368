"""What a service reads, as its criteria say."""

from __future__ import annotations

import pytest

from cds_service.attributes.inputs import inputs
from tests.replay import services
from tests.toy import toy

SERVICE = services()["spine-mri-order-select"]
INPUTS = {one["key"]: one for one in inputs(SERVICE)}


def test_every_query_is_told_as_discovery_gives_it() -> None:
    """By its key, in the same order."""
    assert {key: one["query"] for key, one in INPUTS.items()} == SERVICE.prefetch


@pytest.mark.parametrize("key", sorted(INPUTS.keys() - {"patient"}))
def test_what_is_looked_for_is_named(key: str) -> None:
    """The titles of the value sets, not their ids."""
    titles = {one.title for one in SERVICE.vocabulary.by_id.values()}

    assert set(INPUTS[key]["valueSets"]) <= titles


def test_the_resources_are_named() -> None:
    """By their FHIR types; laboratory and vital signs are both Observations."""
    assert INPUTS["patient"]["resources"] == ["Patient"]
    assert INPUTS["observations"]["resources"] == ["Observation"]
    assert "C-reactive protein" in str(INPUTS["observations"]["valueSets"])
    assert "Body temperature" in str(INPUTS["vitals"]["valueSets"])


def test_a_service_that_reads_nothing_has_no_inputs() -> None:
    """Nothing is made up."""
    assert inputs(toy("order-select")) == []
