"""Whether a test is settled, whatever it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cds_service.reasoning.known import Known
from hooks.spine_mri.criteria.infection import CRP_RAISED
from tests.builders import facts_from, observation
from tests.tables import judges

if TYPE_CHECKING:
    from cds_service.facts.model import Facts

CRP = "1988-5"


def patient(row: dict[str, str]) -> Facts:
    """Make a chart of up to two results of which only the newer may be preliminary."""
    status = row["status"] or "final"
    chart = [observation(CRP, row["crp"], "1 day", status=status)] if row["crp"] else []
    chart += [observation(CRP, row["older"], "2 days")] if row["older"] else []
    return facts_from(chart, missing=[row["missing"]] if row["missing"] else [])


test_known = judges(
    Known(test=CRP_RAISED),
    """
    crp      | status      | older   | missing      | expected | unseen | why
    5 mg/L   |             |         |              | yes      |        | normal
    88 mg/L  |             |         |              | yes      |        | raised
    88 mg/L  | preliminary |         |              | yes      |        | raised, though preliminary
    5 mg/L   | preliminary |         |              | no       |        | which settles no normal one
    88       |             |         |              | unknown  | unseen | no unit
    <20 mg/L |             |         |              | unknown  | unseen | lies on both sides
    88       |             | 5 mg/L  |              | yes      |        | the older one can be read
    <20 mg/L |             | 5 mg/L  |              | yes      |        | the older one is certain
    <20 mg/L |             | 88 mg/L |              | yes      |        | whatever it says
    <20 mg/L |             | 88      |              | unknown  | unseen | neither is
             |             |         |              | no       |        | never measured
             |             |         | observations | unknown  | unseen | laboratory not supplied
    """,
    patient,
)


def test_it_is_about_its_test() -> None:
    """Of which it has the words, the codes and the window."""
    known = Known(test=CRP_RAISED)

    assert known.id == "crp-raised-or-not"
    assert known.title == "C-reactive protein raised, or not"
    assert known.condition == f"{CRP_RAISED.condition}, or certainly not"
    assert (known.codes, known.within) == (CRP_RAISED.codes, CRP_RAISED.within)
    assert known.needs == CRP_RAISED.needs
    assert known.assess(facts_from([observation(CRP, "5 mg/L")])).basis
