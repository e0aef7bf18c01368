"""The detail of a card: paragraphs and bullets, and nothing a client could misread."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cds_service.facts.model import Basis
from cds_service.knowledge.citation import Citation
from cds_service.presentation.markdown import (
    bullets,
    day,
    evidence,
    links,
    paragraphs,
    plain,
)

GFM = MarkdownIt("gfm-like", {"linkify": False})


def text_of(tokens: list[Any]) -> str:
    """Join what a reader sees."""
    inner = (child for token in tokens for child in token.children or ())
    return "".join(child.content for child in inner)


@given(st.text("abc 123*_`[]<>#|~\\{}!()", min_size=1).map(str.strip).filter(bool))
def test_what_an_author_writes_is_what_a_reader_sees(words: str) -> None:
    """No character of it is taken for markup in the middle of a line."""
    sentence = f"It says {words} here"

    seen = text_of(GFM.parse(f"It says {plain(words)} here"))

    assert re.sub(r"\s+", " ", seen) == re.sub(r"\s+", " ", sentence)


@pytest.mark.parametrize(
    ("when", "written"),
    [(date(2026, 11, 3), "3 Nov 2026"), (date(1999, 1, 31), "31 Jan 1999")],
)
def test_a_date_cannot_be_read_two_ways(when: date, written: str) -> None:
    """The month has its name, whatever the locale."""
    assert day(when) == written


def test_evidence_has_its_date_where_it_is_known() -> None:
    """In our words."""
    known = Basis("Observation/1", "CRP <5 mg/L", date(2026, 11, 3))

    assert evidence(known) == r"CRP \<5 mg/L (3 Nov 2026)"
    assert evidence(Basis("Condition/1", "Back pain")) == "Back pain"
    exact = Basis("Condition/1", "Malignant neoplasm", name="Bone metastasis")
    assert evidence(exact) == "Bone metastasis"


@pytest.mark.parametrize(
    ("sent", "printed"),
    [
        ("Temperature 102.4 [degF]", "Temperature 102.4 °F"),
        ("Temperature 38.6 Cel", "Temperature 38.6 °C"),
        ("eGFR 22 mL/min/{1.73_m2}", "eGFR 22 mL/min/1.73 m²"),
        ("CRP 88 mg/L", "CRP 88 mg/L"),
        ("NSAID Celecoxib", "NSAID Celecoxib"),
    ],
)
def test_units_as_people_write_them(sent: str, printed: str) -> None:
    """A code of UCUM is for machines."""
    assert evidence(Basis("Observation/1", sent)) == printed


def test_bullets_and_paragraphs() -> None:
    """What is empty leaves no gap."""
    assert bullets(["a", "b"]) == "- a\n- b"
    assert bullets([]) == ""
    assert paragraphs(["a", "", "b"]) == "a\n\nb"
    assert paragraphs([""]) == ""


def test_links_lead_to_the_source() -> None:
    """Labels are escaped, addresses stay as they are."""
    sources = (
        Citation("a", "ACR [2021]", "https://acr.example/a_b"),
        Citation("b", "IDSA 2015", "https://idsa.example"),
    )

    assert links(sources) == (
        r"[ACR \[2021\]](https://acr.example/a_b); [IDSA 2015](https://idsa.example)"
    )
    assert links(()) == ""
