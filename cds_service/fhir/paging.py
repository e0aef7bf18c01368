"""Follow the pages of a search, and never out of the server that was asked.

FHIR R4, "Search", section "Paging". A server's `next` link is a URL somebody else
wrote: it is called with the patient's token only where it stays under the same base.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_PAGES = 5
MOST_ENTRIES = 1000
# No path of a FHIR server needs one; each could mean another path to somebody.
TWISTS = ("..", "//", "\\", "@", "#", "%2e", "%2f", "%5c")


def next_link(bundle: Mapping[str, Any]) -> str:
    """Give the URL of the next page; "" where this is the last.

    A link without a usable URL still says that there is more: "#".
    """
    for link in _links(bundle):
        if link.get("relation") == "next":
            url = link.get("url")
            return url if url and isinstance(url, str) else "#"
    return ""


def stays_within(url: str, base: str) -> bool:
    """Whether *url* is under *base*, by scheme, host, port and path, as it is written.

    A relative one is not followed: what it is relative to is for servers to dispute.
    """
    path = url.removeprefix(base).partition("?")[0].lower()
    plain = url.isascii() and url.isprintable() and " " not in url
    below = url.startswith((f"{base}/", f"{base}?"))
    return plain and below and not any(one in path for one in TWISTS)


def is_page(resource: Mapping[str, Any]) -> bool:
    """Whether it can be put together with others; what cannot is never left out."""
    whole = isinstance(resource.get("entry", []), list)
    return whole and resource["resourceType"] == "Bundle"


def entries_of(bundle: Mapping[str, Any]) -> list[Any]:
    """Give the entries of a Bundle; none where they are no list."""
    entries = bundle.get("entry")
    return entries if isinstance(entries, list) else []


def joined(pages: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Make one Bundle of the pages of a search.

    The last page's `next` stays, so that whoever reads it sees that it is cut short;
    so it does where there are more entries than are read.
    """
    first, last = pages[0], pages[-1]
    entries = [entry for page in pages for entry in entries_of(page)]
    going_on = next_link(last) or ("#" if len(entries) > MOST_ENTRIES else "")
    links = [one for one in _links(first) if one.get("relation") != "next"]
    if going_on:
        links.append({"relation": "next", "url": going_on})
    bundle = {name: value for name, value in first.items() if name != "link"}
    if entries:
        bundle["entry"] = entries[:MOST_ENTRIES]
    return {**bundle, "link": links} if links else bundle


def _links(bundle: Mapping[str, Any]) -> list[dict[str, Any]]:
    links = bundle.get("link")
    listed = links if isinstance(links, list) else [links]
    return [one for one in listed if isinstance(one, dict)]
