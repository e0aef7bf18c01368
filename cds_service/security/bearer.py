"""Take the token out of a call's Authorization header, and read it strictly.

What is read here is not yet believed: the signature is checked afterwards.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from joserfc.util import urlsafe_b64decode

from cds_service.security.strict_json import read_object
from cds_service.security.unauthorized import Cause, Unauthorized

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 8192
# One token in the compact form of RFC 7515; a comma, which joins two headers into
# one, is no character of it.
BEARER = re.compile(r"bearer +([\w-]+)\.([\w-]+)\.([\w-]+)", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it was sent.

    Attributes:
        compact: the whole, as its signature is checked.
        header: the JOSE header.
        claims: the claims, still to be checked.
    """

    compact: bytes
    header: dict[str, Any]
    claims: dict[str, Any]


def read_token(authorization: Sequence[str]) -> Token:
    """Read the token of a call that bears these Authorization headers.

    Raises:
        Unauthorized: there is not exactly one bearer token, or it cannot be read.
    """
    if not authorization:
        raise Unauthorized(Cause.MISSING)
    if len(authorization) > 1:
        raise Unauthorized(Cause.NOT_BEARER)
    if len(authorization[0]) > LONGEST:
        raise Unauthorized(Cause.OVERSIZE)
    form = BEARER.fullmatch(authorization[0])
    if form is None:
        raise Unauthorized(Cause.NOT_BEARER)
    header, claims, signature = (part.encode("ascii") for part in form.groups())
    compact = b".".join((header, claims, signature))
    return Token(compact, _read_part(header), _read_part(claims))


def _read_part(part: bytes) -> dict[str, Any]:
    """Decode one of a token's two JSON objects."""
    try:
        return read_object(urlsafe_b64decode(part))
    except ValueError:
        raise Unauthorized(Cause.UNREADABLE) from None
