"""The server itself under attack: odd framing, slow clients, floods, kill and stop."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING

import orjson
import psutil
import pytest

from cds_service.arrival import CHUNKS_LIMIT
from cds_service.worker import WORK
from tests.robustness.running import (
    BODY,
    HEADERS,
    HOST,
    PATIENCE,
    SERVICE,
    Running,
    read_all,
    running,
    until,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LIMIT = 65536
PATIENT = orjson.loads(BODY)["context"]["patientId"].encode()
CANARY = "Canary4711"
HEAD = (
    f"POST {SERVICE}?{CANARY} HTTP/1.1\r\nHost: x\r\nX-{CANARY}: {CANARY}\r\n"
    "Content-Type: application/json\r\n"
)
SIZED = f"{HEAD}Content-Length: {len(BODY)}\r\n\r\n".encode() + BODY
CHUNKED = f"{HEAD}Transfer-Encoding: chunked\r\n".encode()


def chunks(*sizes_and_texts: bytes) -> bytes:
    """Make a request whose body is as given."""
    return CHUNKED + b"\r\n" + b"".join(sizes_and_texts)


def in_chunks(body: bytes, size: int) -> bytes:
    """Cut a body as HTTP has it."""
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    cut = b"".join(b"%x\r\n%b\r\n" % (len(one), one) for one in pieces)
    return cut + b"0\r\n\r\n"


SMUGGLED = b"GET /cds-services HTTP/1.1\r\nHost: x\r\n\r\n"
FRAMINGS = {
    "length and chunks": (
        CHUNKED + b"Content-Length: 5\r\n\r\n0\r\n\r\n" + SMUGGLED,
        400,
    ),
    "two lengths": (
        f"{HEAD}Content-Length: 2\r\nContent-Length: 50\r\n\r\n{{}}".encode()
        + SMUGGLED,
        400,
    ),
    "two lengths in one": (f"{HEAD}Content-Length: 2, 50\r\n\r\n{{}}".encode(), 400),
    "a length below nothing": (f"{HEAD}Content-Length: -1\r\n\r\n".encode(), 400),
    "two hosts": (SIZED.replace(b"Host: x", b"Host: x\r\nHost: y"), 400),
    "NUL in a header": (SIZED.replace(b"Host: x", b"Host: x\r\nX-Y: a\0b"), 400),
    "NUL in a path": (SIZED.replace(b"services/", b"services/\0"), 400),
    "a header of 200 KB": (
        SIZED.replace(b"Host: x", b"Host: x\r\nX-Y: " + b"a" * 200_000),
        431,
    ),
    "bare LF": (SIZED.replace(b"\r\n", b"\n"), 400),
    "a header folded": (SIZED.replace(b"Host: x", b"Host: x\r\nX-Y: a\r\n b"), 400),
    "a space before the colon": (SIZED.replace(b"Host:", b"Host :"), 400),
    "a coding unknown": (
        CHUNKED.replace(b"chunked", b"chunked, gzip") + b"\r\n0\r\n\r\n",
        400,
    ),
    "no size": (chunks(b"zz\r\n{}\r\n0\r\n\r\n"), 400),
    "a size below nothing": (chunks(b"-5\r\n{}\r\n0\r\n\r\n"), 400),
    "a size of a thousand digits": (chunks(b"f" * 1000, b"\r\n{}\r\n0\r\n\r\n"), 400),
    "a chunk longer than said": (chunks(b"2\r\n{}{}\r\n0\r\n\r\n"), 400),
    "a chunk cut short": (chunks(b"50\r\n{}"), 400),
    "a trailer that is none": (chunks(b"2\r\n{}\r\n0\r\nX Y\r\n\r\n"), 400),
    "a method that is none": (SIZED.replace(b"POST", b"PO(ST"), 400),
    "a version that is none": (SIZED.replace(b"HTTP/1.1", b"HTTP/7.7"), 400),
    "a line too long": (SIZED.replace(b"?", b"?" + b"a" * 9000), 414),
    "no HTTP": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
    "no end of size": (chunks(b"1" * 9000), 400),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run one worker, which has to survive all of it."""
    folder = tmp_path_factory.mktemp("server")
    with running(folder, workers=1, read_seconds=3, max_body_bytes=LIMIT) as one:
        (worker,) = one.workers()
        yield one
        assert one.workers() == [worker]


def status(told: bytes) -> int:
    """Read the status of the first response that is no interim one."""
    told = told.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n")
    assert told.startswith(b"HTTP/1."), told[:80]
    return int(told.split(b" ", 2)[1])


