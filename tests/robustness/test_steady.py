"""The same answer whatever the clock does, in every process, and to many at once."""

from __future__ import annotations

import hashlib
import os
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import pytest
import time_machine

from cds_service.app import create_app
from cds_service.registry import load, register
from cds_service.settings import Settings
from cds_service.store.opening import open_store
from tests.tokens import PUBLIC_URL, Call, issuers, minted
from tests.toy import toy, toy_call
from tests.vignettes import FIXTURES
from tests.vignettes import load as load_vignette

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
VIGNETTE = load_vignette(FIXTURES / "suspected-discitis")
PATH = f"/cds-services/{VIGNETTE.service}"
TOY = "/cds-services/toy-order-select"
HOUR = timedelta(hours=1)
MANY = 64
ALL = """
import hashlib, orjson
from tests.replay import attempt
from tests.vignettes import FOLDERS, load
for one in map(load, FOLDERS):
    told = attempt(one.service, one.body, one.at)
    print(one.folder.name, hashlib.sha256(orjson.dumps(told)).hexdigest())
"""


@pytest.fixture
def silent() -> Iterator[str]:
    """Give the URL of a FHIR server that takes a connection and says nothing."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/fhir"


@pytest.mark.fault(58)
def test_a_clock_that_jumps_breaks_nothing() -> None:
    """An hour ahead, an hour behind: every call is answered."""
    client = create_app(load(), Settings(auth="none")).test_client()

    def ask() -> int:
        sent = client.post(PATH, data=VIGNETTE.body, content_type="application/json")
        return sent.status_code

    with time_machine.travel(VIGNETTE.at, tick=True) as clock:
        told = [ask()]
        for jump in (HOUR, -HOUR, -HOUR, HOUR):
            clock.shift(jump)
            told += [ask(), client.get("/metrics").status_code]

    assert set(told) == {200}


@pytest.mark.fault(58)
@pytest.mark.parametrize("jump", [HOUR, -HOUR], ids=["ahead", "behind"])
def test_time_that_runs_out_is_not_the_clocks(jump: timedelta, silent: str) -> None:
    """A jump while a FHIR server is waited for makes the wait no longer, nor less."""
    settings = Settings(auth="none", fhir_loopback=True, deadline_ms=600)
    client = create_app(load(), settings).test_client()
    request = orjson.loads(VIGNETTE.body)
    del request["prefetch"]["conditions"]
    request["fhirServer"] = silent

    with time_machine.travel(VIGNETTE.at, tick=True) as clock:
        timer = threading.Timer(0.2, clock.shift, (jump,))
        timer.start()
        began = time.monotonic()
        told = client.post(PATH, json=request)
        took = time.monotonic() - began
        timer.join()

    assert told.status_code == 200
    assert "Not seen" in told.get_data(as_text=True)
    assert 0.5 < took < 30


@pytest.mark.fault(58)
def test_tokens_go_by_the_clock_on_the_wall(tmp_path: Path) -> None:
    """One of the hour before is refused, and one of the hour to come."""
    store = open_store(f"sqlite:///{tmp_path}/store.sqlite")
    settings = Settings(issuers=issuers(), public_url=PUBLIC_URL)
    client = create_app(register([toy("order-select")]), settings, store).test_client()
    began = datetime.now(UTC)

    def ask(minted_at: datetime) -> int:
        (token,) = minted(Call(TOY, minted_at.timestamp()))
        headers = {"Authorization": token}
        return client.post(TOY, json=toy_call(), headers=headers).status_code

    with time_machine.travel(began, tick=True) as clock:
        now = ask(began)
        clock.shift(HOUR)
        late, ahead = ask(began), ask(began + HOUR)
        clock.shift(-2 * HOUR)
        early, behind = ask(began), ask(began - HOUR)
    store.close()

    assert (now, ahead, behind) == (200, 200, 200)
    assert (late, early) == (401, 401)


def answers(hash_seed: str) -> str:
    """Answer every vignette in a process of its own; tell the digests."""
    return subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", ALL],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": hash_seed},
        check=True,
        capture_output=True,
        text=True,
        timeout=55,
    ).stdout


@pytest.mark.slow
@pytest.mark.fault(59)
def test_every_process_gives_the_same_bytes() -> None:
    """Whatever order its sets have: two workers never contradict each other."""
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(answers, ("1", "4711"))

    assert one == other
    assert len(one.splitlines()) == len(list(FIXTURES.glob("*/case.toml")))
    assert len({line.split()[1] for line in one.splitlines()}) > MANY


@pytest.mark.fault(60)
def test_no_answer_has_what_is_anothers() -> None:
    """Sixty-four patients at once, each with a value, a name and an order of its own."""
    app = create_app(load(), Settings(auth="none", max_in_flight=MANY))
    start = threading.Barrier(MANY)
    (patient,) = {orjson.loads(VIGNETTE.body)["context"]["patientId"]}
    body = VIGNETTE.body.decode().replace(patient, "patient-{}")
    assert body.count('"value": 88') == 1

    def own(at: int) -> str:
        return f"CRP {100 + at} mg/L"

    def ask(at: int) -> str:
        mine = body.replace("patient-{}", f"patient-{at}")
        mine = mine.replace('"value": 88', f'"value": {100 + at}')
        client = app.test_client()
        start.wait(30)
        told = client.post(PATH, data=mine, content_type="application/json")
        return told.get_data(as_text=True)

    with time_machine.travel(VIGNETTE.at, tick=True), ThreadPoolExecutor(MANY) as pool:
        told = list(pool.map(ask, range(MANY)))

    for at, answer in enumerate(told):
        assert own(at) in answer
        assert f'Patient/patient-{at}"' in answer
        assert not [n for n in range(MANY) if n != at and own(n) in answer]
        assert not [n for n in range(MANY) if n != at and f'patient-{n}"' in answer]
    digests = {hashlib.sha256(one.encode()).hexdigest() for one in told}
    assert len(digests) == MANY
