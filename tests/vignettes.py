"""The vignettes of fixtures/: a story, a request, and the answer due to it.

What case.toml expects was derived by hand from the clinical rules before any program
ran. response.json is what the program answered when a person last agreed with it.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

FIXTURES = Path(__file__).parent.parent / "fixtures" / "spine_mri"
FOLDERS = tuple(sorted(path.parent for path in FIXTURES.glob("*/case.toml")))
# What differs between two runs that say the same: uuid5 of the body, and the hash of
# everything the rules consist of.
CHANGING = frozenset({"uuid", "sha256"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Vignette:
    """One folder of fixtures/spine_mri.

    Attributes:
        story: two to four sentences about a made-up patient.
        at: the instant it is judged at.
        service: id of the service that is called.
        expect: `cards`, their number; if there is one, also what its advice says
            (`advise`, `rule`, `protocol`, `extent`, `urgency`) and its `indicator`, each
            only where the rules leave no doubt.
        also: ids of rules that must have fired beside the one that leads.
        body: the request as it goes over the wire.
    """

    folder: Path
    title: str
    story: str
    at: datetime
    service: str
    expect: Mapping[str, str | int]
    body: bytes
    also: Sequence[str] = ()

    @property
    def golden(self) -> Path:
        """Where the agreed answer is kept."""
        return self.folder / "response.json"


def load(folder: Path) -> Vignette:
    """Read a vignette; a folder without its files, or a missing member, raises."""
    case = tomllib.loads((folder / "case.toml").read_text(encoding="utf-8"))
    body = (folder / "request.json").read_bytes()
    return Vignette(folder=folder, body=body, **case)


def strip(response: Any) -> Any:
    """Copy *response* without uuids and the hash of the knowledge."""
    if isinstance(response, dict):
        names = response.keys() - CHANGING
        return {name: strip(response[name]) for name in response if name in names}
    if isinstance(response, list):
        return [strip(value) for value in response]
    return response


def write_golden(vignette: Vignette, response: Mapping[str, Any]) -> None:
    """Make *response* the agreed answer."""
    text = json.dumps(strip(response), indent=2, ensure_ascii=False)
    vignette.golden.write_text(f"{text}\n", encoding="utf-8")
