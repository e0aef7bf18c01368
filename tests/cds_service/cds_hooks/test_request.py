"""The CDS Hooks request."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.cds_hooks.errors import BadRequest
from cds_service.cds_hooks.request import parse_call
from tests.cds_service.cds_hooks.bodies import encode, select_call

SERVER = "https://ehr.example.org/fhir"


def test_a_call_is_read_whole() -> None:
    """Hook, instance, context, prefetch and access all arrive."""
    body = select_call() | {
        "prefetch": {"patient": {"resourceType": "Patient"}},
        "fhirServer": SERVER,
        "fhirAuthorization": {"access_token": "t0ken", "token_type": "Bearer"},
    }

    call = parse_call(encode(body), "order-select")

    assert (call.hook, call.hook_instance) == ("order-select", body["hookInstance"])
    assert call.context.patient_id == "pat-1"
    assert call.prefetch == body["prefetch"]
    assert (call.fhir_server, call.access_token) == (SERVER, "t0ken")


def test_order_sign_needs_no_selections() -> None:
    """Each hook has its own context."""
    body = select_call() | {"hook": "order-sign"}
    del body["context"]["selections"]

    assert len(parse_call(encode(body), "order-sign").context.selected) == 1


@pytest.mark.parametrize("prefetch", [None, {}], ids=["null", "empty"])
def test_no_prefetch_is_an_empty_one(prefetch: object) -> None:
    """Absent, null and empty are the same."""
    body = select_call()

    assert parse_call(encode(body), "order-select").prefetch == {}
    body["prefetch"] = prefetch
    assert parse_call(encode(body), "order-select").prefetch == {}


@pytest.mark.parametrize("rubbish", [0, "", [], {"entry": 3}, {"resourceType": []}])
def test_prefetch_is_not_looked_into(rubbish: object) -> None:
    """What is in it matters only once the call is about us."""
    body = select_call() | {"prefetch": {"conditions": rubbish}}

    assert parse_call(encode(body), "order-select").prefetch == body["prefetch"]


@pytest.mark.parametrize(
    ("name", "value", "where"),
    [
        ("hook", None, "$.hook"),
        ("hook", 1, "$.hook"),
        ("hook", "order-sign", "$.hook"),
        ("hook", "patient-view", "$.hook"),
        ("hookInstance", None, "$.hookInstance"),
        ("hookInstance", "", "$.hookInstance"),
        ("hookInstance", {}, "$.hookInstance"),
        ("context", None, "$.context"),
        ("context", [], "$.context"),
        ("prefetch", [], "$.prefetch"),
        ("prefetch", "x", "$.prefetch"),
        ("fhirServer", 1, "$.fhirServer"),
        ("fhirAuthorization", "x", "$.fhirAuthorization"),
        ("fhirAuthorization", {"access_token": "t0ken"}, "$.fhirServer"),
    ],
    ids=str,
)
def test_what_is_amiss_is_named(name: str, value: object, where: str) -> None:
    """Every fault has its path, and no value of the request is repeated."""
    with pytest.raises(BadRequest) as refused:
        parse_call(encode(select_call() | {name: value}), "order-select")

    assert refused.value.where == where
    assert "t0ken" not in str(refused.value)


@pytest.mark.parametrize("grant", [None, {}, {"access_token": ""}, {"scope": "x"}])
def test_an_authorization_without_token_grants_nothing(grant: object) -> None:
    """One client always sends an empty token."""
    body = select_call() | {"fhirServer": SERVER, "fhirAuthorization": grant}

    assert parse_call(encode(body), "order-select").access_token is None


def test_a_token_must_be_text() -> None:
    """Anything else is refused by its path."""
    grant = {"access_token": 4711}
    body = select_call() | {"fhirServer": SERVER, "fhirAuthorization": grant}

    with pytest.raises(BadRequest) as refused:
        parse_call(encode(body), "order-select")

    assert refused.value.where == "$.fhirAuthorization.access_token"


@pytest.mark.parametrize("server", [None, ""], ids=["null", "empty"])
def test_no_server_is_none(server: str | None) -> None:
    """Null and empty name no server."""
    body = select_call() | {"fhirServer": server}

    assert parse_call(encode(body), "order-select").fhir_server is None


def test_a_call_printed_gives_nothing_away() -> None:
    """Neither token nor patient show in its repr."""
    secret: dict[str, Any] = {"access_token": "t0ken"}
    body = select_call() | {"fhirServer": SERVER, "fhirAuthorization": secret}

    printed = repr(parse_call(encode(body), "order-select"))

    assert "t0ken" not in printed
    assert "pat-1" not in printed


def test_equal_bodies_have_one_digest() -> None:
    """It tells calls apart by what was sent, byte for byte."""
    body, other = encode(select_call()), encode(select_call(encounterId="e"))
    digests = [parse_call(one, "order-select").digest for one in (body, body, other)]

    assert digests[0] == digests[1] != digests[2]
