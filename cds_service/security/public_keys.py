"""The public keys of a client, out of a JSON Web Key Set (RFC 7517)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey
from joserfc.util import base64_to_int

from cds_service.security.strict_json import read_object

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PublicKey = ECKey | RSAKey
KINDS: Mapping[str, type[PublicKey]] = {"EC": ECKey, "RSA": RSAKey}
SHORTEST_RSA = 2048
# Members of private and of shared keys (RFC 7518, sections 6.2.2, 6.3.2 and 6.4).
SECRET = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})


class NoKeys(ValueError):
    """A key set that holds no key we could use; the text quotes nothing of it."""


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """Keys that check signatures, by their id; one id may stand for several."""

    by_id: Mapping[str, tuple[PublicKey, ...]]

    def find(self, kid: str) -> tuple[PublicKey, ...]:
        """Find the keys of that id."""
        return self.by_id.get(kid, ())


def parse_key_set(text: bytes) -> PublicKeys:
    """Read a key set as it is published.

    Raises:
        NoKeys: it is no JSON object, or holds no key we could use.
    """
    try:
        return read_key_set(read_object(text))
    except ValueError:
        raise NoKeys("no JWK Set with a public key that has a kid") from None


def read_key_set(jwks: Mapping[str, Any]) -> PublicKeys:
    """Take the keys we could use out of a key set, and leave the others (section 5).

    Raises:
        NoKeys: there is none.
    """
    found: dict[str, list[PublicKey]] = defaultdict(list)
    for kid, key in _usable(jwks.get("keys")):
        found[kid].append(key)
    if not found:
        raise NoKeys("no public key that has a kid")
    return PublicKeys({kid: tuple(keys) for kid, keys in found.items()})


def _usable(members: object) -> Iterator[tuple[str, PublicKey]]:
    """Yield the usable keys among the members of a set."""
    for member in members if isinstance(members, list) else []:
        key = _read_key(member) if isinstance(member, dict) else None
        if key is not None and key.kid:
            yield key.kid, key


def _read_key(member: dict[str, Any]) -> PublicKey | None:
    """Read one key; None if it is secret, too weak, for another use, or none at all.

    A private key that was published is known to everyone, and a shared one signs.
    """
    kind = KINDS.get(str(member.get("kty")))
    if kind is None or SECRET & member.keys() or member.get("use", "sig") != "sig":
        return None
    try:
        if kind is RSAKey and base64_to_int(member["n"]).bit_length() < SHORTEST_RSA:
            return None
        return kind.import_key(member)
    except (JoseError, ValueError, KeyError, TypeError):
        return None
