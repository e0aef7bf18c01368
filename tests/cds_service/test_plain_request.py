"""What is read at a glance is what gunicorn would have read; the rest is left to it."""

from __future__ import annotations

import re
from typing import Any, cast

import pytest
from gunicorn.config import Config
from gunicorn.http.parser import RequestParser
from gunicorn.http.wsgi import base_environ, create
from hypothesis import given, settings
from hypothesis import strategies as st

from cds_service.plain_request import PlainParser, Proxies, plain_environ

CLIENT, SERVER = "127.0.0.1", ("127.0.0.1", 8000)
BODY = b'{"hook": "order-select"}'
USUAL = (
    b"POST /cds-services/spine HTTP/1.1\r\nHost: cds.example.org\r\n"
    b"Content-Type: application/json\r\nContent-Length: 24\r\n"
    b"X-Forwarded-For: 10.0.0.1\r\nAuthorization: Bearer a.b.c\r\n\r\n" + BODY
)
# What differs by intent: who reads from where.
OWN = {"wsgi.input", "wsgi.errors", "gunicorn.socket", "wsgi.early_hints"}


def seen(environ: dict[str, Any]) -> dict[str, Any]:
    """Give what an application may look at, the body among it."""
    kept = {name: one for name, one in environ.items() if name not in OWN}
    return kept | {"body": environ["wsgi.input"].read()}


LOOPBACK = "127.0.0.1,::1"


def told(proxies: str) -> Config:
    """Configure gunicorn, with these to believe."""
    config = Config()
    config.set("forwarded_allow_ips", proxies)
    return config


def plain(
    held: bytes, client: str = CLIENT, proxies: str = LOOPBACK
) -> dict[str, Any] | None:
    """Read at a glance."""
    config = told(proxies)
    usual = base_environ(config)
    return plain_environ(held, usual, Proxies.of(config), client, SERVER)


def by_gunicorn(
    held: bytes, client: str = CLIENT, proxies: str = LOOPBACK
) -> dict[str, Any]:
    """Let gunicorn read; it raises where it refuses."""
    config = told(proxies)
    peer = (client, 5000)
    request = next(RequestParser(config, iter([held]), peer))
    _, environ = create(request, cast("Any", None), client, SERVER, config)
    return dict(environ)


