"""Find the services: every folder of a package that holds a `service` module."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from cds_service.cds_hooks.context import READERS
from cds_service.site import NO_SITE, SiteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cds_service.service import Service
    from cds_service.site import Site

# The id is a part of the service's path.
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class RegistryError(ValueError):
    """The services cannot be served as they are; the message says which and why."""


def load(package: str = "hooks", site: Site = NO_SITE) -> Mapping[str, Service[Any]]:
    """Import `PACKAGE.<folder>.service` of every folder and register its services.

    A module has SERVICES, and a function `services(section, site)` where a site may
    change something.

    Raises:
        RegistryError: a service or the site file is wrong, or two claim one id.
    """
    folders = tuple(_folders(package))
    for folder in sorted(site.content.keys() - set(folders)):
        known = ", ".join(folders)
        raise RegistryError(f"CDS_SITE: {folder}: no such content; there is {known}")
    return register(
        service for folder in folders for service in _services(package, folder, site)
    )


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


def _folders(package: str) -> Iterator[str]:
    """Name the folders that have a service module."""
    for folder in pkgutil.iter_modules(import_module(package).__path__):
        if folder.ispkg and find_spec(f"{package}.{folder.name}.service"):
            yield folder.name


def _services(package: str, folder: str, site: Site) -> Iterable[Service[Any]]:
    """Give what a folder offers, as the site wants it."""
    module = import_module(f"{package}.{folder}.service")
    section = site.content.get(folder)
    if section is None:
        return tuple(module.SERVICES)
    if not hasattr(module, "services"):
        raise RegistryError(f"CDS_SITE: {folder}: a site can change nothing here")
    try:
        return tuple(module.services(section, site.name))
    except SiteError as error:
        raise RegistryError(f"CDS_SITE: {folder}: {error}") from None
