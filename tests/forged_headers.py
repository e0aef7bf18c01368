"""Headers and forms of tokens that must be refused, each with the cause."""

from __future__ import annotations

import hashlib
import hmac
import json
from functools import cache
from typing import TYPE_CHECKING, Any

from joserfc.jwk import ECKey
from joserfc.util import urlsafe_b64encode

from cds_service.security.unauthorized import Cause
from tests.tokens import (
    CLINIC,
    EC_256_ID,
    EC_ID,
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
    raw,
    signed,
    text,
    twice,
    unsigned,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.tokens import Headers

    Table = dict[str, tuple[Cause, Callable[[Call], Headers]]]

DEEP = 2_000


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
}
