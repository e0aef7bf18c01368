"""A steroid taken for long: by diagnosis, by prescription, by its renewals."""

from __future__ import annotations

from typing import Any

import pytest

from hooks.spine_mri.criteria.steroid import LONG_PRESCRIPTION, LONG_TERM_STEROID
from tests.builders import facts_from, medication_request
from tests.hooks.spine_mri.stories import facts_of
from tests.tables import judges

test_long_term_steroid = judges(
    LONG_TERM_STEROID,
    """
    chart                                        | missing     | expected | unseen | why
                                                 |             | no       |        | nothing on record
                                                 | medications | unknown  | unseen | medications were not supplied
    has Z79.52 @ 900 days                        |             | yes      |        | as a diagnosis
    takes prednisone @ 90 days                   |             | yes      |        | stands, first valid day
    takes prednisone @ 89 days                   |             | no       |        | not for long yet
    takes Prednisone 5 MG Oral Tablet @ 400 days |             | yes      |        | stands since last year, by the name of the product
    takes prednisone                             |             | yes      |        | stands, nobody knows since when
    takes methylprednisolone @ 90 days           |             | yes      |        | another of them
    takes prednisone eye drops @ 90 days         |             | no       |        | drops act on the eye
    takes prednisolone acetate ophthalmic @ 90 days |          | no       |        | so does this
    takes dexamethasone epidural @ 90 days       |             | no       |        | a needle is no treatment of months
    takes hydrocortisone cream @ 90 days         |             | no       |        | a cream acts on the skin
    took prednisone @ 90 days                    |             | no       |        | over, one course
    took prednisone @ 100 days; takes prednisone @ 5 days | |    no       |        | two courses
    took prednisone @ 95 days; took prednisone @ 60 days; takes prednisone @ 5 days | | yes | | renewed, and taken now
    took prednisone @ 89 days; took prednisone @ 60 days; takes prednisone @ 5 days | | no | | not over 90 days yet
    took prednisone @ 300 days; took prednisone @ 250 days; took prednisone @ 210 days | | yes | | renewed over 90 days, over by now
    took prednisone @ 300 days; took prednisone @ 250 days; took prednisone @ 211 days | | no | | a day less
    took prednisone @ 500 days; took prednisone @ 450 days; took prednisone @ 400 days | | no | | longer ago than a year
    """,
    facts_of,
)


def supplied(value: float, unit: str, refills: int | None = None) -> dict[str, Any]:
    """Make what is dispensed."""
    duration = {"value": value, "unit": unit}
    times = {} if refills is None else {"numberOfRepeatsAllowed": refills}
    return {"dispenseRequest": {"expectedSupplyDuration": duration, **times}}


@pytest.mark.parametrize(
    ("dispensed", "expected"),
    [
        (supplied(90, "days"), "yes"),
        (supplied(89, "days"), "no"),
        (supplied(30, "days", 2), "yes"),
        (supplied(30, "days", 1), "no"),
        (supplied(13, "weeks"), "yes"),
        (supplied(90, "tablets"), "no"),
        ({}, "no"),
    ],
)
def test_supply(dispensed: dict[str, Any], expected: str) -> None:
    """A prescription that says how long it lasts, refills included."""
    given = medication_request("prednisone", "200 days", "completed", **dispensed)
    finding = LONG_PRESCRIPTION.assess(facts_from([given]))

    assert finding.truth.name.lower() == expected


def test_supplies_add_up() -> None:
    """Two halves make a whole."""
    half = supplied(45, "days")
    given = [
        medication_request("prednisone", age, "completed", **half)
        for age in ("300 days", "30 days")
    ]

    assert LONG_PRESCRIPTION.assess(facts_from(given)).truth.name == "YES"
    assert LONG_PRESCRIPTION.assess(facts_from(given[:1])).truth.name == "NO"
