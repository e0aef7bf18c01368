"""What the table of forgeries does not show: settings, keys, and the specification."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from cds_service.security.claims import Period
from cds_service.security.client_jwt import Client, ClientTokens
from cds_service.security.trust import Issuer
from cds_service.security.unauthorized import Cause, Unauthorized
from tests.jwks_host import JwksHost, publishes
from tests.tokens import (
    EC_256_ID,
    EHR,
    PATH,
    Call,
    bearer,
    claims,
    client_tokens,
    ec_key,
    headed,
    header,
    minted,
    public,
    rsa_key,
    signed,
)

if TYPE_CHECKING:
    from cds_service.security.keys import KeySource

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
CALL = Call(PATH, NOW.timestamp())
DAY = 86_400
# The examples of CDS Hooks 1.0 and 2.0.1, section "JWT Signing Algorithm".
SPECIFIED_KEYS = {
    "keys": [
        {
            "kty": "EC",
            "use": "sig",
            "crv": "P-384",
            "kid": "example-kid",
            "x": "46SDH7Znh821wblCBglA61sNE9ZrHYKKt3qRtRTmSXyOI_FIGBLWrWa0GPUkDCEk",
            "y": "XMcRuuoGW7CXjQdy-F5i3FeBE0x9hPLdeFdSoDd3ELmx404tLX0VRRcqzAsPhXcI",
            "alg": "ES384",
        }
    ]
}
SPECIFIED_1_0 = (
    "eyJhbGciOiJFUzM4NCIsInR5cCI6IkpXVCIsImtpZCI6ImV4YW1wbGUta2lkIiwiamt1IjoiaHR0cHM6"
    "Ly9maGlyLWVoci5leGFtcGxlLmNvbS9qd2tfdXJpIn0.eyJpc3MiOiJodHRwczovL2ZoaXItZWhyLmV4"
    "YW1wbGUuY29tLyIsInN1YiI6ImNsaWVudF9pZCIsImF1ZCI6Imh0dHBzOi8vY2RzLmV4YW1wbGUub3Jn"
    "L2Nkcy1zZXJ2aWNlcy9zb21lLXNlcnZpY2UiLCJleHAiOjE0MjI1Njg4NjAsImlhdCI6MTMxMTI4MDk3"
    "MCwianRpIjoiZWUyMmIwMjEtZTFiNy00NjExLWJhNWItOGVlYzZhMzNhYzFlIiwidGVuYW50IjoiMmRk"
    "ZDZjM2EtOGU5YS00NGM2LWEzMDUtNTIxMTFhZDMwMmEyIn0.CUFPkplnWd6YGIvzoHolWCQBDsCL8QtT"
    "WKGg_QFpS169WrqDGzktRi-_we6-6rVzbjerU27ZKww_SW0-b9RTz-dPJNcqsueMio8r6EqXUXhbLm_c"
    "h3XFSbDlGHDl_tqo"
)
SPECIFIED_2_0 = (
    "eyJhbGciOiJFUzM4NCIsInR5cCI6IkpXVCIsImtpZCI6ImV4YW1wbGUta2lkIiwiamt1IjoiaHR0cHM6"
    "Ly9maGlyLWVoci5leGFtcGxlLmNvbS9qd2tfdXJpIn0.eyJpc3MiOiJodHRwczovL2ZoaXItZWhyLmV4"
    "YW1wbGUuY29tLyIsImF1ZCI6Imh0dHBzOi8vY2RzLmV4YW1wbGUub3JnL2Nkcy1zZXJ2aWNlcy9zb21l"
    "LXNlcnZpY2UiLCJleHAiOjE0MjI1Njg4NjAsImlhdCI6MTMxMTI4MDk3MCwianRpIjoiZWUyMmIwMjEt"
    "ZTFiNy00NjExLWJhNWItOGVlYzZhMzNhYzFlIiwidGVuYW50IjoiMmRkZDZjM2EtOGU5YS00NGM2LWEz"
    "MDUtNTIxMTFhZDMwMmEyIn0.d1WfLjGRKlcWB94l9do4cM8REXeYJLL6SGUBO8VHZhfM8mwKYP70EMxJ"
    "67War4TQblEpaQrp11wx5p7oPFm2ETYgCicS84vXWEIYTdjooZdooCSDf2L8-i4awdoUwiEb"
)


def trusting(*keys: Any, **settings: Any) -> ClientTokens:
    """Trust one EHR with these keys."""
    return client_tokens([Issuer(iss=EHR, jwks={"keys": list(keys)})], **settings)


def refuses(tokens: ClientTokens, headers: tuple[str, ...], cause: Cause) -> None:
    """Show that a call is refused."""
    with pytest.raises(Unauthorized, match=f"^{cause}$"):
        tokens.verify(headers, PATH, NOW)


@pytest.mark.parametrize("specified", [SPECIFIED_1_0, SPECIFIED_2_0])
def test_the_specifications_own_token_is_accepted(specified: str) -> None:
    """At its time, by an installation that allows so long a life; else it is not."""
    tenant = "2ddd6c3a-8e9a-44c6-a305-52111ad302a2"
    iss = "https://fhir-ehr.example.com/"
    issuer = Issuer(iss=iss, jwks=SPECIFIED_KEYS, tenants=frozenset({tenant}))
    then = datetime.fromtimestamp(1_422_568_000, UTC)
    patient = client_tokens([issuer], period=Period(10**9, 60))

    assert patient.verify(bearer(specified), PATH, then) == Client(iss, tenant)
    with pytest.raises(Unauthorized, match=Cause.EXPIRED):
        patient.verify(bearer(specified), PATH, NOW)
    with pytest.raises(Unauthorized, match=Cause.LIFETIME):
        client_tokens([issuer]).verify(bearer(specified), PATH, then)


def test_a_days_life_is_allowed_by_a_setting() -> None:
    """As crd-request-generator sends it, by RS256."""
    key = rsa_key()
    bare = {**public(key)["keys"][0], "alg": "RS256"}
    token = signed(header(key), claims(CALL, exp=int(CALL.now) + DAY), key)
    refuses(trusting(bare), bearer(token), Cause.UNFIT_KEY)

    allowed = trusting(public(key)["keys"][0], period=Period(DAY, 60))

    refuses(trusting(public(key)["keys"][0]), bearer(token), Cause.LIFETIME)
    assert allowed.verify(bearer(token), PATH, NOW)


def test_es256_is_allowed_by_a_setting() -> None:
    """And only for keys of its curve."""
    key = ec_key(EC_256_ID, "P-256")
    headers = bearer(signed(header(key, alg="ES256"), claims(CALL), key))
    keys = public(key)["keys"]

    assert trusting(*keys, algorithms=frozenset({"ES256"})).verify(headers, PATH, NOW)
    refuses(trusting(*keys), headers, Cause.ALGORITHM)


def test_no_algorithm_allowed_means_none() -> None:
    """An empty list is not the library's own list of those it recommends."""
    refuses(client_tokens(algorithms=frozenset()), minted(CALL), Cause.ALGORITHM)


