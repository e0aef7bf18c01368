"""The charts that both readings judge hold whatever the rules ask for.

A concept that is never drawn is one on which they agree without having looked.
"""

from __future__ import annotations

from collections import Counter

import pytest

from hooks.spine_mri.service import SERVICES
from tests.hooks.spine_mri.test_naive_agrees import IN_FORCE
from tests.naive.charts import story
from tests.naive.elements import UNDRAWN
from tests.naive.plain import plain

CHARTS = 2_000


def drawn() -> Counter[str]:
    """Count the charts by what they hold, be it an element or a result."""
    found: Counter[str] = Counter()
    for seed in range(CHARTS):
        chart = plain(story(seed, IN_FORCE))
        counting = [one for one in chart["facts"] if one["role"] != "exclude"]
        held = {one["element"] for one in counting}
        found.update(held | {one["test"] for one in chart["results"]})
    return found


@pytest.mark.slow
def test_whatever_a_rule_reads_is_drawn() -> None:
    """Each value set is, but for those that UNDRAWN gives a reason for.

    Is one missing, name it under NEEDS in tests/naive/elements.py.
    """
    read = {one for service in SERVICES for one in service.lexicon.wanted}

    assert read - drawn().keys() == UNDRAWN.keys()
