"""The ways in which charts write what they mean, and what becomes of each.

A quirk is what it changes of a resource, and whether that is read all the same.
"""

from __future__ import annotations

from typing import Any

from tests.builders import condition, observation

CAUDA = condition("G83.4", "2 days")
CRP = observation("1988-5", "88 mg/L")
READ, UNCERTAIN, AGAINST = "read", "uncertain", "against"
ICD = "http://hl7.org/fhir/sid/icd-10-cm"
LOINC = "http://loinc.org"


def coded(system: str | None, code: str, **members: Any) -> dict[str, Any]:
    """Make a CodeableConcept of one coding."""
    own = {"system": system, "code": code} if system else {"code": code}
    return {"code": {"coding": [own | members]}}


def valued(value: Any, **quantity: Any) -> dict[str, Any]:
    """Make another value."""
    return {"valueQuantity": {"value": value} | quantity}


def nested(levels: int) -> dict[str, Any]:
    """Make an extension with others within, so many levels deep."""
    extension: dict[str, Any] = {"url": "urn:x", "valueString": "deep"}
    for _ in range(levels):
        extension = {"url": "urn:x", "extension": [extension]}
    return {"extension": [extension]}


DIAGNOSIS: dict[str, tuple[dict[str, Any], str]] = {
    "as it should be": ({}, READ),
    "ICD without its dot": (coded(ICD, "G834"), READ),
    "ICD without its dot, on a local system": (
        coded("urn:local:icd", "G834"),
        UNCERTAIN,
    ),
    "a local code with words": (
        coded("urn:oid:1.2.3", "G834", display="Cauda equina syndrome"),
        READ,
    ),
    "ICD of Germany": (
        coded("http://fhir.de/CodeSystem/bfarm/icd-10-gm", "G83.49"),
        READ,
    ),
    "ICD of the WHO": (coded("http://hl7.org/fhir/sid/icd-10", "G83.4"), READ),
    "no system": (coded(None, "G83.4"), READ),
    "blanks around the system": (coded(f" {ICD} ", "G83.4"), READ),
    "a blank after the code": (coded(ICD, "G83.4 "), READ),
    "a tab before the code": (coded(ICD, "\tG83.4"), READ),
    "a zero-width space in the code": (coded(ICD, "G8\u200b3.4"), READ),
    "a byte order mark in the code": (coded(ICD, "\ufeffG83.4"), READ),
    "small letters": (coded(ICD, "g83.4"), READ),
    "words alone": ({"code": {"text": "Cauda equina syndrome"}}, READ),
    "words with unseen marks": (
        {"code": {"text": "Cauda\u200b equina\u00a0syn\u00addrome"}},
        READ,
    ),
    "no clinicalStatus": ({"clinicalStatus": None}, READ),
    "no verificationStatus": ({"verificationStatus": None}, READ),
    "no dates": ({"onsetDateTime": None}, READ),
    "a blank after the status": (
        {"clinicalStatus": {"coding": [{"code": "active "}]}},
        READ,
    ),
    "a refuted one with a blank": (
        {"verificationStatus": {"coding": [{"code": "refuted "}]}},
        AGAINST,
    ),
    "statuses as plain codes, as in DSTU2": (
        {"clinicalStatus": "active", "verificationStatus": "confirmed"},
        READ,
    ),
    "dateRecorded, as in DSTU2": (
        {"onsetDateTime": None, "dateRecorded": "2026-11-20"},
        READ,
    ),
    "patient for subject, as in DSTU2": (
        {"subject": None, "patient": {"reference": "Patient/pat-1"}},
        UNCERTAIN,
    ),
    "a list where an object is due": ({"code": [CAUDA["code"]]}, UNCERTAIN),
    "an object where a list is due": (
        {"code": {"coding": CAUDA["code"]["coding"][0]}},
        UNCERTAIN,
    ),
    "an object-valued category": ({"category": {"coding": {"code": "x"}}}, READ),
    "elements nobody knows": ({"vendorThing": {"a": [1]}}, READ),
    "an unknown contained type": ({"contained": [{"resourceType": "Wizard"}]}, READ),
    "extensions 200 deep": (nested(200), READ),
    "a modifier": ({"modifierExtension": [{"url": "urn:x"}]}, UNCERTAIN),
    "rules of its own": ({"implicitRules": "urn:x"}, UNCERTAIN),
    "a time without zone": ({"onsetDateTime": "2026-11-18T10:00:00"}, READ),
    "a time without seconds": ({"onsetDateTime": "2026-11-18T10:00"}, READ),
    "a leap second": ({"onsetDateTime": "2026-11-18T23:59:60Z"}, READ),
    "more digits than microseconds": (
        {"onsetDateTime": "2026-11-18T10:00:00.123456789+01:00"},
        READ,
    ),
    "a month": ({"onsetDateTime": "2026-11"}, READ),
    "a year": ({"onsetDateTime": "2026"}, READ),
    "30 February": ({"onsetDateTime": "2026-02-30"}, UNCERTAIN),
    "a thirteenth month": ({"onsetDateTime": "2026-13-01"}, UNCERTAIN),
    "a date as people write it": ({"onsetDateTime": "22.11.2026"}, UNCERTAIN),
    "a date without dashes": ({"onsetDateTime": "20261118"}, UNCERTAIN),
    "a blank for the T": ({"onsetDateTime": "2026-11-18 10:00:00"}, UNCERTAIN),
    "a date as a number": ({"onsetDateTime": 20261118}, UNCERTAIN),
    "the start of a period as a number": (
        {"onsetDateTime": None, "onsetPeriod": {"start": 20261118}},
        UNCERTAIN,
    ),
    "a period with a null end": (
        {"onsetDateTime": None, "onsetPeriod": {"start": "2026-11-18", "end": None}},
        READ,
    ),
    "a blank after the date": ({"onsetDateTime": "2026-11-18 "}, READ),
    "a blank after the patient": (
        {"subject": {"reference": "Patient/pat-1 "}},
        READ,
    ),
    "a zero-width space in the patient": (
        {"subject": {"reference": "Patient/\u200bpat-1"}},
        READ,
    ),
    "a stroke after the patient": ({"subject": {"reference": "Patient/pat-1/"}}, READ),
    "an empty date": ({"onsetDateTime": ""}, READ),
    "the year 2110": ({"onsetDateTime": "2110-11-18"}, UNCERTAIN),
    "the year 2200": ({"onsetDateTime": "2200-01-01"}, UNCERTAIN),
    "the year 1": ({"onsetDateTime": "0001-01-01"}, UNCERTAIN),
    "a bad onset beside a good record": (
        {"onsetDateTime": "soon", "recordedDate": "2026-11-18"},
        UNCERTAIN,
    ),
}
RESULT: dict[str, tuple[dict[str, Any], str]] = {
    "as it should be": ({}, READ),
    "a blank after the system": (coded(f"{LOINC} ", "1988-5"), READ),
    "a blank before the code": (coded(LOINC, " 1988-5"), READ),
    "a zero-width space in the code": (coded(LOINC, "1988\u200b-5"), READ),
    "a blank after the status": ({"status": "final "}, READ),
    "a status in capitals": ({"status": "FINAL"}, UNCERTAIN),
    "no status": ({"status": None}, UNCERTAIN),
    "a status that nobody knows": ({"status": "unknown"}, UNCERTAIN),
    "a local code and its name": (
        coded("urn:lab", "123", display="CRP, quantitative"),
        UNCERTAIN,
    ),
    "words alone": ({"code": {"text": "C-reactive protein"}}, UNCERTAIN),
    "a local code alone": (coded("urn:lab", "123"), UNCERTAIN),
    "a local code and a German name": (
        coded("urn:lab", "123", display="C-reaktives Protein"),
        UNCERTAIN,
    ),
    "a local code of another test": (
        coded("urn:lab", "123", display="Potassium"),
        AGAINST,
    ),
    "a unit without code": (valued(88, unit="mg/L"), READ),
    "another unit": (valued(8.8, unit="mg/dl"), READ),
    "no unit": (valued(88), UNCERTAIN),
    "a number as text": (valued("88", unit="mg/L"), UNCERTAIN),
    "a value in words": ({"valueQuantity": None, "valueString": "88 mg/L"}, READ),
    "words for a value": (
        {"valueQuantity": None, "valueString": "see note"},
        UNCERTAIN,
    ),
    "less than": (valued(5, unit="mg/L", comparator="<"), AGAINST),
    "less than too much": (valued(50, unit="mg/L", comparator="<"), UNCERTAIN),
    "more than": (valued(88, unit="mg/L", comparator=">"), READ),
    "a reason for no value": (
        {"valueQuantity": None, "dataAbsentReason": {"coding": [{"code": "error"}]}},
        UNCERTAIN,
    ),
    "a value beside a reason for none": (
        valued(5, unit="mg/L") | {"dataAbsentReason": {"coding": [{"code": "error"}]}},
        UNCERTAIN,
    ),
    "no value": ({"valueQuantity": None}, UNCERTAIN),
    "two values": ({"valueString": "high"}, UNCERTAIN),
    "another value of a kind nobody reads": ({"valueInteger": 3}, UNCERTAIN),
    "a unit whose code says another": (
        valued(5, unit="mg/dL", code="mg/L"),
        UNCERTAIN,
    ),
    "a unit whose code says the same": (
        valued(88, unit="ug/mL", code="mg/L"),
        READ,
    ),
    "an unknown code of it, by its name one of ours": (
        coded(
            "http://snomed.info/sct",
            "123456789",
            display="High sensitivity C-reactive protein measurement",
        ),
        UNCERTAIN,
    ),
    "a known code of another terminology": (
        coded("http://snomed.info/sct", "55235003"),
        READ,
    ),
    "another test of another terminology": (
        coded("http://snomed.info/sct", "271236005", display="Serum potassium"),
        AGAINST,
    ),
    "no more than a code of another terminology": (
        coded("http://snomed.info/sct", "271236005"),
        AGAINST,
    ),
    "a code that is empty beside a local one": (
        {
            "code": {
                "coding": [
                    {"system": LOINC, "code": ""},
                    {"system": "urn:lab", "code": "7", "display": "CRP"},
                ]
            }
        },
        UNCERTAIN,
    ),
    "a blank after the date": ({"effectiveDateTime": "2026-11-21 "}, READ),
    "a focus that is the patient": ({"focus": [{"reference": "Patient/pat-1"}]}, READ),
    "one focus for a list": ({"focus": {"reference": "Patient/pat-1"}}, READ),
    "a component for a list": (
        {
            **coded(LOINC, "55399-0"),
            "valueQuantity": None,
            "component": {
                "code": CRP["code"],
                "valueQuantity": CRP["valueQuantity"],
            },
        },
        READ,
    ),
    "a component of a panel": (
        {
            **coded(LOINC, "55399-0"),
            "valueQuantity": None,
            "component": [
                {"code": CRP["code"], "valueQuantity": CRP["valueQuantity"]},
            ],
        },
        READ,
    ),
    "a component without a value": (
        {
            **coded(LOINC, "55399-0"),
            "valueQuantity": None,
            "component": [{"code": CRP["code"]}],
        },
        UNCERTAIN,
    ),
    "a date as a number": ({"effectiveDateTime": 20261123}, UNCERTAIN),
    "no date": ({"effectiveDateTime": None}, UNCERTAIN),
    "the year 2110": ({"effectiveDateTime": "2110-01-01"}, UNCERTAIN),
    "less than nothing": (valued(-3, unit="mg/L"), UNCERTAIN),
    "more than can be": (valued(1e308, unit="mg/L"), UNCERTAIN),
    "a modifier": ({"modifierExtension": [{"url": "urn:x"}]}, UNCERTAIN),
    "rules of its own": ({"implicitRules": "urn:x"}, UNCERTAIN),
    "extensions 200 deep": (nested(200), READ),
}
TEMPERATURE: dict[str, tuple[dict[str, Any], str]] = {
    "degrees C with code Cel": (valued(38.6, unit="degrees C", code="Cel"), READ),
    "degrees C without code": (valued(38.6, unit="degrees C"), READ),
    "degrees Fahrenheit": (valued(101.5, unit="°F"), READ),
    "no unit": (valued(38.6), READ),
    "no unit, in Fahrenheit": (valued(101.5), READ),
    "a local code and a short name": (
        coded("urn:ward", "t", display="Temp oral"),
        UNCERTAIN,
    ),
    "a local code of another measurement": (
        coded("urn:ward", "t", display="Attempts at mobilising"),
        AGAINST,
    ),
    "a unit of something else": (valued(38.6, unit="mg/L", code="mg/L"), UNCERTAIN),
    "an impossible number": (valued(386, unit="Cel", code="Cel"), UNCERTAIN),
}
