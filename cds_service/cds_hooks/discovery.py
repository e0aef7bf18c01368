"""The discovery document: which services there are and what each wants to see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Of the specification; 3.0 is a ballot still.
SPECIFICATION = "2.0.1"


class Discoverable(Protocol):
    """What discovery tells about a service."""

    @property
    def id(self) -> str:
        """The last part of the service's path."""
        ...

    @property
    def hook(self) -> str:
        """The hook it answers."""
        ...

    @property
    def title(self) -> str:
        """Its name for people."""
        ...

    @property
    def description(self) -> str:
        """What it does, in plain text."""
        ...

    @property
    def usage_requirements(self) -> str:
        """What must be given for it to be of use; "" for nothing."""
        ...

    @property
    def prefetch(self) -> Mapping[str, str]:
        """Key to query template; empty where nothing is wanted."""
        ...


def discovery(
    services: Iterable[Discoverable], extension: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Write the discovery document of *services*, each with the *extension*."""
    entries = [discovery_entry(service) for service in services]
    if extension:
        entries = [{**entry, "extension": dict(extension)} for entry in entries]
    return {"services": entries}


def discovery_entry(service: Discoverable) -> dict[str, Any]:
    """Write one service's entry, optional members only where they have a value."""
    entry: dict[str, Any] = {
        "hook": service.hook,
        "id": service.id,
        "title": service.title,
        "description": service.description,
        "version": SPECIFICATION,
    }
    if service.usage_requirements:
        entry["usageRequirements"] = service.usage_requirements
    if service.prefetch:
        entry["prefetch"] = dict(service.prefetch)
    return entry
