"""Who is calling: the client of a call, by the JSON Web Token it bears.

CDS Hooks 2.0.1, "Trusting CDS Clients". joserfc checks the signature; what no library
looks at is checked beside it. The key comes from our settings and never by way of the
token, and the token's id is spent last, so that only a good token can spend it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from math import ceil
from typing import TYPE_CHECKING, Protocol

from joserfc import jws
from joserfc.errors import JoseError

from cds_service.security import claims as check
from cds_service.security.bearer import LONGEST, Token, read_token
from cds_service.security.jose_header import check_header, check_key_url
from cds_service.security.unauthorized import Cause, Unauthorized

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cds_service.security.keys import KeySource
    from cds_service.security.public_keys import PublicKey
    from cds_service.security.trust import Issuer


class FirstUse(Protocol):
    """Remembers which tokens were used, across workers and restarts."""

    def first_use(self, issuer: str, jti: str, until: datetime) -> bool:
        """Tell whether this is the token's first use, and remember it *until* then."""
        ...


@dataclass(frozen=True, slots=True)
class Client:
    """A client that is who it says.

    Attributes:
        issuer: its name, as our settings write it.
        tenant: on whose behalf it calls, if it says so.
    """

    issuer: str
    tenant: str | None


@dataclass(frozen=True, slots=True)
class ClientTokens:
    """What an installation asks of the token of a call.

    Attributes:
        issuers: the clients we know, by name.
        public_urls: the ways in which clients write where this service is.
        algorithms: what a token may be signed with.
        period: how long a token may be valid.
        keys: where the keys of each of *issuers* are found.
        used: which tokens were used before.
    """

    issuers: Mapping[str, Issuer]
    public_urls: tuple[str, ...]
    algorithms: frozenset[str]
    period: check.Period
    keys: Mapping[str, KeySource]
    used: FirstUse

    def verify(self, authorization: Sequence[str], path: str, now: datetime) -> Client:
        """Tell whose call of *path* this is, by its Authorization headers.

        Raises:
            Unauthorized: no client we know says so, here and now, for the first time.
        """
        token = read_token(authorization)
        issuer = self._trusted(token)
        allowed = check.audiences(self.public_urls, path)
        check.check_audience(token.claims, allowed)
        until = check.check_period(token.claims, self.period, now.timestamp())
        tenant = check.check_tenant(token.claims, issuer.tenants)
        jti = check.read_text(token.claims, "jti")
        forgotten = datetime.fromtimestamp(ceil(until), UTC)
        if not self.used.first_use(issuer.iss, jti, forgotten):
            raise Unauthorized(Cause.REPLAY)
        return Client(issuer.iss, tenant)

    def _trusted(self, token: Token) -> Issuer:
        """Find the issuer that signed *token*."""
        check_header(token.header, self.algorithms)
        iss = check.read_text(token.claims, "iss")
        issuer = self.issuers.get(iss)
        if issuer is None:
            raise Unauthorized(Cause.ISSUER)
        check_key_url(token.header, issuer)
        alg, kid = token.header["alg"], token.header["kid"]
        _check_signature(token, _fitting(self.keys[iss].find(kid), alg))
        return issuer


class _Registry(jws.JWSRegistry):
    """joserfc's limits, but for its 512 bytes of header: a long `jku` takes more."""

    max_header_length = LONGEST


@cache
def _registry(algorithm: str) -> jws.JWSRegistry:
    """Allow one algorithm; members we do not know are ignored (RFC 7515, 4)."""
    return _Registry(algorithms=[algorithm], strict_check_header=False)


def _fitting(keys: tuple[PublicKey, ...], algorithm: str) -> list[PublicKey]:
    """Choose those of *keys* that are made for *algorithm*."""
    fitting = [key for key in keys if _fits(key, algorithm)]
    if not fitting:
        raise Unauthorized(Cause.UNFIT_KEY)
    return fitting


def _fits(key: PublicKey, algorithm: str) -> bool:
    """Tell whether *key* is of the kind and curve of *algorithm*, and not of another's.

    joserfc looks at a key's own `alg` in a set of several keys alone.
    """
    try:
        key.check_alg(algorithm)
        key.check_key_op("verify")
        _registry(algorithm).get_alg(algorithm).check_key(key)
    except JoseError:
        return False
    return True


def _check_signature(token: Token, keys: list[PublicKey]) -> None:
    """Refuse a token that none of *keys* signed."""
    algorithm = token.header["alg"]
    if not any(_signed(token.compact, key, algorithm) for key in keys):
        raise Unauthorized(Cause.SIGNATURE)


def _signed(compact: bytes, key: PublicKey, algorithm: str) -> bool:
    """Tell whether *key* made the signature of *compact*."""
    try:
        jws.deserialize_compact(compact, key, registry=_registry(algorithm))
    except (JoseError, ValueError):
        return False
    return True