@pytest.mark.parametrize("proxies", [LOOPBACK, "*", "192.0.2.0/24", "192.0.2.7"])
@pytest.mark.parametrize("client", [CLIENT, "::1", "192.0.2.7"])
@pytest.mark.parametrize(
    "held",
    [
        USUAL,
        USUAL.replace(b"10.0.0.1\r\n", b"10.0.0.1\r\nX-Forwarded-Proto: https\r\n"),
        USUAL.replace(b"10.0.0.1\r\n", b"10.0.0.1\r\nX-Forwarded-Proto: http\r\n"),
        USUAL.replace(b"10.0.0.1", b"10.0.0.1, 10.0.0.2\r\nConnection: keep-alive"),
        b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /metrics HTTP/1.1\r\nHost: x\r\nAccept: */*\r\nUser-Agent: a b (c)\r\n\r\n",
    ],
)
def test_a_plain_request_is_read_as_gunicorn_reads_it(
    held: bytes, client: str, proxies: str
) -> None:
    """Whole, header by header, whomever it is told to believe."""
    environ = plain(held, client, proxies)

    assert environ is not None
    assert seen(environ) == seen(by_gunicorn(held, client, proxies))


HEAD, _, _ = USUAL.partition(b"\r\n\r\n")


@pytest.mark.parametrize(
    "held",
    [
        USUAL[:-1],
        USUAL + b"GET / HTTP/1.1\r\n\r\n",
        USUAL.replace(b"\r\n", b"\n"),
        USUAL.replace(b"HTTP/1.1", b"HTTP/1.0"),
        USUAL.replace(b"POST", b"PUT"),
        USUAL.replace(b"/spine", b"/sp%69ne"),
        USUAL.replace(b"/spine", b"/../spine"),
        USUAL.replace(b"/spine", b"/spine?a=b"),
        USUAL.replace(b"/spine", b"//spine"),
        USUAL.replace(b"/cds-services/spine", b"http://x/cds-services/spine"),
        USUAL.replace(b"Host: cds.example.org\r\n", b""),
        USUAL.replace(b"Host: ", b"Host:"),
        USUAL.replace(b"Host: ", b"Host : "),
        USUAL.replace(b"Host: ", b"Host: a\r\nHost: "),
        USUAL.replace(b"Host: ", b"A_B: a\r\nHost: "),
        USUAL.replace(b"Host: ", b"A: a\r\n b\r\nHost: "),
        USUAL.replace(b"Host: ", b"A: a\0b\r\nHost: "),
        USUAL.replace(b"Host: ", b"A: \xc3\xa4\r\nHost: "),
        USUAL.replace(b"Host: ", b"A: " + b"a" * 8001 + b"\r\nHost: "),
        USUAL.replace(
            b"Host: ", b"".join(b"A%d: a\r\n" % n for n in range(60)) + b"Host: "
        ),
        USUAL.replace(b": 24", b": 24\r\nContent-Length: 24"),
        USUAL.replace(b": 24", b": +24"),
        USUAL.replace(b": 24", b": 024"),
        USUAL.replace(b": 24", b": 24, 24"),
        USUAL.replace(b"Content-Length: 24", b"Transfer-Encoding: chunked"),
        USUAL.replace(b"Host: ", b"Expect: 100-continue\r\nHost: "),
        USUAL.replace(b"Host: ", b"Connection: close\r\nHost: "),
        USUAL.replace(b"Host: ", b"Connection: Upgrade\r\nUpgrade: h2c\r\nHost: "),
        USUAL.replace(b"Host: ", b"Script-Name: /x\r\nHost: "),
        USUAL.replace(b"Host: ", b"X-Forwarded-Ssl: on\r\nHost: "),
        HEAD,
        b"",
    ],
)
def test_what_is_odd_is_left_to_gunicorn(held: bytes) -> None:
    """Whether it is refused there or not."""
    assert plain(held) is None


PIECES = st.sampled_from(
    [
        *(b"\r\n", b"\n", b" ", b":", b"\t", b"\0", b"a", b"-", b"_", b"%20", b"\xff"),
        *(b"Host: x\r\n", b"Content-Length: 24\r\n", b"Transfer-Encoding: chunked\r\n"),
        *(b"X-Y: z\r\n", b"Connection: close\r\n", b"X-Forwarded-Proto: https\r\n"),
        *(b"GET / HTTP/1.1\r\n", b"\r\n\r\n", b",", b"0", b"24"),
    ]
)


@settings(max_examples=1500)
@given(st.lists(st.tuples(st.integers(0, len(USUAL)), PIECES), max_size=4))
def test_no_request_is_read_in_two_ways(changes: list[tuple[int, bytes]]) -> None:
    """However a request is spoilt: it is left alone, or read just as gunicorn does."""
    held = USUAL
    for at, piece in changes:
        held = held[:at] + piece + held[at:]
    body = held.partition(b"\r\n\r\n")[2]
    held = re.sub(
        rb"Content-Length: \d+", b"Content-Length: %d" % len(body), held, count=1
    )
    environ = plain(held)

    if environ is not None:
        assert seen(environ) == seen(by_gunicorn(held))


def test_a_plain_request_stands_in_for_a_parser() -> None:
    """With nothing left to read, and nothing beyond it."""
    parser = PlainParser({"PATH_INFO": "/"})

    assert next(parser) is parser.unreader is parser
    assert parser.finish_body(deadline=0.0)
    assert parser.take_buffered() == b""
    assert parser.environ["PATH_INFO"] == "/"
