"""A made-up patient every minute: who never hears from anyone is not taken for well.

Each worker answers one vignette after the other, in the same way as a call but for
HTTP, and counts whether the answer is the one agreed upon. Nothing of it is recorded.
"""

from __future__ import annotations

from itertools import cycle
from threading import Event, Thread
from typing import TYPE_CHECKING

import structlog

from cds_service.operations.readiness import answers
from cds_service.operations.tally import uncounted
from cds_service.operations.vignettes import shipped
from cds_service.registry import load

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from cds_service.operations.metrics import Metrics
    from cds_service.operations.vignettes import Vignette
    from cds_service.service import Service

AGREED, DIFFERS = "agreed", "differs"


def ask_once(
    services: Mapping[str, Service[Any]], vignette: Vignette, metrics: Metrics
) -> str:
    """Answer one vignette; count and give what came of it."""
    outcome = AGREED if answers(services, vignette) else DIFFERS
    with uncounted:
        metrics.synthetic.labels(outcome).inc()
    if outcome == DIFFERS:
        structlog.get_logger().error("vignette differs", cause=vignette.folder.name)
    return outcome


def ask_for_ever(seconds: float, metrics: Metrics) -> Event:
    """Answer one vignette every so many *seconds*, in a thread of its own.

    Returns:
        What ends it when it is set.
    """
    ended = Event()

    def asking() -> None:
        services = load()
        for vignette in cycle(shipped()):
            if ended.wait(seconds):
                return
            ask_once(services, vignette, metrics)

    Thread(target=asking, name="synthetic", daemon=True).start()
    return ended
