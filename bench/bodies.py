"""The requests that are measured, made from those of fixtures/.

They are written without white space, as clients send them, and their dates are moved
so that each story ends today: a chart of the future would not be read.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterator

FIXTURES = Path(__file__).parent.parent / "fixtures" / "spine_mri"
SERVICE = "spine-mri-order-select"
USUAL_BYTES = 15_000
KNEE = {
    "coding": [
        {
            "system": "http://www.ama-assn.org/go/cpt",
            "code": "73721",
            "display": "MRI of a leg joint, no contrast",
        }
    ],
    "text": "MRI right knee without contrast",
}
_DATE = re.compile(r'(?<=")\d{4}-\d\d-\d\d(?=[T"])')


@dataclass(frozen=True, slots=True)
class Body:
    """One request, as bytes of JSON, with a name for the tables.

    patient: the id to replace by another one each time it is sent; "" for none.
    """

    name: str
    content: bytes
    patient: str = ""


def spine_order(now: datetime) -> Body:
    """Take the fixture about a spine MRI that is nearest to 15 kB, moved to *now*."""
    return min(_fixtures(now), key=lambda one: abs(len(one.content) - USUAL_BYTES))


def knee_order(spine: Body) -> Body:
    """Order a knee MRI instead of a spine MRI, the chart being the same."""
    request = orjson.loads(spine.content)
    for entry in request["context"]["draftOrders"]["entry"]:
        entry["resource"]["code"] = KNEE
        entry["resource"].pop("bodySite", None)
    return Body(f"{spine.name}, knee ordered", orjson.dumps(request))


def of_strangers(body: Body) -> Body:
    """Make every request another patient's, so that nothing of a chart is known."""
    patient = orjson.loads(body.content)["context"]["patientId"]
    return replace(body, name=f"{body.name}, a new patient each time", patient=patient)


def grown(body: Body, size: int) -> Body:
    """Repeat the chart, each time under other ids and a day older, up to *size* bytes.

    For when there is no set of real-sized charts.
    """
    request = orjson.loads(body.content)
    bundles = [one for one in request["prefetch"].values() if one.get("entry")]
    originals = [list(bundle["entry"]) for bundle in bundles]
    copies = size // len(body.content)
    for back in range(1, copies):
        for bundle, entries in zip(bundles, originals, strict=True):
            bundle["entry"] += [_copied(entry, back) for entry in entries]
    return Body(f"{body.name} x {copies}", orjson.dumps(request))


def _fixtures(now: datetime) -> Iterator[Body]:
    """Yield the fixtures that are answered with a card by the service measured."""
    for path in sorted(FIXTURES.glob("*/case.toml")):
        case = tomllib.loads(path.read_text(encoding="utf-8"))
        if case["service"] != SERVICE or not case["expect"]["cards"]:
            continue
        text = path.with_name("request.json").read_text(encoding="utf-8")
        days = (now - case["at"]) // timedelta(days=1)
        content = orjson.dumps(orjson.loads(_moved(text, days)))
        yield Body(path.parent.name, content)


def _moved(text: str, days: int) -> str:
    """Move every date of a JSON text."""
    later = timedelta(days=days)
    return _DATE.sub(lambda at: str(date.fromisoformat(at[0]) + later), text)


def _copied(entry: dict[str, Any], back: int) -> dict[str, Any]:
    text = _moved(orjson.dumps(entry).decode(), -back)
    copy: dict[str, Any] = orjson.loads(text)
    copy["resource"]["id"] = f"{copy['resource']['id']}-{back}"
    return copy


def newest_date(content: bytes) -> datetime:
    """Give the end of the last day that a request names."""
    last = max(_DATE.findall(content.decode()))
    midnight = datetime.combine(date.fromisoformat(last), datetime.min.time(), UTC)
    return midnight + timedelta(days=1)
