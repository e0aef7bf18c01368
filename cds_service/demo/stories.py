"""What the demo is about, as `fixtures/demo.toml` says: patients, orders, reasons."""

from __future__ import annotations

import json
import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from cds_service.demo.moved import moved

if TYPE_CHECKING:
    from collections.abc import Iterator

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"


class _Listed(BaseModel):
    """One table of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Coding(_Listed):
    """A code, and our own words for it."""

    system: str
    code: str
    display: str


class Order(_Listed):
    """A study that can be ordered."""

    id: str
    region: str
    contrast: str
    coding: Coding


class Reason(_Listed):
    """Why a study is ordered."""

    id: str
    coding: Coding


class Practitioner(_Listed):
    """Who orders."""

    id: str
    family: str
    given: tuple[str, ...]
    prefix: tuple[str, ...]

    def resource(self) -> dict[str, Any]:
        """Write it as a FHIR resource."""
        name = {"family": self.family, "given": self.given, "prefix": self.prefix}
        listed = {part: list(v) if part != "family" else v for part, v in name.items()}
        return {"resourceType": "Practitioner", "id": self.id, "name": [listed]}


class Patient(_Listed):
    """A vignette, told in a sentence, with the draft that is put in at first.

    Attributes:
        vignette: its folder, below the fixtures.
        shows: the kind of answer it is there for.
        order: id of the order, `reasons` those of its reasons.
    """

    vignette: str
    title: str
    story: str
    shows: str
    order: str
    priority: str = "routine"
    reasons: tuple[str, ...]


class Demo(_Listed):
    """Everything the file says."""

    service: str
    practitioner: Practitioner
    patients: tuple[Patient, ...]
    orders: tuple[Order, ...]
    reasons: tuple[Reason, ...]


def read_demo(folder: Path = FIXTURES) -> Demo:
    """Read the demo's file.

    Raises:
        OSError: it is not there.
        ValueError: it is not what it should be.
    """
    return Demo(**tomllib.loads((folder / "demo.toml").read_text(encoding="utf-8")))


class Chart:
    """The call of one vignette, its resources, and when they were written for."""

    def __init__(self, vignette: str, folder: Path = FIXTURES) -> None:
        case = (folder / vignette / "case.toml").read_text(encoding="utf-8")
        request = (folder / vignette / "request.json").read_text(encoding="utf-8")
        self.at: datetime = tomllib.loads(case)["at"]
        self.request: dict[str, Any] = json.loads(request)
        self.resources = tuple(_resources(self.request["prefetch"]))

    def age(self, now: datetime) -> int:
        """Count the whole days since it was written.

        Moved by these, nothing lies in the future: a chart knows none.
        """
        return (now - self.at) // timedelta(days=1)

    def moved(self, days: int) -> list[dict[str, Any]]:
        """Copy the resources, *days* later."""
        return [moved(one, timedelta(days=days)) for one in self.resources]


def _resources(prefetch: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what a prefetch holds, whether read or searched for."""
    for answer in prefetch.values():
        if answer["resourceType"] != "Bundle":
            yield answer
        for entry in answer.get("entry", []):
            yield entry["resource"]
