"""Cross-origin rules for browser-based clients, around the whole application.

A WSGI layer, so that every response carries them: errors, refused bodies and paths
that do not exist. Preflights are answered here, before any authentication. Never
with credentials.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    Failure: TypeAlias = (
        tuple[type[BaseException], BaseException, TracebackType]
        | tuple[None, None, None]
    )
    Headers: TypeAlias = list[tuple[str, str]]

ANY = "*"
PREFLIGHT = [
    ("Access-Control-Allow-Methods", "GET, POST, OPTIONS"),
    ("Access-Control-Allow-Headers", "Authorization, Content-Type"),
    ("Access-Control-Max-Age", "600"),
]


@dataclass(frozen=True, slots=True)
class Cors:
    """Add the headers for *origins* to what *application* answers.

    Attributes:
        origins: what browsers may call from, compared exactly; `*` for anywhere.
    """

    application: WSGIApplication
    origins: frozenset[str]

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer a preflight, or let *application* answer and add the headers."""
        granted = self._granted(environ.get("HTTP_ORIGIN", ""))
        # Said to every origin: a cache must not hand one's answer to another.
        always = granted if ANY in self.origins else [*granted, ("Vary", "Origin")]
        if _is_preflight(environ):
            start_response("204 No Content", always + (PREFLIGHT if granted else []))
            return []
        return self.application(environ, _adding(always, start_response))

    def _granted(self, origin: str) -> Headers:
        """Write the header that lets *origin* read the response, if it may."""
        if ANY in self.origins:
            return [("Access-Control-Allow-Origin", ANY)]
        if origin in self.origins:
            return [("Access-Control-Allow-Origin", origin)]
        return []


def _is_preflight(environ: WSGIEnvironment) -> bool:
    asked = "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in environ
    return asked and environ["REQUEST_METHOD"] == "OPTIONS"


def _adding(extra: Headers, start_response: StartResponse) -> StartResponse:
    """Wrap *start_response* so that *extra* headers are sent too."""

    def start(
        status: str, headers: Headers, failure: Failure | None = None, /
    ) -> Callable[[bytes], object]:
        return start_response(status, headers + extra, failure)

    return start
