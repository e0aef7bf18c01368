"""The program and a second, naive reading of the rules give the same answers.

`tests/naive` was written straight from the rules and the tables, over plain
dictionaries, and shares no code with the criteria. Where the two differ, one of them is
wrong.
"""

from __future__ import annotations

import pytest

from hooks.spine_mri.modifiers import MODIFIERS
from hooks.spine_mri.rules import RULES
from tests.naive.charts import story
from tests.naive.combine import evaluate
from tests.naive.plain import plain
from tests.naive.rendered import outcome

CHARTS, CHUNK = 5_200, 200
# Charts beyond these on which the two once differed, and over what.
SETTLED = {
    8_026: "a preliminary marker does not settle how high it is",
    10_137: "an injection without a date may be of any day of the last month",
    12_065: "a pregnancy that the order cites is one of now",
    12_320: "an injury that is over and has no date is unseen, not old",
    12_381: "a marker is known, though a later one cannot be judged",
    12_483: "what ended before a window began is not in it: weakness in words",
    18_687: "care without a date may be of four weeks",
    19_299: "a known marker answers a weak risk of infection",
    22_997: "a pain without a date may be newer than the scan, or last for six weeks",
    25_082: "a cancer and a pain that were known when it was scanned are calm",
    31_533: "care without a date may be of four weeks, and no more",
    34_937: "a fall without a date may be of the last month",
    43_795: "the whole spine does not show the sacroiliac joints",
    44_905: "a known marker answers a procedure for an older pain",
    45_533: "what ended before a window began is not in it: numbness in words",
    46_831: "a pain since the scan is not calm",
    47_349: "of two earlier scans the newer one counts",
    49_896: "a pregnancy that the order cites, beside signs of the cord",
    56_514: "what is over may be of the day on which it ended",
    60_346: "a treatment without a date is no reason to scan again",
    60_934: "a pain of this month may be younger than a puncture of today",
    60_982: "a pain of last month may be younger than an operation in it",
    61_335: "an old incontinence counts beside a pain, and asks about both regions",
    61_924: "a child that was weighed and lost weight is flagged",
}
IN_FORCE = frozenset({rule.id for rule in RULES} | {one.id for one in MODIFIERS})


@pytest.mark.parametrize("first", range(0, CHARTS, CHUNK))
def test_both_give_the_same_answer(first: int) -> None:
    """Rule, advice, protocol, region, urgency, indicator and every rule that matches."""
    for seed in range(first, first + CHUNK):
        agree(seed)


@pytest.mark.parametrize("seed", SETTLED, ids=[*SETTLED.values()])
def test_what_was_settled_stays_so(seed: int) -> None:
    """What each was about is its name."""
    agree(seed)


def agree(seed: int) -> None:
    """Let both judge one chart."""
    told = story(seed, IN_FORCE)
    naive = evaluate({**plain(told), "rules": IN_FORCE})

    assert outcome(told) == naive, f"chart {seed}: {told}"
