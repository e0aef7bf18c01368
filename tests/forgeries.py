"""Tokens that must be refused, as a table: by which fault, how made, and why refused.

The caller must not be able to tell one refusal from another; the cause is ours.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from joserfc.jwk import ECKey
from joserfc.util import urlsafe_b64encode

from cds_service.security.unauthorized import Cause
from tests.tokens import (
    CLINIC,
    EC_256_ID,
    EC_ID,
    EHR,
    PUBLIC_URL,
    RSA_ID,
    Call,
    bearer,
    claims,
    compact,
    ec_key,
    headed,
    header,
    minted,
    public,
    signed,
    text,
    unsigned,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.tokens import Headers

TEN_YEARS = 10 * 365 * 86_400
DEEP = 2_000

Table = dict[str, tuple[Cause, "Callable[[Call], Headers]"]]


@dataclass(frozen=True, slots=True)
class Forgery:
    """A call that must be refused.

    Attributes:
        fault: the row of the fault table that it belongs to.
        name: what is wrong with it.
        cause: why it is refused.
        headers: the Authorization headers of such a call.
    """

    fault: int
    name: str
    cause: Cause
    headers: Callable[[Call], Headers]


@cache
def forger() -> ECKey:
    """Make the forger's key, under the name of the key that is trusted."""
    return ECKey.generate_key("P-384", {"kid": EC_ID})


def forged(call: Call, **changed: Any) -> Headers:
    """Sign with the forger's key."""
    return bearer(signed(header(**changed), claims(call), forger()))


def keyed(call: Call, alg: str, secret: bytes) -> Headers:
    """Sign by HMAC with what everybody may know."""
    digest = {"HS256": hashlib.sha256, "HS384": hashlib.sha384}[alg]
    head = header(alg=alg)
    return bearer(
        compact(
            head, claims(call), lambda what: hmac.new(secret, what, digest).digest()
        )
    )


def pem() -> bytes:
    """Give the trusted public key as PEM."""
    return ec_key().as_pem(private=False)


def jwk() -> bytes:
    """Give the trusted public key as JSON."""
    return json.dumps(public(ec_key())["keys"][0]).encode()


def resigned(call: Call, signature: bytes) -> Headers:
    """Put another signature under a good token."""
    return bearer(compact(header(), claims(call), lambda _: signature))


def written(call: Call, *, head: Any = None, body: Any = None) -> Headers:
    """Sign parts that were written by hand; the key is the trusted one."""
    return bearer(signed(head or header(), body or claims(call)))


def twice(members: dict[str, Any], name: str, value: Any) -> bytes:
    """Write an object in which a member stands twice, the good one last."""
    first = json.dumps({name: value})[:-1]
    return f"{first}, {json.dumps(members)[1:]}".encode()


def raw(members: dict[str, Any], name: str, value: str) -> bytes:
    """Write an object in which a member's value is any text."""
    mark = json.dumps("mark")
    return json.dumps({**members, name: "mark"}).replace(mark, value).encode()


def altered(call: Call) -> Headers:
    """Change a claim after signing."""
    first, _, last = minted(call)[0].split(".")
    body = urlsafe_b64encode(text(claims(call, sub="someone else"))).decode()
    return (f"{first}.{body}.{last}",)


def loose_end(call: Call) -> Headers:
    """Spell the last character of the claims otherwise, for the same bytes."""
    body = text(claims(call, sub=""))
    body += b" " * ((1 - len(body)) % 3)
    spelt = urlsafe_b64encode(body)[:-1]
    head = urlsafe_b64encode(text(header()))
    last = urlsafe_b64encode(body)[-1:]
    other = bytes([last[0] + 1])
    return bearer(b".".join((head, spelt + other, b"AAAA")).decode())


