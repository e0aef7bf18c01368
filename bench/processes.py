"""Start a server of ours, ask the system what it has cost, and end it again."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from bench.bodies import SERVICE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LOOPBACK = "127.0.0.1"
PATH = f"/cds-services/{SERVICE}"
HEADERS = {"Content-Type": "application/json"}
OK = 200
START_SECONDS = 30
END_SECONDS = 15
# proc(5): the fields of stat after the name, which alone may hold spaces.
PARENT, CPU_TIMES = 1, slice(11, 15)
# Servers on one processor, whoever asks them on the others: a thread that is moved
# about finds its caches cold, and then chance is what is measured.
ALL = frozenset(os.sched_getaffinity(0))
SERVER_CPUS = frozenset({min(ALL)})
CLIENT_CPUS = ALL - SERVER_CPUS or ALL

NONE: Mapping[str, str] = MappingProxyType({})
_RUN = ("-c", "from cds_service.cli import main; main()", "serve")


@dataclass(frozen=True, slots=True)
class Running:
    """A server that runs, and the figures of its processes."""

    name: str
    pid: int
    port: int
    path: str = PATH

    def ask(self, body: bytes) -> bytes:
        """Post a body once.

        Raises:
            OSError: nobody listens.
        """
        connection = HTTPConnection(LOOPBACK, self.port, timeout=10)
        try:
            connection.request("POST", self.path, body, HEADERS)
            response = connection.getresponse()
            answer = response.read()
        finally:
            connection.close()
        assert response.status == OK, f"{self.name}: HTTP {response.status}"
        return answer

    def cpu_seconds(self) -> float:
        """CPU time so far, in user and kernel mode, of the process and its children."""
        stats = dict(_stats())
        family = {self.pid}
        for _ in range(2):
            family |= {
                pid for pid, stat in stats.items() if int(stat[PARENT]) in family
            }
        ticks = sum(int(one) for pid in family for one in stats[pid][CPU_TIMES])
        return ticks / os.sysconf("SC_CLK_TCK")


def keep_clear() -> None:
    """Keep this process, and the load it makes, off the servers' processor."""
    os.sched_setaffinity(0, CLIENT_CPUS)


@contextmanager
def service(workers: int = 1, settings: Mapping[str, str] = NONE) -> Iterator[Running]:
    """Run the service as it is served in production.

    Args:
        workers: how many; one keeps to the servers' processor, several use all.
        settings: environment variables beside the usual ones.
    """
    port = free_port()
    words = (sys.executable, *_RUN, "--workers", str(workers), "--port", str(port))
    cpus = SERVER_CPUS if workers == 1 else ALL
    with started(Command("service", port, words, settings), cpus) as running:
        yield running


@contextmanager
def under_granian() -> Iterator[Running]:
    """Run the service under Granian, with one worker."""
    port = free_port()
    settings = {"CDS_PORT": str(port), "CDS_WORKERS": "1"}
    arguments = ["-m", "bench.granian_server"]
    with _started("under Granian", port, arguments, settings) as running:
        yield running


@contextmanager
def bare() -> Iterator[Running]:
    """Run the bare application under the same server."""
    port = free_port()
    arguments = ["-m", "bench.bare", str(port)]
    with _started("bare Flask", port, arguments, {}) as running:
        yield running


@contextmanager
def _started(
    name: str, port: int, arguments: Sequence[str], settings: Mapping[str, str]
) -> Iterator[Running]:
    command = Command(name, port, (sys.executable, *arguments), settings)
    with started(command, SERVER_CPUS) as running:
        yield running


@dataclass(frozen=True, slots=True)
class Command:
    """How a server is started, and where it answers.

    settings: environment variables beside the usual ones.
    """

    name: str
    port: int
    words: tuple[str, ...]
    settings: Mapping[str, str]
    path: str = PATH


@contextmanager
def started(command: Command, cpus: frozenset[int]) -> Iterator[Running]:
    """Run a server on these processors, until the block is left."""
    ours = ("CDS_", "HOST", "PORT")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
    with tempfile.TemporaryFile() as log, tempfile.TemporaryDirectory() as kept:
        store = f"sqlite:///{kept}/store.sqlite"
        given = {"CDS_AUTH": "none", "CDS_STORE": store, **command.settings}
        process = subprocess.Popen(  # noqa: S603 - commands of ours
            command.words,
            cwd=Path(__file__).parent.parent,
            env=environment | given,
            stderr=log,
            stdout=log,
        )
        os.sched_setaffinity(process.pid, cpus)
        try:
            _await(command.name, process, command.port)
            yield Running(command.name, process.pid, command.port, command.path)
        except TimeoutError as error:
            log.seek(0)
            error.add_note(log.read().decode(errors="replace"))
            raise
        finally:
            _end(process)


def _await(name: str, process: subprocess.Popen[bytes], port: int) -> None:
    """Wait until somebody listens; TimeoutError when nobody will."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex((LOOPBACK, port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"{name} did not start")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """Find a port where nobody listens."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _stats() -> Iterator[tuple[int, list[str]]]:
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            text = (folder / "stat").read_text(encoding="utf-8", errors="replace")
        except (FileNotFoundError, ProcessLookupError):  # it has just ended
            continue
        yield int(folder.name), text.rpartition(")")[2].split()
