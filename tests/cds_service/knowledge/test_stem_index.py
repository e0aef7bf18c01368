"""The index calls for every value set whose stem a text holds, and no other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cds_service.knowledge.stem_index import StemIndex

STEMS = (("cef", "a"), ("cefalexin", "b"), ("alex", "c"), ("cauda", "d"))
INDEX = StemIndex(STEMS)


def test_stems_may_overlap() -> None:
    """A stem inside or at the start of another is found as well."""
    assert INDEX.concerned("oral cefalexin") == {"a", "b", "c"}
    assert INDEX.concerned("cauda") == {"d"}


def test_a_text_without_stems_calls_for_none() -> None:
    """Parts of stems do not count, and without stems nothing does."""
    assert INDEX.concerned("caud cefa"[:4]) == frozenset()
    assert StemIndex(()).concerned("anything") == frozenset()


@given(st.lists(st.sampled_from(["cef", "alexin", "ca", "uda", " ", "x"]), max_size=9))
def test_it_agrees_with_plain_search(parts: list[str]) -> None:
    """It finds what looking for each stem in turn finds."""
    text = "".join(parts)
    plain = {value_set for stem, value_set in STEMS if stem in text}
    assert INDEX.concerned(text) == plain