HEADER_FORMS: Table = {
    "no header": (Cause.MISSING, lambda _: ()),
    "an empty header": (Cause.NOT_BEARER, lambda _: ("",)),
    "the scheme alone": (Cause.NOT_BEARER, lambda _: ("Bearer",)),
    "garbage": (Cause.NOT_BEARER, lambda _: ("Bearer garbage",)),
    "garbage in three parts": (Cause.UNREADABLE, lambda _: ("Bearer a.b.c",)),
    "another scheme": (Cause.NOT_BEARER, lambda _: ("Basic YTpi",)),
    "no scheme": (Cause.NOT_BEARER, lambda call: (minted(call)[0][7:],)),
    "two headers": (Cause.NOT_BEARER, lambda call: minted(call) + minted(call)),
    "two in one": (Cause.NOT_BEARER, lambda call: (", ".join(minted(call) * 2),)),
    "a trailing comma": (Cause.NOT_BEARER, lambda call: (minted(call)[0] + ",",)),
    "five parts": (Cause.NOT_BEARER, lambda call: (minted(call)[0] + ".a.b",)),
    "no ASCII": (Cause.NOT_BEARER, lambda _: ("Bearer \xe9.\xe9.\xe9",)),
    "padded Base64": (Cause.NOT_BEARER, lambda call: (minted(call)[0] + "==",)),
    "200 KB": (Cause.OVERSIZE, lambda call: minted(call, pad="x" * 200_000)),
    "9 KB": (Cause.OVERSIZE, lambda call: minted(call, pad="x" * 6_500)),
}
ALGORITHMS: Table = {
    "none, no signature": (
        Cause.NOT_BEARER,
        lambda call: bearer(unsigned(header(alg="none"), claims(call)).decode() + "."),
    ),
    "none": (Cause.ALGORITHM, lambda call: headed(call, alg="none")),
    "nOnE": (Cause.ALGORITHM, lambda call: headed(call, alg="nOnE")),
    "HS256 by PEM": (Cause.ALGORITHM, lambda call: keyed(call, "HS256", pem())),
    "HS384 by PEM": (Cause.ALGORITHM, lambda call: keyed(call, "HS384", pem())),
    "HS256 by JWK": (Cause.ALGORITHM, lambda call: keyed(call, "HS256", jwk())),
    "HS384 by JWK": (Cause.ALGORITHM, lambda call: keyed(call, "HS384", jwk())),
    "no algorithm": (Cause.ALGORITHM, lambda call: headed(call, alg=["ES384"])),
    "algorithm missing": (
        Cause.ALGORITHM,
        lambda call: written(call, head={"typ": "JWT", "kid": EC_ID}),
    ),
    "ES256, not allowed": (
        Cause.ALGORITHM,
        lambda call: bearer(
            signed(
                header(kid=EC_256_ID, alg="ES256"),
                claims(call),
                ec_key(EC_256_ID, "P-256"),
            )
        ),
    ),
    "RS384 by an elliptic key": (
        Cause.UNFIT_KEY,
        lambda call: headed(call, alg="RS384"),
    ),
    "ES384 by an RSA key": (Cause.UNFIT_KEY, lambda call: headed(call, kid=RSA_ID)),
    "ES384 by another curve": (
        Cause.UNFIT_KEY,
        lambda call: headed(call, kid=EC_256_ID),
    ),
}
OWN_KEYS: Table = {
    "another's key by our name": (Cause.SIGNATURE, forged),
    "own jwk": (
        Cause.EMBEDDED_KEY,
        lambda call: forged(call, jwk=public(forger())["keys"][0]),
    ),
    "own jku": (Cause.SIGNATURE, lambda call: forged(call, jku=call.listener)),
    "own jku and kid": (
        Cause.UNKNOWN_KEY,
        lambda call: forged(call, jku=call.listener, kid="mine"),
    ),
    "own x5u": (Cause.EMBEDDED_KEY, lambda call: forged(call, x5u=call.listener)),
    "own x5c": (Cause.EMBEDDED_KEY, lambda call: forged(call, x5c=["MIIB"])),
    "kid missing": (
        Cause.KEY_ID,
        lambda call: written(call, head={"typ": "JWT", "alg": "ES384"}),
    ),
    "kid empty": (Cause.KEY_ID, lambda call: headed(call, kid="")),
    "kid a path": (Cause.UNKNOWN_KEY, lambda call: headed(call, kid="../../dev/null")),
    "kid a number": (Cause.KEY_ID, lambda call: headed(call, kid=1)),
    "kid endless": (Cause.KEY_ID, lambda call: headed(call, kid="k" * 513)),
    "claims altered": (Cause.SIGNATURE, altered),
    "signature cut": (
        Cause.SIGNATURE,
        lambda call: (minted(call)[0][:-4],),
    ),
    "signature of zeros": (Cause.SIGNATURE, lambda call: resigned(call, bytes(96))),
    "signature no Base64": (Cause.SIGNATURE, lambda call: (minted(call)[0] + "A",)),
}
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
FORMS: Table = {
    "iss twice": (
        Cause.UNREADABLE,
        lambda call: written(call, body=twice(claims(call), "iss", CLINIC)),
    ),
    "a member twice, deep": (
        Cause.UNREADABLE,
        lambda call: written(call, body=raw(claims(call), "x", '{"a": 1, "a": 2}')),
    ),
    "alg twice": (
        Cause.UNREADABLE,
        lambda call: written(call, head=twice(header(), "alg", "none")),
    ),
    "unknown crit": (Cause.CRITICAL, lambda call: headed(call, crit=["exp"], exp=1)),
    "empty crit": (Cause.CRITICAL, lambda call: headed(call, crit=[])),
    "b64 false": (Cause.CRITICAL, lambda call: headed(call, b64=False, crit=["b64"])),
    "b64 alone": (Cause.CRITICAL, lambda call: headed(call, b64=False)),
    "typ at+jwt": (Cause.TYPE, lambda call: headed(call, typ="at+jwt")),
    "typ a list": (Cause.TYPE, lambda call: headed(call, typ=["JWT"])),
    "typ missing": (Cause.TYPE, lambda call: headed(call, typ=None)),
    "claims a list": (Cause.UNREADABLE, lambda call: written(call, body=[1])),
    "header a string": (Cause.UNREADABLE, lambda call: written(call, head=b'"alg"')),
    "byte order mark": (
        Cause.UNREADABLE,
        lambda call: written(call, body=b"\xef\xbb\xbf" + text(claims(call))),
    ),
    "UTF-16": (
        Cause.UNREADABLE,
        lambda call: written(call, body=json.dumps(claims(call)).encode("utf-16-le")),
    ),
    "deep": (
        Cause.UNREADABLE,
        lambda call: written(call, body=b"[" * DEEP + b"]" * DEEP),
    ),
    "Base64 that ends loosely": (Cause.UNREADABLE, loose_end),
    "lone surrogate": (
        Cause.UNREADABLE,
        lambda call: written(call, body=raw(claims(call), "jti", '"\\ud800"')),
    ),
    "jti missing": (Cause.CLAIM, lambda call: minted(call, jti=None)),
    "jti empty": (Cause.CLAIM, lambda call: minted(call, jti="")),
    "jti a number": (Cause.CLAIM, lambda call: minted(call, jti=7)),
    "jti endless": (Cause.CLAIM, lambda call: minted(call, jti="j" * 513)),
    "jti with NUL": (Cause.CLAIM, lambda call: minted(call, jti="a\0b")),
}


