"""The value sets are valid FHIR, free of mistyped codes, and know their traps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.valueset import ValueSet as FhirValueSet

from cds_service.knowledge.check_digits import loinc_is_valid, snomed_is_valid
from cds_service.knowledge.coding import (
    ATC,
    CPT,
    ICD9CM,
    ICD10CM,
    ICD10GM,
    ICD10PCS,
    LOINC,
    NUCC,
    RADLEX,
    RXNORM,
    SNOMED,
)
from cds_service.knowledge.value_set import Member, Role, ValueSet
from hooks.spine_mri import value_sets
from hooks.spine_mri.offers.reported import OWN
from hooks.spine_mri.value_sets import VALUE_SETS, VOCABULARY

FOLDER = Path(value_sets.__file__).parent
FILES = sorted(FOLDER.glob("*.json"))
SITES = {"cervical", "thoracic", "lumbar", "sacral", "sacroiliac"}
MEMBERS = [(one.id, member) for one in VALUE_SETS for member in one.members]


def content(file: Path) -> Any:
    """Return the JSON of a file."""
    return json.loads(file.read_text(encoding="utf-8"))


def winner(value_set: str, system: str, code: str) -> Member | None:
    """Return the member by which a value set holds a code."""
    hits = {hit.value_set: hit.member for hit in VOCABULARY.lookup(system, code)}
    return hits.get(value_set)


def codes(system: str) -> set[str]:
    """Return every code of one system."""
    return {member.code for _, member in MEMBERS if member.system == system}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_file_is_valid_r4(file: Path) -> None:
    """Each file validates whole against the published model."""
    resource = content(file)
    model = Bundle if resource["resourceType"] == "Bundle" else FhirValueSet
    assert model.model_validate(resource).id == file.stem


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_file_says_what_it_is(file: Path) -> None:
    """Address, name and purpose follow the id; licensed codes name their owner."""
    resource = content(file)
    entries = resource.get("entry", [{"resource": resource}])
    for one in (entry["resource"] for entry in entries):
        assert one["url"] == f"urn:spine-mri-cds:valueset:{one['id']}"
        assert one["name"] == "".join(w.capitalize() for w in one["id"].split("-"))
        assert one["status"] == "draft"
        text = json.dumps(one["compose"])
        for system, owner in ((LOINC, "Regenstrief"), (SNOMED, "SNOMED"), (CPT, "AMA")):
            named = owner if owner != "AMA" else "American Medical Association"
            assert system not in text or named in one["copyright"]


def test_cpt_codes_stand_in_one_file() -> None:
    """A site can replace them without touching another file."""
    holders = [file.name for file in FILES if CPT in file.read_text(encoding="utf-8")]
    assert holders == ["cpt.json"]


def test_ids_are_constants() -> None:
    """Each value set has a constant of its name."""
    for one in VALUE_SETS:
        assert getattr(value_sets, one.id.upper().replace("-", "_")) is one


def test_check_digits_fit() -> None:
    """No LOINC or SNOMED code is mistyped."""
    assert [code for code in codes(LOINC) if not loinc_is_valid(code)] == []
    assert [code for code in codes(SNOMED) if not snomed_is_valid(code)] == []


def test_unverified_codes_are_not_shipped() -> None:
    """The generic MRI codes whose meaning nobody could open stay out."""
    assert codes(SNOMED).isdisjoint({"241646009", "241647000", "241648005"})


def test_sites_and_systems_are_known() -> None:
    """A mistyped site or system would silently match nothing."""
    for _, member in MEMBERS:
        assert member.sites <= SITES
        assert member.system in {
            *(ATC, CPT, ICD9CM, ICD10CM, ICD10GM, ICD10PCS, LOINC, NUCC, RADLEX),
            *(RXNORM, SNOMED, OWN),
        }


@pytest.mark.parametrize("one", VALUE_SETS, ids=lambda one: one.id)
def test_no_code_stands_twice(one: ValueSet) -> None:
    """Within one value set each code has one role."""
    keys = [(each.system, each.code, each.match) for each in one.members]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("value_set", "code", "role"),
    [
        ("spine-infection", "M46.26", "include"),
        ("spine-infection", "M46.1", "exclude"),
        ("spine-infection", "M46.86", "exclude"),
        ("spine-infection", "M46.90", "exclude"),
        ("spine-infection", "M46.0", None),
        ("spine-infection", "G06.0", "exclude"),
        ("spine-infection", "G06.1", "include"),
        ("spine-infection", "M86.9", "exclude"),
        ("epidural-abscess", "G06.1", "include"),
        ("epidural-abscess", "M46.26", None),
        ("axial-spondyloarthritis", "M46.1", "supporting"),
        ("axial-spondyloarthritis", "M46.96", "supporting"),
        ("immunosuppression", "Z94.0", "include"),
        ("immunosuppression", "Z94.5", "exclude"),
        ("immunosuppression", "T86.10", "include"),
        ("immunosuppression", "T86.821", "exclude"),
        ("immunosuppression", "D84.1", "exclude"),
        ("immunosuppression", "D80.2", "supporting"),
        ("iv-drug-use", "F11.20", "proxy"),
        ("iv-drug-use", "F11.21", "exclude"),
        ("iv-drug-use", "F11.90", "proxy"),
        ("iv-drug-use", "F11.91", "exclude"),
        ("iv-drug-use", "Z72.2", None),
        ("malignancy-active", "C43.9", "include"),
        ("malignancy-active", "C44.91", "exclude"),
        ("malignancy-active", "C4A.9", "include"),
        ("malignancy-active", "C7B.03", "include"),
        ("malignancy-active", "D05.1", "exclude"),
        ("malignancy-active", "D46.9", "uncertain"),
        ("malignancy-active", "D47.2", "exclude"),
        ("malignancy-active", "D47.1", "uncertain"),
        ("malignancy-active", "D49.9", "uncertain"),
        ("malignancy-history", "Z85.3", "include"),
        ("malignancy-history", "Z85.828", "exclude"),
        ("malignancy-history", "Z80.3", "exclude"),
        ("motor-deficit", "R29.810", "exclude"),
        ("motor-deficit", "R29.898", "supporting"),
        ("motor-deficit", "R29.6", None),
        ("urinary-incontinence-new", "N39.3", "exclude"),
        ("urinary-incontinence-new", "N39.490", "include"),
        ("urinary-retention", "R33", "include"),
        ("fecal-incontinence", "R15", "include"),
        ("fecal-incontinence", "R15.2", "exclude"),
        ("back-pain", "M54.81", "exclude"),
        ("back-pain", "M54.89", "include"),
        ("back-pain", "S39.012A", "include"),
        ("back-pain", "M53.3", "supporting"),
        ("radiculopathy", "G54.1", "exclude"),
        ("prior-spine-surgery", "Z98.1", "supporting"),
        ("recent-trauma", "S22.080A", "include"),
        ("recent-trauma", "W20", None),
        ("vertebral-compression-fracture", "S22.080A", "include"),
        ("pregnancy", "O26.899", "include"),
        ("pregnancy", "O10.03", "exclude"),
        ("pregnancy", "O90.4", "exclude"),
        ("pregnancy", "O03.9", "exclude"),
        ("pregnancy", "O99.892", "exclude"),
        ("ankylosed-spine", "M45.6", "include"),
        ("ankylosed-spine", "M45.A6", "exclude"),
        ("pressure-ulcer-spine", "L89.153", "include"),
        ("pressure-ulcer-spine", "L89.151", "exclude"),
        ("pressure-ulcer-spine", "L89.156", "exclude"),
        ("tuberculosis", "Z22.7", "exclude"),
        ("tuberculosis", "A18.01", "include"),
        ("tuberculosis", "Z86.11", "history"),
        # What the WHO's ICD-10 and the German edition have in other places.
        ("cauda-equina", "G83.40", "include"),
        ("cord-motor-deficit", "G82.03", "include"),
        ("cord-motor-deficit", "G82.4", "include"),
        ("cord-motor-deficit", "G82.65", None),
        ("bilateral-leg-weakness", "G82.1", "include"),
        ("immunosuppression", "B20.7", "include"),
        ("immunosuppression", "B24", "include"),
        ("spine-infection", "M49.06", "include"),
        ("tuberculosis", "M49.0*", "include"),
        ("tuberculosis", "A16.9", "include"),
        ("diabetes", "E14.90", "include"),
        ("malignancy-active", "C97", "include"),
        ("malignancy-active", "C98", None),
        ("spine-or-bone-malignancy", "C79.5", "include"),
        ("spine-or-bone-malignancy", "C79.4", None),
        ("spine-infection", "M49.16", "include"),
        ("spine-infection", "M49.2", "include"),
        ("spine-infection", "M49.3*", "include"),
        ("spine-infection", "M49.4", None),
        ("vertebral-compression-fracture", "M49.56", "include"),
        ("vertebral-compression-fracture", "S22.1", "include"),
        ("vertebral-compression-fracture", "S32.7", "include"),
        ("recent-trauma", "T08.0", "include"),
        ("recent-trauma", "T09.3", None),
        ("myelopathy", "T09.3", "include"),
        ("myelopathy", "T91.3", None),
        ("osteoporosis", "M82.0", "include"),
        ("bloodstream-infection", "R57.2", "include"),
        ("bloodstream-infection", "R57.0", None),
        ("bloodstream-infection", "R65.1", "include"),
        ("bloodstream-infection", "R65.10", None),
        ("bloodstream-infection", "R65.2", None),
        ("bloodstream-infection", "R65.20", "include"),
        ("bloodstream-infection", "R65.21", "include"),
        ("immunosuppression", "D90", "include"),
        ("pregnancy", "Z33", "include"),
        ("pregnancy", "Z33.2", None),
        ("pregnancy", "Z35.9", "include"),
        ("pregnancy", "Z32.02", None),
        ("anticoagulant", "Z92.1", "include"),
        ("anticoagulant", "Z92.2", None),
        ("fever", "R50.88", "include"),
        ("fever", "R50.83", "exclude"),
    ],
)
def test_icd_10_traps(value_set: str, code: str, role: str | None) -> None:
    """Neighbours in the classification that mean something else stay apart."""
    member = winner(value_set, ICD10CM, code)
    assert (member and member.role.value) == role


@pytest.mark.parametrize(
    ("value_set", "code", "here", "there"),
    [
        ("urinary-incontinence-new", "N39.41", "include", "exclude"),
        ("urinary-incontinence-new", "N39.3", "exclude", "exclude"),
        ("pressure-ulcer-spine", "L89.24", "include", None),
        ("pressure-ulcer-spine", "L89.34", "include", None),
        ("pressure-ulcer-spine", "L89.15", "exclude", "include"),
        ("pressure-ulcer-spine", "L89.14", "exclude", "include"),
        ("back-pain", "M54.5", "include", "include"),
    ],
)
@pytest.mark.parametrize(
    "german",
    [
        "http://fhir.de/CodeSystem/bfarm/icd-10-gm",
        "http://fhir.de/CodeSystem/dimdi/icd-10-gm|2024",
    ],
)
def test_what_germany_has_in_the_same_place(
    german: str, value_set: str, code: str, here: str | None, there: str | None
) -> None:
    """Below the categories that all editions share, one code has two meanings."""
    roles = [
        member and member.role.value
        for member in (winner(value_set, one, code) for one in (german, ICD10CM))
    ]
    assert roles == [here, there]


@pytest.mark.parametrize(
    ("value_set", "code", "role"),
    [
        ("malignancy-active", "174.9", "include"),
        ("malignancy-active", "173.3", "exclude"),
        ("malignancy-active", "209.17", "include"),
        ("malignancy-active", "209.60", None),
        ("malignancy-active", "209.73", "include"),
        ("malignancy-active", "238.75", "uncertain"),
        ("malignancy-active", "239.2", "uncertain"),
        ("spine-or-bone-malignancy", "209.73", "include"),
        ("malignancy-history", "V10.3", "include"),
        ("malignancy-history", "V10.83", "exclude"),
        ("spine-infection", "722.90", "supporting"),
        ("iv-drug-use", "304.01", "proxy"),
        ("iv-drug-use", "304.03", "exclude"),
        ("iv-drug-use", "304.30", "exclude"),
        ("iv-drug-use", "304.93", "exclude"),
        ("iv-drug-use", "305.51", "proxy"),
        ("iv-drug-use", "305.53", "exclude"),
        ("iv-drug-use", "305.21", None),
        ("iv-drug-use", "965.01", "proxy"),
        ("fever", "780.63", "exclude"),
        ("urinary-incontinence-new", "788.32", "exclude"),
        ("urinary-incontinence-new", "788.38", "include"),
        ("chronic-steroid", "V58.65", "include"),
        ("bilateral-leg-weakness", "344.1", "include"),
        ("cord-motor-deficit", "344.03", "include"),
        ("motor-deficit", "344.2", None),
        ("bloodstream-infection", "995.92", "include"),
        ("bloodstream-infection", "995.93", None),
        ("bloodstream-infection", "421.0", "include"),
        ("immunosuppression", "288.03", "include"),
        ("immunosuppression", "288.3", None),
        ("ckd-stage-4-5", "585.6", "include"),
        ("immunosuppression", "V08", "include"),
        ("immunosuppression", "V42.7", "include"),
        ("immunosuppression", "V42.5", None),
        ("immunosuppression", "279.06", "include"),
        ("immunosuppression", "279.01", "supporting"),
        ("immunosuppression", "279.41", None),
        ("tuberculosis", "018.00", "include"),
        ("tuberculosis", "137.3", None),
        ("tuberculosis", "V12.01", "history"),
        ("spine-infection", "015.04", "include"),
        ("diabetes", "250.02", "include"),
        ("diabetes", "790.29", None),
        ("myelopathy", "952.15", "include"),
        ("cauda-equina", "952.4", "include"),
        ("pressure-ulcer-spine", "707.03", "include"),
        ("pressure-ulcer-spine", "707.04", None),
        ("pregnancy", "V22.2", "include"),
        ("pregnancy", "V24.2", None),
        ("mri-device-risk", "V45.01", "include"),
        ("mri-device-risk", "V45.09", None),
        ("abnormal-inflammatory-marker-dx", "790.95", "include"),
    ],
)
def test_icd_9_traps(value_set: str, code: str, role: str | None) -> None:
    """Old problem lists are read with the same care."""
    member = winner(value_set, ICD9CM, code)
    assert (member and member.role.value) == role


@pytest.mark.parametrize(
    ("value_set", "system", "code", "role"),
    [
        ("spinal-injection", SNOMED, "58611004", "supporting"),
        ("spinal-injection", CPT, "62323", "include"),
        ("prior-spine-surgery", CPT, "63030", "include"),
        ("prior-spine-surgery", CPT, "22551", "include"),
        ("prior-spine-surgery", CPT, "63050", "include"),
        ("prior-spine-surgery", CPT, "63048", None),
        ("spinal-injection", CPT, "62327", "supporting"),
        ("spinal-injection", ICD10PCS, "3E0S3BZ", "exclude"),
        ("surgical-candidate", SNOMED, "308482002", "include"),
        ("surgical-candidate", SNOMED, "306290009", "supporting"),
        ("surgical-candidate", NUCC, "207T00000X", "include"),
        ("chiropractic-or-manual-therapy", CPT, "98943", "exclude"),
        ("home-exercise-or-self-care-education", CPT, "S9451", "supporting"),
        ("body-temperature", LOINC, "61008-9", "exclude"),
        ("body-weight", LOINC, "3142-7", "low-trust"),
        ("crp", LOINC, "11039-5", "qualitative"),
        ("mri-device-risk", SNOMED, "175140001", "cancels"),
        ("diabetes", SNOMED, "15777000", "exclude"),
        ("malignancy-active", SNOMED, "126906006", "uncertain"),
        ("immunosuppressant-drug", RXNORM, "6851", "supporting"),
        ("immunosuppressant-drug", ATC, "L04AX03", "supporting"),
        ("immunosuppressant-drug", ATC, "L04AX01", "include"),
        ("weak-immunosuppressant", ATC, "L04AX03", "include"),
        ("gadolinium-allergy", SNOMED, "426722004", "exclude"),
        ("gadolinium-allergy", ATC, "V08CA09", "include"),
        ("anticoagulant", RXNORM, "1191", None),
        ("antiplatelet", RXNORM, "1191", "include"),
        ("nsaid-or-analgesic", RXNORM, "5640", "include"),
        ("contrast-modifier", RADLEX, "RID28768", "include"),
        ("cord-motor-deficit", SNOMED, "123391000119106", "exclude"),
    ],
)
def test_traps_of_other_systems(
    value_set: str, system: str, code: str, role: str | None
) -> None:
    """Look-alikes outside ICD have their role, too."""
    member = winner(value_set, system, code)
    assert (member and member.role.value) == role


@pytest.mark.parametrize(
    ("system", "code"),
    [
        (ICD10CM, "M5450"),
        ("http://hl7.org/fhir/sid/icd-10", "M54.5"),
        ("urn:oid:2.16.840.1.113883.6.90", "M54.50"),
        ("", "M54.50"),
        ("", "m5450"),
        (ICD9CM, "7242"),
        ("", "724.2"),
        ("https://snomed.info/sct", "279039007"),
        ("", "279039007"),
    ],
)
def test_low_back_pain_by_any_name(system: str, code: str) -> None:
    """Undotted, WHO, object identifier or no system: it is low back pain."""
    member = winner("back-pain", system, code)
    assert member is not None
    assert member.sites == {"lumbar"}


@pytest.mark.parametrize(
    ("value_set", "system", "code", "sites"),
    [
        ("radiculopathy", ICD10CM, "M54.12", {"cervical"}),
        ("radiculopathy", ICD10CM, "M54.13", {"cervical", "thoracic"}),
        ("radiculopathy", ICD10CM, "M54.17", {"lumbar"}),
        ("radiculopathy", ICD10CM, "M54.18", {"sacral"}),
        ("radiculopathy", ICD10CM, "M54.10", set()),
        ("radiculopathy", ICD10CM, "M51.16", {"lumbar"}),
        ("radiculopathy", ICD10CM, "M47.22", {"cervical"}),
        ("spinal-stenosis", ICD10CM, "M48.062", {"lumbar"}),
        ("spinal-stenosis", ICD10CM, "M48.00", set()),
        ("spinal-stenosis", ICD10CM, "M99.53", {"lumbar"}),
        ("spinal-stenosis", ICD9CM, "724.02", {"lumbar"}),
        ("disc-disorder", ICD10CM, "M50.20", {"cervical"}),
        ("disc-disorder", ICD10CM, "M50.23", {"cervical", "thoracic"}),
        ("myelopathy", ICD10CM, "M47.12", {"cervical"}),
        ("myelopathy", ICD10CM, "M51.04", {"thoracic"}),
        ("myelopathy", ICD9CM, "722.72", {"thoracic"}),
        ("spine-infection", ICD10CM, "M46.46", {"lumbar"}),
        ("spine-infection", ICD10CM, "M46.49", {"cervical", "thoracic", "lumbar"}),
        ("spine-infection", SNOMED, "203265004", {"lumbar"}),
        ("prior-spine-surgery", CPT, "63087", {"thoracic", "lumbar"}),
        ("prior-spine-surgery", CPT, "63268", {"sacral"}),
        ("axial-spondyloarthritis", ICD10CM, "M45.A6", {"lumbar"}),
        ("mri-spine-order", LOINC, "30679-5", {"lumbar"}),
        ("mri-spine-order", LOINC, "42698-1", SITES - {"sacroiliac"}),
        ("mri-spine-order", LOINC, "36067-7", set()),
        ("mri-spine-order", SNOMED, "726546000", {"lumbar", "sacroiliac"}),
        ("mri-sacroiliac-order", LOINC, "36031-3", {"sacroiliac"}),
        ("body-site-spine", SNOMED, "122496007", {"lumbar"}),
        ("body-site-spine", SNOMED, "421060004", set()),
        ("body-site-spine", SNOMED, "44300000", SITES - {"sacroiliac"}),
        ("symptom-region", ICD10CM, "M53.86", {"lumbar"}),
        ("symptom-region", ICD10CM, "S22.080A", {"thoracic"}),
    ],
)
def test_a_code_names_its_level(
    value_set: str, system: str, code: str, sites: set[str]
) -> None:
    """Levels come from rows, not from a formula; what names no level has none."""
    member = winner(value_set, system, code)
    assert member is not None
    assert member.sites == sites


@pytest.mark.parametrize("code", ["M54.9", "M46.20", "C79.51", "M80.08XA", "M51.9"])
def test_no_level_is_guessed(code: str) -> None:
    """Codes whose text names no level have none anywhere."""
    assert {hit.member.sites for hit in VOCABULARY.lookup(ICD10CM, code)} == {
        frozenset()
    }


@pytest.mark.parametrize(
    ("value_set", "system", "code", "tag", "expected"),
    [
        ("mri-spine-order", CPT, "72148", "contrast", "without"),
        ("mri-spine-order", CPT, "72149", "contrast", "with_only"),
        ("mri-spine-order", CPT, "72158", "contrast", "without_and_with"),
        ("mri-spine-order", SNOMED, "41333006", "contrast", "with"),
        ("ct-spine-order", LOINC, "24965-6", "contrast", "intrathecal"),
        ("mri-spine-order", LOINC, "42698-1", "extent", "complete"),
        ("recent-trauma", ICD10CM, "V43.52XA", "energy", "high"),
        ("recent-trauma", ICD10CM, "V00.811A", "energy", "low"),
        ("recent-trauma", ICD10CM, "W01.0XXA", "energy", "low"),
        ("recent-trauma", ICD10CM, "W11.XXXA", "energy", "high"),
        ("recent-trauma", ICD10CM, "W11.XXXA", "kind", "height"),
        ("recent-trauma", SNOMED, "214031005", "kind", "transport"),
        ("gait-or-sensory-sign", ICD10CM, "R26.0", "subset", "cord_sign"),
        ("gait-or-sensory-sign", ICD10CM, "R20.2", "subset", "sensory"),
        ("iv-drug-use", ICD10CM, "F11.20", "subset", "strong_proxy"),
        ("iv-drug-use", ICD10CM, "F14.20", "subset", "weak"),
        ("iv-drug-use", ICD10CM, "F11.90", "subset", "weak"),
        ("immunosuppression", ICD10CM, "D70.9", "subset", "neutropenia"),
        ("bilateral-sciatica", ICD10CM, "M54.31", "requires", "M54.32"),
        ("back-pain", SNOMED, "278860009", "duration", "chronic"),
        ("crp", LOINC, "30522-7", "kind", "high-sensitivity"),
        ("anticoagulant", RXNORM, "1364430", "kind", "doac"),
        ("egfr", LOINC, "48643-1", "formula", "race"),
    ],
)
def test_members_carry_their_marks(
    value_set: str, system: str, code: str, tag: str, expected: str
) -> None:
    """What a rule asks of a code beyond its concept stands beside it."""
    member = winner(value_set, system, code)
    assert member is not None
    assert member.tag(tag) == expected


def test_results_can_be_asked_for_by_code() -> None:
    """A query for CRP leaves out spinal fluid."""
    asked = value_sets.CRP.codes_in(LOINC)
    assert "1988-5" in asked
    assert "45062-7" not in asked


def test_uncertain_roles_never_include() -> None:
    """Past, proxy and uncertain members are marked as such."""
    roles = {member.role for _, member in MEMBERS}
    assert roles == set(Role)
