"""Every story of the demo is told as its vignette tells it, whatever the day."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from cds_service.demo.stories import FIXTURES, read_demo
from cds_service.knowledge.coding import canonical_system
from tests.cds_service.demo.calls import (
    DEMO,
    SERVICE,
    call,
    demo_client,
    gathered,
    get,
)

if TYPE_CHECKING:
    from pathlib import Path

    from cds_service.demo.stories import Patient

WRITTEN = datetime(2026, 11, 20, 10, tzinfo=UTC)
CLIENT = demo_client()
STORIES = pytest.mark.parametrize(
    "story", DEMO.patients, ids=[one.vignette for one in DEMO.patients]
)
ADVICE = "spine-mri.advice"


def advice(response: Any) -> tuple[str, str, str]:
    """Read what the one card advises, by which rule, and how loudly."""
    (card,) = response["cards"]
    said = card["extension"][ADVICE]
    return said["advise"], said["rule"], card["indicator"]


def agreed(story: Patient) -> Any:
    """Read the answer that people agreed to."""
    path = FIXTURES / story.vignette / "response.json"
    return json.loads(path.read_text(encoding="utf-8"))


def patient_ids() -> list[str]:
    """List the patients in the order of the demo."""
    found = get(CLIENT, "Patient")["entry"]
    return [entry["resource"]["id"] for entry in found]


def test_there_are_stories_of_every_kind() -> None:
    """A dozen at least; each kind of advice, each indicator."""
    said = [advice(agreed(story)) for story in DEMO.patients]

    assert len(DEMO.patients) >= 12
    assert {advise for advise, _, _ in said} == {
        *("for", "change", "against", "uncertain")
    }
    assert {loud for _, _, loud in said} == {"info", "warning", "critical"}


@STORIES
@pytest.mark.parametrize("later", [0, 0.99, 3, 400, 4000])
def test_no_story_grows_stale(story: Patient, later: float) -> None:
    """What is answered is what the vignette's agreed answer says."""
    patient_id = patient_ids()[DEMO.patients.index(story)]
    with time_machine.travel(WRITTEN + timedelta(days=later), tick=False):
        asked = call(story, patient_id)
        asked["prefetch"] = gathered(CLIENT, patient_id)
        told = CLIENT.post(f"/cds-services/{DEMO.service}", json=asked)

    assert advice(told.get_json()) == advice(agreed(story))


@STORIES
@pytest.mark.parametrize("later", [0, 0.99, 400])
def test_the_call_of_a_story_can_be_sent(story: Patient, later: float) -> None:
    """As it is given, to the service of its hook."""
    patient_id = patient_ids()[DEMO.patients.index(story)]
    with time_machine.travel(WRITTEN + timedelta(days=later), tick=False):
        body = CLIENT.get(f"/demo/request?patient={patient_id}").get_json()
        told = CLIENT.post(f"/cds-services/spine-mri-{body['hook']}", json=body)

    assert advice(told.get_json()) == advice(agreed(story))


def test_the_call_to_begin_with_is_about_the_first_patient() -> None:
    """So that nobody has to know an id."""
    body = CLIENT.get("/demo/request").get_json()

    assert body["context"]["patientId"] == patient_ids()[0]
    assert CLIENT.get("/demo/request?patient=nobody").status_code == 404


@STORIES
def test_nothing_lies_in_the_future(story: Patient) -> None:
    """Early in the day, what was written later in a day is of the day before."""
    patient_id = patient_ids()[DEMO.patients.index(story)]
    now = datetime(2031, 3, 1, 0, 5, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        found = gathered(CLIENT, patient_id)["observations"].get("entry", [])

    times = [entry["resource"]["effectiveDateTime"] for entry in found]
    assert [one for one in times if one > "2031-03-01T00:05"] == []


def test_what_can_be_ordered_is_known_to_the_service() -> None:
    """Orders, reasons and what each story begins with."""
    orders = {one.id for one in DEMO.orders}
    reasons = {one.id for one in DEMO.reasons}
    codings = [
        *(one.coding for one in DEMO.orders),
        *(one.coding for one in DEMO.reasons),
    ]
    lookup = SERVICE.vocabulary.lookup

    assert {story.order for story in DEMO.patients} <= orders
    assert {one for story in DEMO.patients for one in story.reasons} <= reasons
    assert [
        one for one in codings if not lookup(canonical_system(one.system), one.code)
    ] == []


def test_a_misspelt_member_stops_the_start(tmp_path: Path) -> None:
    """It is not ignored."""
    (tmp_path / "demo.toml").write_text('servise = "x"\n', encoding="utf-8")

    with pytest.raises(ValueError, match="servise"):
        read_demo(tmp_path)
