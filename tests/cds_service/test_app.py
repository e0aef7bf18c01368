"""The web application."""

from __future__ import annotations

import http.client
import json
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import structlog
from fhir.resources.R4B.operationoutcome import OperationOutcome

from cds_service.cds_hooks.members import NODE_LIMIT
from tests.toy import draft, serving, toy_app, toy_call

CALL = "/cds-services/toy-order-select"
JSON = "application/json"
APP = toy_app()
CANARY = "Canary-4711"


def post(body: object, path: str = CALL, **arguments: Any) -> Any:
    """Post *body* as JSON."""
    return APP.test_client().post(path, json=body, **arguments)


def post_raw(data: bytes, content_type: str | None = JSON, **arguments: Any) -> Any:
    """Post bytes."""
    client = APP.test_client()
    return client.post(CALL, data=data, content_type=content_type, **arguments)


def issue(told: Any) -> dict[str, Any]:
    """Read the one issue of an error, after validating the whole."""
    outcome = json.loads(told.data)
    OperationOutcome.model_validate(outcome)
    (only,) = outcome["issue"]
    return dict(only)


def test_services_are_listed() -> None:
    """Discovery names each, in JSON."""
    told = APP.test_client().get("/cds-services")

    assert told.content_type == JSON
    assert [one["id"] for one in told.get_json()["services"]] == [
        "toy-order-select",
        "toy-order-sign",
    ]


def test_a_site_can_leave_out_what_only_agrees() -> None:
    """Cards that say an order is right are sent, unless the site wants it quiet."""
    calls = toy_call(draft("1", priority="urgent"), draft("2"))

    def sent(**settings: Any) -> list[str]:
        told = toy_app(**settings).test_client().post(CALL, json=calls)
        return [card["summary"] for card in told.get_json()["cards"]]

    assert len(sent()) == 2
    assert sent(quiet=True) == ["Toy ordered: ServiceRequest/2."]


def test_a_call_is_answered_with_cards() -> None:
    """The whole flow, over HTTP."""
    told = post(toy_call())

    assert (told.status_code, told.content_type) == (200, JSON)
    assert told.headers["Cache-Control"] == "no-store"
    (card,) = told.get_json()["cards"]
    assert card["summary"] == "Toy ordered: ServiceRequest/103."


@pytest.mark.parametrize("path", [CALL, "/cds-services", "/nowhere"])
def test_no_response_may_be_stored_or_reinterpreted(path: str) -> None:
    """Errors too."""
    told = APP.test_client().get(path)

    assert told.headers["Cache-Control"] == "no-store"
    assert told.headers["X-Content-Type-Options"] == "nosniff"
    assert told.headers["Referrer-Policy"] == "no-referrer"
    closed = "default-src 'none'; frame-ancestors 'none'"
    assert told.headers["Content-Security-Policy"] == closed


def test_an_answer_has_no_needless_whitespace() -> None:
    """Compact JSON."""
    told = post(toy_call())

    assert (
        told.data
        == json.dumps(
            told.get_json(), separators=(",", ":"), ensure_ascii=False
        ).encode()
    )


@pytest.mark.fault(59)
def test_the_same_call_gets_the_same_bytes() -> None:
    """Nothing in an answer depends on when or how often it is asked for."""
    assert post(toy_call()).data == post(toy_call()).data


def test_other_orders_get_no_card() -> None:
    """Nothing to say is an empty list, whatever the prefetch looks like."""
    call = toy_call(draft(code={"text": "drug"}), prefetch={"patient": 3})

    assert post(call).get_json() == {"cards": []}


@pytest.mark.parametrize(
    "path", [f"/{CALL}", f"{CALL}/", CALL.replace("services/", "services//")]
)
def test_slashes_too_many_do_no_harm(path: str) -> None:
    """No redirect, which a browser's preflight would not survive."""
    as_sent = {"PATH_INFO": path}

    assert post(toy_call(), environ_overrides=as_sent).status_code == 200
    assert APP.test_client().get("/cds-services/").status_code == 200


@pytest.mark.parametrize(
    "kind",
    [
        JSON,
        "application/json; charset=utf-8",
        'application/json;charset="UTF-8"',
        "Application/JSON",
        "application/fhir+json",
        "application/json; fhirVersion=4.0",
    ],
)
def test_json_is_taken_under_its_names(kind: str) -> None:
    """With any parameter but another charset."""
    assert post_raw(json.dumps(toy_call()).encode(), kind).status_code == 200


@pytest.mark.fault(43)
@pytest.mark.parametrize(
    "kind",
    [
        None,
        "text/plain",
        "application/json; charset=latin1",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
    ],
    ids=str,
)
def test_other_media_types_are_refused(kind: str | None) -> None:
    """With 415."""
    told = post_raw(json.dumps(toy_call()).encode(), kind)

    assert told.status_code == 415
    assert issue(told)["code"] == "not-supported"


