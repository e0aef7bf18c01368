"""The CDS Hooks request: from the bytes of a body to a typed call.

Source: CDS Hooks 2.0.1, section "Calling a CDS Service". Unknown members and
extensions are ignored at every level. The prefetch is handed on unread: whether a
call is about anything of ours is decided before any of it matters.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from cds_service.cds_hooks import members
from cds_service.cds_hooks.context import READERS, OrderContext
from cds_service.cds_hooks.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Mapping

PATH = "$"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCall:
    """One call of a service.

    Attributes:
        hook: the hook that fired, always that of the called service.
        hook_instance: the client's name for this firing; some send a constant.
        context: who orders what for whom.
        prefetch: what the client sent along, raw; {} when it sent nothing.
        fhir_server: the client's FHIR endpoint, as sent. A key into an allow-list,
            never a URL to call.
        body: the bytes as received.
        access_token: bearer token for that endpoint; never logged, hence no repr.
        extension: what the client adds by an agreement of its own; {} for nothing.
    """

    hook: str
    hook_instance: str
    context: OrderContext = field(repr=False)
    prefetch: Mapping[str, Any] = field(repr=False)
    body: bytes = field(default=b"", repr=False)
    fhir_server: str | None = None
    access_token: str | None = field(default=None, repr=False)
    extension: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def renamed(self, keys: Mapping[str, str]) -> ServiceCall:
        """Read the prefetch keys of this client as ours.

        Args:
            keys: ours by theirs. What came under our own key is not replaced.
        """
        if not keys:
            return self
        found = {
            ours: self.prefetch[one]
            for one, ours in keys.items()
            if one in self.prefetch
        }
        others = {key: one for key, one in self.prefetch.items() if key not in keys}
        return replace(self, prefetch={**found, **others})

    @property
    def digest(self) -> str:
        """SHA-256 of the body, in hex: one request, one answer."""
        return sha256(self.body).hexdigest()


def parse_call(
    body: bytes, hook: str, limits: members.Limits = members.USUAL
) -> ServiceCall:
    """Read a call of a service that answers *hook*, a key of context.READERS.

    Raises:
        BadRequest: the body is no such call; names the JSON path.
    """
    request = members.read_object(body, limits)
    if members.text(request, "hook", PATH) != hook:
        what = "Member `hook` is not the hook of this service"
        raise BadRequest(what, "$.hook", f"Call this service for `{hook}` only.")
    fhir_server, access_token = _fhir_access(request)
    return ServiceCall(
        hook=hook,
        hook_instance=members.text(request, "hookInstance", PATH),
        context=READERS[hook](members.mapping(request, "context", PATH)),
        prefetch=members.optional_mapping(request, "prefetch", PATH) or {},
        body=body,
        fhir_server=fhir_server,
        access_token=access_token,
        extension=_extension(request),
    )


def _extension(request: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read the extension; one that is no object is no agreement of ours."""
    sent = request.get("extension")
    return sent if isinstance(sent, dict) else {}


def _fhir_access(request: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Read endpoint and token; a token for no endpoint breaks the specification."""
    server = members.optional_text(request, "fhirServer", PATH)
    grant = members.optional_mapping(request, "fhirAuthorization", PATH)
    if not grant:
        return server, None
    if server is None:
        what = "Member `fhirAuthorization` came without `fhirServer`"
        raise BadRequest(what, "$.fhirServer", "Send both, or neither.")
    return server, members.optional_text(grant, "access_token", "$.fhirAuthorization")
