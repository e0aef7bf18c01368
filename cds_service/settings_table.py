"""The settings as a table for the operator's guide, made from the settings class.

`cds-service outline --write` puts it between the two marks of docs/operations.md.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from cds_service.settings import PREFIX, Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic.fields import FieldInfo

GUIDE = Path(__file__).parent.parent / "docs" / "operations.md"
BEGIN = "<!-- settings: made by `cds-service outline --write` -->"
END = "<!-- end of settings -->"
ENTRY = re.compile(r"^        (\w+): (.*(?:\n            .*)*)", re.MULTILINE)


def settings_pages() -> Mapping[Path, str]:
    """Give the guide with the table as it has to be; nothing outside a checkout."""
    if not GUIDE.is_file():
        return {}
    before, _, rest = GUIDE.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    return {GUIDE: f"{before}{BEGIN}\n\n{settings_table()}\n\n{END}{after}"}


def settings_table() -> str:
    """Write one row for each setting."""
    head = ("variable", "what it sets", "values", "unless set")
    rows = (head, ("---",) * len(head), *_rows())
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _rows() -> Iterator[tuple[str, ...]]:
    said = meanings()
    for name, field in Settings.model_fields.items():
        yield f"`{PREFIX}{name.upper()}`", said[name], values(field), _default(field)


def meanings() -> Mapping[str, str]:
    """Read what each setting means from the docstring of the class."""
    found = ENTRY.findall(Settings.__doc__ or "")
    return {name: " ".join(text.split()).replace("|", "\\|") for name, text in found}


def values(field: FieldInfo) -> str:
    """Say what a setting may be."""
    kind: Any = field.annotation
    if get_origin(kind) is Literal:
        return ", ".join(f"`{one}`" for one in get_args(kind))
    if kind is bool:
        return "`true`, `false`"
    if kind in {int, float}:
        return " ".join(filter(None, ("number", _bounds(field))))
    if get_origin(kind) in {tuple, frozenset}:
        return "list"
    return "table" if get_origin(kind) is dict else "text"


def _bounds(field: FieldInfo) -> str:
    """Say how far a number may go; pydantic keeps each bound as an object."""
    words = {"ge": "from", "le": "to"}
    return " ".join(
        f"{word} {getattr(one, name)}"
        for name, word in words.items()
        for one in field.metadata
        if hasattr(one, name)
    )


def _default(field: FieldInfo) -> str:
    value = field.default
    if isinstance(value, frozenset | tuple):
        return ", ".join(f"`{one}`" for one in sorted(value)) or "none"
    if value is None or value == {}:
        return "none"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"