@pytest.mark.parametrize("encoding", ["identity", "Identity", "IDENTITY", " ", ""])
def test_a_body_said_to_be_plain_is_read(encoding: str) -> None:
    """Identity is no encoding (RFC 9110, section 12.5.3), and nothing neither."""
    told = post(toy_call(), headers={"Content-Encoding": encoding})

    assert told.status_code == 200


@pytest.mark.fault(43)
@pytest.mark.parametrize(
    "encoding", ["gzip", "deflate", "br", "gzip, identity", "x-gzip", "GZIP"]
)
def test_an_encoded_body_is_refused(encoding: str) -> None:
    """It would be read as garbage otherwise."""
    told = post_raw(b"\x1f\x8b", headers={"Content-Encoding": encoding})

    assert told.status_code == 415


@pytest.mark.fault(42)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b"\xff",
        b"[" * 100_000,
        b'{"a":NaN}',
        b"[" + b"0," * NODE_LIMIT + b"0]",
    ],
    ids=lambda body: str(body[:9]),
)
def test_a_body_that_is_no_call_is_refused(body: bytes) -> None:
    """With 400 and where it went wrong."""
    told = post_raw(body)

    assert told.status_code == 400
    assert issue(told)["expression"] == ["$"]


def test_a_refusal_says_what_where_and_what_to_do() -> None:
    """As an OperationOutcome."""
    told = post(toy_call(hook="order-sign"))

    assert (told.status_code, told.content_type) == (400, JSON)
    assert issue(told) == {
        "severity": "error",
        "code": "invalid",
        "details": {"text": "Member `hook` is not the hook of this service"},
        "diagnostics": "Call this service for `order-select` only.",
        "expression": ["$.hook"],
    }


@pytest.mark.parametrize(
    ("body", "kind", "line"),
    [
        (
            {"hook": "order-sign"},
            JSON,
            {
                "status": 400,
                "cause": "Member `hook` is not the hook of this service",
                "where": ["$.hook"],
                "service": "toy-order-select",
            },
        ),
        (
            toy_call(prefetch={CANARY: {"resourceType": "Patient", "id": CANARY}}),
            JSON,
            {
                "status": 400,
                "cause": "The Patient supplied is not the one named by "
                "context.patientId.",
                "where": ["$.prefetch.*.id"],
                "service": "toy-order-select",
            },
        ),
        ({}, "text/plain", {"status": 415, "cause": "Unsupported Media Type"}),
    ],
    ids=["no call", "another patient", "no JSON"],
)
def test_a_refusal_leaves_a_line(
    body: dict[str, Any], kind: str, line: dict[str, Any]
) -> None:
    """An EHR shows its users no answer of ours, so the log has what was amiss."""
    with structlog.testing.capture_logs() as logged:
        post_raw(json.dumps(body).encode(), kind)

    assert logged == [{"event": "refused", "log_level": "warning", **line}]


def test_a_refusal_of_the_service_keeps_its_status() -> None:
    """What cannot be answered for want of a chart is 412."""
    told = post(toy_call(draft(priority="stat")))

    assert told.status_code == 412
    assert issue(told)["expression"] == ["$.prefetch.patient"]


@pytest.mark.parametrize(
    ("method", "path", "status", "code", "remedy"),
    [
        ("GET", "/nowhere", 404, "not-found", "`GET /cds-services` lists"),
        ("POST", "/cds-services/none", 404, "not-found", "`GET /cds-services` lists"),
        ("POST", "/cds-services/none/feedback", 404, "not-found", "No service has"),
        ("GET", CALL, 405, "not-supported", "This path takes OPTIONS, POST."),
        ("DELETE", "/cds-services", 405, "not-supported", "GET, HEAD, OPTIONS."),
    ],
)
def test_what_is_not_there_is_told(
    method: str, path: str, status: int, code: str, remedy: str
) -> None:
    """Unknown paths, ids and methods are OperationOutcomes too, with what to do."""
    told = APP.test_client().open(path, method=method, json={})

    assert told.status_code == status
    assert issue(told)["code"] == code
    assert remedy in issue(told)["diagnostics"]
    assert (status == 405) == ("Allow" in told.headers)


def test_a_fault_of_ours_tells_and_logs_no_value() -> None:
    """A correlation id joins answer and log; neither holds what was sent."""
    call = toy_call(draft(priority="asap", note=[{"text": CANARY}]))

    with structlog.testing.capture_logs() as logged:
        told = post(call)

    (line,) = logged
    assert told.status_code == 500
    assert CANARY not in told.get_data(as_text=True) + str(logged)
    assert line["correlation"] in issue(told)["diagnostics"]
    assert line["kind"] == "RuntimeError"
    assert "toy.py:" in line["where"][-1]


