"""Answer one call so many times and do nothing else, for tools that count.

    valgrind --tool=cachegrind .venv/bin/python -m bench.repeated 40

Run with two numbers; what they differ by, divided by the calls they differ by, is one
call. Instructions are the same on a busy machine and an idle one.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from bench.bodies import SERVICE, spine_order
from bench.stages import one_call
from cds_service.registry import load
from cds_service.server import warm


def main(calls: int) -> None:
    """Warm up as the server does, then answer."""
    services = load()
    warm(services)
    now = datetime.now(UTC)
    body = spine_order(now).content
    for _ in range(calls):
        one_call(services[SERVICE], body, now)


if __name__ == "__main__":
    main(int(sys.argv[1]))
