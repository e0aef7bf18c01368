"""Find out what a criterion looks at, by showing it a chart that holds nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NoReturn, cast

from cds_service.facts.model import Facts, Order
from cds_service.fhir.sight import Sight, State
from cds_service.knowledge.practice import AS_PUBLISHED
from cds_service.reasoning.guard import guarded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cds_service.knowledge.practice import Practice
    from cds_service.reasoning.finding import Criterion, Finding

ANYTHING = "*"
"""Among what was looked at: the person, the order, the time, or more than one set."""
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def ask_about_nothing(
    criterion: Criterion,
    complete: frozenset[str],
    judged: Mapping[int, Finding],
    practice: Practice = AS_PUBLISHED,
) -> tuple[Finding, frozenset[str]]:
    """Judge an empty chart, and name the value sets that were looked for.

    Whoever judges a chart in the same *practice* with as much in sight (*complete*,
    and what was *judged* before) and nothing of these value sets takes the same path
    to the same finding, unless ANYTHING is among them.
    """
    looked: set[str] = set()
    nothing = _Watched(complete, judged, practice, looked)
    finding, fault = guarded(criterion.id, criterion, cast("Facts", nothing))
    # What fails here may not fail there: it has to be asked each time.
    return finding, frozenset(looked if fault is None else {*looked, ANYTHING})


class _Watched:
    """Stands in for facts and notes what is asked of them."""

    def __init__(
        self,
        complete: frozenset[str],
        judged: Mapping[int, Finding],
        practice: Practice,
        looked: set[str],
    ) -> None:
        sight = {key: Sight(State.NONE_RECORDED) for key in complete}
        order = Order(references=(), resources=())
        self._nothing = Facts(as_of=_ANY_TIME, order=order, sight=sight)
        self._looked = looked
        self.judged = dict(judged)
        self.coded = self.measured = _Shelves(looked)
        self.complete = complete
        self.practice = practice
        self.sees = self._nothing.sees

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any field of Facts
        self._looked.add(ANYTHING)
        return getattr(self._nothing, name)


class _Shelves(Mapping[str, NoReturn]):
    """Holds nothing, and notes what is looked for."""

    def __init__(self, looked: set[str]) -> None:
        self._looked = looked

    def __getitem__(self, key: str) -> NoReturn:
        self._looked.add(key)
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        self._looked.add(ANYTHING)
        return iter(())

    def __len__(self) -> int:
        self._looked.add(ANYTHING)
        return 0