def _tenant(tenant: object) -> Callable[[Call], Headers]:
    """Make the headers of a call on behalf of a tenant who may not."""
    key = ec_key("clinic")
    return lambda call: minted(call, key, iss=CLINIC, tenant=tenant)


def _audience(name: str) -> Callable[[Call], Headers]:
    """Make the headers of a call with a bad aud."""
    return lambda call: minted(call, aud=bad_audiences(call)[name])


def _time(name: str) -> Callable[[Call], Headers]:
    """Make the headers of a call with a bad time."""

    def headers(call: Call) -> Headers:
        _, claim, value = bad_times(call)[name]
        return written(call, body=raw(claims(call), claim, value))

    return headers


def _forgeries(sample: Call) -> Iterator[Forgery]:
    """Yield the whole table; *sample* is any call."""
    tables = {
        1: HEADER_FORMS,
        2: ALGORITHMS,
        3: OWN_KEYS,
        4: ISSUERS,
        6: EXPIRED,
        8: FORMS,
    }
    for fault, table in tables.items():
        for name, (cause, headers) in table.items():
            yield Forgery(fault, name, cause, headers)
    for name, tenant in BAD_TENANTS.items():
        yield Forgery(4, name, Cause.TENANT, _tenant(tenant))
    for name in bad_audiences(sample):
        yield Forgery(5, f"aud {name}", Cause.AUDIENCE, _audience(name))
    for name, (cause, claim, _) in bad_times(sample).items():
        fault = 6 if claim == "exp" else 7
        yield Forgery(fault, name, cause, _time(name))


FORGERIES = tuple(_forgeries(Call("/cds-services/some-service", 0.0)))
