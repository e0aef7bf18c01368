"""Whose resource a reference makes it."""

from __future__ import annotations

import pytest

from cds_service.fhir.identity import UNCLEAR, owner_of

SERVER = "https://ehr.example.org/fhir"


@pytest.mark.parametrize(
    ("reference", "server", "owner"),
    [
        ("Patient/1", None, ""),
        ("/Patient/1", None, ""),
        ("Patient/1/", SERVER, ""),
        (" Patient/1 ", SERVER, ""),
        ("Patient/1/_history/3", SERVER, ""),
        (f"{SERVER}/Patient/1", SERVER, ""),
        (f"{SERVER}/Patient/1", f"{SERVER}/", ""),
        (f"{SERVER}/Patient/1", None, ""),
        ("http://EHR.example.org/fhir/Patient/1", SERVER, ""),
        ("ehr.example.org/fhir/Patient/1", SERVER, ""),
        ("https://other.example.org/fhir/Patient/1", SERVER, "other-server"),
        ("https://a://ehr.example.org/fhir/Patient/1", f"https://a://{SERVER}", ""),
        ("https://x.example.org/X/Patient/1", "https://x.example.org", "other-server"),
        ("Patient/2", SERVER, "other-patient"),
        ("Group/1", SERVER, "other-patient"),
        ("X/Patient/1X", None, "other-patient"),
        ("#1", SERVER, UNCLEAR),
        ("urn:uuid:1", SERVER, UNCLEAR),
        ("1", SERVER, UNCLEAR),
    ],
)
def test_a_reference_names_its_owner(
    reference: str, server: str | None, owner: str
) -> None:
    """The patient is "", whatever the way it is written; anyone else has a word."""
    assert owner_of(reference, "1", server) == owner
