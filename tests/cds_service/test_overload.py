"""As many calls at once as may be, and no more."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from fhir.resources.R4B.operationoutcome import OperationOutcome
from werkzeug.test import Client

from cds_service.overload import Overload
from tests.toy import toy_app, toy_call

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

FEW = 3


class Waiting:
    """An application whose answers to calls wait until they are let go."""

    def __init__(self) -> None:
        self.busy = threading.Semaphore(0)
        self.go_on = threading.Event()

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer, or fail for `/fail`."""
        if environ["PATH_INFO"] == "/fail":
            raise RuntimeError
        self.busy.release()
        if environ["REQUEST_METHOD"] == "POST":
            assert self.go_on.wait(30)
        start_response("200 OK", [])
        return [b"answered"]


@pytest.mark.fault(48)
def test_one_too_many_is_told_when_to_come_again() -> None:
    """At once; who watches over the service is answered all the same."""
    application, refusals = Waiting(), []
    free = threading.BoundedSemaphore(FEW)
    client = Client(Overload(application, free, lambda: refusals.append(1)))
    with ThreadPoolExecutor(FEW) as pool:
        calls = [pool.submit(client.post, "/") for _ in range(FEW)]
        assert all(application.busy.acquire(timeout=30) for _ in range(FEW))
        refused, watched = client.post("/"), client.get("/")
        application.go_on.set()
        answered = [call.result().status_code for call in calls]
    again = client.post("/")

    assert refused.status_code == 503
    assert refused.headers["Retry-After"] == "1"
    OperationOutcome.model_validate(refused.get_json())
    assert (watched.status_code, again.status_code) == (200, 200)
    assert answered == [200] * FEW
    assert len(refusals) == 1


def test_a_call_that_fails_makes_room() -> None:
    """Or there would be none in the end."""
    client = Client(Overload(Waiting(), threading.BoundedSemaphore(1), int))

    for _ in range(3):
        with pytest.raises(RuntimeError):
            client.post("/fail")


def test_the_refusal_has_the_headers_of_all_responses() -> None:
    """A browser can read it."""
    ours = "https://ehr.example.org"
    app = toy_app(max_in_flight=1, cors_origins=ours)
    counter: Any = app.wsgi_app
    counter.application.free.acquire()

    told = app.test_client().post(
        "/cds-services/toy-order-select", json=toy_call(), headers={"Origin": ours}
    )

    assert told.status_code == 503
    assert told.headers["Access-Control-Allow-Origin"] == ours
    assert told.headers["Cache-Control"] == "no-store"
