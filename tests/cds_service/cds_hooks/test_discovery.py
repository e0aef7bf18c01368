"""The discovery document."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cds_service.cds_hooks.discovery import discovery

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Described:
    """What discovery reads of a service."""

    id: str = "toy"
    hook: str = "order-select"
    title: str = "Toy"
    description: str = "Plays."
    usage_requirements: str = "A child."
    prefetch: Mapping[str, str] = field(default_factory=lambda: {"patient": "Patient"})


def test_an_entry_has_every_member() -> None:
    """Names are those of the specification."""
    assert discovery([Described()]) == {
        "services": [
            {
                "hook": "order-select",
                "id": "toy",
                "title": "Toy",
                "description": "Plays.",
                "version": "2.0.1",
                "usageRequirements": "A child.",
                "prefetch": {"patient": "Patient"},
            }
        ]
    }


def test_an_entry_has_no_empty_member() -> None:
    """Prefetch and usage requirements are left out where there are none."""
    bare = replace(Described(), usage_requirements="", prefetch={})

    (entry,) = discovery([bare])["services"]

    assert {"prefetch", "usageRequirements"}.isdisjoint(entry)


def test_no_services_are_an_empty_list() -> None:
    """`services` alone may be empty."""
    assert discovery([]) == {"services": []}
