"""Where the time of one call goes, stage by stage: `python -m bench.stages`.

Each stage is timed within the whole call, so that caches are as cold as they are then;
alone, over and over, most stages take little more than half of that.
"""

from __future__ import annotations

import time
from collections import defaultdict
from datetime import UTC, datetime
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

import orjson

from bench.bodies import SERVICE, spine_order
from bench.figures import row
from cds_service.answer import t0
from cds_service.cds_hooks.request import parse_call
from cds_service.cds_hooks.response import render_cards
from cds_service.facts.extract import facts_about, read_chart_facts
from cds_service.fhir.chart import read_chart
from cds_service.registry import load
from cds_service.server import warm

if TYPE_CHECKING:
    from typing import Any

    from cds_service.service import Service

STAGES = (
    *("parse", "order", "chart", "facts"),
    *("criteria", "decision", "words", "write"),
)
CALLS, FIRST = 2000, 200
THOUSAND = 1000


def main() -> None:
    """Print the median of each stage, in microseconds."""
    services = load()
    warm(services)
    now = datetime.now(UTC)
    body = spine_order(now).content
    taken: defaultdict[str, list[int]] = defaultdict(list)
    for number in range(FIRST + CALLS):
        for stage, spent in one_call(services[SERVICE], body, now):
            if number >= FIRST:
                taken[stage].append(spent)
    print(f"One call of {len(body):,} bytes, {CALLS} times: microseconds")
    medians = {stage: median(spent) / THOUSAND for stage, spent in taken.items()}
    for stage, microseconds in medians.items():
        print(row(stage, f"{microseconds:,.0f}"))
    print(row("all", f"{sum(medians.values()):,.0f}"))


def one_call(
    service: Service[Any], body: bytes, now: datetime
) -> list[tuple[str, int]]:
    """Answer once; give the stages with their nanoseconds."""
    clock = time.perf_counter_ns
    at = [clock()]
    call = parse_call(body, service.hook)
    at.append(clock())
    (order,) = service.orders(call.context.selected)
    at.append(clock())
    patient = call.context.patient_id
    chart = read_chart(call.prefetch, patient, service.prefetch, call.fhir_server)
    at.append(clock())
    told = read_chart_facts(chart, service.lexicon, now)
    facts = facts_about(order, told, service.lexicon, t0(order, now))
    at.append(clock())
    service.prior.lay_down(facts)
    at.append(clock())
    decision = service.decide(facts)
    at.append(clock())
    cards = service.present(decision, call.digest)
    at.append(clock())
    orjson.dumps(render_cards(cards))
    at.append(clock())
    spent = [then - before for before, then in pairwise(at)]
    return list(zip(STAGES, spent, strict=True))


if __name__ == "__main__":
    main()
