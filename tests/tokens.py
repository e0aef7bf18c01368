"""Mint tokens: those that real clients send, and those that somebody forges.

A token is made for a Call: what is called, and when. GOOD_TOKENS, and FORGERIES in
tests/forgeries.py, are tables, so that the same rows can be judged by the code alone
and sent to a server.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from joserfc.jwk import ECKey, RSAKey
from joserfc.jws import JWSRegistry
from joserfc.util import urlsafe_b64encode

from cds_service.security.claims import Period
from cds_service.security.client_jwt import ClientTokens
from cds_service.security.keys import open_keys
from cds_service.security.trust import Issuer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from cds_service.security.keys import KeySource

PUBLIC_URL = "https://cds.example.org"
PATH = "/cds-services/some-service"
FEEDBACK = f"{PATH}/feedback"
EHR = "https://ehr.example.org/api/FHIR/R4"
CLINIC = "https://clinic.example.org/fhir"
TENANT = "north"
# As Epic names its keys: Base64, not of the URL-safe kind.
RSA_ID = "k+Yd/9Qw3nVbX0aZ=="
EC_ID = "es-384"
EC_256_ID = "es-256"
ALGORITHMS = frozenset({"ES384", "RS384"})
PERIOD = Period(max_lifetime=3600, leeway=60)

Headers = tuple[str, ...]
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """What is called, and when, in seconds; and a URL that nobody may call."""

    path: str
    now: float
    listener: str = "http://127.0.0.1:9"


@cache
def ec_key(name: str = EC_ID, curve: str = "P-384") -> ECKey:
    """Make the elliptic key of that name, once."""
    return ECKey.generate_key(curve, {"kid": name, "use": "sig"})


@cache
def rsa_key(name: str = RSA_ID) -> RSAKey:
    """Make the RSA key of that name, once."""
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig", "alg": "RS384"})


def public(*keys: ECKey | RSAKey) -> Json:
    """Publish *keys* as a set."""
    return {"keys": [dict(key.as_dict(private=False)) for key in keys]}


def issuers() -> tuple[Issuer, ...]:
    """List the clients that tests trust: a hospital's EHR, and a clinic's."""
    ehr = public(ec_key(), rsa_key(), ec_key(EC_256_ID, "P-256"))
    clinic = public(ec_key("clinic"))
    return (
        Issuer(iss=EHR, jwks=ehr),
        Issuer(iss=CLINIC, jwks=clinic, tenants=frozenset({TENANT})),
    )


class Remembered:
    """Remembers in memory which tokens were used."""

    def __init__(self) -> None:
        self.used: dict[tuple[str, str], datetime] = {}

    def first_use(self, issuer: str, jti: str, until: datetime) -> bool:
        """Tell whether this is the first use."""
        return self.used.setdefault((issuer, jti), until) is until


def client_tokens(
    trusted: Sequence[Issuer] = (),
    *,
    keys: dict[str, KeySource] | None = None,
    algorithms: frozenset[str] = ALGORITHMS,
    period: Period = PERIOD,
    aliases: tuple[str, ...] = (),
) -> ClientTokens:
    """Ask of tokens what an installation asks by default."""
    known = trusted or issuers()
    return ClientTokens(
        issuers={issuer.iss: issuer for issuer in known},
        public_urls=(PUBLIC_URL, *aliases),
        algorithms=algorithms,
        period=period,
        keys=keys or open_keys(known),
        used=Remembered(),
    )


def header(key: ECKey | RSAKey | None = None, **changed: Any) -> Json:
    """Write a JOSE header; a member that is None is left out."""
    key = key or ec_key()
    alg = "RS384" if isinstance(key, RSAKey) else "ES384"
    members = {"alg": alg, "typ": "JWT", "kid": key.kid, **changed}
    return {name: value for name, value in members.items() if value is not None}


def claims(call: Call, **changed: Any) -> Json:
    """Write claims as the Sandbox does; a claim that is None is left out."""
    now = int(call.now)
    members = {
        "iss": EHR,
        "aud": f"{PUBLIC_URL}{call.path}",
        "iat": now,
        "exp": now + 300,
        "jti": str(uuid4()),
        **changed,
    }
    return {name: value for name, value in members.items() if value is not None}


def text(value: Any) -> bytes:
    """Write JSON; bytes are taken to be written."""
    return value if isinstance(value, bytes) else json.dumps(value).encode()


def unsigned(head: Any, body: Any) -> bytes:
    """Write what is signed of a token."""
    return b".".join(urlsafe_b64encode(text(part)) for part in (head, body))


def compact(head: Any, body: Any, sign: Callable[[bytes], bytes]) -> str:
    """Write a token signed by a function."""
    signed = unsigned(head, body)
    return b".".join((signed, urlsafe_b64encode(sign(signed)))).decode("ascii")


def signed(head: Any, body: Any, key: ECKey | RSAKey | None = None) -> str:
    """Write a token that *key* signed as it should."""
    key = key or ec_key()
    curve = key.curve_name if isinstance(key, ECKey) else ""
    name = {"": "RS384", "P-256": "ES256"}.get(curve, "ES384")
    return compact(
        head, body, lambda what: JWSRegistry.algorithms[name].sign(what, key)
    )


def bearer(token: str) -> Headers:
    """Write the headers of a call that bears *token*."""
    return (f"Bearer {token}",)


def minted(call: Call, key: ECKey | RSAKey | None = None, **changed: Any) -> Headers:
    """Make the headers of a good call, some of whose claims are changed."""
    return bearer(signed(header(key), claims(call, **changed), key))


def headed(call: Call, **changed: Any) -> Headers:
    """Make the headers of a good call, some of whose header members are changed."""
    return bearer(signed(header(**changed), claims(call)))


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


def like_epic(call: Call) -> Headers:
    """Call as Epic does."""
    now, key = int(call.now), rsa_key()
    url = "https://ehr.example.org/api/epic/2019/Security/Open/PublicKeys/530005/OIDC"
    jku = f"{url}/{'customer' * 40}"
    sent = claims(call, sub=EHR, nbf=now - 300, exp=now + 900)
    return bearer(signed(header(key, jku=jku), sent, key))


GOOD_TOKENS: dict[str, Callable[[Call], Headers]] = {
    "as the Sandbox sends it": minted,
    "as Epic sends it": like_epic,
    "scheme in small letters": lambda call: (minted(call)[0].replace("B", "b", 1),),
    "scheme and two spaces": lambda call: (minted(call)[0].replace(" ", "  ", 1),),
    "aud a list of one": lambda call: minted(call, aud=[f"{PUBLIC_URL}{call.path}"]),
    "typ in small letters": lambda call: headed(call, typ="jwt"),
    "a thumbprint beside the kid": lambda call: headed(call, x5t="AAAA"),
    "a member nobody knows": lambda call: headed(call, ver="1"),
    "a jku that nobody asked for": lambda call: headed(call, jku=call.listener),
    "times with fractions": lambda call: minted(call, exp=call.now + 9.5),
    "an hour's life": lambda call: minted(call, exp=int(call.now) + 3600),
    "a tenant where none is looked at": lambda call: minted(call, tenant=["any"]),
    "a listed tenant": lambda call: minted(
        call, ec_key("clinic"), iss=CLINIC, tenant=TENANT
    ),
    "expired 29 s ago": lambda call: minted(
        call, iat=int(call.now) - 300, exp=int(call.now) - 29
    ),
    "issued in 29 s": lambda call: minted(call, iat=int(call.now) + 29),
    "valid in 29 s": lambda call: minted(call, nbf=int(call.now) + 29),
}
