"""Procedures, referrals and prescriptions: what was done, asked for, given."""

from __future__ import annotations

from datetime import timedelta
from json import loads
from typing import TYPE_CHECKING, Any

import pytest

from cds_service.facts.timing import Moment
from tests.builders import medication_request, procedure, referral
from tests.cds_service.facts.extract.charts import (
    coded,
    fact,
    faults,
    meanings,
    read,
    unreadable,
)
from tests.tables import each

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.builders import Resource

THERAPY, PREDNISONE = "91251008", "prednisone"


@each("""
    status           | read | why
    completed        | yes  | done
    in-progress      | yes  | being done
    stopped          | yes  | begun, and stopped
    on-hold          | yes  | begun, and paused
    not-done         | no   | not done
    preparation      | no   | not yet done
    entered-in-error | no   | entered in error
    """)
def test_procedures(row: dict[str, str]) -> None:
    """Only what was begun was done."""
    found = meanings(procedure(THERAPY, "3 days", row["status"]))

    assert ("physical-therapy" in found) == (row["read"] == "yes")


@pytest.mark.parametrize("status", ["completed", "in-progress", "stopped", "on-hold"])
def test_only_what_is_completed_was_carried_through(status: str) -> None:
    """What was stopped may not have come to what was asked for."""
    found = fact("physical-therapy", procedure(THERAPY, "3 days", status))

    assert found.done == (status == "completed")


@each("""
    dispensed                                                    | days | why
    {"expectedSupplyDuration": {"value": 30, "unit": "days"}}    | 30   | as it says
    {"expectedSupplyDuration": {"value": 30, "code": "d"}}       | 30   | in UCUM
    {"expectedSupplyDuration": {"value": 2, "unit": "weeks"}, "numberOfRepeatsAllowed": 2} | 42 | refills included
    {"expectedSupplyDuration": {"value": 2, "unit": "weeks"}, "numberOfRepeatsAllowed": 900} | 1400 | no more refills than can be
    {"expectedSupplyDuration": {"value": 30}}                    |      | 30 of what?
    {"expectedSupplyDuration": {"unit": "days"}}                 |      | how many?
    {"expectedSupplyDuration": {"value": 30, "unit": "mg"}}      |      | no duration
    {"expectedSupplyDuration": {"value": 1001, "unit": "days"}}  |      | nobody prescribes for so long
    {"expectedSupplyDuration": {"value": -1, "unit": "days"}}    |      | nor back in time
    {"expectedSupplyDuration": {"value": 1000, "unit": "days"}}  | 1000 | the longest there is
    {"quantity": {"value": 30, "unit": "tablet"}}                |      | tablets say nothing of days
    {}                                                           |      | nothing said
    """)
def test_supply(row: dict[str, str]) -> None:
    """How long a prescription lasts, where it says so."""
    given = {"dispenseRequest": loads(row["dispensed"])}
    found = fact("chronic-steroid", medication_request(PREDNISONE, "3 days", **given))

    assert found.supply == (timedelta(days=int(row["days"])) if row["days"] else None)


@each("""
    status           | forbids | read | why
    active           |         | yes  | placed
    completed        |         | yes  | carried out
    on-hold          |         | yes  | placed, and paused
    draft            |         | no   | not yet placed
    revoked          |         | no   | taken back
    entered-in-error |         | no   | entered in error
    active           | true    | no   | an order not to do it
    """)
def test_referrals(row: dict[str, str]) -> None:
    """Only what was placed counts."""
    forbids = {"doNotPerform": True} if row["forbids"] else {}
    found = meanings(referral(THERAPY, "3 days", row["status"], **forbids))

    assert ("physical-therapy" in found) == (row["read"] == "yes")


@each("""
    status           | forbids | read | active | why
    active           |         | yes  | yes    | taken now
    on-hold          |         | yes  | yes    | paused, and so still to be taken
    completed        |         | yes  | no     | taken, and done with
    stopped          |         | yes  | no     | taken, and stopped
    draft            |         | no   |        | not yet prescribed
    cancelled        |         | no   |        | never begun
    entered-in-error |         | no   |        | entered in error
    active           | true    | no   |        | an order not to give it
    active           | "true"  | no   |        | the same in quotes
    active           | "false" | yes  | yes    | no order of that kind
    """)
def test_prescriptions(row: dict[str, str]) -> None:
    """What was never given is not read; what is over is read as over."""
    values: dict[str, Any] = {"true": True, '"true"': "true", '"false"': "false"}
    forbids = {"doNotPerform": values[row["forbids"]]} if row["forbids"] else {}
    sent = medication_request(PREDNISONE, "3 days", row["status"], **forbids)
    found = read(sent).coded.get("chronic-steroid", ())
    expected = [row["active"] == "yes"] if row["read"] == "yes" else []

    assert [one.active for one in found] == expected
    assert faults(sent) == []