@pytest.mark.fault(44)
@pytest.mark.parametrize("case", FRAMINGS)
def test_odd_framing_is_refused(case: str, server: Running) -> None:
    """Nothing is read into it, least of all a second request; the worker lives."""
    sent, expected = FRAMINGS[case]

    told = server.raw(sent)

    assert status(told) in {expected, 501 if "coding" in case else expected}
    assert told.count(b"HTTP/1.1 ") == 1
    logged = server.log.read_text()
    assert CANARY not in told.decode() + logged
    assert "Traceback" not in logged
    assert server.post()[0] == 200


@pytest.mark.parametrize("size", [1, 7, 4096, len(BODY)])
def test_a_body_in_chunks_is_read(size: int, server: Running) -> None:
    """Whatever the size of the chunks."""
    told = server.raw(CHUNKED + b"Connection: close\r\n\r\n" + in_chunks(BODY, size))

    assert status(told) == 200
    assert b'"cards":[{' in told


@pytest.mark.fault(43)
@pytest.mark.parametrize("more", [1, 10 * LIMIT])
@pytest.mark.parametrize("framed", ["by length", "in chunks"])
def test_a_body_too_long_is_refused(framed: str, more: int, server: Running) -> None:
    """With 413, also where its length is not told."""
    body = BODY + b" " * (LIMIT - len(BODY) + more)
    if framed == "by length":
        sent = f"{HEAD}Content-Length: {len(body)}\r\n\r\n".encode() + body
    else:
        sent = CHUNKED + b"\r\n" + in_chunks(body, 8000)

    assert status(server.raw(sent)) == 413


@pytest.mark.fault(43)
def test_a_body_of_the_longest_length_is_read(server: Running) -> None:
    """To the byte."""
    assert server.post(BODY + b" " * (LIMIT - len(BODY)))[0] == 200


def test_a_client_that_asks_for_leave_gets_it(server: Running) -> None:
    """`Expect: 100-continue`, as curl sends it."""
    head, body = SIZED.split(b"\r\n\r\n", 1)
    with server.connect() as connection:
        connection.sendall(head + b"\r\nExpect: 100-continue\r\n\r\n")
        leave = connection.recv(25)
        connection.sendall(body)
        connection.shutdown(socket.SHUT_WR)
        told = read_all(connection)

    assert leave == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert status(told) == 200


def test_requests_sent_ahead_are_answered_in_turn(server: Running) -> None:
    """On one connection, kept open."""
    asked = b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"

    told = server.raw(asked + SIZED + asked)

    assert told.count(b"HTTP/1.1 200") == 3
    assert told.endswith(b'{"live":true}')


def test_a_request_in_pieces_is_put_together(server: Running) -> None:
    """However it is cut on its way."""
    with server.connect() as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for at in range(0, len(SIZED), 97):
            connection.sendall(SIZED[at : at + 97])
        connection.shutdown(socket.SHUT_WR)
        assert status(read_all(connection)) == 200


SLOW = {
    "half a body": SIZED[:-9],
    "half a head": HEAD[:-4].encode(),
    "half a chunk": chunks(b"50\r\n{"),
    "leave asked": f"{HEAD}Expect: 100-continue\r\nContent-Length: 9\r\n\r\n".encode(),
    "nothing": b"",
    "an answer not read": SIZED * 3,
}


@pytest.mark.slow
@pytest.mark.fault(45)
def test_slow_clients_hold_up_nobody(server: Running) -> None:
    """More of each kind than there are threads; others are answered, they are cut."""
    with ExitStack() as opened:
        slow = [
            (opened.enter_context(server.connect()), sent)
            for sent in SLOW.values()
            for _ in range(70)
        ]
        for connection, sent in slow:
            connection.sendall(sent)
        # So many whole calls at once may be too much for a moment, and are told so.
        assert until(lambda: server.post()[0] == 200)
        answered = [server.post()[0] for _ in range(30)]
        for connection, sent in slow:  # all that is left of a sentence is dripped
            if sent == SLOW["half a body"]:
                connection.sendall(b" ")
        told = [read_all(connection) for connection, _ in slow]

    assert answered == [200] * 30
    assert {one for (_, sent), one in zip(slow, told, strict=True) if not sent} == {b""}
    assert {200, 408} <= {status(one) for one in told if one} <= {200, 408, 503}
    cut = {sent for (_, sent), one in zip(slow, told, strict=True) if is_cut(one)}
    assert cut == {SLOW[kind] for kind in SLOW if kind.startswith(("half", "leave"))}


def is_cut(told: bytes) -> bool:
    """Tell whether the client was told that it is too slow."""
    return bool(told) and status(told) == 408


UNFINISHED = {
    "two codings": CHUNKED.replace(b"chunked", b"gzip, chunked") + b"\r\n",
    "a length of twenty digits": f"{HEAD}Content-Length: {9:020}\r\n\r\n".encode(),
    "a size without end": chunks(b"5;", b"a" * 5000),
    "crumbs": chunks(b"1\r\n \r\n" * (CHUNKS_LIMIT + 1)),
    "trailers without end": chunks(b"0\r\n", b"a: b\r\n" * 140_000),
    "a head without end": HEAD.encode() + b"a: b\r\n" * 140_000,
}


