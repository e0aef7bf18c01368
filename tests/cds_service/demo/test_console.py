"""The pages of the console, as they leave the server."""

from __future__ import annotations

import json
import re

import pytest

from cds_service.demo import first_patient
from tests.cds_service.demo.calls import DEMO, call, demo_client, gathered

CLIENT = demo_client()
MARTA = "104417"
STRICT = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}


def page(path: str) -> str:
    """Read a page."""
    return CLIENT.get(path).get_data(as_text=True)


def status(path: str) -> int:
    """Ask for a path, or a place on this page."""
    if path.startswith("#"):
        return 200
    with CLIENT.get(path) as told:
        return told.status_code


@pytest.mark.parametrize(
    "path",
    ["/", f"/?patient={MARTA}", "/demo/static/console.js", "/?patient=nobody"],
)
def test_the_policy_is_strict(path: str) -> None:
    """Nothing inline, nothing from elsewhere, nothing framed, nothing kept."""
    with CLIENT.get(path) as told:
        headers = told.headers

    assert set(headers["Content-Security-Policy"].split("; ")) == STRICT
    assert headers.getlist("Cache-Control") == ["no-store"]
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/", f"/?patient={MARTA}"])
def test_no_page_needs_another_host_or_runs_inline(path: str) -> None:
    """Scripts and styles are files of its own; data is no script."""
    text = page(path)
    needed = re.findall(r'(?:src|href)="([^"]+)"', text)

    assert not [one for one in needed if not one.startswith(("/", "#"))]
    assert not re.findall(r"\son\w+=|\sstyle=|javascript:", text)
    assert not re.findall(r"<script(?![^>]* src=)(?![^>]*application/json)", text)
    assert [one for one in needed if status(one) != 200] == []


def test_a_page_says_what_it_is() -> None:
    """A demo, of made-up patients, and no medical device."""
    for path in ("/", f"/?patient={MARTA}"):
        assert "Every patient is made up. Not a medical device" in page(path)


def test_every_patient_is_on_the_list() -> None:
    """With age and story, as a link that can be kept."""
    text = page("/")

    assert all(story.story in text for story in DEMO.patients)
    assert text.count('href="/?patient=') == len(DEMO.patients)
    assert "58 years, female" in text


def test_a_patient_that_is_not_there_is_said() -> None:
    """With the list to choose from, and without what was asked for."""
    told = CLIENT.get("/?patient=<b>Canary</b>")

    assert told.status_code == 404
    assert "No patient of this demo" in told.get_data(as_text=True)
    assert "Canary" not in told.get_data(as_text=True)


def test_the_browser_is_told_what_to_begin_with() -> None:
    """Whom the draft is for, by whom, and what can be ordered."""
    found = re.search(r'id="start">(.*?)</script>', page(f"/?patient={MARTA}"))
    assert found
    start = json.loads(found[1])

    assert start["patientId"] == first_patient() == MARTA
    assert start["userId"] == "Practitioner/COREPRACTITIONER1"
    assert start["draft"]["order"] in {one["id"] for one in start["orders"]}


def test_a_call_is_explained() -> None:
    """The same body, the findings, and the cards it gets, but for their rating."""
    asked = call(DEMO.patients[0], MARTA)
    asked["prefetch"] = gathered(CLIENT, MARTA)
    told = CLIENT.post("/demo/explain", json=asked).get_json()
    answered = CLIENT.post(f"/cds-services/{DEMO.service}", json=asked).get_json()

    unrated, rated = told["response"]["cards"], answered["cards"]
    assert [one["uuid"] for one in unrated] == [one["uuid"] for one in rated]
    assert [one["detail"] for one in unrated] == [one["detail"] for one in rated]
    (order,) = told["orders"]
    yes = [one for one in order["findings"] if one["truth"] == "yes"]
    words = [basis["words"] for one in yes for basis in one["basis"]]
    assert any(one.startswith("CRP 88 mg/L (") for one in words)


def test_what_cannot_be_explained_is_refused() -> None:
    """As the service refuses it."""
    unknown = CLIENT.post("/demo/explain?service=nobody", json={})
    sent = {"content_type": "application/json"}
    broken = CLIENT.post("/demo/explain", data=b"{", **sent)
    long = CLIENT.post("/demo/explain", data=b" " * (2 * 1024 * 1024 + 1), **sent)

    assert [one.status_code for one in (unknown, broken, long)] == [404, 400, 413]
