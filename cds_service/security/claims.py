"""Check the claims of a token whose signature is good.

CDS Hooks 2.0.1, "Trusting CDS Clients", says which there are; the caps are our own,
since no library sets one: a token that is valid for ten years is a password.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cds_service.security.unauthorized import Cause, Unauthorized

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

LONGEST_TEXT = 512
LAST_INSTANT = 253_402_300_799  # the last second of the year 9999
FEEDBACK = re.compile(r"(/cds-services/[^/]+)/feedback")
NO_TENANTS: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Period:
    """How long a token may be valid.

    Attributes:
        max_lifetime: longest time from `iat` to `exp`, seconds.
        leeway: how far apart two clocks may be, seconds.
    """

    max_lifetime: int
    leeway: int


def audiences(public_urls: Collection[str], path: str) -> frozenset[str]:
    """List what the `aud` of a call of *path* may be.

    Some clients make the token of a feedback call out to the service it is about.
    """
    feedback = FEEDBACK.fullmatch(path)
    paths = (path, feedback[1]) if feedback else (path,)
    return frozenset(f"{url}{called}" for url in public_urls for called in paths)


def check_audience(claims: Mapping[str, Any], allowed: Collection[str]) -> None:
    """Refuse a token that is made out to another endpoint, or to others as well.

    Raises:
        Unauthorized: `aud` is none of *allowed*, alone or as a list's only entry.
    """
    aud = claims.get("aud")
    alone = aud[0] if isinstance(aud, list) and len(aud) == 1 else aud
    if not isinstance(alone, str) or alone not in allowed:
        raise Unauthorized(Cause.AUDIENCE)


def check_period(claims: Mapping[str, Any], period: Period, now: float) -> float:
    """Refuse a token that is not valid *now*, or for longer than is allowed.

    Its age needs no check of its own: what has not expired and lives no longer than
    the cap is no older than that.

    Returns:
        From when on it is refused as expired.

    Raises:
        Unauthorized: a time is missing, no number, or not as it should be.
    """
    issued, expires = _instant(claims, "iat"), _instant(claims, "exp")
    starts = _instant(claims, "nbf") if "nbf" in claims else issued
    if not 0 < expires - issued <= period.max_lifetime:
        raise Unauthorized(Cause.LIFETIME)
    if now >= expires + period.leeway:
        raise Unauthorized(Cause.EXPIRED)
    if max(issued, starts) > now + period.leeway:
        raise Unauthorized(Cause.FUTURE)
    return expires + period.leeway


def check_tenant(claims: Mapping[str, Any], allowed: Collection[str]) -> str | None:
    """Refuse a tenant that is not listed, where tenants are.

    Returns:
        The tenant, if it is named as one can be.

    Raises:
        Unauthorized: it is missing or not listed.
    """
    tenant = claims.get("tenant")
    named = tenant if _is_text(tenant) else None
    if allowed and named not in allowed:
        raise Unauthorized(Cause.TENANT)
    return named


def read_text(claims: Mapping[str, Any], name: str) -> str:
    """Read a claim that must be there: printable, not empty, not endless.

    Raises:
        Unauthorized: it is not.
    """
    value = claims.get(name)
    if not _is_text(value):
        raise Unauthorized(Cause.CLAIM)
    return str(value)


def _is_text(value: object) -> bool:
    """Tell whether *value* may stand in a log and in any database."""
    return (
        isinstance(value, str)
        and 0 < len(value) <= LONGEST_TEXT
        and value.isprintable()
    )


def _instant(claims: Mapping[str, Any], name: str) -> float:
    """Read a NumericDate (RFC 7519, section 2); to Python, true is a number too."""
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Unauthorized(Cause.CLAIM)
    if not 0 <= value <= LAST_INSTANT:
        raise Unauthorized(Cause.CLAIM)
    return value
