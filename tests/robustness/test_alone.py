"""What is left out of the sweeps would have been answered alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
import pytest

from tests.replay import attempt
from tests.robustness.alone import UNTOUCHED, Reader, telling
from tests.robustness.mutations import (
    Change,
    Path,
    deletions,
    named,
    replaced,
    without,
)
from tests.vignettes import FIXTURES, Vignette, load, strip

if TYPE_CHECKING:
    from collections.abc import Mapping


CONDITION: Path = ("prefetch", "conditions", "entry", 0)
TELLS: Mapping[Path, bool] = {
    ("hook",): True,
    ("context", "draftOrders", "entry", 0, "resource", "category"): True,
    ("prefetch", "conditions"): True,
    ("prefetch", "conditions", "entry"): True,
    CONDITION: True,
    (*CONDITION, "resource", "code"): True,
    (*CONDITION, "resource", "meta"): False,
    ("prefetch", "conditions", "total"): False,
    ("prefetch", "patient", "birthDate"): True,
    ("prefetch", "patient", "telecom"): False,
}


def answer_to(vignette: Vignette, request: Any) -> Any:
    """Answer a request, but for uuids; a refusal is like no other."""
    return strip(attempt(vignette.service, orjson.dumps(request), vignette.at))


def discitis() -> tuple[Vignette, Any]:
    """Load a request with every kind of resource."""
    vignette = load(FIXTURES / "suspected-discitis")
    return vignette, orjson.loads(vignette.body)


def test_what_reads_alike_is_answered_alike() -> None:
    """Word for word, whichever node is gone."""
    vignette, request = discitis()
    reader = Reader(vignette, request)
    answers: dict[Path, Any] = {UNTOUCHED: answer_to(vignette, request)}

    for change in deletions(request):
        first = reader.first_alike(change)
        answer = answer_to(vignette, change.request)
        known = answers.setdefault(change.path if first is None else first, answer)
        assert answer == known, named(change.path)


@pytest.mark.parametrize(("path", "tells"), TELLS.items(), ids=map(named, TELLS))
def test_what_is_told(path: Path, *, tells: bool) -> None:
    """Only what no rule looks at is left out."""
    vignette, request = discitis()
    change = Change(path, without(request, path))

    assert list(telling(vignette, request, [change])) == [change] * tells


def test_a_patient_among_the_entries_speaks_of_others() -> None:
    """By its address they are known to be the patient's."""
    vignette, request = discitis()
    patient = {"fullUrl": "urn:uuid:1", "resource": request["prefetch"]["patient"]}
    listed = {"resourceType": "Bundle", "type": "searchset", "entry": [patient]}
    path = ("prefetch", "patient", "entry", 0, "fullUrl")
    request = replaced(request, ("prefetch", "patient"), listed)
    change = Change(path, without(request, path))

    assert list(telling(vignette, request, [change])) == [change]
