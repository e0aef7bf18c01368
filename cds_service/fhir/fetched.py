"""What came of the searches that this service made itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from cds_service.fhir.sight import Cause

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Fetched(NamedTuple):
    """The answer to one search, as a prefetch would have held it.

    `value` is a resource, or one Bundle with the entries of every page; where it was
    cut short, it still has its `next` link. `cause` tells why there is none.
    `seconds` is how long it took.
    """

    value: Any = None
    cause: Cause | None = None
    seconds: float = 0.0

    @property
    def asked(self) -> bool:
        """Whether a server was asked at all."""
        return self.cause is not Cause.UNTRUSTED


def failed(cause: Cause, seconds: float = 0.0) -> Fetched:
    """Make what stands for an answer that could not be had."""
    return Fetched({"resourceType": "OperationOutcome"}, cause, seconds)


Gather: TypeAlias = "Callable[[Mapping[str, str]], Mapping[str, Fetched]]"
"""Search for what is missing: from prefetch templates, by key, to what came of each.

A key that was not even asked for may be left out.
"""


def gather_nothing(_: Mapping[str, str]) -> Mapping[str, Fetched]:
    """Ask nobody."""
    return {}
