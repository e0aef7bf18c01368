"""Ready is who answers every vignette as agreed, with sound content and a store."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cds_service.app import create_app
from cds_service.operations.readiness import SelfTest, readiness, self_test
from cds_service.operations.vignettes import shipped
from cds_service.settings import Settings
from cds_service.store.opening import open_store
from tests.tables import each

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[3]
VALUE_SETS = "hooks/spine_mri/value_sets"


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


def emptied(copy: Path) -> None:
    """Leave a concept without any code."""
    path = copy / VALUE_SETS / "malignancy-active.json"
    value_set = json.loads(path.read_text(encoding="utf-8"))
    for include in value_set["compose"]["include"]:
        include.pop("filter", None)
        include["concept"] = include.get("concept", [])[:1]
    path.write_text(json.dumps(value_set), encoding="utf-8")


def misspelt(copy: Path) -> None:
    """Change the last digit of a code."""
    path = copy / VALUE_SETS / "crp.json"
    text = path.read_text(encoding="utf-8")
    assert '"1988-5"' in text
    path.write_text(text.replace('"1988-5"', '"1988-6"'), encoding="utf-8")


def removed(copy: Path) -> None:
    """Delete a file."""
    (copy / VALUE_SETS / "crp.json").unlink()


def broken(copy: Path) -> None:
    """Cut a file short."""
    path = copy / VALUE_SETS / "crp.json"
    path.write_text(path.read_text(encoding="utf-8")[:-20], encoding="utf-8")


@pytest.mark.fault(50, 51)
@pytest.mark.parametrize("spoil", [emptied, misspelt, removed, broken])
def test_spoilt_content_is_found_at_the_start(
    spoil: Callable[[Path], None], tmp_path: Path
) -> None:
    """By a refusal to start that names the file, or by not getting ready."""
    for part in ("cds_service", "hooks", "fixtures"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / part, tmp_path / part, ignore=ignored)
    spoil(tmp_path)
    script = (
        "from cds_service.operations.readiness import self_test; t = self_test();"
        "print(t.passed, t.faults, t.differing)"
    )
    told = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    if told.returncode:
        assert "crp" in told.stderr
    else:
        assert told.stdout.startswith("False")


def test_it_is_looked_at_once() -> None:
    """A probe comes every few seconds."""
    assert self_test() is self_test()
