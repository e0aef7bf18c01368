"""Ready is who answers every vignette as agreed, with sound content and a store."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cds_service.app import create_app
from cds_service.operations.readiness import (
    SelfTest,
    answers,
    differences,
    readiness,
    self_test,
)
from cds_service.operations.vignettes import shipped
from cds_service.settings import Settings
from cds_service.store.opening import open_store
from tests.replay import services
from tests.tables import each

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_shipped_is_ready() -> None:
    """Every vignette, sound content, and no store to be asked in the demo."""
    ready, told = readiness(None)

    assert ready
    assert told["vignettes"] == f"{len(shipped())} as agreed"


def test_probes_are_answered() -> None:
    """200, to anyone."""
    client = create_app(settings=Settings(auth="none")).test_client()

    assert client.get("/health/live").get_json() == {"live": True}
    told = client.get("/health/ready")
    assert (told.status_code, told.get_json()["ready"]) == (200, True)


def test_who_cannot_reach_the_store_is_not_ready(tmp_path: Path) -> None:
    """503 until it is back, with the trouble by name."""
    folder, gone = tmp_path / "kept", tmp_path / "gone"
    folder.mkdir()
    store = open_store(f"sqlite:///{folder}/store.sqlite")
    client = create_app(settings=Settings(auth="none"), store=store).test_client()
    store.close()
    folder.rename(gone)

    lost = client.get("/health/ready")
    store.close()
    gone.rename(folder)
    again = client.get("/health/ready")
    store.close()

    assert lost.status_code == 503
    assert lost.get_json()["store"] not in {"ok", ""}
    assert again.status_code == 200


@each("""
    faults | differing | replayed | passed | why
           |           | 3        | yes    | all as it should be
    a code |           | 3        | no     | content that is unsound
           | a-story   | 3        | no     | a story told differently
           |           | 0        | no     | no story at all proves nothing
    """)
def test_what_passes(row: dict[str, str]) -> None:
    """Nothing amiss, and something looked at."""
    tested = SelfTest(
        tuple(filter(None, [row["faults"]])),
        tuple(filter(None, [row["differing"]])),
        int(row["replayed"]),
    )

    assert tested.passed is (row["passed"] == "yes")


def test_it_is_looked_at_once() -> None:
    """A probe comes every few seconds."""
    assert self_test() is self_test()


def test_a_story_nobody_has_agreed_to_yet_is_told_apart(tmp_path: Path) -> None:
    """One has no response.json: the line says how to write it. The other differs."""
    first, second = shipped()[:2]
    new, wrong = tmp_path / "new", tmp_path / "wrong"
    for folder in (new, wrong):
        folder.mkdir()
    (wrong / "response.json").write_text('{"cards": []}', encoding="utf-8")
    told = (replace(first, folder=new), replace(second, folder=wrong))

    assert [answers(services(), one) for one in told] == [False, False]
    unagreed, differing = differences(told, ["new", "wrong", "another"])
    assert unagreed.startswith("vignette new: there is no response.json")
    assert "CDS_WRITE_GOLDEN=1 pytest tests/test_vignettes.py" in unagreed
    assert differing == "vignette wrong: answers otherwise"


def test_a_story_of_a_service_nobody_has_is_told_apart() -> None:
    """A misspelt id is no other answer."""
    first = replace(shipped()[0], service="spine-mri-order-selekt")

    assert not answers(services(), first)
    (told,) = differences([first], [first.folder.name])
    assert told.endswith(
        "no service has the id spine-mri-order-selekt; mend its case.toml"
    )
