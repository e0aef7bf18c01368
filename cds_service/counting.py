"""Count every request that Flask sees, whatever became of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from flask import request

from cds_service.calls import BEGAN

if TYPE_CHECKING:
    from flask import Flask, Response

    from cds_service.operations.metrics import Metrics

OTHER = "other"


def count_requests(app: Flask, metrics: Metrics, services: frozenset[str]) -> None:
    """Let *app* count by service, of those there are, by status and by time."""

    def end(response: Response) -> Response:
        named = (request.view_args or {}).get("service_id")
        service = named if named in services else OTHER
        passed = time.monotonic() - request.environ[BEGAN]
        metrics.count_request(service, response.status_code, passed)
        return response

    app.after_request(end)
