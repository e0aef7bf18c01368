"""A red flag by its own name, without the code, is never answered with advice against.

Each name of each code that keeps the answer from being against is charted in words
alone, and beside a code of the site's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cds_service.knowledge.value_set import Role
from hooks.spine_mri.decision import decide
from hooks.spine_mri.rule import Advise
from hooks.spine_mri.set_aside import FLAGS
from hooks.spine_mri.value_sets import VOCABULARY
from tests.builders import condition, facts_from

if TYPE_CHECKING:
    from cds_service.knowledge.value_set import Member

PAIN = condition("M54.50", "10 days")
OWN = "urn:oid:1.2.3"


def advice(concept: dict[str, Any]) -> Advise:
    """Judge ten days of back pain beside a problem of five days."""
    problem = condition("M54.50", "5 days", id="flag") | {"code": concept}
    return decide(facts_from([PAIN, problem])).advise


def coded(member: Member) -> dict[str, Any]:
    """Write the code alone."""
    return {"coding": [{"system": member.system, "code": member.code}]}


def names(value_set: str) -> list[str]:
    """The names of the codes that keep a scan from being advised against."""
    members = VOCABULARY.by_id[value_set].members
    named = [one for one in members if one.role is Role.INCLUDE and one.display]
    keeping = (one for one in named if advice(coded(one)) is not Advise.AGAINST)
    return list(dict.fromkeys(one.display for one in keeping))


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
