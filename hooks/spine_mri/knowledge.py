"""Which edition of the rules answered."""

from __future__ import annotations

from hashlib import sha256

from cds_service.reasoning.outline import outline
from hooks.spine_mri.offers.reported import REPORTS
from hooks.spine_mri.offers.table import ROWS
from hooks.spine_mri.rules import RULES
from hooks.spine_mri.value_sets import VALUE_SETS

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


KNOWLEDGE = {"version": VERSION, "sha256": _digest()}
