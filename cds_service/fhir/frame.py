"""What of a resource many patients share: all but its dates, its owner, its number.

Two resources with one frame are valid or not together, so one of them need be
validated. Only what is plainly valid is put aside; whatever is odd stays in.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping

_DAY = r"[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])"
_CLOCK = r"T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?"
_ZONE = r"(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d)"
_DATE = re.compile(_DAY, re.ASCII)
_DATE_TIME = re.compile(f"{_DAY}(?:{_CLOCK}{_ZONE})?", re.ASCII)
_INSTANT = re.compile(f"{_DAY}{_CLOCK}{_ZONE}", re.ASCII)
_REFERENCE = MappingProxyType(
    {
        "reference": re.compile(r"[A-Za-z][\w./:-]*", re.ASCII),
        "type": re.compile(r"[A-Za-z]+", re.ASCII),
        "display": re.compile(r"[^\W_](?:[\w.,'-]| (?! ))*"),
    }
)
_SOME_DATE, _SOME_INSTANT = "2000-01-01", "2000-01-01T00:00:00Z"
# Neither infinity nor what is no number at all is below it.
_FARTHEST = 10**15
_SOMEBODY = MappingProxyType({"reference": "Patient/1"})


def frame(resource: Mapping[str, Any], members: Container[str]) -> dict[str, Any]:
    """Give those *members* of a resource, with a fixed value for what is put aside."""
    kept = held(resource, members)
    for member in _PUT_ASIDE.keys() & kept:
        kept[member] = _PUT_ASIDE[member](kept[member])
    return kept


def held(resource: Mapping[str, Any], members: Container[str]) -> dict[str, Any]:
    """Give those *members* of a resource; one that is null is not there, to FHIR."""
    return {
        member: value
        for member, value in resource.items()
        if value is not None and member in members
    }


def _date(value: Any) -> Any:  # noqa: ANN401 - any JSON, handed back if odd
    return _SOME_DATE if type(value) is str and _DATE.fullmatch(value) else value


def _date_time(value: Any) -> Any:  # noqa: ANN401 - same
    return _SOME_DATE if type(value) is str and _DATE_TIME.fullmatch(value) else value


def _instant(value: Any) -> Any:  # noqa: ANN401 - same
    return _SOME_INSTANT if type(value) is str and _INSTANT.fullmatch(value) else value


def _owner(value: Any) -> Any:  # noqa: ANN401 - same
    if type(value) is not dict or "reference" not in value:
        return value
    for name, part in value.items():
        form = _REFERENCE.get(name)
        if form is None or type(part) is not str or not form.fullmatch(part):
            return value
    return dict(_SOMEBODY)


def _quantity(value: Any) -> Any:  # noqa: ANN401 - same
    number: Any = value.get("value") if type(value) is dict else None
    plain = type(number) in {int, float} and -_FARTHEST < number < _FARTHEST
    return {**value, "value": 0} if plain else value


_PUT_ASIDE: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {
        "subject": _owner,
        "patient": _owner,
        "birthDate": _date,
        "onsetDateTime": _date_time,
        "abatementDateTime": _date_time,
        "recordedDate": _date_time,
        "effectiveDateTime": _date_time,
        "performedDateTime": _date_time,
        "timingDateTime": _date_time,
        "deceasedDateTime": _date_time,
        "authoredOn": _date_time,
        "started": _date_time,
        "issued": _instant,
        "effectiveInstant": _instant,
        "valueQuantity": _quantity,
    }
)
