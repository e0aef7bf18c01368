"""Load on one server: one body over a few connections that are kept open."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import count, repeat
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from bench.processes import HEADERS, LOOPBACK, OK, PATH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.bodies import Body

CONNECTIONS = 4
SCRIPT = Path(__file__).with_name("post.lua")


@dataclass(frozen=True, slots=True)
class Load:
    """What came of a load: requests answered, the seconds it took, failures."""

    requests: int
    seconds: float
    failures: int


@dataclass(frozen=True, slots=True)
class Target:
    """Whom the load is put on, and over how many connections."""

    port: int
    path: str = PATH
    connections: int = CONNECTIONS


def put_on(target: Target, body: Body, seconds: int) -> Load:
    """Put load on a server, by wrk where it is installed."""
    wrk = shutil.which("wrk")
    if wrk is None:
        return _by_threads(target, body, seconds)
    with tempfile.NamedTemporaryFile() as file:
        file.write(body.content)
        file.flush()
        count = f"-c{target.connections}"
        command = [wrk, "-t1", count, f"-d{seconds}s", "--timeout=5s"]
        where = [f"-s{SCRIPT}", f"http://{LOOPBACK}:{target.port}{target.path}"]
        given = ["--", file.name, body.patient]
        done = subprocess.run(  # noqa: S603 - wrk as found on the path, our arguments
            [*command, *where, *given],
            check=True,
            capture_output=True,
            timeout=seconds + 20,
        )
    return Load(**orjson.loads(done.stdout.splitlines()[-1]))


def tool() -> str:
    """Name what makes the load."""
    return "wrk" if shutil.which("wrk") else "http.client"


def _by_threads(target: Target, body: Body, seconds: int) -> Load:
    begun = time.monotonic()
    with ThreadPoolExecutor(target.connections) as pool:
        parts = [
            pool.submit(_post_until, begun + seconds, target, body)
            for _ in range(target.connections)
        ]
    answered = [part.result() for part in parts]
    good, bad = (sum(column) for column in zip(*answered, strict=True))
    return Load(good + bad, time.monotonic() - begun, bad)


def _post_until(deadline: float, target: Target, body: Body) -> tuple[int, int]:
    """Post over one connection; give the good answers and the others."""
    connection = HTTPConnection(LOOPBACK, target.port, timeout=5)
    counts = [0, 0]
    for content in _contents(body):
        if time.monotonic() >= deadline:
            break
        connection.request("POST", target.path, content, HEADERS)
        response = connection.getresponse()
        response.read()
        counts[response.status != OK] += 1
    connection.close()
    return counts[0], counts[1]


def _contents(body: Body) -> Iterator[bytes]:
    """Yield the body for ever, with another patient each time if it says so."""
    if not body.patient:
        return repeat(body.content)
    parts = body.content.split(body.patient.encode())
    begun = time.monotonic_ns()
    return (f"{begun}-{serial}".encode().join(parts) for serial in count())
