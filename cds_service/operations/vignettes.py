"""The vignettes of fixtures/: a story, a request, and the answer agreed upon.

What case.toml expects was derived by hand from the clinical rules before any program
ran. response.json is what the program answered when a person last agreed with it. They
are shipped, so that an installation can show that it still answers so.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from cds_service.answer import answer
from cds_service.cds_hooks.request import parse_call
from cds_service.cds_hooks.response import render_cards

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from cds_service.service import Service

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
# What differs between two runs that say the same: uuid5 of the body, and the hash of
# everything the rules consist of.
CHANGING = frozenset({"uuid", "sha256"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Vignette:
    """One folder of fixtures/ that holds a case.

    Attributes:
        story: two to four sentences about a made-up patient.
        at: the instant it is judged at.
        service: id of the service that is called.
        expect: `cards`, their number; if there is one, also what its advice says
            (`advise`, `rule`, `protocol`, `extent`, `urgency`) and its `indicator`,
            each only where the rules leave no doubt.
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


@cache
def shipped() -> tuple[Vignette, ...]:
    """Read all that are there, by the names of their folders."""
    return tuple(load(path.parent) for path in sorted(FIXTURES.glob("*/*/case.toml")))


def replayed(service: Service[Any], vignette: Vignette) -> Any:  # noqa: ANN401 - any JSON
    """Answer a vignette at its instant, as a client decodes the answer.

    Raises:
        CallError: the service refuses the call.
    """
    call = parse_call(vignette.body, service.hook)
    cards = answer(service, call, vignette.at).cards
    return orjson.loads(orjson.dumps(render_cards(cards)))


def agrees(service: Service[Any], vignette: Vignette) -> bool:
    """Tell whether a vignette is answered as agreed upon."""
    agreed = json.loads(vignette.golden.read_text(encoding="utf-8"))
    return bool(strip(replayed(service, vignette)) == agreed)


def strip(response: Any) -> Any:  # noqa: ANN401 - any JSON
    """Copy *response* without uuids and the hash of the knowledge."""
    if isinstance(response, dict):
        names = response.keys() - CHANGING
        return {name: strip(response[name]) for name in response if name in names}
    if isinstance(response, list):
        return [strip(value) for value in response]
    return response
