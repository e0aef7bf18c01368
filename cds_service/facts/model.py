"""The facts a criterion may look at, each with the resource it was read from."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from cds_service.knowledge.practice import AS_PUBLISHED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date, datetime, timedelta
    from decimal import Decimal

    from cds_service.facts.quantity import Range
    from cds_service.facts.timing import Moment
    from cds_service.fhir.chart import Issue
    from cds_service.fhir.sight import Sight
    from cds_service.knowledge.practice import Practice
    from cds_service.knowledge.value_set import Role


class Basis(NamedTuple):
    """The FHIR resource a fact was read from (FHIR: RiskAssessment.basis).

    reference: "Observation/crp". display: our own label with value and unit,
    never a text of the chart. recorded: the day it stands for, where known. name:
    the most exact label that any code of the resource has; "" where none has one.
    state: how it stands where it does not simply stand: "suspected", "resolved".
    """

    reference: str
    display: str
    recorded: date | None = None
    name: str = ""
    state: str = ""


class Fact(NamedTuple):
    """One resource, or one reason on the order, read as one concept.

    when: onset, else recorded, else none; a partial date is an interval.
    ended: abatement. active: false for inactive, in remission or resolved.
    suspected: unconfirmed, provisional, differential or "rule out".
    stated: the order itself says so, by code, reference or text.
    supply: how long what was prescribed lasts, refills included, where it says so.
    done: false for a procedure or a study that was begun and not carried through.
    """

    value_set: str
    role: Role
    basis: Basis
    source: str
    sites: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    when: Moment | None = None
    recorded: Moment | None = None
    ended: Moment | None = None
    active: bool = True
    suspected: bool = False
    stated: bool = False
    supply: timedelta | None = None
    done: bool = True


class Measurement(NamedTuple):
    """A laboratory result or vital sign.

    reading: the value as an interval, in `unit` (UCUM); none when the value could
    not be read. upper: the laboratory's own upper limit in the same unit.
    flag: the interpretation code (H, HH, A, N, L ...), where one was sent. present:
    what a result in words says, such as positive.
    """

    value_set: str
    role: Role
    basis: Basis
    when: Moment
    reading: Range | None
    unit: str | None = None
    upper: Decimal | None = None
    flag: str | None = None
    present: bool | None = None
    preliminary: bool = False
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who the patient is, as far as the rules ask. sex: administrative gender."""

    birth: Moment | None = None
    sex: str | None = None
    deceased: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The draft order, or the drafts read as one, that is being judged.

    references: "ServiceRequest/103". sites: body sites it covers, empty when it
    does not say. technique: how it is to be done, in the content's own words.
    resources: the raw JSON as received, in the order of `references`. beside: the
    raw JSON of the session's other drafts.
    """

    references: tuple[str, ...]
    resources: tuple[Mapping[str, Any], ...]
    sites: frozenset[str] = frozenset()
    technique: str = ""
    priority: str = "routine"
    system: str = ""
    authored: Moment | None = None
    beside: tuple[Mapping[str, Any], ...] = ()


class Fault(NamedTuple):
    """Where judging failed, by a fault of ours; no word of what an exception says.

    rule: id of the rule or criterion that could not be judged. kind: the exception's
    class. where: file and line of our code.
    """

    rule: str
    kind: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything known about one patient, and one order, at one moment.

    as_of: T0, the instant every duration is counted to. coded: facts by value set
    id. measured: results by value set id, newest first. sight: by prefetch key, and
    under `order` for the reasons the order gives. conditions: problems on record.
    practice: where the site that asks judges otherwise than published.
    judged: what was already found out about these facts, which never change: by the
    identity of the criterion, or of the question, that was asked. faults: where that
    failed. complete: the prefetch keys whose query was answered whole.
    """

    as_of: datetime
    order: Order
    person: Person = field(default_factory=Person)
    coded: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)
    measured: Mapping[str, tuple[Measurement, ...]] = field(default_factory=dict)
    sight: Mapping[str, Sight] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    repairs: tuple[Issue, ...] = ()
    conditions: int = 0
    practice: Practice = AS_PUBLISHED
    # Never handed on by dataclasses.replace: other facts, other findings.
    judged: dict[int, Any] = field(
        init=False, default_factory=dict, repr=False, compare=False
    )
    faults: list[Fault] = field(
        init=False, default_factory=list, repr=False, compare=False
    )
    complete: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        complete = frozenset(key for key, sight in self.sight.items() if sight.complete)
        object.__setattr__(self, "complete", complete)

    def sees(self, keys: Iterable[str]) -> bool:
        """Whether every query behind these prefetch keys was answered whole."""
        return self.complete.issuperset(keys)


Found = TypeVar("Found")


def once(ask: Callable[[Facts], Found]) -> Callable[[Facts], Found]:
    """Keep what *ask* finds with the facts, since many criteria ask the same."""

    @wraps(ask)
    def kept(facts: Facts) -> Found:
        if key not in facts.judged:
            facts.judged[key] = ask(facts)
        found: Found = facts.judged[key]
        return found

    key = id(ask)
    return kept
