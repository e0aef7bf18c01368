"""Fetch a key set, in a second or not at all, and no more than is due."""

from __future__ import annotations

from contextlib import closing
from threading import Timer
from time import monotonic
from typing import TYPE_CHECKING

import requests
from urllib3.exceptions import HTTPError

from cds_service.outgoing import Call, TimeUp, open_session, under_way
from cds_service.security.key_reading import Outcome
from cds_service.security.public_keys import NoKeys, parse_key_set

if TYPE_CHECKING:
    from cds_service.security.public_keys import PublicKeys

LONGEST = 64 * 1024
# Nothing compressed: how long it becomes would be known too late.
HEADERS = {"Accept": "application/json", "Accept-Encoding": "identity"}


class FetchFailed(Exception):
    """No keys came; why is a label, and nothing of the answer."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        super().__init__(outcome.value)


def fetch_key_set(url: str, seconds: float) -> PublicKeys:
    """Fetch the key set at *url*, without proxies, .netrc or redirects.

    Raises:
        FetchFailed: it did not come within *seconds*, or is no key set.
    """
    call = Call(monotonic() + seconds)
    cutting = Timer(seconds, call.cut)
    cutting.daemon = True
    cutting.start()
    try:
        with open_session() as session, under_way(call):
            return parse_key_set(_read(session, url, call))
    except (TimeUp, OSError, HTTPError):
        raise FetchFailed(Outcome.UNREACHABLE) from None
    except NoKeys:
        raise FetchFailed(Outcome.NO_KEYS) from None
    finally:
        cutting.cancel()
        # So that no thread is left when a process forks after its first fetch.
        cutting.join()


def _read(session: requests.Session, url: str, call: Call) -> bytes:
    """Read the body of a good answer."""
    answer = session.get(
        url, headers=HEADERS, timeout=call.left(), allow_redirects=False, stream=True
    )
    with closing(answer):
        if answer.status_code != requests.codes.ok:
            raise FetchFailed(Outcome.REFUSED)
        if "Content-Encoding" in answer.headers:
            raise FetchFailed(Outcome.REFUSED)
        return _read_body(answer, call)


def _read_body(answer: requests.Response, call: Call) -> bytes:
    """Read a body piece by piece, so that the clock is looked at in between."""
    body = bytearray()
    while True:
        piece = answer.raw.read1(LONGEST, decode_content=False)
        # Looked at first: what we cut ourselves looks like the end.
        call.left()
        if not piece:
            return bytes(body)
        body += piece
        if len(body) > LONGEST:
            raise FetchFailed(Outcome.OVERSIZE)
