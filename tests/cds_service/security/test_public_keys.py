"""Of a key set, only public keys that check signatures are used."""

from __future__ import annotations

import json
from typing import Any

import pytest
from joserfc.jwk import ECKey, OctKey, OKPKey
from joserfc.util import urlsafe_b64encode

from cds_service.security.public_keys import NoKeys, parse_key_set, read_key_set
from tests.tokens import EC_ID, RSA_ID, ec_key, public, rsa_key

GOOD: dict[str, Any] = public(ec_key())["keys"][0]
RSA: dict[str, Any] = public(rsa_key())["keys"][0]
SHORT = urlsafe_b64encode(bytes([0] * 200 + [255] * 128)).decode()
UNUSABLE: dict[str, Any] = {
    "private, elliptic": ec_key().as_dict(private=True),
    "private, RSA": rsa_key().as_dict(private=True),
    "shared": OctKey.generate_key(256, {"kid": EC_ID}).as_dict(),
    "a shared one that says it is elliptic": {**GOOD, "k": "AAAA"},
    "Edwards curve": OKPKey.generate_key("Ed25519", {"kid": EC_ID}).as_dict(
        private=False
    ),
    "for encryption": {**GOOD, "use": "enc"},
    "use a number": {**GOOD, "use": 1},
    "no kid": {name: value for name, value in GOOD.items() if name != "kid"},
    "kid empty": {**GOOD, "kid": ""},
    "kid a number": {**GOOD, "kid": 1},
    "no type": {name: value for name, value in GOOD.items() if name != "kty"},
    "type a list": {**GOOD, "kty": ["EC"]},
    "no coordinate": {name: value for name, value in GOOD.items() if name != "y"},
    "not on the curve": {**GOOD, "y": GOOD["x"]},
    "coordinate a number": {**GOOD, "y": 1},
    "coordinate no Base64": {**GOOD, "y": "=="},
    "coordinate empty": {**GOOD, "y": ""},
    "unknown curve": {**GOOD, "crv": "P-1"},
    "curve a list": {**GOOD, "crv": []},
    "RSA, 1024 bits behind zeros": {**RSA, "n": SHORT},
    "RSA, no modulus": {"kty": "RSA", "kid": RSA_ID, "e": "AQAB"},
    "RSA, no exponent": {"kty": "RSA", "kid": RSA_ID, "n": RSA["n"]},
    "RSA, exponent even": {**RSA, "e": "Ag"},
    "null": None,
    "text": "key",
    "PEM": {"pem": "-----BEGIN PUBLIC KEY-----", "id": EC_ID},
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_what_is_no_public_key_for_signatures_is_left_out(name: str) -> None:
    """Alone it makes no set; beside a good key it is ignored."""
    good = {**GOOD, "kid": "good"}

    with pytest.raises(NoKeys):
        read_key_set({"keys": [UNUSABLE[name]]})
    keys = read_key_set({"keys": [UNUSABLE[name], good]})

    assert set(keys.by_id) == {"good"}


@pytest.mark.parametrize(
    "text",
    [b"", b"null", b"[]", b"{}", b'{"keys": {}}', b'{"keys": []}', b"\xff"],
)
def test_what_is_no_key_set_is_refused(text: bytes) -> None:
    """The error quotes nothing."""
    with pytest.raises(NoKeys, match=r"^no JWK Set with a public key that has a kid$"):
        parse_key_set(text)


def test_a_key_set_is_read() -> None:
    """One id may stand for keys of two kinds, and Base64 is a fine id."""
    twin = rsa_key("twin").as_dict(private=False)
    keys = parse_key_set(
        json.dumps({"keys": [GOOD, RSA, {**GOOD, "kid": "twin"}, twin]}).encode()
    )

    assert [type(key) for key in keys.find(EC_ID)] == [ECKey]
    assert len(keys.find(RSA_ID)) == 1
    assert len(keys.find("twin")) == 2
    assert keys.find("other") == ()
