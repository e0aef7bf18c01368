"""However a request is spoilt: an answer or a refusal, never a fault."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings

from cds_service.app import create_app
from cds_service.settings import Settings
from tests.robustness.hostile import CANARY, requests

if TYPE_CHECKING:
    from flask.testing import FlaskClient

REFUSALS = {400, 412, 413}
MOST_CARDS = 10


@cache
def client() -> FlaskClient:
    """Serve what is shipped."""
    return create_app(settings=Settings(auth="none")).test_client()


@settings(max_examples=600, derandomize=True)
@given(sent=requests())
def test_a_spoilt_request_is_answered_or_refused(sent: tuple[str, bytes]) -> None:
    """By cards that fit, or by an outcome that names the place and no value."""
    service, body = sent
    told = client().post(
        f"/cds-services/{service}", data=body, content_type="application/json"
    )
    answer: Any = told.get_json()

    assert told.status_code in {200, *REFUSALS}
    if told.status_code == 200:
        assert len(answer["cards"]) <= MOST_CARDS
        assert all(0 < len(card["summary"]) < 140 for card in answer["cards"])
        assert all(card["uuid"] for card in answer["cards"])
    else:
        (issue,) = answer["issue"]
        assert answer["resourceType"] == "OperationOutcome"
        assert issue["details"]["text"]
        assert issue["diagnostics"]
        assert issue["expression"][0].startswith("$")
        assert CANARY not in told.text
