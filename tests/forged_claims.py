"""Claims of tokens that must be refused, though signed by a client, with the cause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cds_service.security.unauthorized import Cause
from tests.tokens import CLINIC, EHR, PUBLIC_URL, Call, minted

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.tokens import Headers

    Table = dict[str, tuple[Cause, Callable[[Call], Headers]]]

TEN_YEARS = 10 * 365 * 86_400


ISSUERS: Table = {
    "unknown": (Cause.ISSUER, lambda call: minted(call, iss="https://evil.example")),
    "prefix": (Cause.ISSUER, lambda call: minted(call, iss=EHR[:-1])),
    "more": (Cause.ISSUER, lambda call: minted(call, iss=f"{EHR}/")),
    "capitals": (Cause.ISSUER, lambda call: minted(call, iss=EHR.upper())),
    "list": (Cause.CLAIM, lambda call: minted(call, iss=[EHR])),
    "object": (Cause.CLAIM, lambda call: minted(call, iss={EHR: EHR})),
    "missing": (Cause.CLAIM, lambda call: minted(call, iss=None)),
    "empty": (Cause.CLAIM, lambda call: minted(call, iss="")),
    "another's": (Cause.UNKNOWN_KEY, lambda call: minted(call, iss=CLINIC)),
}
BAD_TENANTS = {
    "tenant unknown": "south",
    "tenant missing": None,
    "tenant a list": ["north"],
    "tenant prefix": "nor",
    "tenant empty": "",
}


def bad_audiences(call: Call) -> dict[str, Any]:
    """List what the aud of a call must not be."""
    right = f"{PUBLIC_URL}{call.path}"
    return {
        "another service's": f"{PUBLIC_URL}/cds-services/another",
        "its feedback's": f"{right}/feedback",
        "that of discovery": f"{PUBLIC_URL}/cds-services",
        "the base": PUBLIC_URL,
        "as Host says": f"http://127.0.0.1:8000{call.path}",
        "prefix": right[:-1],
        "trailing slash": f"{right}/",
        "query": f"{right}?a=b",
        "capitals": right.upper(),
        "list with another": [right, "https://other.example"],
        "list with it twice": [right, right],
        "empty list": [],
        "list in a list": [[right]],
        "number": 1,
        "object": {right: right},
        "missing": None,
    }


def bad_times(call: Call) -> dict[str, tuple[Cause, str, str]]:
    """List what the times of a token must not be, as they are written."""
    now = int(call.now)
    no_times = {
        "a string": f'"{now + 300}"',
        "true": "true",
        "null": "null",
        "a list": f"[{now + 300}]",
        "negative": "-1",
        "past the year 9999": str(10**15),
    }
    unreadable = {
        "NaN": "NaN",
        "infinite": "Infinity",
        "past any float": "1e400",
        "5000 digits": "9" * 5000,
    }
    return {
        **{
            f"{name} {how}": (Cause.CLAIM, name, value)
            for how, value in no_times.items()
            for name in ("exp", "iat", "nbf")
        },
        **{
            f"{name} {how}": (Cause.UNREADABLE, name, value)
            for how, value in unreadable.items()
            for name in ("exp", "iat", "nbf")
        },
        "exp in ten years": (Cause.LIFETIME, "exp", str(now + TEN_YEARS)),
        "exp past the cap": (Cause.LIFETIME, "exp", str(now + 3601)),
        "exp at iat": (Cause.LIFETIME, "exp", str(now)),
        "exp before iat": (Cause.LIFETIME, "exp", str(now - 1)),
        "iat of long ago": (Cause.LIFETIME, "iat", str(now - TEN_YEARS)),
        "iat in 61 s": (Cause.FUTURE, "iat", str(now + 61)),
        "nbf in 61 s": (Cause.FUTURE, "nbf", str(now + 61)),
    }


EXPIRED: Table = {
    "expired 61 s ago": (
        Cause.EXPIRED,
        lambda call: minted(call, iat=int(call.now) - 300, exp=int(call.now) - 61),
    ),
    "expired an hour ago": (
        Cause.EXPIRED,
        lambda call: minted(call, iat=int(call.now) - 3900, exp=int(call.now) - 3600),
    ),
    "exp missing": (Cause.CLAIM, lambda call: minted(call, exp=None)),
    "iat missing": (Cause.CLAIM, lambda call: minted(call, iat=None)),
}
IDS: Table = {
    "jti missing": (Cause.CLAIM, lambda call: minted(call, jti=None)),
    "jti empty": (Cause.CLAIM, lambda call: minted(call, jti="")),
    "jti a number": (Cause.CLAIM, lambda call: minted(call, jti=7)),
    "jti endless": (Cause.CLAIM, lambda call: minted(call, jti="j" * 513)),
    "jti with NUL": (Cause.CLAIM, lambda call: minted(call, jti="a\0b")),
}
