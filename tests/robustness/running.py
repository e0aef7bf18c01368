"""The service as it runs in production, in processes of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from tests.vignettes import FIXTURES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
SERVICE = "/cds-services/spine-mri-order-select"
BODY = (FIXTURES / "suspected-discitis" / "request.json").read_bytes()
HEADERS = {"Content-Type": "application/json"}
HOST = "127.0.0.1"
PATIENCE = 40
OURS = ("-c", "from cds_service.cli import main; main()", "serve")
# A module that serves in another way, to see how that fares (bench/README.md).
OTHER = os.environ.get("TEST_SERVER")
RUN = ("-m", OTHER) if OTHER else OURS


@dataclass(frozen=True, slots=True)
class Running:
    """A server that runs."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def workers(self) -> list[psutil.Process]:
        """List the processes that answer."""
        return [
            one
            for one in psutil.Process(self.process.pid).children()
            if one.status() != psutil.STATUS_ZOMBIE
        ]

    def post(self, body: bytes = BODY) -> tuple[int, bytes]:
        """Call over a connection of its own."""
        connection = HTTPConnection(HOST, self.port, timeout=PATIENCE)
        try:
            connection.request("POST", SERVICE, body, HEADERS)
            told = connection.getresponse()
            return told.status, told.read()
        finally:
            connection.close()

    def connect(self) -> socket.socket:
        """Open a connection, to write on as one likes."""
        return socket.create_connection((HOST, self.port), timeout=PATIENCE)

    def raw(self, sent: bytes) -> bytes:
        """Send bytes as they are; give all that comes back."""
        with self.connect() as connection:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            return read_all(connection)

    def end(self) -> int:
        """Ask it to stop, if it still runs; give its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise


def read_all(connection: socket.socket) -> bytes:
    """Read until the other side has closed, or broken off."""
    found = bytearray()
    try:
        while piece := connection.recv(65536):
            found += piece
    except ConnectionResetError:
        pass
    return bytes(found)


def until(holds: Callable[[], object]) -> bool:
    """Wait until something holds; False when it never does."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.02)
    return False


@contextmanager
def running(folder: Path, **settings: object) -> Iterator[Running]:
    """Serve, with what is kept in *folder*, until the block is left."""
    port = _free_port()
    given = {"auth": "none", "store": f"sqlite:///{folder}/store.sqlite", "port": port}
    ours = {f"CDS_{k.upper()}": str(v) for k, v in (given | settings).items()}
    kept = {k: v for k, v in os.environ.items() if not k.startswith("CDS_")}
    log = folder / "log"
    with log.open("wb") as to:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and text
            [sys.executable, *RUN], cwd=ROOT, env=kept | ours, stdout=to, stderr=to
        )
    server = Running(process, port, log)
    try:
        assert until(lambda: process.poll() is not None or _listens(port))
        assert process.poll() is None, log.read_text()
        assert until(lambda: len(server.workers()) == settings.get("workers", 2))
        yield server
    finally:
        server.end()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
