"""The service under Granian instead of gunicorn, so that the two can be compared.

`make servers` puts Granian beside what the lock names, in an environment of its own,
and asks of both what README.md tells. `python -m bench.granian_server` serves until it
is told to stop, by the same environment variables as `cds-service serve`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cds_service.operations.metrics import Metrics
from cds_service.server import THREADS, build
from cds_service.settings import load_settings

if TYPE_CHECKING:
    from flask import Flask

HEAD_MILLISECONDS = 3000
END_SECONDS = 8


def application() -> Flask:
    """Build the application, in the worker that serves it."""
    return build(Metrics(), load_settings())


def main() -> None:
    """Serve with as many threads as gunicorn has, and what time-outs Granian knows."""
    granian: Any = import_module("granian")
    http: Any = import_module("granian.http")
    settings = load_settings()
    granian.Granian(
        "bench.granian_server:application",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=granian.constants.Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=THREADS,
        http1_settings=http.HTTP1Settings(header_read_timeout=HEAD_MILLISECONDS),
        respawn_failed_workers=True,
        workers_kill_timeout=END_SECONDS,
        websockets=False,
        log_enabled=False,
    ).serve()


if __name__ == "__main__":
    main()
