"""The description of this interface by OpenAPI 3.1, kept as a file beside this one.

What depends on the installation is filled in: the ids of the services, the version.
"""

from __future__ import annotations

from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable


def description(service_ids: Iterable[str]) -> dict[str, Any]:
    """Describe every path, as JSON (https://spec.openapis.org/oas/v3.1.1.html)."""
    kept = files(__package__).joinpath("description.json").read_bytes()
    told: dict[str, Any] = orjson.loads(kept)
    told["info"]["version"] = version("spine-mri-cds")
    known = sorted(service_ids)
    told["components"]["parameters"]["ServiceId"]["schema"]["enum"] = known
    return told
