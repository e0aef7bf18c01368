"""Which server a request means: its `fhirServer` is a key into our list, no address.

What is called stands in the settings. A request can choose among the servers there,
and name no other; a name that is written in any other way names none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cds_service.security.trust import TrustedServer

if TYPE_CHECKING:
    from collections.abc import Iterable

# This machine, in plain letters: no user, escape, other base of numbers, or dot too
# many that another reader might take for another host.
LOOPBACK = re.compile(
    r"https?://(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?(/[A-Za-z0-9_-]+)*/?",
    re.ASCII,
)


def find_server(
    named: str, issuer: str | None, servers: Iterable[TrustedServer], *, loopback: bool
) -> TrustedServer | None:
    """Find the server that a request names, among those its issuer may name.

    Args:
        named: `fhirServer` as it was sent; one slash at its end makes no difference.
        issuer: who sent it; None where clients are not asked who they are.
        servers: those of the settings.
        loopback: whether any server on this machine will do, for development.
    """
    key = named.removesuffix("/")
    for server in servers:
        if server.url == key and (not server.issuers or issuer in server.issuers):
            return server
    if loopback and LOOPBACK.fullmatch(named):
        return TrustedServer(url=key)
    return None