def strings_replaced(value: Any, path: str = "") -> Any:
    """Put a canary into every string of a body that is not read as a code."""
    if isinstance(value, dict):
        return {key: strings_replaced(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [strings_replaced(one, path) for one in value]
    kept = {"hook", "resourceType", "id", "selections", "patientId"}
    return value if path in kept else CANARY


@pytest.mark.parametrize("broken", ["context", "draftOrders", "selections", "none"])
def test_no_error_repeats_what_was_sent(broken: str) -> None:
    """A canary in every string never comes back, nor reaches the log."""
    call = strings_replaced(toy_call())
    call[CANARY] = CANARY
    if broken == "context":
        call["context"] = CANARY
    elif broken != "none":
        call["context"][broken] = [CANARY]

    with structlog.testing.capture_logs() as logged:
        told = post(call)

    assert CANARY not in told.get_data(as_text=True) + str(logged)


def test_feedback_is_taken() -> None:
    """With 200 and nothing to say; its comments go nowhere."""
    item = {
        "card": CANARY,
        "outcome": "overridden",
        "overrideReason": {"reason": {"code": "x"}, "userComment": CANARY},
        "outcomeTimestamp": "2026-11-24T20:00:00Z",
    }

    with structlog.testing.capture_logs() as logged:
        told = post({"feedback": [item, item]}, f"{CALL}/feedback")

    assert (told.status_code, told.get_json()) == (200, {})
    assert CANARY not in str(logged)


def test_long_feedback_is_too_large() -> None:
    """Its limit is below that of calls."""
    body = {"feedback": [], "x": "y" * 70_000}

    assert post(body, f"{CALL}/feedback").status_code == 413


def test_the_process_tells_that_it_lives() -> None:
    """For whoever restarts it otherwise."""
    assert APP.test_client().get("/health/live").get_json() == {"live": True}


LIMIT = 2048
SMALL = toy_app(max_body_bytes=LIMIT)


def padded(size: int) -> bytes:
    """Make a call of exactly *size* bytes."""
    body = json.dumps(toy_call()).encode()
    return body + b" " * (size - len(body))


@pytest.mark.fault(43)
@pytest.mark.parametrize("chunked", [False, True], ids=["sized", "chunked"])
@pytest.mark.parametrize(
    ("size", "status"), [(LIMIT, 200), (LIMIT + 1, 413), (9 * LIMIT, 413)]
)
def test_a_body_has_a_limit(size: int, status: int, *, chunked: bool) -> None:
    """The same one, whether or not its length is said beforehand."""
    body = iter([padded(size)]) if chunked else padded(size)
    with serving(SMALL) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        headers = {"Content-Type": JSON}
        connection.request("POST", CALL, body, headers, encode_chunked=chunked)
        told = connection.getresponse()
        content = json.loads(told.read())
        connection.close()

    assert told.status == status
    assert ("cards" in content) == (status == 200)


def test_a_body_cut_short_is_refused() -> None:
    """A client that goes away leaves nothing behind but a 400."""
    head = f"POST {CALL} HTTP/1.1\r\nHost: x\r\nContent-Type: {JSON}\r\n"
    sent = f"{head}Content-Length: 100\r\n\r\n{{}}".encode()
    with (
        serving(APP) as port,
        socket.create_connection(("127.0.0.1", port), timeout=10) as connection,
    ):
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        told = connection.makefile("rb").readline()

    assert b" 400 " in told


@pytest.mark.fault(42)
@pytest.mark.parametrize(
    "settings", [{"max_nodes": 100}, {"max_depth": 16}], ids=["nodes", "depth"]
)
def test_a_site_sets_how_much_json_is_read(settings: dict[str, int]) -> None:
    """By number of values and by depth."""
    deep: list[Any] = []
    for _ in range(16):
        deep = [deep]
    call = toy_call() | {"extension": [deep, [0] * 100]}
    client = toy_app(**settings).test_client()

    assert client.post(CALL, json=toy_call()).status_code == 200
    assert client.post(CALL, json=call).status_code == 400
    assert post(call).status_code == 200


@pytest.mark.fault(60)
def test_calls_at_once_do_not_mix() -> None:
    """Sixty-four callers each get their own order back."""

    def ask(at: int) -> tuple[int, str]:
        told = post(toy_call(draft(f"order-{at}"))).get_json()
        return at, told["cards"][0]["summary"]

    with ThreadPoolExecutor(16) as callers:
        answers = list(callers.map(ask, range(64)))

    assert answers == [
        (at, f"Toy ordered: ServiceRequest/order-{at}.") for at in range(64)
    ]