@pytest.mark.parametrize(
    "said", [{"alg": "ES256"}, {"key_ops": ["sign"]}, {"key_ops": []}]
)
def test_a_key_that_says_it_is_for_something_else_is_not_used(said: Any) -> None:
    """Its own words count, even if it would fit."""
    key = {**public(ec_key())["keys"][0], **said}
    key.pop("use")

    refuses(trusting(key), minted(CALL), Cause.UNFIT_KEY)


def test_two_keys_of_one_id_are_both_tried() -> None:
    """A client that renews its key and not its name is understood."""
    old = {**public(ec_key("old"))["keys"][0], "kid": ec_key().kid}
    tokens = trusting(old, *public(ec_key())["keys"])

    assert tokens.verify(minted(CALL), PATH, NOW)


@pytest.mark.fault(3)
def test_a_jku_must_be_the_url_we_know() -> None:
    """It is compared, and the known one is what is called."""
    with (
        JwksHost(publishes(public(ec_key()))) as known,
        JwksHost(publishes(public(ec_key()))) as other,
    ):
        tokens = client_tokens([Issuer(iss=EHR, jwks_url=known.url)])

        assert tokens.verify(headed(CALL, jku=known.url), PATH, NOW)
        assert tokens.verify(headed(CALL), PATH, NOW)
        for jku in (other.url, f"{known.url}/", known.url.upper(), 1, [known.url]):
            refuses(tokens, headed(CALL, jku=jku), Cause.KEY_URL)
        assert (known.calls, other.calls) == (1, 0)


@pytest.mark.fault(3)
def test_another_issuers_key_does_not_sign() -> None:
    """Keys are looked for among those of the issuer that is named."""
    keys: dict[str, KeySource] = {}
    mine = Issuer(iss=EHR, jwks=public(ec_key()))
    theirs = Issuer(iss="https://b.example", jwks=public(ec_key("theirs")))
    tokens = client_tokens([mine, theirs], keys=keys)

    refuses(tokens, minted(CALL, ec_key("theirs")), Cause.UNKNOWN_KEY)
    same_name = bearer(signed(header(), claims(CALL), ec_key("theirs")))
    refuses(tokens, same_name, Cause.SIGNATURE)


def test_a_store_that_fails_is_not_taken_for_a_first_use() -> None:
    """Its error is passed on: who cannot look must not say yes."""

    class Unavailable(Exception):
        """The store cannot be asked."""

    class Broken:
        """A store that cannot be asked."""

        def first_use(self, _issuer: str, _jti: str, _until: datetime) -> bool:
            """Fail."""
            raise Unavailable

    good = client_tokens()
    tokens = ClientTokens(
        good.issuers,
        good.public_urls,
        good.algorithms,
        good.period,
        good.keys,
        Broken(),
    )

    with pytest.raises(Unavailable):
        tokens.verify(minted(CALL), PATH, NOW)
