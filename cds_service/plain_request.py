"""Requests that are plainly what they seem, read at a glance.

gunicorn's parser takes every request apart with the care that an odd one deserves,
which costs more than answering an order of somebody else. Here only what cannot be
read in two ways is read: one line, headers of plain characters, each at most once, a
body of the length it says. Everything else is left to gunicorn.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from ipaddress import ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from ipaddress import IPv4Network, IPv6Network
    from wsgiref.types import WSGIEnvironment

    from gunicorn.config import Config

# No percent sign, dot segment or double slash: paths of ours need none.
_LINE = re.compile(rb"(GET|POST) ((?:/[A-Za-z0-9_-]+)+) HTTP/1\.1\r\n", re.ASCII)
_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]*): ([!-~](?:[ -~]*[!-~])?)\r\n", re.ASCII)
_HEAD_END = b"\r\n\r\n"
_MOST_HEADERS = 50
_LONGEST_VALUE = 8000
_NUMBER = re.compile(r"0|[1-9]\d{0,9}", re.ASCII)
# What they may change is gunicorn's business: framing, the way a request came.
_LEFT = re.compile(
    r"TRANSFER_ENCODING|EXPECT|UPGRADE|TE|TRAILER|SCRIPT_NAME|PATH_INFO|REMOTE_\w+"
    r"|PROXY\w*|X_FORWARDED_(?:PROTOCOL|SSL)|SERVER_\w+|HTTP2_SETTINGS",
    re.ASCII,
)
_BARE = {"HTTP_CONTENT_TYPE": "CONTENT_TYPE", "HTTP_CONTENT_LENGTH": "CONTENT_LENGTH"}
_KEPT = {None, "keep-alive", "Keep-Alive"}


@dataclass(frozen=True, slots=True)
class Proxies:
    """Whose word about the way a request came is believed.

    Attributes:
        anyone: whether everybody's is.
        networks: of those whose is.
    """

    anyone: bool
    networks: tuple[IPv4Network | IPv6Network, ...]

    @classmethod
    def of(cls, config: Config) -> Proxies:
        """Take those of gunicorn: loopback, or what FORWARDED_ALLOW_IPS names."""
        networks = tuple(config.forwarded_allow_networks())
        return cls("*" in config.forwarded_allow_ips, networks)

    def hold(self, client: str) -> bool:
        """Whether a client is one of them."""
        return self.anyone or any(ip_address(client) in one for one in self.networks)


class PlainParser:
    """Stands in for gunicorn's parser of a connection, with a request that is read.

    It is the request as well: nothing of it is asked but its environment.
    """

    def __init__(self, environ: WSGIEnvironment) -> None:
        self.environ = environ
        self.unreader = self

    def __next__(self) -> PlainParser:
        """Give the request."""
        return self

    def finish_body(self, deadline: float) -> bool:
        """Tell that nothing of it is left to be read."""
        del deadline
        return True

    def take_buffered(self) -> bytes:
        """Give what came beyond it: nothing."""
        return b""


def plain_environ(
    held: bytes,
    usual: Mapping[str, object],
    proxies: Proxies,
    client: str,
    server: tuple[str, int],
) -> WSGIEnvironment | None:
    """Make the WSGI environment of a request that is here whole and no more than it.

    Args:
        held: all that came.
        usual: what every environment has.
        proxies: who may say how it came.
        client: the address it came from.
        server: the address and the port it came to.

    Returns:
        None for a request that has to be looked at more closely.
    """
    line = _LINE.match(held)
    end = held.find(_HEAD_END)
    if line is None or end < 0:
        return None
    headers = _headers(held, line.end(), end + 2)
    if headers is None or headers.get("HTTP_CONNECTION") not in _KEPT:
        return None
    length = headers.get("CONTENT_LENGTH", "0")
    body = held[end + 4 :]
    if not _NUMBER.fullmatch(length) or len(body) != int(length):
        return None
    secure = headers.get("HTTP_X_FORWARDED_PROTO") == "https" and proxies.hold(client)
    came = _came(client, server, "https" if secure else "http")
    return {**usual, **headers, **_asked(line), **came, "wsgi.input": BytesIO(body)}


def _asked(line: re.Match[bytes]) -> dict[str, str]:
    path = line[2].decode()
    return {
        "REQUEST_METHOD": line[1].decode(),
        "PATH_INFO": path,
        "RAW_URI": path,
        "QUERY_STRING": "",
        "SCRIPT_NAME": "",
        "SERVER_PROTOCOL": "HTTP/1.1",
    }


def _came(client: str, server: tuple[str, int], scheme: str) -> dict[str, str]:
    host, port = server
    return {
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "REMOTE_ADDR": client,
        "wsgi.url_scheme": scheme,
    }


def _headers(held: bytes, at: int, end: int) -> dict[str, str] | None:
    """Read the headers from *at* to *end*; None where one is odd, or comes twice."""
    found: dict[str, str] = {}
    while at < end:
        header = _HEADER.match(held, at, end)
        if header is None or len(found) >= _MOST_HEADERS:
            return None
        name = header[1].decode().upper().replace("-", "_")
        key = f"HTTP_{name}"
        key = _BARE.get(key, key)
        if key in found or _LEFT.fullmatch(name) or len(header[2]) > _LONGEST_VALUE:
            return None
        found[key] = header[2].decode()
        at = header.end()
    return found if "HTTP_HOST" in found else None
