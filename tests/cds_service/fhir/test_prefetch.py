"""Prefetch templates derived from what the criteria need."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

import pytest

from cds_service.fhir.prefetch import KEYS, key_of, templates
from cds_service.knowledge.requirement import DataRequirement

CODES = {"crp": ["1988-5", "30522-7"], "esr": ["30341-2"], "fever": ["8310-5"]}
CRP = DataRequirement("Observation", "laboratory", "crp")
ESR = DataRequirement("Observation", "laboratory", "esr")
FEVER = DataRequirement("Observation", "vital-signs", "fever")
ALL = [
    *(DataRequirement(kind) for kind, category in KEYS if category is None),
    *(CRP, ESR, FEVER),
]
ASKED = [need for need in ALL if need.type != "DeviceUseStatement"]


def test_each_kind_of_resource_has_its_key() -> None:
    """The published keys, in their published order."""
    assert list(templates(ASKED, CODES)) == [
        *("patient", "conditions", "observations", "vitals", "procedures"),
        *("medications", "allergies", "devices", "imaging", "reports"),
    ]


def test_the_templates_ask_by_patient() -> None:
    """The patient is read, everything else searched by patient."""
    asked = templates(ASKED, CODES)
    assert asked["patient"] == "Patient/{{context.patientId}}"
    assert asked["conditions"] == "Condition?patient={{context.patientId}}"
    assert asked["observations"] == (
        "Observation?patient={{context.patientId}}&code=1988-5,30341-2,30522-7"
        "&_sort=-date&_count=100"
    )
    assert asked["vitals"] == (
        "Observation?patient={{context.patientId}}&code=8310-5&_sort=-date&_count=100"
    )


def test_nothing_is_asked_that_nothing_needs() -> None:
    """Without needs there are no templates; one need brings one."""
    assert templates([], CODES) == {}
    assert list(templates([FEVER], CODES)) == ["vitals"]


def test_the_order_of_the_needs_does_not_matter() -> None:
    """The same needs give the same templates, letter for letter."""
    forward, backward = templates(ASKED, CODES), templates(ASKED[::-1], CODES)
    assert list(forward.items()) == list(backward.items())


@pytest.mark.parametrize("need", [DataRequirement("Observation", "laboratory"), CRP])
def test_without_codes_the_category_is_asked_for(need: DataRequirement) -> None:
    """A need of no value set, or of one without LOINC codes, opens the query."""
    asked = templates(
        [need, DataRequirement("Observation", "laboratory", "esr")],
        {"crp": [], "esr": []},
    )
    assert asked["observations"] == (
        "Observation?patient={{context.patientId}}&category=laboratory"
        "&_sort=-date&_count=100"
    )


@pytest.mark.parametrize(("key", "template"), templates(ASKED, CODES).items())
def test_r6_to_r9_every_client_can_fill_a_template(key: str, template: str) -> None:
    """R6-R9: one token, one `?`, no parameter twice, the search subset, no long URL."""
    assert key
    assert set(re.findall(r"\{\{.*?\}\}", template)) == {"{{context.patientId}}"}
    assert template.count("?") <= 1
    names = [name for name, _ in parse_qsl(template.partition("?")[2])]
    assert len(names) == len(set(names))
    assert set(names) <= {"patient", "code", "category", "_sort", "_count"}
    assert len(template) < 2000


def test_a_template_too_long_is_refused() -> None:
    """A value set that would outgrow a URL stops the start, not the call."""
    many = {"crp": [f"{number}-0" for number in range(10_000, 10_400)]}
    with pytest.raises(ValueError, match="observations is too long"):
        templates([CRP], many)


def test_one_key_asks_for_one_type() -> None:
    """Device and DeviceUseStatement share a key, so only one of them can be asked."""
    both = [DataRequirement("Device"), DataRequirement("DeviceUseStatement")]
    with pytest.raises(ValueError, match="Device and DeviceUseStatement"):
        templates(both, CODES)


@pytest.mark.parametrize(
    ("need", "key"),
    [
        (DataRequirement("Condition", "encounter-diagnosis"), "conditions"),
        (DataRequirement("DiagnosticReport", "imaging"), "reports"),
        (FEVER, "vitals"),
    ],
)
def test_a_category_without_a_key_of_its_own_shares(
    need: DataRequirement, key: str
) -> None:
    """Only Observations are split by category."""
    assert key_of(need) == key


@pytest.mark.parametrize(
    "need", [DataRequirement("Claim"), DataRequirement("Observation")]
)
def test_what_no_key_answers_is_refused(need: DataRequirement) -> None:
    """A need nobody could meet is the author's mistake, and is named."""
    with pytest.raises(ValueError, match="no prefetch key"):
        key_of(need)
