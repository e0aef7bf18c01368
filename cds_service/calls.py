"""Calls of services, answered ahead of Flask.

Nearly every request is one of them, and what Flask does for any request (routing, a
context, request and response objects) would cost as much as deciding. Whatever cannot
be answered with cards is handed on to Flask, which refuses it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cds_service.refusals import JSON

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from cds_service.operations.metrics import Metrics

OK = 200
BEGAN = "cds_service.began"
RAISED = "cds_service.raised"


@dataclass(frozen=True, slots=True)
class Calls:
    """Answer calls; everything else goes to *application*.

    Attributes:
        services: the services' ids by the path each is called under.
        call: gives the answer to a call of a service, or raises why there is none.
        metrics: where an answer is counted.
    """

    application: WSGIApplication
    services: Mapping[str, str]
    call: Callable[[str, WSGIEnvironment], bytes]
    metrics: Metrics

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer a call with cards, or let Flask say why not."""
        began = environ[BEGAN] = time.monotonic()
        service = self.services.get(environ["PATH_INFO"])
        if service is None or environ["REQUEST_METHOD"] != "POST":
            return self.application(environ, start_response)
        try:
            body = self.call(service, environ)
        except Exception as error:  # noqa: BLE001 - raised again, where it is answered
            environ[RAISED] = error
            return self.application(environ, start_response)
        length = str(len(body))
        start_response("200 OK", [("Content-Type", JSON), ("Content-Length", length)])
        self.metrics.count_request(service, OK, time.monotonic() - began)
        return (body,)
