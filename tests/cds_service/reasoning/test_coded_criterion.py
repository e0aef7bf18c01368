"""Which coded facts count: by role, mark, place and source; and what was not seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cds_service.knowledge.requirement import DataRequirement
from cds_service.knowledge.value_set import Role
from cds_service.reasoning.coded import ANYWHERE, has
from cds_service.reasoning.truth import Truth
from hooks.spine_mri import value_sets as codes
from tests.builders import (
    condition,
    draft,
    facts_from,
    procedure,
    referral,
)
from tests.tables import each, judges

if TYPE_CHECKING:
    from cds_service.facts.model import Facts

LUMBAR, CERVICAL = frozenset({"lumbar"}), frozenset({"cervical"})
PHYSICAL_THERAPY = "91251008"
DIALYSIS_STATUS, DIALYSIS_DONE = "Z99.2", "302497006"


def problem(row: dict[str, str]) -> Facts:
    """Make a chart of one problem, of which only the code matters."""
    return facts_from([condition(row["code"])] if row["code"] else [])


test_a_lumbar_complaint = judges(
    has(codes.BACK_PAIN, sites=LUMBAR),
    """
    code   | expected | why
    M54.50 | yes      | pain in the lower back
    M54.6  | no       | pain in the thoracic spine
    M54.9  | no       | back pain that names no place
           | no       | no pain on record
    """,
    problem,
)
test_a_complaint_that_may_be_lumbar = judges(
    has(codes.BACK_PAIN, sites=LUMBAR | {ANYWHERE}),
    """
    code   | expected | why
    M54.50 | yes      | pain in the lower back
    M54.6  | no       | pain in the thoracic spine
    M54.9  | yes      | back pain that names no place
    """,
    problem,
)
test_an_injury_once_treated = judges(
    has(codes.CAUDA_EQUINA, avoid=frozenset({"encounter=subsequent"})),
    """
    code     | expected | why
    S34.3XXA | yes      | first encounter
    S34.3XXD | no       | after-care
    s34.3xxd | no       | after-care, in small letters
    G83.4    | yes      | no injury
    """,
    problem,
)
test_an_injury_at_its_first_encounter = judges(
    has(codes.CAUDA_EQUINA, tags=frozenset({"encounter=initial"})),
    """
    code     | expected | why
    S34.3XXA | yes      | first encounter
    S34.3XXS | no       | late effect
    G83.4    | no       | no injury
    """,
    problem,
)
test_an_exclusion_is_no_inclusion = judges(
    has(codes.DIABETES),
    """
    code     | expected | why
    44054006 | yes      | diabetes
    15777000 | no       | prediabetes is told apart
    """,
    problem,
)


@each("""
    seen in   | sources             | expected | why
    condition | Condition           | yes      | a diagnosis among the problems
    procedure | Condition           | no       | done, but only diagnoses are asked for
    procedure | Condition Procedure | yes      | done, and that is asked for
    order     | Procedure           | yes      | a reason of the order always counts
    """)
def test_sources(row: dict[str, str]) -> None:
    """A fact counts where it was read from what is asked for, or from the order."""
    seen = row["seen in"]
    chart = {
        "condition": [condition(DIALYSIS_STATUS)],
        "procedure": [procedure(DIALYSIS_DONE, "1 day")],
        "order": [],
    }[seen]
    order = draft(reasons=[DIALYSIS_STATUS] if seen == "order" else [])
    criterion = has(codes.DIALYSIS, sources=tuple(row["sources"].split()))

    finding = criterion.assess(facts_from(chart, order))

    assert finding.truth.name.lower() == row["expected"]


def test_a_referral_counts_and_is_not_asked_for() -> None:
    """Nothing is prefetched for it, so its absence is no gap either."""
    criterion = has(
        codes.PHYSICAL_THERAPY, sources=("ServiceRequest", "MedicationRequest")
    )
    needs = {DataRequirement("MedicationRequest", None, "physical-therapy")}

    assert criterion.needs == needs
    seen = criterion.assess(facts_from([referral(PHYSICAL_THERAPY)]))
    assert seen.truth is Truth.YES
    assert criterion.assess(facts_from()).truth is Truth.NO


NOTHING_READABLE: dict[str, Any] = {"reasonCode": [{"coding": [{}]}]}


@each("""
    chart  | missing    | reason     | expected | unseen | why
    empty  |            |            | no       |        | asked, and not on record
    held   |            |            | yes      |        | on record
    empty  | conditions |            | unknown  | unseen | the query was not answered
    empty  | vitals     |            | no       |        | another query is no loss
    empty  |            | unreadable | unknown  | unseen | a reason nobody can read
    held   | vitals     | unreadable | yes      |        | found all the same
    """)
def test_no_is_said_only_where_all_was_seen(row: dict[str, str]) -> None:
    """The problem list, and the reasons the order gives, are looked at together."""
    chart = [condition("G83.4")] if row["chart"] == "held" else []
    order = draft(**NOTHING_READABLE) if row["reason"] else draft()
    missing = [row["missing"]] if row["missing"] else []

    finding = has(codes.CAUDA_EQUINA).assess(facts_from(chart, order, missing=missing))

    assert finding.truth.name.lower() == row["expected"]
    assert finding.unseen == bool(row["unseen"])


def test_it_rests_on_what_counts_each_once() -> None:
    """Two codings of one Condition are one piece of evidence."""
    both = condition(
        "G83.4",
        code={
            "coding": [
                {"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "G83.4"},
                {"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "G83.4"},
            ]
        },
    )

    finding = has(codes.CAUDA_EQUINA).assess(facts_from([both]))

    assert [one.reference for one in finding.basis] == ["Condition/1"]


test_a_history_counts_where_it_is_asked_for = judges(
    has(codes.DIALYSIS, roles=frozenset({Role.HISTORY})),
    """
    code      | expected | why
    161693006 | yes      | history of dialysis
    Z99.2     | no       | dialysis now is another question
    """,
    problem,
)
test_a_history_is_not_the_concept = judges(
    has(codes.DIALYSIS),
    """
    code      | expected | why
    161693006 | no       | history of dialysis is not dialysis
    Z99.2     | yes      | dialysis now
    """,
    problem,
)
