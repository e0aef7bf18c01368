"""The vignettes, as tests use them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cds_service.operations import vignettes
from cds_service.operations.vignettes import Vignette, load, strip

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FIXTURES", "FOLDERS", "Vignette", "load", "strip", "write_golden"]

FIXTURES = vignettes.FIXTURES / "spine_mri"
FOLDERS = tuple(one.folder for one in vignettes.shipped())


def write_golden(vignette: Vignette, response: Mapping[str, Any]) -> None:
    """Make *response* the agreed answer."""
    text = json.dumps(strip(response), indent=2, ensure_ascii=False)
    vignette.golden.write_text(f"{text}\n", encoding="utf-8")
