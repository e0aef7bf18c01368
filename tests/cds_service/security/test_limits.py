"""Each limit of a token, at it and just beyond it; and what a refusal says."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from cds_service.security.bearer import LONGEST, read_token
from cds_service.security.claims import (
    LAST_INSTANT,
    LONGEST_TEXT,
    Period,
    check_period,
    check_tenant,
    read_text,
)
from cds_service.security.jose_header import LONGEST_KEY_ID, check_header
from cds_service.security.public_keys import NoKeys, read_key_set
from cds_service.security.strict_json import read_object
from cds_service.security.trust import ExactUrl, Issuer, PublicUrl
from cds_service.security.unauthorized import Cause, Unauthorized

PERIOD = Period(max_lifetime=300, leeway=60)
NOW = 1_000_000.0


def cause_of(check: Any, *asked: Any) -> Cause | None:
    """Tell why something is refused; None where it is not."""
    try:
        check(*asked)
    except Unauthorized as refused:
        return refused.cause
    return None


@pytest.mark.parametrize(
    ("length", "cause"),
    [
        (0, Cause.KEY_ID),
        (1, None),
        (LONGEST_KEY_ID, None),
        (LONGEST_KEY_ID + 1, Cause.KEY_ID),
    ],
)
def test_a_key_id_has_a_length(length: int, cause: Cause | None) -> None:
    """One character at the least, 512 at the most."""
    header = {"typ": "JWT", "alg": "ES384", "kid": "k" * length}

    assert cause_of(check_header, header, {"ES384"}) is cause


@pytest.mark.parametrize(
    ("length", "cause"),
    [
        (0, Cause.CLAIM),
        (1, None),
        (LONGEST_TEXT, None),
        (LONGEST_TEXT + 1, Cause.CLAIM),
    ],
)
def test_a_text_has_a_length(length: int, cause: Cause | None) -> None:
    """The same of claims, and of a tenant."""
    assert cause_of(read_text, {"jti": "j" * length}, "jti") is cause
    assert (check_tenant({"tenant": "t" * length}, ()) is None) is (cause is not None)


@pytest.mark.parametrize(
    ("claims", "cause"),
    [
        ({"iat": NOW, "exp": NOW + 1}, None),
        ({"iat": NOW, "exp": NOW}, Cause.LIFETIME),
        ({"iat": NOW, "exp": NOW + 300}, None),
        ({"iat": NOW, "exp": NOW + 301}, Cause.LIFETIME),
        ({"iat": NOW + 60, "exp": NOW + 61}, None),
        ({"iat": NOW + 61, "exp": NOW + 62}, Cause.FUTURE),
        ({"iat": NOW, "exp": NOW + 9, "nbf": NOW + 60}, None),
        ({"iat": NOW, "exp": NOW + 9, "nbf": NOW + 61}, Cause.FUTURE),
        ({"iat": NOW - 100, "exp": NOW - 59}, None),
        ({"iat": NOW - 100, "exp": NOW - 60}, Cause.EXPIRED),
        ({"iat": -1, "exp": 10}, Cause.CLAIM),
        ({"iat": LAST_INSTANT, "exp": LAST_INSTANT + 1}, Cause.CLAIM),
    ],
)
def test_a_token_has_its_time(claims: dict[str, float], cause: Cause | None) -> None:
    """To the second, a minute of leeway on either side."""
    assert cause_of(check_period, claims, PERIOD, NOW) is cause


def test_time_begins_and_ends() -> None:
    """In 1970 and in 9999, both included."""
    long = Period(max_lifetime=LAST_INSTANT, leeway=60)

    assert check_period({"iat": 0, "exp": LAST_INSTANT}, long, NOW) == LAST_INSTANT + 60


@pytest.mark.parametrize(
    ("more", "cause"), [(0, Cause.UNREADABLE), (1, Cause.OVERSIZE)]
)
def test_a_token_has_a_length(more: int, cause: Cause) -> None:
    """8,192 characters with the word before it."""
    sent = "Bearer a.b."
    sent += "c" * (LONGEST - len(sent) + more)

    assert cause_of(read_token, [sent]) is cause


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://x.example.org/fhir/", "https://x.example.org/fhir"),
        ("https://x.example.org/X", "https://x.example.org/X"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
    ],
)
def test_a_url_is_kept_without_the_slash_at_its_end(url: str, told: str) -> None:
    """That alone is taken off."""
    assert TypeAdapter(ExactUrl).validate_python(url) == told


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://x", "write scheme://host/path, without user, query or escapes"),
        ("https://u@x", "write scheme://host/path, without user, query or escapes"),
        ("http://x", "only https leaves this machine; http is for loopback"),
    ],
)
def test_whoever_writes_a_url_is_told_what_is_wrong(url: str, why: str) -> None:
    """In words of ours."""
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(ExactUrl).validate_python(url)

    assert refused.value.errors()[0]["msg"] == f"Value error, {why}"


@pytest.mark.parametrize("slash", ["", "/"])
def test_the_url_of_discovery_is_not_where_the_service_is(slash: str) -> None:
    """Its path would be asked of tokens twice over: each would be refused."""
    where, discovery = TypeAdapter(PublicUrl), "https://x.example/sub/cds-services"

    assert where.validate_python("https://x.example/sub/") == "https://x.example/sub"
    with pytest.raises(ValidationError, match="write what comes before /cds-services"):
        where.validate_python(f"{discovery}{slash}")


def test_what_cannot_be_read_says_why() -> None:
    """And quotes nothing."""
    with pytest.raises(NoKeys, match=r"^no public key that has a kid$"):
        read_key_set({"keys": []})
    with pytest.raises(
        ValueError, match=r"^no JSON object, or one with a member twice$"
    ):
        read_object(b'{"a": 1, "a": 2}')


def test_an_issuer_has_one_place_for_its_keys() -> None:
    """Neither none nor two."""
    for given in ({}, {"jwks": {"keys": []}, "jwks_url": "https://x/jwks"}):
        with pytest.raises(ValidationError, match="give one of jwks"):
            Issuer(iss="x", **given)
