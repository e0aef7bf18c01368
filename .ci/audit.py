"""Say what an audit by pip-audit came to; what was not looked at is no pass.

pip-audit leaves out what it cannot find at its source of advisories and then ends as if
all were well, so that an audit without a network finds nothing to complain of.

    python .ci/audit.py REPORT.json     # as `pip-audit --format json` wrote it
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

SOUND, VULNERABLE, NOT_AUDITED = 0, 1, 2


def main(report: Path) -> int:
    """Tell on standard output, and by the exit code."""
    try:
        found: list[dict[str, Any]] = json.loads(report.read_bytes())["dependencies"]
    except (OSError, ValueError, KeyError):
        return told(NOT_AUDITED, "NOT AUDITED: the advisories could not be reached.")
    bad = [one for one in found if one.get("vulns")]
    skipped = [one["name"] for one in found if "skip_reason" in one]
    for one in bad:
        ids = ", ".join(advisory["id"] for advisory in one["vulns"])
        told(VULNERABLE, f"{one['name']} {one['version']}: {ids}")
    if bad:
        return VULNERABLE
    if skipped or not found:
        number = f"{len(skipped)} of {len(found)} packages"
        what = f"NOT AUDITED: no advisories could be had for {number}: "
        return told(NOT_AUDITED, what + ", ".join(skipped))
    return told(SOUND, f"Audited {len(found)} packages: no advisory applies.")


def told(code: int, words: str) -> int:
    """Write a line; give the code back."""
    sys.stdout.write(f"{words}\n")
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
