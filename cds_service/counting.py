"""Count every request that Flask sees, whatever became of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from flask import g, request

from cds_service.operations.metrics import uncounted

if TYPE_CHECKING:
    from flask import Flask, Response

    from cds_service.operations.metrics import Metrics

OTHER = "other"


def count_requests(app: Flask, metrics: Metrics, services: frozenset[str]) -> None:
    """Let *app* count by service, of those there are, by status and by time."""

    def begin() -> None:
        g.began = time.monotonic()

    def end(response: Response) -> Response:
        named = (request.view_args or {}).get("service_id")
        service = named if named in services else OTHER
        with uncounted:
            metrics.requests.labels(service, str(response.status_code)).inc()
            metrics.seconds.labels(service).observe(time.monotonic() - g.began)
        return response

    app.before_request(begin)
    app.after_request(end)
