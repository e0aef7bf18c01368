"""What the service costs under another server; `make servers` runs it."""

from __future__ import annotations

from datetime import UTC, datetime

from bench.http_cost import Effort, compare_servers

if __name__ == "__main__":
    compare_servers(datetime.now(UTC), Effort(rounds=4, seconds=3))
