"""An audit that looked at nothing is no pass."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parent.parent.parent / ".ci/audit.py"
SOUND = {"name": "sound", "version": "1", "vulns": []}
BAD = {"name": "bad", "version": "2", "vulns": [{"id": "CVE-1"}, {"id": "CVE-2"}]}
SKIPPED = {"name": "unseen", "skip_reason": "not found"}


def audited(report: Path) -> tuple[int, str]:
    """Run the script as `make audit` does."""
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, SCRIPT, report],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize(
    ("found", "code", "words"),
    [
        ([SOUND], 0, "Audited 1 packages: no advisory applies."),
        ([SOUND, BAD], 1, "bad 2: CVE-1, CVE-2"),
        ([BAD, SKIPPED], 1, "bad 2: CVE-1, CVE-2"),
        ([SOUND, SKIPPED], 2, "NOT AUDITED"),
        ([], 2, "NOT AUDITED"),
    ],
)
def test_an_audit_is_told_as_it_was(
    found: list[Any], code: int, words: str, tmp_path: Path
) -> None:
    """Sound, vulnerable, or not looked at, by words and by exit code."""
    report = tmp_path / "audit.json"
    report.write_text(json.dumps({"dependencies": found}), encoding="utf-8")

    ended, told = audited(report)

    assert ended == code
    assert words in told


@pytest.mark.parametrize("text", [None, "", "{}", "["], ids=repr)
def test_without_a_report_nothing_was_audited(text: str | None, tmp_path: Path) -> None:
    """pip-audit writes none when it fails."""
    report = tmp_path / "audit.json"
    if text is not None:
        report.write_text(text, encoding="utf-8")

    ended, told = audited(report)

    assert ended == 2
    assert "could not be reached" in told
