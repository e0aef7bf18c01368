"""The log: one JSON object a line, of members that are on a list.

What is not on the list is dropped, whoever logs it: a member that somebody adds in a
hurry cannot carry a patient's name out.
"""

from __future__ import annotations

import logging
import sys
from contextlib import suppress
from io import TextIOBase
from typing import TYPE_CHECKING, TextIO, cast

import structlog

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any

    Event = MutableMapping[str, Any]

ALLOWED = frozenset(
    {
        *("event", "level", "timestamp", "call", "service", "client", "ms", "cards"),
        *("rules", "advise", "unseen", "items", "cause", "trouble", "moved_aside"),
        *("kind", "where", "correlation", "status"),
    }
)


def allowed_alone(_logger: object, _name: str, event: Event) -> Event:
    """Drop every member that is not on the list."""
    return {name: value for name, value in event.items() if name in ALLOWED}


class Lossy(TextIOBase):
    """Standard error: a full disk or a closed pipe costs lines, never an answer."""

    def __init__(self) -> None:
        self._to = sys.stderr

    def write(self, text: str) -> int:
        """Write what can be written."""
        with suppress(OSError, ValueError):
            self._to.write(text)
        return len(text)

    def flush(self) -> None:
        """Hand on what can be handed on."""
        with suppress(OSError, ValueError):
            self._to.flush()


def configure_log(level: str) -> None:
    """Log one JSON object a line to standard error, from *level* on."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            allowed_alone,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[level.upper()]
        ),
        logger_factory=structlog.WriteLoggerFactory(cast("TextIO", Lossy())),
    )