@pytest.mark.parametrize("make", [procedure, referral, medication_request])
def test_a_status_unknown(make: Callable[..., Resource]) -> None:
    """It may have been done or given, and that it was not is not read either."""
    sent = make(THERAPY if make is not medication_request else PREDNISONE, "3 days")

    assert faults(sent) == []
    assert faults(sent | {"status": "unknown"}) == ["status-unknown"]
    assert meanings(sent | {"status": "unknown"}) == set()


def deep(levels: int) -> Any:
    """Make a list in a list, and so on."""
    inner: list[Any] = []
    for _ in range(levels - 1):
        inner = [inner]
    return inner


CONTAINED = {"resourceType": "Medication", "id": "m", "code": {"text": "prednisone"}}
MEDICATIONS: dict[str, tuple[dict[str, Any], bool]] = {
    "coded": ({"medicationCodeableConcept": {"text": "prednisone"}}, True),
    "contained": (
        {"contained": [7, CONTAINED], "medicationReference": {"reference": "#m"}},
        True,
    ),
    "contained elsewhere": (
        {
            "contained": [CONTAINED],
            "medicationReference": {"reference": "#n", "display": "prednisone"},
        },
        True,
    ),
    "named by the reference": (
        {"medicationReference": {"reference": "Medication/1", "display": "prednisone"}},
        True,
    ),
    "not named": ({"medicationReference": {"reference": "Medication/1"}}, False),
    "contained under a name as deep as JSON may be": (
        {
            "contained": [{"id": deep(1005)}, CONTAINED],
            "medicationReference": {"reference": "#m"},
        },
        True,
    ),
    "contained without code": (
        {"contained": [{"id": "m"}], "medicationReference": {"reference": "#m"}},
        False,
    ),
    "not at all": ({}, False),
}


@pytest.mark.parametrize(("members", "known"), MEDICATIONS.values(), ids=MEDICATIONS)
def test_which_medication(members: dict[str, Any], *, known: bool) -> None:
    """By code, by what is contained, by the name on the reference."""
    sent = (
        medication_request("x", medicationCodeableConcept=None, **members)
        if ("medicationCodeableConcept" not in members)
        else medication_request("x", **members)
    )

    assert ("chronic-steroid" in meanings(sent)) == known
    assert unreadable("medications", sent) == (not known)


def test_a_medication_of_no_concern_is_no_gap() -> None:
    """What no criterion asks for is not looked at further."""
    assert faults(medication_request("vitamin C", status="nonsense")) == []


MADE: dict[str, Callable[..., Resource]] = {
    "procedures": procedure,
    "medications": medication_request,
}


@pytest.mark.parametrize(("key", "make"), MADE.items(), ids=MADE)
def test_what_cannot_be_used_is_noted(key: str, make: Callable[..., Resource]) -> None:
    """Undecided status, a date to come, no code: each counts against its query."""
    what = THERAPY if make is procedure else PREDNISONE
    unclear = make(what, "1 day") | {"status": {"a": 1}}

    assert faults(unclear) == ["invalid"]
    assert unreadable(key, unclear) == 1
    assert faults(make(what, "-2 days")) == ["future"]


def test_a_procedure_without_a_code_is_noted() -> None:
    """It may have been anything."""
    assert faults(procedure("x", code={"coding": [{}]})) == ["no-code"]


def test_a_referral_of_unclear_status_is_noted() -> None:
    """No query of ours asked for it, so none loses sight."""
    assert faults(referral(THERAPY) | {"status": ["active"]}) == ["invalid"]


@pytest.mark.parametrize(
    "members",
    [
        {"performedDateTime": "2026-11-20T08:00:00Z"},
        {"performedPeriod": {"start": "2026-11-20T08:00:00Z"}},
        {"performedPeriod": {"end": "2026-11-20T08:00:00Z"}},
    ],
    ids=["dateTime", "period", "period without start"],
)
def test_when_it_was_done(members: dict[str, Any]) -> None:
    """In the forms in which charts state it."""
    found = fact("physical-therapy", procedure(THERAPY, **members))

    assert found.when == Moment.parse("2026-11-20T08:00:00Z")
    assert found.source == "Procedure"


def test_where_it_was_done() -> None:
    """From `bodySite`."""
    sent = procedure(THERAPY, "1 day", bodySite=[coded("122496007")])

    assert fact("physical-therapy", sent).sites == {"lumbar"}
