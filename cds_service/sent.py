"""What a client sent, read from the WSGI environment and from nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gunicorn.http.errors import ParseException
from werkzeug.exceptions import BadRequest as BadHttp
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType
from werkzeug.http import parse_options_header
from werkzeug.wsgi import get_content_length, get_input_stream

from cds_service.refusals import JSON

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

NOT_ENCODED = frozenset({"", "identity"})
TOO_LONG = "Send a shorter body."
JSON_TYPES = frozenset({JSON, "application/fhir+json"})
CHARSETS = frozenset({"utf-8", "utf8"})


def json_body(environ: WSGIEnvironment, limit: int) -> bytes:
    """Read the body, if it is declared as plain JSON and no longer than *limit* bytes.

    Raises:
        HTTPException: it is declared otherwise, is too long or came broken.
    """
    sent_as = environ.get("CONTENT_TYPE", "")
    if sent_as != JSON and not _is_json(sent_as):
        raise UnsupportedMediaType("Send application/json in UTF-8.")
    encoding = environ.get("HTTP_CONTENT_ENCODING", "")
    if encoding.strip().lower() not in NOT_ENCODED:
        raise UnsupportedMediaType("Send the body without Content-Encoding.")
    if (get_content_length(environ) or 0) > limit:
        raise RequestEntityTooLarge(TOO_LONG)
    try:
        # It may come without its length: one byte more than may be is asked for.
        body: bytes = get_input_stream(environ).read(limit + 1)
    except (OSError, ParseException):
        raise BadHttp("Send the body whole, and its chunks as HTTP has them.") from None
    if len(body) > limit:
        raise RequestEntityTooLarge(TOO_LONG)
    return body


def authorization(environ: WSGIEnvironment) -> list[str]:
    """Give the Authorization header as it came; none is an empty list."""
    sent = environ.get("HTTP_AUTHORIZATION")
    return [] if sent is None else [sent]


def _is_json(sent_as: str) -> bool:
    mimetype, options = parse_options_header(sent_as)
    return (
        mimetype.lower() in JSON_TYPES
        and options.get("charset", "utf-8").lower() in CHARSETS
    )
