"""The pages a clinician reads and signs, made from the rules.

`cds-service outline --write` writes them; a test fails when they are stale.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hooks.spine_mri.pages.clinical import clinical_page
from hooks.spine_mri.pages.shown_by import shown_by
from hooks.spine_mri.pages.traceability import traceability_page
from hooks.spine_mri.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(__file__).parent.parent
ROOT = FOLDER.parent.parent


def pages() -> Mapping[Path, str]:
    """Give the text of each page, by the file it belongs in.

    Works in a checkout alone: what shows a statement is looked up in the tests.
    """
    return {
        FOLDER / "README.md": clinical_page(RULES),
        FOLDER / "TRACEABILITY.md": traceability_page(RULES, shown_by(ROOT, RULES)),
    }
