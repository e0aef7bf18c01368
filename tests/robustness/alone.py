"""Which changes of a request can change its answer, told by reading a piece alone.

A chart is read resource by resource, and what it says is all that is judged. So a
resource that says the same with a node and without it, read by itself, says the same
in its chart, and two changes that make it say the same thing get the same answer: one
of them is enough. What speaks of other resources is never taken for alike: the order,
whole entries and keys, and a Patient among the entries, by whose address others are
known to be about the patient.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

from cds_service.cds_hooks.errors import CallError
from cds_service.facts.extract import ChartFacts, read_chart_facts
from cds_service.fhir.chart import read_chart
from tests.replay import services

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.robustness.mutations import Change, Path
    from tests.vignettes import Vignette

# The key of a prefetch value, and where in its Bundle an entry stands.
Piece: TypeAlias = tuple[str] | tuple[str, int]
UNTOUCHED: Path = ()


def telling(
    vignette: Vignette,
    request: Any,
    changes: Iterable[Change],
    answered: Iterable[Change] = (),
) -> Iterator[Change]:
    """Yield the changes that read neither like the request nor like one before.

    answered: changes that another test answers.
    """
    reader = Reader(vignette, request)
    for one in answered:
        reader.first_alike(one)
    return (one for one in changes if reader.first_alike(one) is None)


class Reader:
    """Remembers what every piece of one request was read as so far."""

    def __init__(self, vignette: Vignette, request: Any) -> None:
        """Start from the untouched request."""
        self._service = services()[vignette.service]
        self._at = vignette.at
        self._request = request
        self._read: dict[Piece, list[tuple[ChartFacts, Path]]] = {}

    def first_alike(self, change: Change) -> Path | None:
        """Give the first change that its piece reads alike under; None for a new one.

        UNTOUCHED, an empty path, stands for the request without any change.
        """
        piece = self._piece(change.path)
        if piece is None:
            return None
        if piece not in self._read:
            untouched = self._alone(self._request, piece)
            self._read[piece] = [(untouched, UNTOUCHED)] if untouched else []
        told = self._alone(change.request, piece)
        alike = (path for known, path in self._read[piece] if known == told)
        first = next(alike, None)
        if first is None and told is not None:
            self._read[piece].append((told, change.path))
        return first

    def _piece(self, path: Path) -> Piece | None:
        """Name the smallest piece of the chart that holds a node, if any."""
        match path:
            case ("prefetch", str(key), "entry", int(number), *inner):
                entry = self._request["prefetch"][key]["entry"][number]
                is_patient = entry["resource"]["resourceType"] == "Patient"
                return (key, number) if inner and not is_patient else None
            case ("prefetch", str(key), _, *_):
                return (key,)
        return None

    def _alone(self, request: Any, piece: Piece) -> ChartFacts | None:
        """Read one piece, beside the patient; None where it is refused."""
        key, *place = piece
        value = request["prefetch"][key]
        for number in place:
            # Of one entry no search result is whole, which would hide what it lacks.
            value = {name: value[name] for name in value if name != "total"}
            value["entry"] = [request["prefetch"][key]["entry"][number]]
        patient = request["context"]["patientId"]
        try:
            chart = read_chart(
                {**self._persons(), key: value}, patient, self._service.prefetch
            )
            told = read_chart_facts(chart, self._service.lexicon, self._at)
        except CallError:
            return None
        # What was wrong with a resource is for people to read; no answer depends on it.
        return replace(told, issues=())

    def _persons(self) -> dict[str, Any]:
        """What is no search result: an age may be counted from the birth date."""
        return {
            key: value
            for key, value in self._request["prefetch"].items()
            if value is not None and value["resourceType"] != "Bundle"
        }
