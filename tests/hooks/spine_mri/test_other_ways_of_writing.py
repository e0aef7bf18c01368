"""A red flag written in another way is never answered with advice against.

Each code that keeps the answer from being against is charted by its name alone, beside
a code of the site's own, as a suspicion, and as other systems write it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from cds_service.knowledge.coding import ICD10CM, SNOMED
from cds_service.knowledge.value_set import Role
from hooks.spine_mri.decision import decide
from hooks.spine_mri.rule import Advise
from hooks.spine_mri.service import SUSPICION
from hooks.spine_mri.set_aside import FLAGS
from hooks.spine_mri.value_sets import VOCABULARY
from tests.builders import condition, facts_from

if TYPE_CHECKING:
    from cds_service.knowledge.value_set import Member

PAIN = condition("M54.50", "10 days")
OWN = "urn:oid:1.2.3"


def advice(concept: dict[str, Any], **members: Any) -> Advise:
    """Judge ten days of back pain beside a problem of five days."""
    problem = condition("M54.50", "5 days", id="flag") | {"code": concept} | members
    kept = {name: value for name, value in problem.items() if value is not None}
    return decide(facts_from([PAIN, kept])).advise


def coded(member: Member) -> dict[str, Any]:
    """Write the code alone."""
    return {"coding": [{"system": member.system, "code": member.code}]}


@cache
def keeping(value_set: str) -> tuple[Member, ...]:
    """The codes of problems that keep a scan from being advised against."""
    members = VOCABULARY.by_id[value_set].members
    problems = [
        one
        for one in members
        if one.role is Role.INCLUDE and one.system in {ICD10CM, SNOMED}
    ]
    return tuple(one for one in problems if advice(coded(one)) is not Advise.AGAINST)


def names(value_set: str) -> list[str]:
    """What these are called, each name once."""
    return list(dict.fromkeys(one.display for one in keeping(value_set) if one.display))


def verified(status: str) -> dict[str, Any]:
    """Write a verification status."""
    return {"coding": [{"code": status}]}


# Since R4, in DSTU2, and what systems leave out.
WRITTEN: dict[str, dict[str, Any]] = {
    "no clinical status": {"clinicalStatus": None},
    "no verification status": {"verificationStatus": None},
    "codes, as in DSTU2": {"clinicalStatus": "active", "verificationStatus": None},
    "back again": {"clinicalStatus": verified("recurrence")},
    "a relapse": {"clinicalStatus": verified("relapse")},
    "a status in words": {"clinicalStatus": {"text": "Active"}},
    "recorded, no onset": {
        "onsetDateTime": None,
        "recordedDate": "2026-11-20T10:00:00Z",
    },
    "onset in words": {"onsetDateTime": None, "onsetString": "five days ago"},
    "no date": {"onsetDateTime": None},
}


def test_codes_do_keep_it() -> None:
    """Else nothing would be tried below."""
    assert len([one for one in sorted(FLAGS) if names(one)]) > len(FLAGS) / 2


@pytest.mark.parametrize("value_set", sorted(FLAGS))
def test_names_keep_it_as_well(value_set: str) -> None:
    """In words alone, and beside a code that nobody else knows."""
    tried = {
        (name, kind): advice(concept)
        for name in names(value_set)
        for kind, concept in (
            ("words", {"text": name}),
            ("own code", {"coding": [{"system": OWN, "code": "1", "display": name}]}),
        )
    }

    assert [one for one, said in tried.items() if said is Advise.AGAINST] == []


@pytest.mark.parametrize("value_set", sorted(FLAGS))
@pytest.mark.parametrize("members", WRITTEN.values(), ids=WRITTEN)
def test_other_ways_of_writing_keep_it(value_set: str, members: dict[str, Any]) -> None:
    """Whatever is left out, or written as in another release."""
    told = {one.code: advice(coded(one), **members) for one in keeping(value_set)}

    assert [code for code, said in told.items() if said is Advise.AGAINST] == []


@pytest.mark.parametrize("value_set", sorted(FLAGS & SUSPICION))
@pytest.mark.parametrize("status", ["provisional", "differential", "unconfirmed"])
def test_suspicions_keep_it(value_set: str, status: str) -> None:
    """Of a sign or a disease; of a host risk a suspicion is hearsay."""
    suspected = {"verificationStatus": verified(status)}
    told = {one.code: advice(coded(one), **suspected) for one in keeping(value_set)}

    assert [code for code, said in told.items() if said is Advise.AGAINST] == []
