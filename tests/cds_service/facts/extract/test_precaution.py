"""Allergies and devices: what a scan must respect."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import allergy, device
from tests.cds_service.facts.extract.charts import fact, faults, read, unreadable

GADOLINIUM, PACEMAKER = "105879004", "14106009"


@pytest.mark.parametrize(
    ("status", "active"),
    [("active", True), ("", True), ("inactive", False), ("resolved", False)],
)
def test_an_allergy_is_active_unless_it_is_over(status: str, *, active: bool) -> None:
    """Most records do not say."""
    found = fact("gadolinium-allergy", allergy(GADOLINIUM, status=status))

    assert found.active is active
    assert found.source == "AllergyIntolerance"


@pytest.mark.parametrize("verification", ["refuted", "entered-in-error"])
def test_what_is_refuted_is_no_allergy(verification: str) -> None:
    """Nor what was entered by mistake."""
    told = read(allergy(GADOLINIUM, verification=verification))

    assert "gadolinium-allergy" not in told.coded


def test_an_unconfirmed_allergy_counts() -> None:
    """Nobody has to react twice."""
    found = fact("gadolinium-allergy", allergy(GADOLINIUM, verification="unconfirmed"))

    assert found.active


@pytest.mark.parametrize(
    ("status", "active"), [("active", True), ("", True), ("inactive", False)]
)
def test_a_device_is_carried_unless_it_is_inactive(
    status: str, *, active: bool
) -> None:
    """Most records do not say."""
    assert fact("mri-device-risk", device(PACEMAKER, status=status)).active is active


def test_a_device_entered_in_error_is_none() -> None:
    """It was never there."""
    told = read(device(PACEMAKER, status="entered-in-error"))

    assert "mri-device-risk" not in told.coded


BROKEN: dict[str, tuple[str, dict[str, Any], str]] = {
    "an allergy that is no FHIR": (
        "allergies",
        allergy(GADOLINIUM, patient="nobody"),
        "invalid",
    ),
    "an allergy to nothing": ("allergies", allergy(GADOLINIUM, code={}), "no-code"),
    "a device that is no FHIR": ("devices", device(PACEMAKER, patient=5), "invalid"),
    "a device of no kind": ("devices", device(PACEMAKER, type={}), "no-code"),
}


@pytest.mark.parametrize(("key", "sent", "fault"), BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_read_is_not_seen(
    key: str, sent: dict[str, Any], fault: str
) -> None:
    """It is noted, and held against the query it came by."""
    assert faults(sent) == [fault]
    assert unreadable(key, sent) == 1
