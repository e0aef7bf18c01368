"""One entry of a chart: a problem, a procedure, a prescription, a scan, a device."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.naive.moments import AGES, write_date

if TYPE_CHECKING:
    from random import Random

    from tests.naive.catalogue import Code

Item = dict[str, Any]
CARE = (
    *("physical-therapy", "chiropractic-or-manual-therapy", "spinal-injection"),
    *("home-exercise-or-self-care-education", "surgical-candidate"),
)
IMAGING = ("ct-spine-order", "radiograph-spine-order", "mri-spine-order")
DONE = (*CARE, "prior-spine-surgery")
PACEMAKER_OUT = "175140001"
DRUG_SYSTEMS = ("rxnorm", "atc")
STATUSES = (
    *("active",) * 14,
    *("", "recurrence", "resolved", "resolved", "remission", "inactive"),
)
CERTAIN = (
    *("confirmed",) * 14,
    *("", "refuted", "entered-in-error", "provisional", "differential", "unconfirmed"),
)


def coded(chance: Random, element: str, code: Code) -> Item:
    """As the resource in which charts carry such a code."""
    what = f"{code.system}|{code.code}"
    if element in IMAGING:
        return _imaged(chance, what, code)
    if element == "gadolinium-allergy" or _is_worn(element, code):
        return _carried(chance, element, what, code)
    if any(one in code.system for one in DRUG_SYSTEMS):
        return taken(chance, what, code)
    dialysed = element == "dialysis" and "snomed" in code.system
    if element in DONE and "icd" not in code.system:
        return _done(chance, element, what, code)
    if dialysed and chance.random() < 0.5:
        return _done(chance, element, what, code)
    return condition(chance, what, code)


def _is_worn(element: str, code: Code) -> bool:
    return element == "mri-device-risk" and "icd" not in code.system


def _carried(chance: Random, element: str, what: str, code: Code) -> Item:
    """An allergy or a device; what takes a device out is a procedure."""
    if code.code == PACEMAKER_OUT:
        return _done(chance, element, what, code)
    allergy = element == "gadolinium-allergy"
    return {
        "type": "AllergyIntolerance" if allergy else "Device",
        "what": what,
        "code": code,
        "date": "",
        "status": chance.choice(("active",) * 4 + ("inactive",)),
        "verification": chance.choice(CERTAIN) if allergy else "",
    }


def _date(chance: Random) -> str:
    return "" if chance.random() < 0.12 else write_date(chance, chance.choice(AGES))


def condition(chance: Random, what: str, code: Code | None) -> Item:
    """A problem: since when, when it was recorded, whether it is over or certain."""
    status = chance.choice(STATUSES)
    verification = chance.choice(CERTAIN)
    over = status in ("resolved", "remission", "inactive")
    # Rarely an end without a word that it is over.
    ends = chance.random() < (0.6 if over else 0.03)
    return {
        "type": "Condition",
        "what": what,
        "code": code,
        "date": _date(chance),
        "recorded": _date(chance) if chance.random() < 0.4 else "",
        "ended": write_date(chance, chance.choice(AGES)) if ends else "",
        "status": status,
        "verification": verification,
    }


def taken(chance: Random, what: str, code: Code | None) -> Item:
    """A prescription."""
    statuses = (*("active",) * 5, "completed", "stopped", "cancelled", "draft")
    return {
        "type": "MedicationRequest",
        "what": what,
        "code": code,
        "date": _date(chance),
        "status": chance.choice(statuses),
    }


def _done(chance: Random, element: str, what: str, code: Code) -> Item:
    """A procedure, or a referral for one."""
    asked = element == "surgical-candidate" or (
        element == "physical-therapy" and chance.random() < 0.4
    )
    refused = ("draft", "revoked") if asked else ("not-done", "entered-in-error")
    going = "active" if asked else "completed"
    return {
        "type": "ServiceRequest" if asked else "Procedure",
        "what": what,
        "code": code,
        "date": _date(chance),
        "status": chance.choice((*(going,) * 8, "completed", *refused)),
    }


def _imaged(chance: Random, what: str, code: Code) -> Item:
    """A scan that was done, by one of the three resources that say so."""
    kinds = {
        "Procedure": ("completed", "completed", "completed", "not-done"),
        "ImagingStudy": ("available", "available", "cancelled"),
        "DiagnosticReport": ("final", "final", "preliminary", "registered"),
    }
    kind = chance.choice(list(kinds))
    return {
        "type": kind,
        "what": what,
        "code": code,
        "date": _date(chance),
        "status": chance.choice(kinds[kind]),
    }
