"""Codes first, then words; and whether anyone could tell what was meant."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cds_service.facts.extract import concept as concept_module
from cds_service.facts.extract.concept import code_of, codings_of, read_concept
from cds_service.knowledge.value_set import Role
from tests.builders import condition, spine
from tests.cds_service.facts.extract.charts import (
    ICD10,
    SNOMED,
    coded,
    fact,
    faults,
    meanings,
    unreadable,
)
from tests.tables import each

NO_SYSTEM = {"code": "M54.50"}
NO_CODE = {"system": ICD10, "display": "Low back pain"}
LOCAL = {"system": "urn:local:problems", "code": "4711"}


@pytest.mark.parametrize(
    ("code", "found"),
    [
        pytest.param(coded("M54.50"), {"back-pain"}, id="a code"),
        pytest.param(coded(NO_SYSTEM), {"back-pain"}, id="a code told by its shape"),
        pytest.param(coded(LOCAL, "M54.50"), {"back-pain"}, id="one code of several"),
        pytest.param({"text": "low back pain"}, {"back-pain"}, id="words alone"),
        pytest.param(
            coded(LOCAL | {"display": "Low back pain"}), {"back-pain"}, id="a display"
        ),
        pytest.param(
            coded("G83.4", text="lumbago"), {"cauda-equina", "back-pain"}, id="both"
        ),
        pytest.param(
            {"coding": [7, None, NO_SYSTEM]}, {"back-pain"}, id="a coding that is none"
        ),
        pytest.param(
            coded({"system": SNOMED, "code": 7}, text="x"), set(), id="number"
        ),
        pytest.param(
            coded({"system": 7, "code": "M54.50"}), {"back-pain"}, id="no URI"
        ),
        pytest.param({"text": "no back pain"}, set(), id="words that deny it"),
        pytest.param(coded("J45.909"), set(), id="a problem of no concern"),
    ],
)
def test_what_a_concept_means(code: dict[str, Any], found: set[str]) -> None:
    """As read from a Condition, valid or not."""
    concept = read_concept(code, spine().lexicon)

    assert {one.value_set for one in concept.meanings} == found


def test_a_code_settles_what_words_would_say() -> None:
    """Prediabetes is none, whatever else stands beside it."""
    chart = condition("x", code=coded("15777000", text="diabetes"))

    assert fact("diabetes", chart).role is Role.EXCLUDE


def test_words_that_repeat_themselves_count_once() -> None:
    """A display is mostly the text."""
    chart = condition("x", code=coded(LOCAL | {"display": "lumbago"}, text="lumbago"))

    assert fact("back-pain", chart).basis.reference == "Condition/1"


def test_words_that_doubt_are_a_suspicion() -> None:
    """The display is that of the concept, never the chart's own."""
    found = fact("cauda-equina", condition("?cauda equina syndrome"))

    assert found.suspected
    assert found.basis.display == "Cauda equina syndrome"


@each("""
    kind                        | readable | why
    a code of a known system    | yes      | someone could look it up
    words                       | yes      | someone could read them
    a local code                | no       | nobody can look it up
    a local code with words     | yes      | but its words can be read
    an empty coding             | no       | it says nothing
    no coding                   | no       | nor does this
    a system without a code     | no       | what it said is lost
    the same with vague words   | no       | a mass may be any tumour
    the same with plain words   | yes      | they say it
    a code without a system     | no       | nobody knows of which
    empty words                 | no       | no words at all
    """)
def test_readable(row: dict[str, str]) -> None:
    """What cannot be read is noted, for it might be anything."""
    code: dict[str, Any] = {
        "a code of a known system": coded("J45.909"),
        "words": {"text": "asthma"},
        "a local code": coded(LOCAL),
        "a local code with words": coded(LOCAL | {"display": "asthma"}),
        "an empty coding": {"coding": [{}]},
        "no coding": {"coding": []},
        "a system without a code": coded(NO_CODE | {"display": "asthma"}),
        "the same with vague words": coded(NO_CODE | {"display": "renal mass"}),
        "the same with plain words": coded(NO_CODE | {"display": "cauda equina"}),
        "a code without a system": coded({"code": "4711"}),
        "empty words": {"text": ""},
    }[row["kind"]]
    chart = condition("x", code=code)

    assert (faults(chart) == []) == (row["readable"] == "yes")
    assert (unreadable("conditions", chart) == 0) == (row["readable"] == "yes")


