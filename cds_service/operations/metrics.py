"""What is counted, for Prometheus. Every label has few values, and none is a patient's.

Under several workers each writes its own file, and whoever is asked adds them up.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    values,
)
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from cds_service.operations.tally import Tally, uncounted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cds_service.fhir.fetched import Fetched
    from cds_service.fhir.sight import Sight
    from cds_service.operations.tally import Counted
    from cds_service.store.records import DecisionRecord

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
NONE = "none"
VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
ADVICE_LABELS = ("service", "rule", "advise", "protocol")
REQUESTS = "Requests by service and HTTP status."
TIME = "Time to answer a request."
ADVICE = "Cards by the rule that leads and what it advises."
RULES = "Rules that fired."
FAULTS = "Rules that could not be judged, by a fault of the program."
INPUTS = "What became of each query of a chart that was read."
FETCHES = "Time of a search of our own, by what came of it."
UNAUTHORIZED = "Calls refused for their token."
KEYS = "Readings of clients' keys, by outcome."
FEEDBACK = "Cards by what became of them."
SWITCHED = "Answers that a switch kept cards from."
OVERLOADED = "Calls refused because too many came at once."
SYNTHETIC = "Made-up calls, by whether they were answered as agreed upon."
DROPPED = "Decision records that could not be kept."


class Metrics:
    """The counters of one installation.

    Args:
        folder: where the workers of one server keep theirs, as shared_metrics arranges;
            None for a single process.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._registry = registry = CollectorRegistry()

        def counter(name: str, what: str, *labels: str) -> Counter:
            return Counter(name, what, labels, registry=registry)

        def timer(name: str, what: str, *labels: str) -> Histogram:
            return Histogram(name, what, labels, buckets=SECONDS, registry=registry)

        self.requests = counter("cds_requests", REQUESTS, "service", "status")
        self.seconds = timer("cds_request_seconds", TIME, "service")
        self.advice = counter("cds_advice", ADVICE, *ADVICE_LABELS)
        self.rules = counter("cds_rules_fired", RULES, "rule")
        self.faults = counter("cds_rule_faults", FAULTS, "rule")
        self.inputs = counter("cds_inputs", INPUTS, "query", "state")
        self.fetches = timer("cds_fetch_seconds", FETCHES, "query", "cause")
        self.unauthorized = counter("cds_unauthorized", UNAUTHORIZED, "cause")
        self.keys = counter("cds_key_readings", KEYS, "outcome")
        self.feedback = counter("cds_feedback", FEEDBACK, "service", "outcome")
        self.switched = counter("cds_switched", SWITCHED, "switch")
        self.overloaded = counter("cds_overloaded", OVERLOADED)
        self.synthetic = counter("cds_synthetic_calls", SYNTHETIC, "outcome")
        self.dropped = counter("cds_records_dropped", DROPPED)
        self._tally = Tally()

    def count_request(self, service: str, status: int, seconds: float) -> None:
        """Count a request, and the time its answer took."""
        self._tally.add([(self.requests, (service, str(status)))])
        with uncounted:
            self.seconds.labels(service).observe(seconds)

    def count_answer(
        self, records: Iterable[DecisionRecord], sight: Mapping[str, Sight]
    ) -> None:
        """Count what was decided, and what it rests on."""
        counted: list[Counted] = [
            (self.inputs, (query, seen.state.value)) for query, seen in sight.items()
        ]
        for one in records:
            counted += [(self.rules, (rule,)) for rule in one.rules]
            if one.rule is not None:
                told = (one.service, one.rule, one.advise or NONE, one.protocol or NONE)
                counted.append((self.advice, told))
        self._tally.add(counted)

    def count_fetches(self, found: Mapping[str, Fetched]) -> None:
        """Count the searches that were made."""
        for query, one in found.items():
            cause = one.cause.value if one.cause else NONE
            self.fetches.labels(query, cause).observe(one.seconds)

    def write(self) -> None:
        """Write what this process has counted and not written yet."""
        self._tally.write()

    def text(self) -> bytes:
        """Write all of it; of another worker, what is older than a moment."""
        self.write()
        if self._folder is None:
            return generate_latest(self._registry)
        registry = CollectorRegistry()
        MultiProcessCollector(registry, path=str(self._folder))  # type: ignore[no-untyped-call]
        return generate_latest(registry)

    def forget_worker(self, pid: int) -> None:
        """Drop what only a worker that lives can say."""
        if self._folder is not None:
            mark_process_dead(pid, path=str(self._folder))  # type: ignore[no-untyped-call]


@contextmanager
def shared_metrics() -> Iterator[Metrics]:
    """Count for all workers of one server, in a folder that is removed at the end.

    The library looks at the variable when it is imported, which is too soon for us.
    A worker that ends leaves by this way too, and the others still need the folder.
    """
    usual, maker = values.ValueClass, os.getpid()
    folder = tempfile.mkdtemp(prefix="cds-metrics-")
    os.environ[VARIABLE] = folder
    values.ValueClass = values.MultiProcessValue()  # type: ignore[no-untyped-call]
    metrics = Metrics(Path(folder))
    try:
        yield metrics
    finally:
        metrics.write()
        values.ValueClass = usual
        os.environ.pop(VARIABLE, None)
        if os.getpid() == maker:
            shutil.rmtree(folder, ignore_errors=True)
