"""Headers of every response: cross-origin rules for browser-based clients, and more.

A WSGI layer, so that every response carries them: errors, refused bodies and paths
that do not exist. Preflights are answered here, before any authentication. Never
with credentials.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from types import TracebackType
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    Failure: TypeAlias = (
        tuple[type[BaseException], BaseException, TracebackType]
        | tuple[None, None, None]
    )
    Headers: TypeAlias = list[tuple[str, str]]

ANY = "*"
ALLOW = "Access-Control-Allow-Origin"
PREFLIGHT = [
    ("Access-Control-Allow-Methods", "GET, POST, OPTIONS"),
    ("Access-Control-Allow-Headers", "Authorization, Content-Type"),
    ("Access-Control-Max-Age", "600"),
]


# Nobody may store an answer about a patient, or take it for anything but JSON; no
# other site learns where it was read.
BORNE = [
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
]
# For whatever is no page: opened by itself, it may load nothing and stand in no frame.
POLICY = "Content-Security-Policy"
CLOSED = (POLICY, "default-src 'none'; frame-ancestors 'none'")


@dataclass(frozen=True, slots=True)
class Cors:
    """Add the headers for *origins*, and those all bear, to what is answered.

    Attributes:
        origins: what browsers may call from, compared exactly; `*` for anywhere.
    """

    application: WSGIApplication
    origins: frozenset[str]
    # Written once: the headers by the origin that is granted, and for any other.
    granted: Mapping[str, Headers] = field(init=False, repr=False)
    others: Headers = field(init=False, repr=False)

    def __post_init__(self) -> None:
        anywhere = ANY in self.origins
        # Said to every origin: a cache must not hand one's answer to another.
        borne = BORNE if anywhere else [*BORNE, ("Vary", "Origin")]
        allowed = {one: [*borne, (ALLOW, one)] for one in self.origins}
        object.__setattr__(self, "granted", MappingProxyType(allowed))
        object.__setattr__(self, "others", allowed.get(ANY, borne))

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer a preflight, or let *application* answer and add the headers."""
        told = self.granted.get(environ.get("HTTP_ORIGIN", ""), self.others)
        if _is_preflight(environ):
            may = any(name == ALLOW for name, _ in told)
            start_response("204 No Content", told + (PREFLIGHT if may else []))
            return []
        return self.application(environ, _adding(told, start_response))


def _is_preflight(environ: WSGIEnvironment) -> bool:
    asked = "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in environ
    return asked and environ["REQUEST_METHOD"] == "OPTIONS"


def _adding(extra: Headers, start_response: StartResponse) -> StartResponse:
    """Wrap *start_response* so that *extra* headers are sent too."""

    def start(
        status: str, headers: Headers, failure: Failure | None = None, /
    ) -> Callable[[bytes], object]:
        own = any(name == POLICY for name, _ in headers)
        policy = [] if own else [CLOSED]
        return start_response(status, headers + extra + policy, failure)

    return start
