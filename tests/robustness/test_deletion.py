"""Nothing that is missing does harm.

Of every vignette each node in turn is deleted, be it an object, a list or a value.
The service answers or refuses, and what it can no longer read never becomes a reason
to advise against an order. Only a whole entry of a search result may take the answer
there: what such a list does not hold was not recorded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
import pytest

from cds_service.cds_hooks.errors import CallError
from tests.replay import advised, attempt, replay
from tests.robustness.alone import telling
from tests.robustness.mutations import Change, Path, deletions, named, without
from tests.vignettes import FIXTURES, FOLDERS, Vignette, load

if TYPE_CHECKING:
    import pathlib

AGAINST = "against"
EACH = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def advised_after(vignette: Vignette, change: Change) -> set[str]:
    """Collect what is advised once the node is gone; a refusal advises nothing."""
    body = orjson.dumps(change.request)
    answered = attempt(vignette.service, body, vignette.at)
    if isinstance(answered, CallError):
        assert 400 <= answered.status < 500, named(change.path)
        return set()
    return advised(answered)


def is_whole_entry(path: Path) -> bool:
    """Tell whether *path* is one entry of a Bundle."""
    return path[-2:-1] == ("entry",)


@pytest.mark.slow
@pytest.mark.fault(28)
@EACH
def test_a_missing_node_never_turns_the_advice_against(folder: pathlib.Path) -> None:
    """Neither a fault, nor `against` where the whole request did not bring it."""
    vignette = load(folder)
    request = orjson.loads(vignette.body)
    was_against = AGAINST in advised(
        replay(vignette.service, vignette.body, vignette.at)
    )

    turned = [
        named(change.path)
        for change in telling(vignette, request, deletions(request))
        if AGAINST in advised_after(vignette, change)
        and not (was_against or is_whole_entry(change.path))
    ]

    assert not turned


@pytest.mark.parametrize("key", ["conditions", "observations"])
def test_unseen_problems_or_results_leave_it_uncertain(key: str) -> None:
    """Simple back pain is advised against only by who has seen the chart."""
    vignette = load(FIXTURES / "simple-back-pain-ten-days")
    request = orjson.loads(vignette.body)

    path = ("prefetch", key)
    change = Change(path, without(request, path))

    assert advised_after(vignette, change) == {"uncertain"}
