"""Which server may be asked for what a call left out, and for how long."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cds_service.fhir.client import FhirClient
from cds_service.fhir.fetched import Fetched, failed, gather_nothing
from cds_service.fhir.sight import Cause
from cds_service.operations.tally import uncounted
from cds_service.security.trusted_servers import find_server

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cds_service.cds_hooks.request import ServiceCall
    from cds_service.fhir.fetched import Gather
    from cds_service.operations.metrics import Metrics
    from cds_service.security.trust import TrustedServer
    from cds_service.settings import Settings

# FHIR R4, "id", stretched: one vendor's have some 190 characters, others underscores.
PATIENT_ID = re.compile(r"(?!\.+$)[A-Za-z0-9._-]{1,190}", re.ASCII)
TOKEN = "{{context.patientId}}"  # noqa: S105 - a token of a template, no secret


@dataclass(frozen=True, slots=True)
class Reach:
    """Asks the servers of the settings, and no other."""

    settings: Settings
    metrics: Metrics
    client: FhirClient = field(default_factory=FhirClient)

    def gather(self, call: ServiceCall, issuer: str | None, began: float) -> Gather:
        """Make the search for what *call* left out.

        Args:
            call: it names the server, which is asked only if it is trusted.
            issuer: who calls, if that is known.
            began: when the call came in, by the monotonic clock.
        """
        patient_id = call.context.patient_id
        if call.fhir_server is None or not PATIENT_ID.fullmatch(patient_id):
            return gather_nothing
        settings = self.settings
        server = find_server(
            call.fhir_server,
            issuer,
            settings.fhir_servers,
            loopback=settings.fhir_loopback or settings.demo,
        )
        if server is None:
            return _untrusted
        until = began + settings.deadline_ms / 1000
        return self._asking(server, patient_id, call.access_token, until)

    def _asking(
        self, server: TrustedServer, patient_id: str, token: str | None, until: float
    ) -> Gather:
        def search(missing: Mapping[str, str]) -> Mapping[str, Fetched]:
            searches = {
                key: template.replace(TOKEN, patient_id)
                for key, template in missing.items()
            }
            found = self.client.fetch(server, searches, token, until)
            with uncounted:
                self.metrics.count_fetches(found)
            return found

        return search


def _untrusted(missing: Mapping[str, str]) -> Mapping[str, Fetched]:
    """Ask nobody, and say why."""
    return dict.fromkeys(missing, failed(Cause.UNTRUSTED))
