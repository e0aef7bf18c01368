"""Run the benchmarks: `python -m bench`, or `python -m bench --quick`."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from bench import chart_cost, fetch_cost, http_cost, hung_server
from bench.http_cost import Effort

FULL, FULL_PASSES, FULL_CALLS = Effort(rounds=6, seconds=3), 7, 1000
QUICK, QUICK_PASSES, QUICK_CALLS = Effort(rounds=3, seconds=1), 3, 20


def main() -> None:
    """Measure and print; the figures never fail a run, a wrong answer does."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="under 40 seconds")
    quick = parser.parse_args().quick
    now = datetime.now(UTC)
    http_cost.compare(now, QUICK if quick else FULL)
    chart_cost.measure(now, QUICK_PASSES if quick else FULL_PASSES)
    fetch_cost.measure(QUICK.rounds if quick else fetch_cost.ROUNDS)
    hung_server.measure(now, QUICK_CALLS if quick else FULL_CALLS)


if __name__ == "__main__":
    main()
