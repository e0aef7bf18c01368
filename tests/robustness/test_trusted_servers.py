"""A request names a server; only one of the settings is ever called."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from cds_service.app import create_app
from cds_service.registry import load
from cds_service.security.trust import TrustedServer
from cds_service.security.trusted_servers import find_server
from cds_service.settings import Settings
from tests.builders import condition, request
from tests.fhir_server import Exchange, empty, fhir_server, searchset
from tests.tables import each

if TYPE_CHECKING:
    from tests.fhir_server import FhirServer

TOKEN = "token-canary-4711"
CALL = "/cds-services/spine-mri-order-select"
OURS = "https://ehr.example.org/fhir"
SERVICES = load()
PAIN = condition("M54.50", "9 days")

# Each is another way to write a server that is ours, or to reach a machine that is not.
# {port} listens on this machine.
HOSTILE = [
    "https://ehr.example.org",
    "https://ehr.example.org/",
    "https://ehr.example.org/fhir/r4",
    "https://ehr.example.org/fhir//",
    "https://ehr.example.org/fhir/../fhir",
    "https://ehr.example.org/fhir?",
    "https://ehr.example.org/fhir#",
    "https://ehr.example.org/fhir?x=1",
    "https://ehr.example.org/%66hir",
    "https://ehr.example.org:443/fhir",
    "https://ehr.example.org:8443/fhir",
    "https://ehr.example.org./fhir",
    "https://EHR.example.org/fhir",
    "https://ehr.example.org/FHIR",
    "http://ehr.example.org/fhir",
    "ftp://ehr.example.org/fhir",
    "file:///ehr.example.org/fhir",
    "//ehr.example.org/fhir",
    "ehr.example.org/fhir",
    "https:ehr.example.org/fhir",
    "https:///ehr.example.org/fhir",
    "https://ehr.example.org.evil.test/fhir",
    "https://ehr.example.org%2eevil.test/fhir",
    "https://ehr.example.org%00.evil.test/fhir",
    "https://ehr.example.org\\@127.0.0.1:{port}/fhir",
    "https://ehr\\@127.0.0.1:{port}/fhir",
    "https://ehr.example.org@127.0.0.1:{port}/fhir",
    "https://user:pass@ehr.example.org/fhir",
    "https://ehr.example.org:pw@127.0.0.1:{port}/fhir",
    "https://ehr.example.org\u3002evil.test/fhir",
    "https://\u212fhr.example.org/fhir",
    "https://ehr.example.org",
    "https://ehr.example.org\u2028/fhir",
    "http://127.0.0.1:{port}/fhir",
    "http://localhost:{port}/fhir",
    "http://[::1]:{port}/fhir",
    "http://[::ffff:127.0.0.1]:{port}/fhir",
    "http://2130706433:{port}/fhir",
    "http://0x7f.1:{port}/fhir",
    "http://0x7f000001:{port}/fhir",
    "http://017700000001:{port}/fhir",
    "http://127.1:{port}/fhir",
    "http://0:{port}/fhir",
    "http://127.0.0.1.:{port}/fhir",
    "http://localtest.me:{port}/fhir",
    "http://169.254.169.254/latest/meta-data",
    "javascript:alert(1)",
    "*",
]


def app(**settings: Any) -> Any:
    """Make the service with these settings."""
    given = {"auth": "none", **settings}
    return create_app(SERVICES, Settings(**given)).test_client()


def asked(server: str, *, missing: tuple[str, ...] = ("observations",)) -> Any:
    """Make a call that names a server, and gives it a token."""
    body = request([PAIN], missing=missing)
    grant = {"access_token": TOKEN, "token_type": "Bearer", "subject": "cds"}
    return body | {"fhirServer": server, "fhirAuthorization": grant}


def advice(told: Any) -> Any:
    """Read the advice of the only card."""
    (card,) = told.get_json()["cards"]
    return card["extension"]["spine-mri.advice"]


@pytest.mark.fault(16, 17, 22)
@pytest.mark.parametrize("server", HOSTILE)
def test_another_server_sees_no_packet_and_no_token(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No connection is opened and no name is looked up; the card says so."""
    looked_up: list[Any] = []
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *what, **_: looked_up.append(what)
    )
    with fhir_server(empty) as listener:
        named = server.format(port=listener.port)
        told = app(fhir_servers=[{"url": OURS}]).post(CALL, json=asked(named))

    assert told.status_code == 200
    assert advice(told)["unseen"] == [
        {"query": "observations", "state": "not-supplied", "cause": "untrusted-server"}
    ]
    assert advice(told)["advise"] == "uncertain"
    assert "is not one this service may ask" in told.get_json()["cards"][0]["detail"]
    assert (listener.connections, looked_up) == (0, [])
    assert TOKEN not in told.text


@pytest.mark.fault(16, 17)
@pytest.mark.parametrize("server", [one for one in HOSTILE if "{port}" in one])
def test_the_development_switch_accepts_plain_loopback_alone(server: str) -> None:
    """Three spellings, and none that hides where it leads."""
    plain = server.startswith(
        ("http://127.0.0.1:", "http://localhost:", "http://[::1]:")
    )
    found = find_server(server.format(port=8080), None, (), loopback=True)

    assert (found is not None) is plain