@pytest.mark.slow
@pytest.mark.fault(45)
@pytest.mark.parametrize("case", UNFINISHED)
def test_odd_requests_without_end_hold_up_nobody(case: str, server: Running) -> None:
    """More of them than there are threads; each is refused for what it lacks."""
    crowd = 70 if len(UNFINISHED[case]) < LIMIT else 3
    with ExitStack() as opened:
        odd = [opened.enter_context(server.connect()) for _ in range(crowd)]
        for connection in odd:
            connection.sendall(UNFINISHED[case])
        began = time.monotonic()
        # A crowd may be too much for a moment, and is told so.
        assert until(lambda: server.post()[0] == 200)
        told = [connection.recv(65536) for connection in odd]

    assert time.monotonic() - began < WORK / 2
    assert {status(one) for one in told} <= {400, 431, 503}
    assert "Traceback" not in server.log.read_text()


def test_a_body_of_two_megabytes_in_crumbs_is_refused(tmp_path: Path) -> None:
    """One byte a chunk: at the price of the first of them, not of two million."""
    crumbs = b"1\r\n \r\n" * (2 * 1024 * 1024)
    with running(tmp_path, workers=1) as server, server.connect() as connection:
        (worker,) = server.workers()
        before = worker.cpu_times().user
        with suppress(ConnectionError):  # cut while it sends
            connection.sendall(CHUNKED + b"\r\n" + crumbs + b"0\r\n\r\n")
        told = read_all(connection)

        assert not told or status(told) == 400
        assert server.post()[0] == 200
        assert worker.cpu_times().user - before < 5


@pytest.mark.slow
@pytest.mark.fault(45)
def test_whoever_asks_and_does_not_read_is_let_go_of(server: Running) -> None:
    """Once the system's buffers are full; the thread is not his for longer."""
    asked = b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * 1000
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        connection.connect((HOST, server.port))
        connection.settimeout(PATIENCE)
        began = time.monotonic()
        with suppress(ConnectionError):
            while time.monotonic() < began + PATIENCE:
                connection.sendall(asked)

    assert time.monotonic() - began < WORK
    assert server.post()[0] == 200
    assert "Traceback" not in server.log.read_text()


@pytest.mark.fault(44)
def test_what_was_not_read_of_a_body_is_no_request(server: Running) -> None:
    """Refused for its length, it is not waited for: what comes then is dropped."""
    with server.connect() as connection:
        connection.sendall(f"{HEAD}Content-Length: {LIMIT * 9}\r\n\r\n".encode())
        told = connection.recv(65536)
        with suppress(ConnectionError):
            connection.sendall(SMUGGLED)
        told += read_all(connection)

    assert status(told) == 413
    assert told.count(b"HTTP/1.1 ") == 1


@pytest.mark.slow
@pytest.mark.fault(45)
def test_more_connections_than_files_are_survived(tmp_path: Path) -> None:
    """They wait until others have gone."""
    with running(tmp_path, workers=1, read_seconds=2) as server:
        (worker,) = server.workers()
        files = worker.num_fds() + 12
        worker.rlimit(psutil.RLIMIT_NOFILE, (files, files))
        with ExitStack() as opened:
            for _ in range(40):
                opened.enter_context(server.connect())
            assert until(lambda: worker.num_fds() >= files)
        assert server.post()[0] == 200
        assert server.workers() == [worker]


@contextmanager
def mute_fhir_server() -> Iterator[tuple[str, list[socket.socket]]]:
    """Play a FHIR server that takes connections and never says a word."""
    taken: list[socket.socket] = []

    def take(listener: socket.socket) -> None:
        try:
            while True:
                taken.append(listener.accept()[0])
        except OSError:
            return

    with socket.create_server((HOST, 0), backlog=512) as listener:
        port = listener.getsockname()[1]
        thread = threading.Thread(target=take, args=(listener,), daemon=True)
        thread.start()
        try:
            yield f"http://{HOST}:{port}/fhir", taken
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(PATIENCE)
            for one in taken:
                one.close()


def waiting(url: str) -> bytes:
    """Make a call that waits for the FHIR server until its deadline."""
    call = orjson.loads(BODY)
    call["fhirServer"] = url
    del call["prefetch"]["conditions"]
    return orjson.dumps(call)


SLOW_CALLS = {"workers": 1, "deadline_ms": 1500, "fhir_loopback": "true"}


