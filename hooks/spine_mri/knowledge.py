"""Which edition of the rules answered."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from cds_service.reasoning.outline import outline
from hooks.spine_mri.modifiers import MODIFIERS
from hooks.spine_mri.offers.reported import REPORTS
from hooks.spine_mri.offers.table import ROWS
from hooks.spine_mri.rules import RULES
from hooks.spine_mri.value_sets import VALUE_SETS

if TYPE_CHECKING:
    from cds_service.knowledge.practice import LocalChange, Practice

VERSION = "0.1.0"


def _digest() -> str:
    """Hash everything an answer depends on: rules, conditions, codes and words."""
    content = sha256()
    for rule in RULES:
        shown = (rule.id, rule.priority, rule.advise, rule.contrast, rule.urgency)
        content.update(
            repr((shown, rule.summary, rule.unless, rule.gives_way_before)).encode()
        )
        content.update("\n".join(outline(rule.criterion)).encode())
    for one in MODIFIERS:
        content.update(repr((one.id, one.summary, one.heading, one.line)).encode())
        asked = one.criterion
        content.update("\n".join(outline(asked) if asked else ()).encode())
    for value_set in VALUE_SETS:
        content.update(value_set.id.encode())
        for member in value_set.members:
            fields = (member.system, member.code, member.match, member.role)
            marks = (sorted(member.sites), sorted(member.tags))
            content.update(repr((fields, marks)).encode())
        words = (value_set.pattern, value_set.veto)
        content.update(repr([one.pattern for one in words if one]).encode())
    content.update(repr((ROWS, [(one.system, one.code) for one in REPORTS])).encode())
    return content.hexdigest()


_PUBLISHED = _digest()


@lru_cache(maxsize=8)
def _local_digest(changes: tuple[LocalChange, ...]) -> str:
    return sha256(f"{_PUBLISHED}{changes!r}".encode()).hexdigest()


def knowledge(practice: Practice) -> dict[str, Any]:
    """Name the edition that answered, with everything the site has changed."""
    if not practice.changes:
        return {"version": VERSION, "sha256": _PUBLISHED}
    return {
        "version": f"{VERSION}+local",
        "sha256": _local_digest(practice.changes),
        "site": practice.site,
        "localChanges": [str(change) for change in practice.changes],
    }
