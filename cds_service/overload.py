"""No more calls at once than can be answered in time; the others are told so at once.

A WSGI layer, so that a call which is refused costs next to nothing. Clinicians go on
without advice rather than wait for it. Only calls are counted: whoever watches over
the service is answered always.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

import orjson

from cds_service.cds_hooks.errors import operation_outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from threading import BoundedSemaphore
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

STATUS = HTTPStatus.SERVICE_UNAVAILABLE
LINE = f"{STATUS.value} {STATUS.phrase}"
BODY = orjson.dumps(
    operation_outcome(
        "throttled",
        "More calls came than can be answered in time",
        "",
        "Go on without it; try again later.",
    )
)
HEADERS = [
    ("Content-Type", "application/json"),
    ("Content-Length", str(len(BODY))),
    ("Retry-After", "1"),
]


@dataclass(frozen=True, slots=True)
class Overload:
    """Let *free* calls through at once.

    Attributes:
        free: as many as may be in flight in this process.
        refused: called for each call that is one too many.
    """

    application: WSGIApplication
    free: BoundedSemaphore
    refused: Callable[[], object]

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer, or say that it is too much."""
        if environ["REQUEST_METHOD"] != "POST":
            return self.application(environ, start_response)
        if not self.free.acquire(blocking=False):
            self.refused()
            start_response(LINE, list(HEADERS))
            return (BODY,)
        try:
            # All that is worth counting is done when this returns.
            return self.application(environ, start_response)
        finally:
            self.free.release()
