"""What a call leaves behind: a record, counts and one line of the log.

All of it is made from what was answered; nothing in it is about a patient.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import structlog

from cds_service.operations.metrics import Metrics
from cds_service.operations.record import decision_records, feedback_records
from cds_service.operations.tally import uncounted

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from cds_service.answer import Answer
    from cds_service.cds_hooks.feedback import Feedback
    from cds_service.cds_hooks.response import Card
    from cds_service.operations.record import AnsweredCall
    from cds_service.operations.recorder import Recorder
    from cds_service.store.kept import Kept
    from cds_service.switches import Switch


def _unseen(told: Answer) -> list[str]:
    return [query for query, sight in told.sight.items() if not sight.complete]


@dataclass(frozen=True, slots=True)
class Journal:
    """Where it is left.

    Attributes:
        kept: feedback; None where nothing is kept, as in the demo.
        recorder: decisions; None likewise.
        metrics: counts.
    """

    kept: Kept | None = None
    recorder: Recorder | None = None
    metrics: Metrics = field(default_factory=Metrics)

    def answered(
        self, call: AnsweredCall, told: Answer, shown: Collection[Card]
    ) -> None:
        """Leave what is left of a call; never waits and never fails."""
        records = decision_records(call, told, shown)
        if self.recorder is not None:
            self.recorder.record(records)
        with uncounted:
            self.metrics.count_answer(records, told.sight)
            self._tell_faults(told)
        structlog.get_logger().info(
            "call",
            call=call.call,
            service=call.service,
            client=call.client,
            ms=round(call.latency_ms, 2),
            cards=len(shown),
            rules=[one.rule for one in records if one.rule],
            advise=[one.advise for one in records if one.advise],
            unseen=_unseen(told),
        )

    def switched(self, switch: Switch | None) -> None:
        """Count an answer that a switch kept cards from."""
        if switch is not None:
            with uncounted:
                self.metrics.switched.labels(switch.value).inc()

    def _tell_faults(self, told: Answer) -> None:
        """Count and log the rules that failed: somebody has to mend them."""
        for rule, kind, where in (one for card in told.cards for one in card.faults):
            self.metrics.faults.labels(rule).inc()
            log = structlog.get_logger()
            log.error("rule failed", rules=[rule], kind=kind, where=[where])

    def feedback(
        self, items: Sequence[Feedback], received: datetime, service: str
    ) -> None:
        """Keep feedback; on return it is on the disk.

        Raises:
            StoreUnavailable: it could not be kept.
        """
        if self.kept is not None:
            self.kept.save_feedback(feedback_records(items, received, service))
        with uncounted:
            for item in items:
                self.metrics.feedback.labels(service, item.outcome.value).inc()
        log = structlog.get_logger()
        log.info("feedback", service=service, items=len(items))
