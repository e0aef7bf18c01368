"""Value sets are read from FHIR files, and a mistake in one is named."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from cds_service.knowledge.coding import ICD9CM, ICD10CM, LOINC
from cds_service.knowledge.value_set import Match, Member, Role, ValueSet
from cds_service.knowledge.value_set_file import (
    ValueSetError,
    merge,
    read_value_sets,
)


def extension(key: str, value: str) -> dict[str, str]:
    """Return one of this project's extensions."""
    return {"url": f"urn:spine-mri-cds:{key}", "valueCode": value}


def resource(*include: Any, **members: Any) -> dict[str, Any]:
    """Return a ValueSet resource that holds what is given."""
    return {
        "resourceType": "ValueSet",
        "id": "toy",
        "title": "Toy",
        "purpose": "To play.",
        "version": "1.0.0",
        "compose": {"include": list(include)},
    } | members


def read(content: Any) -> ValueSet:
    """Read one value set."""
    (value_set,) = read_value_sets(json.dumps(content), "toy.json")
    return value_set


def test_concepts_are_exact_members() -> None:
    """Marks of the include hold for each of its concepts."""
    group = {
        "system": "http://loinc.org/",
        "extension": [
            extension("role", "low-trust"),
            extension("site", "lumbar"),
            {"url": "urn:spine-mri-cds:tag", "valueString": "a=b"},
        ],
        "concept": [{"code": "1988-5", "display": "CRP"}, {"code": "4537-7"}],
    }
    first = Member(
        LOINC,
        "1988-5",
        role=Role.LOW_TRUST,
        display="CRP",
        sites=frozenset({"lumbar"}),
        tags=frozenset({"a=b"}),
    )
    second = replace(first, code="4537-7", display="")
    assert read(resource(group)).members == (first, second)


def test_a_family_is_a_filter() -> None:
    """Its meaning stands in an extension: FHIR has no display there."""
    group = {
        "system": ICD10CM,
        "extension": [{"url": "urn:spine-mri-cds:display", "valueString": "Pain"}],
        "filter": [{"property": "concept", "op": "is-a", "value": "M545"}],
    }
    assert read(resource(group)).members == (
        Member(ICD10CM, "M54.5", Match.PREFIX, display="Pain"),
    )


@pytest.mark.parametrize(
    ("system", "expression", "codes"),
    [
        (ICD10CM, r"C0[1-3](?:\..*)?", ["C01", "C02", "C03"]),
        (ICD10CM, r"[CD]48", ["C48", "D48"]),
        (ICD9CM, r"20[78](?:\..*)?", ["207", "208"]),
    ],
)
def test_a_range_becomes_its_categories(
    system: str, expression: str, codes: list[str]
) -> None:
    """Each three-character category of the expression is a member."""
    group = {
        "system": system,
        "filter": [{"property": "code", "op": "regex", "value": expression}],
    }
    members = read(resource(group)).members
    assert [member.code for member in members] == codes
    assert {member.match for member in members} == {Match.RANGE}


def test_what_is_excluded_has_the_role() -> None:
    """compose.exclude holds what looks alike."""
    group = {"system": LOINC, "concept": [{"code": "45062-7"}]}
    content = resource(compose={"exclude": [group]})
    assert read(content).members == (Member(LOINC, "45062-7", role=Role.EXCLUDE),)


def test_a_bundle_holds_several() -> None:
    """Each entry is a value set."""
    bundle = {"resourceType": "Bundle", "entry": [{"resource": resource()}]}
    assert [one.id for one in read_value_sets(json.dumps(bundle), "b.json")] == ["toy"]


GROUP = {"system": LOINC, "concept": [{"code": "1988-5"}]}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ([], r"toy.json: \$: is not an object"),
        ({"resourceType": "CodeSystem"}, r"\$: is not a ValueSet"),
        (
            {"resourceType": "Bundle", "entry": [{}]},
            r"\$.entry\[0\].resource: is not a ValueSet",
        ),
        (resource(id=""), "has no id"),
        (resource(title=3), "has no title"),
        (resource(compose=None), "has no compose"),
        (resource(GROUP, {}), r"\$.compose.include\[1\]: has no system"),
        (resource(GROUP | {"concept": [{}]}), r"include\[0\]: has no code"),
        (
            resource(GROUP | {"extension": [extension("role", "boss")]}),
            "unknown role 'boss'",
        ),
        (
            resource(GROUP | {"extension": [extension("mood", "good")]}),
            "extension of no known kind",
        ),
        (
            resource(GROUP | {"extension": [{"url": "urn:spine-mri-cds:role"}]}),
            "extension of no known kind",
        ),
        (
            resource(GROUP | {"filter": [{"op": "is-a", "value": "M54"}]}),
            "filter of no known kind",
        ),
        (
            resource(GROUP | {"filter": [{"property": "concept", "op": "is-a"}]}),
            "filter: has no value",
        ),
    ],
)
def test_a_mistake_is_named_with_its_place(content: Any, message: str) -> None:
    """The error says file, element and fault."""
    with pytest.raises(ValueSetError, match=message):
        read(content)


def test_a_file_must_be_json() -> None:
    """Anything else is refused by name."""
    with pytest.raises(ValueSetError, match=r"toy.json: \$: is not JSON"):
        read_value_sets("{", "toy.json")


def test_a_part_joins_its_whole() -> None:
    """Members of the part come behind those of the whole."""
    first, second = Member(LOINC, "1988-5"), Member(LOINC, "4537-7")
    part = ValueSet("toy--cpt", "Part", members=(second,))
    whole = ValueSet("toy", "Whole", members=(first,))
    assert merge((part, whole), "--cpt") == (
        ValueSet("toy", "Whole", members=(first, second)),
    )


def test_a_part_needs_a_whole() -> None:
    """A part without one is a mistake of the content."""
    with pytest.raises(ValueError, match="toy--cpt: there is no value set"):
        merge((ValueSet("toy--cpt", "Part"),), "--cpt")
