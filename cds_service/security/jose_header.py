"""Check a token's header before anything is done as it says.

A header is not yet believed, and it may never bring or choose the key: what could do
so is refused (RFC 7515, sections 4.1.2 to 4.1.6), or compared with what we know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cds_service.security.unauthorized import Cause, Unauthorized

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from cds_service.security.trust import Issuer

LONGEST_KEY_ID = 512
# A thumbprint (x5t) brings no key and is ignored, as is every member not named here.
EMBEDDED = ("jwk", "x5c", "x5u")
# Without `crit` there is nothing that must be understood; b64 needs it (RFC 7797).
CHANGING = ("crit", "b64")


def check_header(header: Mapping[str, Any], algorithms: Collection[str]) -> None:
    """Refuse a header that no client of CDS Hooks sends.

    Raises:
        Unauthorized: its type, algorithm, extensions or key id are not allowed.
    """
    typ, alg, kid = header.get("typ"), header.get("alg"), header.get("kid")
    if not isinstance(typ, str) or typ.upper() != "JWT":
        raise Unauthorized(Cause.TYPE)
    if not isinstance(alg, str) or alg not in algorithms:
        raise Unauthorized(Cause.ALGORITHM)
    if any(name in header for name in CHANGING):
        raise Unauthorized(Cause.CRITICAL)
    if any(name in header for name in EMBEDDED):
        raise Unauthorized(Cause.EMBEDDED_KEY)
    if not isinstance(kid, str) or not 0 < len(kid) <= LONGEST_KEY_ID:
        raise Unauthorized(Cause.KEY_ID)


def check_key_url(header: Mapping[str, Any], issuer: Issuer) -> None:
    """Refuse a `jku` other than the URL we know; neither is called for that.

    Raises:
        Unauthorized: they differ.
    """
    known = issuer.jwks_url
    if known is not None and header.get("jku", known) != known:
        raise Unauthorized(Cause.KEY_URL)
