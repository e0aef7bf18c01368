"""Tokens that must be refused, as a table: by which fault, how made, and why refused.

The caller must not be able to tell one refusal from another; the cause is ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cds_service.security.unauthorized import Cause
from tests.forged_claims import (
    BAD_TENANTS,
    EXPIRED,
    IDS,
    ISSUERS,
    bad_audiences,
    bad_times,
)
from tests.forged_headers import ALGORITHMS, FORMS, HEADER_FORMS, OWN_KEYS
from tests.tokens import CLINIC, Call, claims, ec_key, minted, raw, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.tokens import Headers


@dataclass(frozen=True, slots=True)
class Forgery:
    """A call that must be refused.

    Attributes:
        fault: the row of the fault table that it belongs to.
        name: what is wrong with it.
        cause: why it is refused.
        headers: the Authorization headers of such a call.
    """

    fault: int
    name: str
    cause: Cause
    headers: Callable[[Call], Headers]


def _tenant(tenant: object) -> Callable[[Call], Headers]:
    """Make the headers of a call on behalf of a tenant who may not."""
    key = ec_key("clinic")
    return lambda call: minted(call, key, iss=CLINIC, tenant=tenant)


def _audience(name: str) -> Callable[[Call], Headers]:
    """Make the headers of a call with a bad aud."""
    return lambda call: minted(call, aud=bad_audiences(call)[name])


def _time(name: str) -> Callable[[Call], Headers]:
    """Make the headers of a call with a bad time."""

    def headers(call: Call) -> Headers:
        _, claim, value = bad_times(call)[name]
        return written(call, body=raw(claims(call), claim, value))

    return headers


def _forgeries(sample: Call) -> Iterator[Forgery]:
    """Yield the whole table; *sample* is any call."""
    tables = {
        1: HEADER_FORMS,
        2: ALGORITHMS,
        3: OWN_KEYS,
        4: ISSUERS,
        6: EXPIRED,
        8: {**FORMS, **IDS},
    }
    for fault, table in tables.items():
        for name, (cause, headers) in table.items():
            yield Forgery(fault, name, cause, headers)
    for name, tenant in BAD_TENANTS.items():
        yield Forgery(4, name, Cause.TENANT, _tenant(tenant))
    for name in bad_audiences(sample):
        yield Forgery(5, f"aud {name}", Cause.AUDIENCE, _audience(name))
    for name, (cause, claim, _) in bad_times(sample).items():
        fault = 6 if claim == "exp" else 7
        yield Forgery(fault, name, cause, _time(name))


FORGERIES = tuple(_forgeries(Call("/cds-services/some-service", 0.0)))
