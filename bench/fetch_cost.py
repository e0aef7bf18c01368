"""What it costs to search for what a prefetch left out.

Eight searches of a server that takes 50 ms each, against one such round trip by a plain
session; and a server that never answers, against the deadline.
"""

from __future__ import annotations

import time

import requests

from bench.figures import Spread, against, row
from cds_service.app import create_app
from cds_service.fhir.client import FhirClient
from cds_service.operations.log import configure_log
from cds_service.security.trust import TrustedServer
from cds_service.settings import Settings
from tests.builders import condition, request
from tests.fhir_server import after, empty, fhir_server, hang

SLOW = 0.05  # seconds
ROUNDS = 30
AIM = 1.5
DEADLINE_MS = 400
SPARE_MS = 50
PATH = "/cds-services/spine-mri-order-select"
KEYS = (
    *("conditions", "observations", "vitals", "procedures"),
    *("medications", "allergies", "devices", "imaging"),
)
OK = 200


def measure(rounds: int = ROUNDS) -> None:
    """Print both figures."""
    print(f"\nFetching, {rounds} rounds")
    configure_log("error")
    _all_at_once(rounds)
    _never(rounds)


def _all_at_once(rounds: int) -> None:
    with fhir_server(after(SLOW, empty)) as server:
        searches = {key: f"Condition?patient=pat-1&key={key}" for key in KEYS}
        url = f"{server.url}/{searches['conditions']}"
        trusted, client = TrustedServer(url=server.url), FhirClient()
        ratios = []
        with requests.Session() as session:
            session.trust_env = False
            for _ in range(rounds + 1):
                one = _timed(lambda: session.get(url, timeout=5))
                eight = _timed(lambda: _fetch(client, trusted, searches))
                ratios.append(eight / one)
    ratio = Spread.of(ratios[1:])  # the first opens the connections
    print(row("8 keys / 1 round trip", ratio, against(ratio.median, AIM)))


def _fetch(
    client: FhirClient, trusted: TrustedServer, searches: dict[str, str]
) -> None:
    found = client.fetch(trusted, searches, None, time.monotonic() + 5)
    assert all(one.cause is None for one in found.values())


def _never(rounds: int) -> None:
    with fhir_server(hang) as server:
        body = request([condition("M54.50", "9 days")], missing=KEYS)
        body["fhirServer"] = server.url
        took = []
        for _ in range(min(rounds, 5)):  # then it is left alone for a while
            servers = (TrustedServer(url=server.url),)
            settings = Settings(
                auth="none", fhir_servers=servers, deadline_ms=DEADLINE_MS
            )
            client = create_app(settings=settings).test_client()
            client.get("/cds-services")
            began = time.monotonic()
            told = client.post(PATH, json=body)
            took.append((time.monotonic() - began) * 1000)
            assert told.status_code == OK
    over = Spread.of([one - DEADLINE_MS for one in took])
    print(row("ms past the deadline", over, against(over.highest, SPARE_MS)))


def _timed(what: object) -> float:
    began = time.monotonic()
    assert callable(what)
    what()
    return time.monotonic() - began


if __name__ == "__main__":
    measure()
