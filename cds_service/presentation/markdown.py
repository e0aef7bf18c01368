"""Write the detail of a card: short paragraphs and bullets, nothing else.

Tables and HTML are left out because some clients show them raw. Only our own words
go in; what a content author writes is escaped where Markdown would read it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from cds_service.facts.model import Basis
    from cds_service.knowledge.citation import Citation

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
# Month names cannot be taken for days, which numbers can.
_MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
# Where the code of UCUM is not what people write.
_PRINTED = {
    "[degF]": "°F",
    "Cel": "°C",
    "mL/min/{1.73_m2}": "mL/min/1.73 m²",
    "[lb_av]": "lb",
    "[IU]/L": "IU/L",
    "m[IU]/mL": "mIU/mL",
    "[IU]/mL": "IU/mL",
}


def plain(text: str) -> str:
    """Escape what Markdown would take for markup."""
    return _SPECIAL.sub(r"\\\1", text)


def day(when: date) -> str:
    """Write a date with the month by name: "3 Nov 2026"."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def in_words(basis: Basis) -> str:
    """Write a resource in our words, with date and state, as a person would."""
    shown = printed(basis.name or basis.display)
    dated = day(basis.recorded) if basis.recorded else ""
    return noted(shown, dated, basis.state)


def noted(shown: str, *notes: str) -> str:
    """Write in brackets what there is to add: "Discitis (3 Nov 2026, suspected)"."""
    told = ", ".join(filter(None, notes))
    return f"{shown} ({told})" if told else shown


def evidence(basis: Basis) -> str:
    """Write the same where Markdown is read."""
    return plain(in_words(basis))


def printed(text: str) -> str:
    """Write a unit as a laboratory prints it, not by its UCUM code."""
    rest, blank, unit = text.rpartition(" ")
    return f"{rest}{blank}{_PRINTED.get(unit, unit)}"


def bullets(lines: Iterable[str]) -> str:
    """Write a list."""
    return "\n".join(f"- {line}" for line in lines)


def paragraphs(parts: Iterable[str]) -> str:
    """Join what is not empty, a blank line between."""
    return "\n\n".join(part for part in parts if part)


def links(citations: Iterable[Citation]) -> str:
    """Write sources as links."""
    return "; ".join(f"[{plain(one.label)}]({one.url})" for one in citations)
