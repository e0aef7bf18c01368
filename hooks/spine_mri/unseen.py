"""What of the chart could not be seen, and how a card says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cds_service.facts.extract.reading import WORDS
from cds_service.fhir.sight import ANSWERED, Cause, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cds_service.facts.model import Facts

ORDER = "order"
QUERIES = {
    "patient": "the patient's record",
    "conditions": "problem list",
    "observations": "laboratory results",
    "vitals": "vital signs",
    "procedures": "procedures",
    "medications": "medications",
    "allergies": "allergies",
    "devices": "implants",
    "imaging": "earlier imaging",
    "reports": "imaging reports",
}
STATES = {
    State.NOT_SUPPLIED: "not supplied",
    State.FAILED: "the EHR could not load it",
    State.TRUNCATED: "only part was sent",
    State.REJECTED: "part could not be read",
    State.STALE: "no result recent enough to count",
}
SERVER = "the EHR's server"
CAUSES = {
    Cause.UNTRUSTED: f"not supplied, and {SERVER} is not one this service may ask",
    Cause.TIMED_OUT: f"{SERVER} did not answer in time",
    Cause.UNREACHABLE: f"{SERVER} could not be reached",
    Cause.NOT_ALLOWED: f"{SERVER} did not allow it",
    Cause.NOT_FOUND: f"{SERVER} does not have it",
    Cause.SERVER_ERROR: f"{SERVER} failed",
    Cause.UNREADABLE: f"{SERVER} sent what cannot be read",
}


class Gap(NamedTuple):
    """A query that was not seen whole, or that holds nothing recent."""

    query: str
    state: State
    cause: Cause | None = None

    @property
    def why(self) -> str:
        """Say what became of it, in words for a clinician."""
        return CAUSES[self.cause] if self.cause else STATES[self.state]


def gaps(facts: Facts) -> Iterator[Gap]:
    """Name the queries that were not seen whole, and those that hold nothing recent.

    Entries that could not be read count as refused.
    """
    for key, sight in facts.sight.items():
        if not sight.complete:
            state = State.REJECTED if sight.unreadable else sight.state
            yield Gap(key, state, sight.cause)
        elif sight.state is State.STALE:
            yield Gap(key, sight.state)


def not_understood(facts: Facts) -> int:
    """Count the problems in words that nobody understood."""
    return sum(issue.code == WORDS for issue in facts.issues)


def is_words_alone(gap: Gap, facts: Facts) -> bool:
    """Whether all that is missing of a query is what was not understood.

    Of the order nothing else can be missing.
    """
    if gap.query == ORDER:
        return True
    sight = facts.sight[gap.query]
    return sight.state in ANSWERED and 0 < sight.unreadable == not_understood(facts)


ANOTHERS = frozenset({"other-patient", "other-server"})
OTHER_FOCUS = "other-focus"


def left_out(facts: Facts) -> dict[str, int]:
    """Count what was sent and is not about the patient, by whom it is about."""
    codes = [issue.code for issue in facts.issues]
    counts = {
        "about another patient": sum(code in ANOTHERS for code in codes),
        "about a fetus, a donor or a device": codes.count(OTHER_FOCUS),
    }
    return {whom: number for whom, number in counts.items() if number}


def listed(missing: Iterable[Gap]) -> str:
    """List the gaps, those of one kind together: fewer words are read."""
    by_reason: dict[str, list[str]] = {}
    for gap in missing:
        by_reason.setdefault(gap.why, []).append(QUERIES[gap.query])
    return "; ".join(f"{', '.join(named)} ({why})" for why, named in by_reason.items())
