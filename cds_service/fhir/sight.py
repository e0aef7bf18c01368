"""How much of a query's answer could be seen."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """What became of one query; the values are those the service publishes."""

    PRESENT = "present"
    NONE_RECORDED = "none-recorded"
    NOT_SUPPLIED = "not-supplied"
    FAILED = "failed"
    TRUNCATED = "truncated"
    STALE = "stale"
    REJECTED = "rejected"


class Cause(StrEnum):
    """Why a query that this service made itself came to nothing."""

    UNTRUSTED = "untrusted-server"
    TIMED_OUT = "timed-out"
    UNREACHABLE = "unreachable"
    NOT_ALLOWED = "not-allowed"
    NOT_FOUND = "not-found"
    SERVER_ERROR = "server-error"
    UNREADABLE = "unreadable-answer"


# What is too old to count was seen: the test was not done again since.
ANSWERED = frozenset({State.PRESENT, State.NONE_RECORDED, State.STALE})


class Sight(NamedTuple):
    """The state of one query.

    `unreadable` tells how many of its entries nobody could read, `cause` why a query
    of our own failed.
    """

    state: State
    unreadable: int = 0
    cause: Cause | None = None

    @property
    def complete(self) -> bool:
        """Whether what is not in the answer can be taken as not in the chart."""
        return self.unreadable == 0 and self.state in ANSWERED
