"""Which contrast is wanted, row by row of the table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hooks.spine_mri.contrast import contrast_wanted
from hooks.spine_mri.protocol import Contrast
from hooks.spine_mri.rule import ContrastRow
from hooks.spine_mri.rules.infection import INF1
from hooks.spine_mri.rules.neurology import NEU1
from hooks.spine_mri.rules.pain import PER1

BOTH, PLAIN = Contrast.WITHOUT_AND_WITH, Contrast.WITHOUT
WEIGHT_LOSS = replace(PER1, contrast=ContrastRow.WEIGHT_LOSS)
SCAR = replace(INF1, contrast=ContrastRow.SCAR)

ROWS = {
    "infection beside the cauda equina": (NEU1, (NEU1, INF1), BOTH, False),
    "scar": (SCAR, (SCAR,), BOTH, False),
    "weight loss prefers it and accepts without": (WEIGHT_LOSS, (), BOTH, True),
    "an emergency takes what is fastest": (NEU1, (NEU1,), PLAIN, True),
    "pain alone": (PER1, (), PLAIN, True),
}


@pytest.mark.parametrize(
    ("lead", "flags", "target", "without"), ROWS.values(), ids=ROWS
)
def test_the_first_row_that_holds(
    lead: object, flags: object, target: Contrast, *, without: bool
) -> None:
    """Target, and whether a draft without contrast may stay."""
    wanted, accepted = contrast_wanted(lead, flags)  # type: ignore[arg-type]

    assert wanted is target
    assert (Contrast.WITHOUT in accepted) is without