def test_a_trusted_server_is_asked_for_what_is_missing() -> None:
    """With the token, for that patient, and the answer counts."""
    crp = {
        "resourceType": "Observation",
        "id": "crp",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "1988-5"}]},
        "subject": {"reference": "Patient/pat-1"},
        "effectiveDateTime": "2026-11-19",
        "valueQuantity": {"value": 88, "unit": "mg/L", "code": "mg/L"},
    }
    with fhir_server(lambda one: one.reply_json(searchset(crp))) as server:
        client = app(fhir_servers=[{"url": server.url}])
        told = client.post(CALL, json=asked(server.url + "/"))

    (only,) = server.asked
    assert only.target.startswith("/fhir/Observation?patient=pat-1&code=")
    assert only.headers["authorization"] == f"Bearer {TOKEN}"
    assert told.status_code == 200
    assert "unseen" not in advice(told)


@each("""
    issuer            | bound               | found | why
    https://a.example | https://a.example   | yes   | the one it is bound to
    https://b.example | https://a.example   | no    | another one's server
                      | https://a.example   | no    | nobody knows who calls
    https://b.example |                     | yes   | bound to nobody
    """)
def test_a_server_is_bound_to_its_issuers(row: dict[str, str]) -> None:
    """One hospital cannot send us to another's server."""
    bound = frozenset({row["bound"]} if row["bound"] else ())
    servers = (TrustedServer(url=OURS, issuers=bound),)
    found = find_server(OURS, row["issuer"] or None, servers, loopback=False)

    assert (found is not None) is (row["found"] == "yes")


@pytest.mark.parametrize(
    "url",
    [
        "http://ehr.example.org/fhir",
        "https://a@b/fhir",
        "https://a/?x",
        "ftp://a/b",
        "",
    ],
)
def test_the_settings_take_no_doubtful_server(url: str) -> None:
    """Https alone leaves the machine, and a URL is read in one way."""
    with pytest.raises(ValueError, match=r"https|scheme"):
        TrustedServer(url=url)


@each("""
    id                         | asked | why
    pat-1                      | yes   | FHIR's own syntax
    eM5_underscored            | yes   | some clients have underscores
    ../../admin                | no    | another path
    ..                         | no    | the folder above
    pat-1&_include=*           | no    | another parameter
    pat-1%00                   | no    | an escape
    Patient/pat-1              | no    | a reference
    """)
def test_an_id_is_put_in_a_path_only_as_an_id(row: dict[str, str]) -> None:
    """Of at most 190 characters; else nobody is asked."""
    with fhir_server(empty) as server:
        _ask_about(row["id"], server)
        seen = len(server.asked)

    assert (seen == 1) is (row["asked"] == "yes")


@each("""
    length | asked | why
    190    | yes   | as long as one vendor's
    191    | no    | longer than any
    """)
def test_an_id_has_an_end(row: dict[str, str]) -> None:
    """FHIR says 64 characters; real ones are longer."""
    with fhir_server(empty) as server:
        _ask_about("e" * int(row["length"]), server)
        seen = len(server.asked)

    assert (seen == 1) is (row["asked"] == "yes")


def _ask_about(patient_id: str, server: FhirServer) -> None:
    body = asked(server.url)
    body["context"]["patientId"] = patient_id
    body["prefetch"]["patient"]["id"] = patient_id
    body["prefetch"]["conditions"] = None
    del body["context"]["draftOrders"]["entry"][0]["resource"]["subject"]
    told = app(fhir_servers=[{"url": server.url}]).post(CALL, json=body)
    assert told.status_code in {200, 400}


def test_what_a_server_does_not_filter_is_filtered_here() -> None:
    """One that gives everything of everyone leads to the same card."""

    def heedless(one: Exchange) -> None:
        found = [item for item in EVERYTHING if item["resourceType"] in one.target]
        one.reply_json(searchset(*found))

    def heedful(one: Exchange) -> None:
        one.reply_json(
            searchset(*(EVERYTHING[:1] if "Condition" in one.target else ()))
        )

    missing = ("conditions", "observations", "vitals", "reports")
    cards = []
    for answer in (heedless, heedful):
        with fhir_server(answer) as server:
            body = asked(server.url, missing=missing)
            told = app(fhir_servers=[{"url": server.url}]).post(CALL, json=body)
            cards.append(told.get_json()["cards"][0])

    assert cards[0]["summary"] == cards[1]["summary"]
    told_both = [one["extension"]["spine-mri.advice"]["advise"] for one in cards]
    assert told_both == ["against", "against"]


def _observation(code: str, patient: str, when: str) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "id": f"{code}-{patient}-{when}",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
        "subject": {"reference": f"Patient/{patient}"},
        "effectiveDateTime": when,
        "valueQuantity": {"value": 300, "code": "mg/L"},
    }


EVERYTHING = [
    PAIN | {"id": "pain"},
    condition("G83.4", "1 day")
    | {"id": "x", "subject": {"reference": "Patient/other"}},
    _observation("1988-5", "other", "2026-11-19"),
    _observation("1988-5", "pat-1", "2019-01-01"),
    _observation("2823-3", "pat-1", "2026-11-19"),
]


def test_a_body_is_read_before_a_server_is_asked() -> None:
    """A call that is refused asks nobody."""
    with fhir_server(empty) as server:
        body = asked(server.url)
        del body["hookInstance"]
        told = app(fhir_servers=[{"url": server.url}]).post(
            CALL, data=orjson.dumps(body), content_type="application/json"
        )

    assert told.status_code == 400
    assert server.connections == 0
