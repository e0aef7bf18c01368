"""Content that lost a code, a digit or half a file is not served."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
VALUE_SETS = "hooks/spine_mri/value_sets"


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


@pytest.mark.slow
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
