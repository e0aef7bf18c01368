"""Codes and systems come to one spelling, whatever the sender writes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cds_service.knowledge.coding import (
    ATC,
    CPT,
    ICD9CM,
    ICD10CM,
    LOINC,
    NUCC,
    RADLEX,
    RXNORM,
    SNOMED,
    Coding,
    canonical_code,
    canonical_system,
    system_like,
)


@pytest.mark.parametrize(
    ("uri", "system"),
    [
        ("http://snomed.info/sct", SNOMED),
        ("https://snomed.info/sct/", SNOMED),
        ("http://snomed.info/sct/731000124108", SNOMED),
        ("http://snomed.info/sct/900000000000207008/version/20240101", SNOMED),
        ("urn:oid:2.16.840.1.113883.6.96", SNOMED),
        ("HTTP://LOINC.ORG", LOINC),
        ("http://loinc.org|2.77", LOINC),
        ("urn:oid:2.16.840.1.113883.6.1", LOINC),
        ("http://hl7.org/fhir/sid/icd-10-cm", ICD10CM),
        ("http://hl7.org/fhir/sid/icd-10", ICD10CM),
        ("urn:oid:2.16.840.1.113883.6.90", ICD10CM),
        ("urn:oid:2.16.840.1.113883.6.3", ICD10CM),
        ("http://fhir.de/CodeSystem/bfarm/icd-10-gm", ICD10CM),
        ("urn:oid:2.16.840.1.113883.6.103", ICD9CM),
        ("http://www.ama-assn.org/go/cpt", CPT),
        ("urn:oid:2.16.840.1.113883.6.12", CPT),
        ("https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets", CPT),
        ("urn:oid:2.16.840.1.113883.6.88", RXNORM),
        ("http://www.whocc.no/atc", ATC),
        ("http://radlex.org/RID", RADLEX),
        ("http://acme.example/codes/", "http://acme.example/codes"),
        ("", ""),
    ],
)
def test_many_addresses_mean_one_system(uri: str, system: str) -> None:
    """Each known spelling of a system leads to its canonical address."""
    assert canonical_system(uri) == system


@pytest.mark.parametrize(
    ("system", "code", "canonical"),
    [
        (ICD10CM, "M5450", "M54.50"),
        (ICD10CM, " m54.50 ", "M54.50"),
        (ICD10CM, "M54.-", "M54"),
        (ICD10CM, "M49.0*", "M49.0"),
        (ICD10CM, "A18.0+", "A18.0"),
        (ICD10CM, "S22080A", "S22.080A"),
        (ICD10CM, "E119", "E11.9"),
        (ICD10CM, "B20", "B20"),
        (ICD9CM, "724 2", "724.2"),
        (ICD9CM, "7242", "724.2"),
        (ICD9CM, "042.", "042"),
        (ICD9CM, "V5861", "V58.61"),
        (ICD9CM, "E8809", "E880.9"),
        (ICD9CM, "E880", "E880"),
        (SNOMED, " 279039007 ", "279039007"),
        (RADLEX, "rid28768", "RID28768"),
    ],
)
def test_a_code_gets_its_published_spelling(
    system: str, code: str, canonical: str
) -> None:
    """Dots return to ICD codes; blanks, small letters and marks go."""
    assert canonical_code(system, code) == canonical


@given(st.sampled_from([ICD10CM, ICD9CM, SNOMED]), st.text(max_size=12))
def test_a_canonical_code_stays(system: str, code: str) -> None:
    """To canonicalise twice changes nothing more."""
    once = canonical_code(system, code)
    assert canonical_code(system, once) == once


@pytest.mark.parametrize(
    ("code", "system"),
    [
        ("M54.16", ICD10CM),
        ("m5416", ICD10CM),
        ("S22.080A", ICD10CM),
        ("724.2", ICD9CM),
        ("7242", ""),
        ("1988-5", LOINC),
        ("279039007", SNOMED),
        ("72148", CPT),
        ("J01CA04", ATC),
        ("207T00000X", NUCC),
        ("RID28768", RADLEX),
        ("V58.61", ""),
        ("V43.52XA", ICD10CM),
        ("V4352XA", ICD10CM),
        ("E880.9", ""),
        ("", ""),
    ],
)
def test_the_shape_of_a_code_tells_its_system(code: str, system: str) -> None:
    """A code without a system is read only where its shape leaves no doubt."""
    assert system_like(code) == system


def test_a_display_is_optional() -> None:
    """A coding needs a system and a code."""
    assert Coding(LOINC, "1988-5").display == ""
