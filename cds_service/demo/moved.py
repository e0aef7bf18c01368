"""Move a resource in time: every date in it by the same number of days.

Birth dates move too, so that everybody keeps their age.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import timedelta

# By name, for a code or a text can look like a date.
_DATED = re.compile(r".*(Date|DateTime|On|Updated)|date|issued|started|start|end")
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(T.*)?")


def moved(resource: dict[str, Any], by: timedelta) -> dict[str, Any]:
    """Copy *resource* with its dates *by* later; what is no whole day stays."""
    return {name: _member(name, value, by) for name, value in resource.items()}


def _member(name: str, value: Any, by: timedelta) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return moved(value, by)
    if isinstance(value, list):
        return [_member(name, one, by) for one in value]
    day = _DAY.fullmatch(value) if isinstance(value, str) else None
    if day is None or not _DATED.fullmatch(name):
        return value
    return (date.fromisoformat(day[1]) + by).isoformat() + (day[2] or "")
