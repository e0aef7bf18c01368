"""Whether this installation may be trusted to answer: asked at start and by probes.

Silence looks like a clean bill of health. So a program that would answer otherwise
than agreed upon is not ready, and says which story it tells differently.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import structlog

from cds_service.cds_hooks.errors import CallError
from cds_service.check import faults
from cds_service.operations.vignettes import agrees, shipped
from cds_service.registry import load
from cds_service.store.unavailable import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cds_service.operations.vignettes import Vignette
    from cds_service.service import Service
    from cds_service.store.opening import Store

OK = "ok"
UNAGREED = (
    "there is no response.json to hold its answer against; "
    "`CDS_WRITE_GOLDEN=1 pytest tests/test_vignettes.py` writes it, to be agreed with"
)


@dataclass(frozen=True, slots=True)
class SelfTest:
    """What a look at the content and a replay of the vignettes came to.

    Attributes:
        faults: what is amiss in the content.
        differing: names of the vignettes that are answered otherwise than agreed.
        replayed: how many were.
    """

    faults: tuple[str, ...]
    differing: tuple[str, ...]
    replayed: int

    @property
    def passed(self) -> bool:
        """Whether there is nothing to complain of; no vignette at all is something."""
        return not (self.faults or self.differing) and self.replayed > 0


@cache
def self_test() -> SelfTest:
    """Look at the content as published, once: what a site changes it changes openly."""
    services = load()
    found = [fault for service in services.values() for fault in faults(service)]
    vignettes = shipped()
    differing = tuple(
        one.folder.name for one in vignettes if not answers(services, one)
    )
    return SelfTest(tuple(dict.fromkeys(found)), differing, len(vignettes))


def answers(services: Mapping[str, Service[Any]], vignette: Vignette) -> bool:
    """Tell whether a vignette gets the answer agreed upon."""
    service = services.get(vignette.service)
    try:
        return service is not None and agrees(service, vignette)
    except (CallError, OSError, ValueError):
        return False


def differences(vignettes: Iterable[Vignette], names: Iterable[str]) -> Iterator[str]:
    """Yield one line for each of *vignettes* among those *names*: what is amiss."""
    among = frozenset(names)
    for one in vignettes:
        if one.folder.name in among:
            yield f"vignette {one.folder.name}: {_difference(one)}"


def _difference(vignette: Vignette) -> str:
    if vignette.service not in load():
        return f"no service has the id {vignette.service}; mend its case.toml"
    return "answers otherwise" if vignette.golden.is_file() else UNAGREED


def readiness(store: Store | None) -> tuple[bool, dict[str, Any]]:
    """Tell whether calls can be answered, and what of it cannot.

    Args:
        store: what has to be reachable; None where nothing is kept.
    """
    tested = self_test()
    told: dict[str, Any] = {
        "content": list(tested.faults) or OK,
        "vignettes": list(tested.differing) or f"{tested.replayed} as agreed",
        "store": _store(store),
    }
    ready = tested.passed and told["store"] == OK
    if not ready:
        structlog.get_logger().error("not ready", cause=told)
    return ready, {"ready": ready, **told}


def _store(store: Store | None) -> str:
    if store is None:
        return OK
    try:
        store.ask()
    except StoreUnavailable as unavailable:
        return unavailable.trouble.value
    return OK
