"""Find the services: every folder of a package that holds a `service` module."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from cds_service.cds_hooks.context import READERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cds_service.service import Service

# The id is a part of the service's path.
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class RegistryError(ValueError):
    """The services cannot be served as they are; the message says which and why."""


def load(package: str = "hooks") -> Mapping[str, Service[Any]]:
    """Import `PACKAGE.<folder>.service` of every folder and register its SERVICES.

    Raises:
        RegistryError: a service is wrong, or two claim one id.
    """
    return register(_services(package))


def register(services: Iterable[Service[Any]]) -> Mapping[str, Service[Any]]:
    """Map *services* by id, after looking at each.

    Raises:
        RegistryError: a service is wrong, or two claim one id.
    """
    registered: dict[str, Service[Any]] = {}
    for service in services:
        if not ID.fullmatch(service.id):
            message = f"{service.id!r}: an id is lower-case words with dashes between"
            raise RegistryError(message)
        if service.hook not in READERS:
            known = ", ".join(READERS)
            raise RegistryError(f"{service.id}: its hook must be one of {known}")
        if service.id in registered:
            raise RegistryError(f"{service.id}: two services claim this id")
        registered[service.id] = service
    return MappingProxyType(registered)


def _services(package: str) -> Iterator[Service[Any]]:
    """Yield what each folder offers, folders without a service module skipped."""
    for folder in pkgutil.iter_modules(import_module(package).__path__):
        name = f"{package}.{folder.name}.service"
        if folder.ispkg and find_spec(name):
            yield from import_module(name).SERVICES
