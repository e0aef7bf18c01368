"""Nothing that is sent brings the service down.

Values of the wrong type stand wherever a node can stand: the service answers, or it
refuses with a status of the 400s and a JSON path, and what nobody can read is never a
reason to advise against an order.
"""

from __future__ import annotations

from itertools import cycle, islice, product
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from cds_service.cds_hooks.errors import CallError
from tests.replay import advised, attempt
from tests.robustness.alone import telling
from tests.robustness.mutations import (
    Path,
    deletions,
    named,
    paths,
    replacements,
    shape,
)
from tests.vignettes import FOLDERS, Vignette, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WRONG: tuple[Any, ...] = (None, 0, "", [], {}, True)
DEEP = 2_000
BODIES = {
    "empty": b"",
    "no object": b"[]",
    "null": b"null",
    "cut short": b'{"hook": "order-select"',
    "not a number": b'{"hook": NaN}',
    "number past any float": b'{"hook": 1e400}',
    "number of 5000 digits": b'{"hook": ' + b"9" * 5_000 + b"}",
    "byte order mark": b"\xef\xbb\xbf{}",
    "UTF-16": '{"hook": "order-select"}'.encode("utf-16"),
    "lone surrogate": b'{"hook": "\\ud800"}',
    "deep lists": b'{"a":' + b"[" * DEEP + b"]" * DEEP + b"}",
    "deep objects": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
}
NAMES = [folder.name for folder in FOLDERS]
AGAINST = {"against"}


def one_each(request: Any, first: int) -> Iterator[tuple[Path, Any]]:
    """Yield every node with one wrong value, each in its turn from *first* on."""
    wrong = islice(cycle(WRONG), first, None)
    yield from zip(paths(request), wrong, strict=False)


def all_for_each_shape(request: Any) -> Iterator[tuple[Path, Any]]:
    """Yield the first of the nodes that stand alike with every wrong value."""
    firsts = {shape(path): path for path in reversed(list(paths(request)))}
    yield from product(firsts.values(), WRONG)


def says_there_is_none(path: Path, value: Any) -> bool:
    """Tell whether it is a null that CDS Hooks reads as "nothing is recorded"."""
    return value is None and len(path) == 2 and path[0] == "prefetch"


def faults(
    vignette: Vignette, request: Any, wrong: Iterable[tuple[Path, Any]]
) -> Iterator[str]:
    """Yield where a wrong value brings a bad refusal, or `against` from nothing."""
    against = advised(attempt(vignette.service, vignette.body, vignette.at)) & AGAINST
    # Many a wrong value reads as if the node were gone, and that has its own test.
    gone = tuple(deletions(request))
    for path, changed, value in telling(
        vignette, request, replacements(request, wrong), gone
    ):
        answered = attempt(vignette.service, orjson.dumps(changed), vignette.at)
        if isinstance(answered, CallError):
            sound = 400 <= answered.status < 500 and answered.where.startswith("$")
        else:
            turned = advised(answered) & AGAINST > against
            sound = not turned or says_there_is_none(path, value)
        if not sound:
            yield f"{named(path)} = {value!r}"


@pytest.mark.parametrize("at", range(len(FOLDERS)), ids=NAMES)
def test_a_wrong_value_for_each_node(at: int) -> None:
    """Null, number, text, list, object or truth in the place of anything else."""
    vignette = load(FOLDERS[at])
    request = orjson.loads(vignette.body)

    assert not list(faults(vignette, request, one_each(request, at)))


def test_every_wrong_value_for_each_kind_of_node() -> None:
    """All of them, in a request that has every kind of resource."""
    vignette = load(FOLDERS[NAMES.index("suspected-discitis")])
    request = orjson.loads(vignette.body)

    assert not list(faults(vignette, request, all_for_each_shape(request)))


@pytest.mark.fault(42)
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_what_is_no_request_is_refused(body: bytes) -> None:
    """Bytes that are no JSON, or JSON that no one should have to read."""
    vignette = load(FOLDERS[0])

    refusal = attempt(vignette.service, body, vignette.at)

    assert isinstance(refusal, CallError)
    assert refusal.status == 400
