"""What the pages of a search say comes next, and what they make together."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.fhir.paging import (
    MOST_ENTRIES,
    entries_of,
    is_page,
    joined,
    next_link,
    stays_within,
)

BASE = "https://ehr.example.org/fhir"
NEXT = {"relation": "next", "url": f"{BASE}?page=2"}
SELF = {"relation": "self", "url": f"{BASE}/Condition"}


def page(*entries: Any, **members: Any) -> dict[str, Any]:
    """Make one page."""
    return {"resourceType": "Bundle", "entry": list(entries), **members}


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ([SELF, NEXT], NEXT["url"]),
        ([SELF], ""),
        ([], ""),
        (None, ""),
        (5, ""),
        ("next", ""),
        ([5, None, NEXT], NEXT["url"]),
        (NEXT, NEXT["url"]),
        ([{"relation": "next"}], "#"),
        ([{"relation": "next", "url": 5}], "#"),
        ([{"relation": "next", "url": ""}], "#"),
    ],
)
def test_the_next_page_is_found_in_any_shape(link: Any, expected: str) -> None:
    """A link that cannot be used still says that there is more."""
    assert next_link({"link": link}) == expected
    assert next_link(joined([page(link=link)])) == expected


@pytest.mark.parametrize(
    ("url", "within"),
    [
        (f"{BASE}?page=2", True),
        (f"{BASE}/Condition?page=2", True),
        (f"{BASE}/Condition?at=a//b..c@d#e%2f", True),
        (BASE, False),
        (f"{BASE}s/Condition", False),
        (f"{BASE}/Condition page", False),
        (f"{BASE}/Condition\n", False),
        (f"{BASE}/\u00e9", False),
        (f"{BASE}/a/%2E%2E/b", False),
        (f"{BASE}//evil.example", False),
        ("#", False),
        ("", False),
    ],
)
def test_a_url_is_within_as_it_is_written(url: str, within: bool) -> None:  # noqa: FBT001 - a table
    """Nothing is resolved or decoded; after the question mark anything goes."""
    assert stays_within(url, BASE) is within


@pytest.mark.parametrize(
    ("resource", "whole"),
    [
        (page(), True),
        ({"resourceType": "Bundle"}, True),
        ({"resourceType": "Bundle", "entry": {"resource": {}}}, False),
        ({"resourceType": "Bundle", "entry": None}, False),
        ({"resourceType": "OperationOutcome"}, False),
        ({"resourceType": ["Bundle"]}, False),
    ],
)
def test_a_page_can_be_put_together_with_others(
    resource: dict[str, Any],
    whole: bool,  # noqa: FBT001 - a table
) -> None:
    """What is no Bundle, or holds no list, would lose something on the way."""
    assert is_page(resource) is whole


def test_entries_that_are_no_list_are_none() -> None:
    """They are counted, not read, here."""
    assert entries_of({"entry": {"resource": {}}}) == []


def test_pages_make_one_bundle() -> None:
    """The links of the first, the entries of all, and nothing that comes next."""
    whole = joined([page(1, link=[SELF, NEXT], total=2), page(2, link=[SELF])])

    assert whole == page(1, 2, link=[SELF], total=2)


def test_a_bundle_without_links_gets_none() -> None:
    """Nor an empty list of them, nor entries."""
    assert joined([{"resourceType": "Bundle"}]) == {"resourceType": "Bundle"}


def test_what_was_cut_short_says_so() -> None:
    """By the last page's next link, or by one of ours."""
    unread = joined([page(1, link=[SELF]), page(2, link=[NEXT])])
    long = joined([page(*range(MOST_ENTRIES)), page(*range(2))])
    full = joined([page(*range(MOST_ENTRIES))])

    assert unread["link"] == [SELF, NEXT]
    assert next_link(long) == "#"
    assert len(long["entry"]) == MOST_ENTRIES
    assert next_link(full) == ""
