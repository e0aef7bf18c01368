"""Cross-origin rules."""

from __future__ import annotations

from typing import Any

import pytest

from tests.toy import toy_app, toy_call

OURS = "https://ehr.example.org"
CALL = "/cds-services/toy-order-select"
PATHS = ["/cds-services", CALL, f"{CALL}/feedback"]
PREFLIGHT = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,content-type",
}
ACAO = "Access-Control-Allow-Origin"
APP = toy_app(cors_origins=OURS)
DEMO = toy_app(cors_origins="*", demo=True)


@pytest.mark.fault(56)
@pytest.mark.parametrize("path", [*PATHS, f"/{CALL}", f"{CALL}/"])
def test_a_preflight_is_answered_without_authentication(path: str) -> None:
    """On every path a browser calls, double slashes included."""
    headers = PREFLIGHT | {"Origin": OURS}

    as_sent = {"PATH_INFO": path}
    told = APP.test_client().options(headers=headers, environ_overrides=as_sent)

    assert told.status_code == 204
    assert told.headers[ACAO] == OURS
    assert told.headers["Vary"] == "Origin"
    assert told.headers["Access-Control-Allow-Methods"] == "GET, POST, OPTIONS"
    assert told.headers["Access-Control-Allow-Headers"] == "Authorization, Content-Type"
    assert told.headers["Access-Control-Max-Age"] == "600"
    assert "Access-Control-Allow-Credentials" not in told.headers


@pytest.mark.fault(56)
@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        f"{OURS}\t.evil.example",
        f"{OURS} https://evil.example",
        f"{OURS}, https://evil.example",
        "https://user@ehr.example.org",
        "https://ehr.example.org.",
        "https://ehr-example.org",
        "https://EHR.example.org",
        "//ehr.example.org",
        "ehr.example.org",
        "file://",
        "*",
        f"{OURS}.evil.example",
        f"evil{OURS}",
        "http://ehr.example.org",
        f"{OURS}:8443",
        OURS.upper(),
        f"{OURS}/",
        "null",
        "",
    ],
)
def test_another_origin_is_granted_nothing(origin: str) -> None:
    """Foreign, suffix, prefix, scheme, port, case and null all differ."""
    client = APP.test_client()
    asked = client.options(CALL, headers=PREFLIGHT | {"Origin": origin})
    read = client.get("/cds-services", headers={"Origin": origin})

    for told in (asked, read):
        assert not [name for name, _ in told.headers if name.startswith("Access-")]
        assert told.headers["Vary"] == "Origin"


@pytest.mark.fault(56)
@pytest.mark.parametrize(
    "origin",
    ["http://[::1]", "https://[::1]:8443", "http://localhost:3000", "http://10.0.0.1"],
)
def test_an_origin_is_granted_as_it_is_listed(origin: str) -> None:
    """Its scheme, host and port, and none that differs by one of them."""
    client = toy_app(cors_origins=origin).test_client()
    other = origin.replace("http", "https") if "s" not in origin[:5] else origin[:-1]

    told = client.get("/cds-services", headers={"Origin": origin})
    not_told = client.get("/cds-services", headers={"Origin": other})

    assert told.headers[ACAO] == origin
    assert ACAO not in not_told.headers


@pytest.mark.fault(56)
def test_a_private_network_preflight_is_not_granted() -> None:
    """Reaching into a hospital's network from outside is not offered."""
    wish = {"Origin": OURS, "Access-Control-Request-Private-Network": "true"}

    told = APP.test_client().options(CALL, headers=PREFLIGHT | wish)

    assert "Access-Control-Allow-Private-Network" not in told.headers


@pytest.mark.fault(56)
@pytest.mark.parametrize(
    ("method", "path", "arguments", "status"),
    [
        ("GET", "/cds-services", {}, 200),
        ("POST", CALL, {"json": toy_call()}, 200),
        ("POST", CALL, {"json": {}}, 400),
        ("GET", "/nowhere", {}, 404),
        ("POST", "/cds-services/none", {"json": {}}, 404),
        ("GET", CALL, {}, 405),
        ("POST", CALL, {"data": "x", "content_type": "text/plain"}, 415),
    ],
)
def test_every_response_bears_the_headers(
    method: str, path: str, arguments: dict[str, Any], status: int
) -> None:
    """Errors too, or a browser could not even tell what went wrong."""
    client = APP.test_client()

    told = client.open(path, method=method, headers={"Origin": OURS}, **arguments)

    assert told.status_code == status
    assert told.headers[ACAO] == OURS


def test_the_demo_may_be_called_from_anywhere() -> None:
    """One answer for all origins, so caches need not tell them apart."""
    client = DEMO.test_client()
    told = client.get("/cds-services", headers={"Origin": "null"})
    asked = client.options(CALL, headers=PREFLIGHT | {"Origin": "https://x.example"})

    assert (told.headers[ACAO], asked.headers[ACAO]) == ("*", "*")
    assert asked.headers["Access-Control-Max-Age"] == "600"
    assert "Vary" not in told.headers


def test_a_plain_options_request_is_flasks_own() -> None:
    """Without asking for a method it is no preflight."""
    told = APP.test_client().options(CALL)

    assert set(told.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}