@pytest.mark.parametrize("code", [None, "M54.50", ["M54.50"], 7])
def test_what_is_no_concept_cannot_be_read(code: Any) -> None:
    """A concept is an object."""
    assert not read_concept(code, spine().lexicon).readable


@each("""
    code     | encounter  | why
    S34.3XXA | initial    | seen for the first time
    S34.3XXB | initial    | open fracture, seen for the first time
    S34.3XXD | subsequent | after-care
    S34.3XXS | sequela    | late effect
    S34.3XXK | subsequent | non-union is after-care
    S343XXA  | initial    | without its dot
    s34.3xxd | subsequent | in small letters
    G83.4    |            | no injury
    S34.3    |            | too short to say
    """)
def test_the_seventh_character_of_an_injury(row: dict[str, str]) -> None:
    """A new injury is told from its after-care."""
    tags = fact(
        "cauda-equina", condition("x", code=coded(f"{ICD10}|{row['code']}"))
    ).tags
    expected = {f"encounter={row['encounter']}"} if row["encounter"] else set()

    assert {tag for tag in tags if tag.startswith("encounter=")} == expected


def test_a_code_names_its_place() -> None:
    """By its own value set or by those that only say where."""
    assert fact("back-pain", condition("M54.6")).sites == {"thoracic"}
    assert meanings(condition("M54.6")) == {"back-pain"}


@pytest.mark.parametrize(
    ("concept", "code"),
    [
        (None, None),
        ("resolved", "resolved"),
        (["resolved"], None),
        ({"coding": {"code": "resolved"}}, None),
        ({"coding": [7, {"code": 7}, {"code": "resolved"}]}, "resolved"),
        ({"text": "resolved"}, None),
    ],
)
def test_a_status_is_the_first_code(concept: Any, code: str | None) -> None:
    """As a CodeableConcept, or plain as it was before R4."""
    assert code_of(concept) == code


def test_codings_are_objects() -> None:
    """Whatever else is in the list is passed over."""
    assert list(codings_of({"coding": [None, 7, {"code": "a"}, "b"]})) == [
        {"code": "a"}
    ]


@pytest.mark.parametrize(
    ("codes", "names"),
    [
        pytest.param(("C79.51",), {"Bone metastasis"}, id="a code beside its range"),
        pytest.param(("C80.1",), {"Malignant neoplasm"}, id="a range alone"),
        pytest.param(
            ("R29.2", "86854008"), {"Hyperreflexia"}, id="a term beside a class"
        ),
    ],
)
def test_the_most_exact_name(codes: tuple[str, ...], names: set[str]) -> None:
    """Whatever the concept, a resource is called what its best code says."""
    concept = read_concept(coded(*codes), spine().lexicon)

    assert {one.name for one in concept.meanings} == names


def test_words_have_no_name_of_their_own() -> None:
    """They name a concept, and the resource may be about more."""
    (meaning,) = read_concept({"text": "low back pain"}, spine().lexicon).meanings

    assert not meaning.name


def test_a_concept_is_remembered_by_its_digest_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was read is read alike again; nothing of it is kept, nor too much."""
    monkeypatch.setattr(concept_module, "REMEMBERED", 2)
    lexicon = replace(spine().lexicon)

    for text in ("lumbago", "no lumbago", "neck pain", "lumbago"):
        first = read_concept({"text": text}, lexicon)
        assert read_concept({"text": text}, lexicon) is first
        assert len(lexicon.read) <= 2

    assert all(len(digest) == 32 for digest in lexicon.read)


def test_a_concept_nested_without_end_is_read() -> None:
    """It is only not remembered."""
    deep: dict[str, Any] = {}
    for _ in range(300):
        deep = {"extension": [deep]}
    lexicon = replace(spine().lexicon)

    read = read_concept({"text": "lumbago", **deep}, lexicon)

    assert read == read_concept({"text": "lumbago"}, spine().lexicon)
    assert not lexicon.read
