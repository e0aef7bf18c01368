"""What a prefetch value holds once it is taken apart, and notes on its quality."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cds_service.fhir.sight import State

UNKNOWN_KEY = "*"
"""Stands for a key of the client's own: it is the client's word, so not repeated."""


@dataclass(frozen=True, slots=True)
class Issue:
    """A data-quality note, free of anything the chart says.

    `key` is the prefetch key or UNKNOWN_KEY; `code` a short word to count by; `path`
    a JSON path such as `$.prefetch.observations.entry[3].resource`; `what` a sentence.
    """

    key: str
    code: str
    path: str
    what: str


class Entry(NamedTuple):
    """One resource as it was received.

    A tuple because a chart holds hundreds, and they are made on every call.
    `reference` is `Type/id`, or the entry's fullUrl, or "" when it has neither.
    """

    key: str
    path: str
    reference: str
    resource: Mapping[str, Any]


class Supplied(NamedTuple):
    """What one prefetch value holds.

    `patient_urls` are the fullUrls of Patients in it; `self_link` is the search
    the value answers, "" when it does not say; `answers` are the prefetch keys of
    the queries of ours that it answers.
    """

    state: State
    entries: tuple[Entry, ...] = ()
    issues: tuple[Issue, ...] = ()
    unreadable: int = 0
    patient_urls: frozenset[str] = frozenset()
    self_link: str = ""
    answers: tuple[str, ...] = ()