@pytest.mark.slow
@pytest.mark.fault(48)
def test_more_calls_than_can_be_answered_are_refused(tmp_path: Path) -> None:
    """At once, with 503 and when to come again; the others are answered as ever."""
    few, many = 4, 20
    with (
        mute_fhir_server() as (url, taken),
        running(tmp_path, **SLOW_CALLS, max_in_flight=few) as server,
        ThreadPoolExecutor(few) as pool,
    ):
        accepted = [pool.submit(server.post, waiting(url)) for _ in range(few)]
        assert until(lambda: len(taken) >= few)
        refused = [server.raw(SIZED) for _ in range(many)]
        lives = server.raw(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
        still = sum(not one.done() for one in accepted)
        answered = [one.result()[0] for one in accepted]
        after = server.post()[0]
        counted = server.raw(b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")

    assert {status(one) for one in refused} == {503}
    assert all(b"\r\nRetry-After: 1\r\n" in one for one in refused)
    assert all(b'"code":"throttled"' in one for one in refused)
    assert status(lives) == 200
    assert still == few
    assert answered == [200] * few
    assert after == 200
    assert f"cds_overloaded_total {many}.0".encode() in counted


@pytest.mark.slow
@pytest.mark.fault(47)
def test_calls_in_flight_are_finished(tmp_path: Path) -> None:
    """Over a reload and to the end, after which the exit code is 0."""
    calls = 8
    with (
        mute_fhir_server() as (url, taken),
        running(tmp_path, **SLOW_CALLS) as server,
        ThreadPoolExecutor(calls) as pool,
    ):
        (first,) = server.workers()
        before = [pool.submit(server.post, waiting(url)) for _ in range(calls)]
        assert until(lambda: len(taken) >= calls)
        server.process.send_signal(signal.SIGHUP)
        assert until(lambda: server.workers() not in ([], [first]))
        reloaded = [one.result()[0] for one in before]
        assert until(lambda: first not in server.workers())
        later = [pool.submit(server.post, waiting(url)) for _ in range(calls)]
        assert until(lambda: len(taken) >= 2 * calls)
        server.process.send_signal(signal.SIGTERM)
        assert until(lambda: is_refused(server))
        pending = sum(not one.done() for one in later)
        finished = [one.result()[0] for one in later]
        code = server.process.wait(10)

    assert reloaded == finished == [200] * calls
    assert pending == calls
    assert code == 0


def is_refused(server: Running) -> bool:
    """Tell whether nobody is let in any more."""
    try:
        server.connect().close()
    except ConnectionRefusedError:
        return True
    return False


@pytest.mark.slow
@pytest.mark.fault(46)
def test_a_worker_killed_takes_its_calls_with_it_and_no_more(tmp_path: Path) -> None:
    """One call a client is lost at most; another worker comes; the store is sound."""
    clients, calls = 8, 40
    with running(tmp_path, workers=2) as server, ThreadPoolExecutor(clients) as pool:
        assert until(lambda: len(server.workers()) == 2)
        victim = server.workers()[0]
        sent = threading.Semaphore(0)

        def call_on() -> list[int]:
            return [attempt(server, sent) for _ in range(calls)]

        told = [pool.submit(call_on) for _ in range(clients)]
        for _ in range(clients * calls // 4):
            assert sent.acquire(timeout=PATIENCE)
        os.kill(victim.pid, signal.SIGKILL)
        answered = [status for one in told for status in one.result()]
        assert until(lambda: len(server.workers()) == 2)
        back = [server.post()[0] for _ in range(10)]

    assert set(answered) <= {200, 0}
    assert answered.count(0) <= clients
    assert back == [200] * 10
    assert {is_sound(path) for path in tmp_path.glob("*.sqlite")} == {"ok"}


def attempt(server: Running, sent: threading.Semaphore) -> int:
    """Call; 0 when the connection breaks."""
    try:
        return server.post()[0]
    except (OSError, HTTPException):
        return 0
    finally:
        sent.release()


def is_sound(path: Path) -> str:
    """Let SQLite look at a file of its own."""
    with sqlite3.connect(path) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


@pytest.mark.slow
@pytest.mark.fault(57)
def test_a_server_does_not_grow(server: Running) -> None:
    """Memory, files and threads stay as they are, over hundreds of patients."""
    (worker,) = server.workers()
    connection = HTTPConnection(HOST, server.port, timeout=PATIENCE)

    def call(serial: int) -> int:
        patient = f"patient-{serial}".encode()
        connection.request("POST", SERVICE, BODY.replace(PATIENT, patient), HEADERS)
        told = connection.getresponse()
        told.read()
        return told.status

    def seen() -> tuple[int, int, int]:
        return worker.num_fds(), worker.num_threads(), worker.memory_info().rss

    first = {call(serial) for serial in range(100)}
    fds, threads, rss = seen()
    then = {call(serial) for serial in range(100, 500)}
    fds_then, threads_then, rss_then = seen()
    connection.close()

    assert first == then == {200}
    assert fds_then <= fds + 4
    assert threads_then <= threads + 4
    assert rss_then <= rss * 1.15
